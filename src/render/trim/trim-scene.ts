import type { Vec3 } from '../../base/coordinates.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { AudioObject, ObjectBlock, ObjectPosition, Scene } from '../../scene/scene.ts';
import { cubeToPolar, polarToCube } from '../../base/cube-coordinates.ts';
import { layoutClassOf, type LayoutClass } from './layout-class.ts';
import {
  automaticTrimDb,
  balanceGains,
  largestAutomaticTrimDb,
  manualTrimDb,
  warpPosition,
} from './trim-rules.ts';
import { layoutTrimsOf, type LayoutTrims, type TrimSettings } from './trim-settings.ts';

/** A scene as one layout has it. */
export interface TrimmedScene {
  readonly scene: Scene;
  /** Gains of objects in each loudspeaker [loudspeaker]; undefined for 1. */
  readonly objectSpeakerGains: Float64Array | undefined;
  /** Trim in dB [element][block]; elements that are no objects have none. */
  readonly trimsDb: readonly (readonly number[])[];
  /** What was done, with the origin of its constants; undefined for nothing. */
  readonly rule: string | undefined;
}

/**
 * Applies trims and warp of a layout to the objects of a scene: the trim of a block is that of the place that the scene
 * gives it, before warp. Beds and ambisonic beds stay as they are. Where nothing is stated, the scene is returned itself.
 * @param scene with its position offsets resolved
 */
export function trimScene(scene: Scene, layout: Layout, settings?: TrimSettings): TrimmedScene {
  const layoutClass = layoutClassOf(layout);
  const trims = layoutTrimsOf(layoutClass, scene.delivery, settings);
  const rule = ruleText(trims, layoutClass);
  const untouched = { scene, objectSpeakerGains: undefined, trimsDb: scene.elements.map(() => []), rule };
  if (rule === undefined) return untouched;
  const trimOf = (block: ObjectBlock): number => trimDb(cubeOf(block.position), trims, layoutClass);
  const trimsDb = scene.elements.map((element) =>
    element.kind === 'object' ? element.blocks.map(trimOf) : [],
  );
  const elements = scene.elements.map((element, index) =>
    element.kind === 'object' ? trimObject(element, trimsDb[index]!, trims.isWarped) : element,
  );
  const { trim } = trims;
  const objectSpeakerGains =
    trim === undefined || trim === 'automatic' ? undefined : balanceGains(layout, trim);
  return { scene: { ...scene, elements }, objectSpeakerGains, trimsDb, rule };
}

function trimDb(position: Vec3, { trim }: LayoutTrims, layoutClass: LayoutClass): number {
  if (trim === undefined) return 0;
  return trim === 'automatic'
    ? automaticTrimDb(position, layoutClass)
    : manualTrimDb(position, trim, layoutClass);
}

const trimObject = (object: AudioObject, trimsDb: readonly number[], isWarped: boolean): AudioObject => ({
  ...object,
  blocks: object.blocks.map((block, index) => ({
    ...block,
    gainDb: block.gainDb + trimsDb[index]!,
    position: isWarped ? warp(block.position) : block.position,
  })),
});

const cubeOf = (position: ObjectPosition): Vec3 =>
  position.kind === 'polar' ? polarToCube(position) : position.xyz;

function warp(position: ObjectPosition): ObjectPosition {
  const cube = cubeOf(position);
  const xyz = warpPosition(cube);
  if (xyz[1] === cube[1]) return position;
  return position.kind === 'polar' ? { ...position, ...cubeToPolar(xyz) } : { ...position, xyz };
}

function ruleText({ trim, isWarped }: LayoutTrims, layoutClass: LayoutClass): string | undefined {
  const { name } = layoutClass;
  const parts: string[] = [];
  if (trim === 'automatic')
    parts.push(`automatic trim of ${name}, ${largestAutomaticTrimDb(layoutClass)} dB at most`);
  else if (trim) {
    const { heightDb, surroundDb, centreDb, overheadFloorBalance, listenerBalance } = trim;
    const centre = name === '2.0' ? `, centre ${centreDb}` : '';
    parts.push(`manual trim of ${name}: height ${heightDb}, surround ${surroundDb}${centre} dB`);
    if (overheadFloorBalance !== 0 || listenerBalance !== 0)
      parts.push(`balances overhead ${overheadFloorBalance}, listener ${listenerBalance}`);
  }
  if (isWarped) parts.push('warped to the back');
  return parts.length === 0 ? undefined : `${parts.join(', ')} (constants from third parties)`;
}
