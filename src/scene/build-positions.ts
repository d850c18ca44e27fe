import type { ChannelPosition, ObjectPosition, PositionOffset } from './scene.ts';
import type { ChannelPositionDocument, PositionDocument, PositionOffsetDocument } from './schema-parts.ts';

/** Position of an object as a document writes it. */
export function buildPosition(position: PositionDocument): ObjectPosition {
  const { screenEdgeLock } = position;
  if ('x' in position)
    return { kind: 'cartesian', xyz: [position.x, position.y, position.z ?? 0], screenEdgeLock };
  const { azimuthDeg, elevationDeg = 0, distance = 1 } = position;
  return { kind: 'polar', azimuthDeg, elevationDeg, distance, screenEdgeLock };
}

/** Position of a bed channel as a document writes it. */
export function buildChannelPosition(position: ChannelPositionDocument): ChannelPosition {
  const { screenEdgeLock } = position;
  if ('x' in position) {
    const { x, y, z = 0, bounds } = position;
    return { xyz: [x, y, z], bounds, screenEdgeLock };
  }
  const { azimuthDeg, elevationDeg = 0, distance = 1, bounds } = position;
  return { azimuthDeg, elevationDeg, distance, bounds, screenEdgeLock };
}

/** Offset of an object as a document writes it. */
export function buildPositionOffset(offset: PositionOffsetDocument): PositionOffset {
  if ('x' in offset || 'y' in offset || 'z' in offset) {
    const { x = 0, y = 0, z = 0 } = offset;
    return { kind: 'cartesian', xyz: [x, y, z] };
  }
  const {
    azimuthDeg = 0,
    elevationDeg = 0,
    distance = 0,
  } = offset as Extract<PositionOffsetDocument, { azimuthDeg?: number | undefined }>;
  return { kind: 'polar', azimuthDeg, elevationDeg, distance };
}
