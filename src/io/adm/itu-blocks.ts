import { rationalToSec } from '../../base/time.ts';
import type { Bed, ObjectBlock, ObjectPosition } from '../../scene/scene.ts';
import { formatDecimal, xmlNode } from './format-values.ts';
import type { XmlNode } from './xml-tree.ts';

/** Blocks as BS.2076-2 has them; nothing of a scene's blocks is lost. */

/** The gain of an object or a block; nothing where it is 0 dB. */
export const gainNodes = (gainDb: number): XmlNode[] => {
  if (gainDb === 0) return [];
  return gainDb === -Infinity
    ? [xmlNode('gain', {}, '0')]
    : [xmlNode('gain', { gainUnit: 'dB' }, formatDecimal(gainDb))];
};

type Coordinates = readonly (readonly [name: string, value: number])[];

/** Names and values of the coordinates of a position or an offset. */
export function coordinatesOf(
  position:
    | {
        readonly kind: 'polar';
        readonly azimuthDeg: number;
        readonly elevationDeg: number;
        readonly distance: number;
      }
    | { readonly kind: 'cartesian'; readonly xyz: readonly [number, number, number] },
): Coordinates {
  if (position.kind === 'polar') {
    const { azimuthDeg, elevationDeg, distance } = position;
    return [
      ['azimuth', azimuthDeg],
      ['elevation', elevationDeg],
      ['distance', distance],
    ];
  }
  const [x, y, z] = position.xyz;
  return [
    ['X', x],
    ['Y', y],
    ['Z', z],
  ];
}

/** The position of a bed channel with its bounds. BS.2076-2 clause 5.4.3.1. */
export function speakerPosition(position: NonNullable<Bed['channels'][number]['position']>): XmlNode[] {
  const { bounds, screenEdgeLock } = position;
  const values = coordinatesOf(
    'xyz' in position ? { kind: 'cartesian', xyz: position.xyz } : { kind: 'polar', ...position },
  );
  const stated: Readonly<Record<string, readonly [number, number] | undefined>> = {
    ...(bounds && 'x' in bounds ? { X: bounds.x } : {}),
    ...(bounds && 'y' in bounds ? { Y: bounds.y } : {}),
    ...(bounds && 'z' in bounds ? { Z: bounds.z } : {}),
    ...(bounds && 'azimuthDeg' in bounds ? { azimuth: bounds.azimuthDeg } : {}),
    ...(bounds && 'elevationDeg' in bounds ? { elevation: bounds.elevationDeg } : {}),
    ...(bounds && 'distance' in bounds ? { distance: bounds.distance } : {}),
  };
  return values.flatMap(([coordinate, value]) => [
    xmlNode(
      'position',
      { coordinate, screenEdgeLock: edgeOf(coordinate, screenEdgeLock) },
      formatDecimal(value),
    ),
    ...(['min', 'max'] as const).flatMap((bound, end) => {
      const limits = stated[coordinate];
      return limits ? [xmlNode('position', { coordinate, bound }, formatDecimal(limits[end]!))] : [];
    }),
  ]);
}

const edgeOf = (coordinate: string, lock: ObjectPosition['screenEdgeLock']): string | undefined =>
  coordinate === 'azimuth' || coordinate === 'X'
    ? lock?.horizontal
    : coordinate === 'elevation' || coordinate === 'Z'
      ? lock?.vertical
      : undefined;

/** An audioBlockFormat of type Objects. BS.2076-2 clause 5.4.3.3. */
export function blockNode(
  id: string,
  block: ObjectBlock,
  times: Readonly<Record<string, string | undefined>>,
  kept: readonly XmlNode[],
): XmlNode {
  const { position, gainDb, diffuse, channelLock, divergence, importance } = block;
  const number = (name: string, value: number, otherwise: number): XmlNode[] =>
    value === otherwise ? [] : [xmlNode(name, {}, formatDecimal(value))];
  const optional = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : formatDecimal(value);
  const interpolationLength =
    block.interpolationLengthSec && formatDecimal(rationalToSec(block.interpolationLengthSec));
  return xmlNode('audioBlockFormat', { audioBlockFormatID: id, ...times }, [
    ...(position.kind === 'cartesian' ? [xmlNode('cartesian', {}, '1')] : []),
    ...coordinatesOf(position).map(([coordinate, value]) =>
      xmlNode(
        'position',
        { coordinate, screenEdgeLock: edgeOf(coordinate, position.screenEdgeLock) },
        formatDecimal(value),
      ),
    ),
    ...gainNodes(gainDb),
    ...number('width', block.width, 0),
    ...number('height', block.height, 0),
    ...number('depth', block.depth, 0),
    ...number('diffuse', diffuse, 0),
    ...(channelLock ? [xmlNode('channelLock', { maxDistance: optional(channelLock.maxDistance) }, '1')] : []),
    ...(divergence
      ? [
          xmlNode(
            'objectDivergence',
            {
              azimuthRange: optional(divergence.azimuthRangeDeg),
              positionRange: optional(divergence.positionRange),
            },
            formatDecimal(divergence.value),
          ),
        ]
      : []),
    ...zoneNodes(block),
    ...(block.jumpPosition ? [xmlNode('jumpPosition', { interpolationLength }, '1')] : []),
    ...(block.screenRef ? [xmlNode('screenRef', {}, '1')] : []),
    ...(importance === undefined ? [] : [xmlNode('importance', {}, formatDecimal(importance))]),
    ...kept,
  ]);
}

function zoneNodes({ zoneExclusion }: ObjectBlock): XmlNode[] {
  if (zoneExclusion.length === 0) return [];
  const zones = zoneExclusion.map((zone) => {
    const bounds =
      zone.kind === 'polar'
        ? { Azimuth: zone.azimuthDeg, Elevation: zone.elevationDeg }
        : {
            X: [zone.min[0], zone.max[0]] as const,
            Y: [zone.min[1], zone.max[1]] as const,
            Z: [zone.min[2], zone.max[2]] as const,
          };
    const attributes = Object.entries(bounds).flatMap(([name, [min, max]]) => [
      [`min${name}`, formatDecimal(min)],
      [`max${name}`, formatDecimal(max)],
    ]);
    return xmlNode('zone', Object.fromEntries(attributes) as Record<string, string>);
  });
  return [xmlNode('zoneExclusion', {}, zones)];
}
