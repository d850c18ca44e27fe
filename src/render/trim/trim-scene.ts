import type { Vec3 } from '../../base/coordinates.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { AudioObject, ObjectPosition, Scene } from '../../scene/scene.ts';
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
  /** [element] Gains of an object in each loudspeaker [loudspeaker]; undefined for 1. */
  readonly objectSpeakerGains: readonly (Float64Array | undefined)[];
  /** Trim in dB [element][block]; elements that are no objects have none. */
  readonly trimsDb: readonly (readonly number[])[];
  /** [element] What was done, with the origin of its constants; undefined for nothing. */
  readonly rules: readonly (string | undefined)[];
}

/**
 * Applies trims and warp of a layout to the objects of a scene: the trim of a block is that of the place that the scene
 * gives it, before warp. Objects with trim bypass are warped alone; beds and ambisonic beds stay as they are. Where
 * nothing is stated, the scene is returned itself.
 * @param scene with its position offsets resolved
 * @param trimsOf layout whose trims hold where another is rendered and folded to it
 */
export function trimScene(
  scene: Scene,
  layout: Layout,
  settings?: TrimSettings,
  trimsOf: Layout = layout,
): TrimmedScene {
  const layoutClass = layoutClassOf(trimsOf);
  const trims = layoutTrimsOf(layoutClass, scene.delivery, settings);
  const rule = ruleText(trims, layoutClass);
  const { trim, isWarped } = trims;
  if (rule === undefined)
    return { scene, objectSpeakerGains: [], trimsDb: scene.elements.map(() => []), rules: [] };
  const balances = trim === undefined || trim === 'automatic' ? undefined : balanceGains(layout, trim);
  const bypassRule = ['trims bypassed', ...(isWarped ? [warpText] : [])].join(', ');
  const trimmed = scene.elements.map((element) => {
    if (element.kind !== 'object') return { element, gains: undefined, trimsDb: [], rule: undefined };
    const isBypassed = trim !== undefined && element.trimBypass === true;
    const trimsDb = element.blocks.map(({ position }) =>
      isBypassed ? 0 : trimDb(cubeOf(position), trims, layoutClass),
    );
    return {
      element: trimObject(element, trimsDb, isWarped),
      gains: isBypassed ? undefined : balances,
      trimsDb,
      rule: isBypassed ? bypassRule : rule,
    };
  });
  return {
    scene: { ...scene, elements: trimmed.map(({ element }) => element) },
    objectSpeakerGains: trimmed.map(({ gains }) => gains),
    trimsDb: trimmed.map(({ trimsDb }) => trimsDb),
    rules: trimmed.map((one) => one.rule),
  };
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

const warpText = 'warped to the back';

/** B and C as in `RenderChoice.source`. */
const trustText = (trim: LayoutTrims['trim'], name: string): string =>
  name === '2.0' && trim !== undefined && trim !== 'automatic'
    ? 'third-party formulas, B; where the centre is: ours, C'
    : 'third-party formulas, B';

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
  if (isWarped) parts.push(warpText);
  return parts.length === 0 ? undefined : `${parts.join(', ')} (${trustText(trim, name)})`;
}
