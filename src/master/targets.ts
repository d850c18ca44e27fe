import { ConfigError } from '../base/errors.ts';
import { findLayout, getLayout, layoutNames } from '../layouts/built-in.ts';
import type { Layout } from '../layouts/layout.ts';
import { nearestName } from '../base/nearest-name.ts';

/** One deliverable that is asked for. `stereo` is the fold-down of the 5.1 render. */
export type Target = LayoutTarget | AmbisonicTarget;

/** What all targets have. */
interface TargetName {
  /** As it appears in file names and reports: "7.1.4", "stereo", "ambix3". */
  readonly name: string;
  /** As a recipe names it: equal to `name`, but the path where the layout is a file. */
  readonly id: string;
}

/** A target whose channels are loudspeakers or ears. */
export interface LayoutTarget extends TargetName {
  readonly kind: 'loudspeakers' | 'stereo' | 'binaural';
  /** What the channels are measured as; 0+2+0 for stereo and binaural. */
  readonly layout: Layout;
}

/** A target whose channels are spherical harmonics (ACN, SN3D). */
export interface AmbisonicTarget extends TargetName {
  readonly kind: 'ambisonics';
  /** 1..7 */
  readonly order: number;
}

/** Reads a layout file; given by whoever may open files. */
export type LayoutLoader = (path: string) => Layout;

const maxAmbisonicOrder = 7;

/** Every target that is known by name, aliases included. */
export const targetNames = (): string[] => [
  ...new Set([
    ...layoutNames(),
    'stereo',
    'binaural',
    ...Array.from({ length: maxAmbisonicOrder }, (_, index) => `ambix${index + 1}`),
  ]),
];

/** Targets that are the mastered scene itself, and no render of it. */
export const sceneTargetNames = ['adm', 'adm-dolby', 'adm-itu', 'damf', 'stems'] as const;

/** Name of a target that is the mastered scene itself. */
export type SceneTargetName = (typeof sceneTargetNames)[number];

/** Whether a target is the mastered scene itself. */
export const isSceneTarget = (name: string): name is SceneTargetName =>
  (sceneTargetNames as readonly string[]).includes(name);

/** Whether a target is written as the path of a layout file. */
export const isLayoutPath = (text: string): boolean => /[/\\]|\.json$/i.test(text);

/**
 * The one name of a target that may be written in several ways: "4+7+0" and "7.1.4" are both "7.1.4". A path
 * stands for itself.
 * @returns undefined for a name that is not known
 */
export function canonicalTargetId(text: string): string | undefined {
  if (isLayoutPath(text)) return text;
  if (text === 'stereo' || text === 'binaural') return text;
  if (/^ambix[1-7]$/.test(text)) return text;
  const layout = findLayout(text);
  return layout && targetNameOf(layout);
}

/** Direct stereo keeps its BS.2051 name: "stereo" is the fold-down. */
const targetNameOf = (layout: Layout): string =>
  layout.name === '0+2+0' ? layout.name : (layout.aliases[0] ?? layout.name);

/**
 * Reads the target grammar: a layout's name or alias, the path of a layout file, `stereo`, `0+2+0`,
 * `binaural`, `ambix1` to `ambix7`.
 * @throws ConfigError "unknown-target" with the nearest name as a suggestion
 */
export function parseTarget(text: string, loadLayout?: LayoutLoader): Target {
  if (isLayoutPath(text) && loadLayout) {
    const layout = loadLayout(text);
    return { name: layout.name.replaceAll(/[^\w.+-]+/g, '_'), id: text, kind: 'loudspeakers', layout };
  }
  const id = canonicalTargetId(text);
  if (id === undefined || isLayoutPath(id)) throw unknownTarget(text);
  if (id === 'stereo' || id === 'binaural') return { name: id, id, kind: id, layout: getLayout('0+2+0') };
  const order = /^ambix(\d)$/.exec(id)?.[1];
  if (order !== undefined) return { name: id, id, kind: 'ambisonics', order: Number(order) };
  return { name: id, id, kind: 'loudspeakers', layout: getLayout(text) };
}

/** What is said of a target that is not known. */
export const unknownTargetMessage = (text: string): string =>
  `unknown target "${text}"; known are ${targetNames().join(', ')}, or the path of a layout file`;

/** "did you mean ...?", where a known target is near. @param others names that are allowed besides */
export function targetHint(text: string, others: readonly string[] = []): string | undefined {
  if (isSceneTarget(text)) return 'that is the scene itself, which periphon master and convert write';
  const names = [...targetNames(), ...others];
  // Longer names first: of two that are equally near, 7.1.5 meant 7.1.4 rather than 7.1.
  const near = nearestName(
    text,
    names.sort((a, b) => b.length - a.length),
  );
  return near === undefined ? undefined : `did you mean "${near}"?`;
}

const unknownTarget = (text: string): ConfigError =>
  new ConfigError('unknown-target', unknownTargetMessage(text), { hint: targetHint(text) });
