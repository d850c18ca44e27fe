import type {
  AudioObject,
  ObjectBlock,
  ObjectPosition,
  PositionOffset,
  Scene,
  SceneElement,
} from './scene.ts';

/** What is not heard, beside what the scene itself mutes. */
export interface ResolveOptions {
  /** Elements and blocks of lower importance are silent (BS.2076 clause 10); default 0: none. */
  readonly importanceThreshold?: number | undefined;
}

/** Importance of what states none. */
const fullImportance = 10;

/**
 * The scene as renderers take it: position offsets are added to the positions of blocks, and what is of too little
 * importance is silent. Elements that nothing changes stay the same objects.
 */
export function resolveScene(scene: Scene, { importanceThreshold = 0 }: ResolveOptions = {}): Scene {
  const elements = scene.elements.map((element) => resolveElement(element, importanceThreshold));
  const isUnchanged = elements.every((element, index) => element === scene.elements[index]);
  return isUnchanged ? scene : { ...scene, elements };
}

function resolveElement(element: SceneElement, leastImportance: number): SceneElement {
  if ((element.importance ?? fullImportance) < leastImportance) return { ...element, mute: true };
  return element.kind === 'object' ? resolveObject(element, leastImportance) : element;
}

function resolveObject(object: AudioObject, leastImportance: number): AudioObject {
  const { positionOffset } = object;
  const isQuiet = (block: ObjectBlock): boolean => (block.importance ?? fullImportance) < leastImportance;
  if (!positionOffset && !object.blocks.some(isQuiet)) return object;
  const blocks = object.blocks.map((block) => ({
    ...block,
    position: positionOffset ? movePosition(block.position, positionOffset) : block.position,
    gainDb: isQuiet(block) ? -Infinity : block.gainDb,
  }));
  return { ...object, blocks, positionOffset: undefined };
}

/** Adds an offset to a position of the same kind; one of the other kind does not apply. BS.2076-2 clause 9.4.2. */
function movePosition(position: ObjectPosition, offset: PositionOffset): ObjectPosition {
  if (position.kind === 'polar' && offset.kind === 'polar') {
    return {
      ...position,
      azimuthDeg: position.azimuthDeg + offset.azimuthDeg,
      elevationDeg: position.elevationDeg + offset.elevationDeg,
      distance: Math.max(0, position.distance + offset.distance),
    };
  }
  if (position.kind === 'cartesian' && offset.kind === 'cartesian') {
    const [x, y, z] = position.xyz;
    return { ...position, xyz: [x + offset.xyz[0], y + offset.xyz[1], z + offset.xyz[2]] };
  }
  return position;
}
