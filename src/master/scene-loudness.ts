import { issueAt, type LocatedIssue } from '../scene/document-issues.ts';
import { defaultCeilingDbtp, limiterDefaults } from './limiter.ts';
import { hasLoudness, type LoudnessRule } from './loudness-solver.ts';
import { loudnessFault } from './loudness-fault.ts';
import type { RenderCurveSettings } from './render-curve.ts';
import type { SceneLoudnessDocument } from './scene-loudness-schema.ts';
import { canonicalTargetId, targetHint, unknownTargetMessage } from './targets.ts';

/** What the level of a scene that is written is to be. */
export interface SceneLoudness {
  /** Renders whose loudness counts: the loudest of them. */
  readonly on: readonly string[];
  readonly loudnessRule: LoudnessRule;
  /** Undefined where the rule is about peaks alone. */
  readonly loudnessLufs: number | undefined;
  readonly ceilingDbtp: number;
  /** Renders that stay below the ceiling, those whose loudness counts among them. */
  readonly renders: readonly string[];
  readonly limiter: RenderCurveSettings;
}

/** Settings that are given by hand, by a recipe or by a profile; what is left out has its default. */
export interface SceneLoudnessOverrides {
  readonly on?: string | readonly string[] | undefined;
  readonly loudnessRule?: LoudnessRule | undefined;
  readonly loudnessLufs?: number | null | undefined;
  readonly ceilingDbtp?: number | undefined;
  readonly renders?: readonly string[] | undefined;
  readonly limiter?: { readonly [K in keyof RenderCurveSettings]?: number | undefined } | undefined;
}

/** Settings where none are given: as immersive music is delivered. */
const defaults = {
  on: '5.1',
  loudnessRule: 'at-most',
  loudnessLufs: -18,
  ceilingDbtp: defaultCeilingDbtp,
  renders: ['5.1', 'stereo', '7.1.4', 'binaural'],
} as const;

/**
 * Settles the level of a scene. A loudness of null is the rule 'none'.
 * @param layers what is given, the later over the earlier
 */
export function resolveSceneLoudness(...layers: readonly SceneLoudnessOverrides[]): SceneLoudness {
  const { lookaheadMs, holdMs, releaseMs } = limiterDefaults;
  const limiter = { lookaheadMs, holdMs, releaseMs };
  let on: readonly string[] = [defaults.on];
  let loudnessRule: LoudnessRule = defaults.loudnessRule;
  let loudnessLufs: number = defaults.loudnessLufs;
  let ceilingDbtp: number = defaults.ceilingDbtp;
  let renders: readonly string[] = defaults.renders;
  for (const layer of layers) {
    on = layer.on === undefined ? on : [layer.on].flat();
    ceilingDbtp = layer.ceilingDbtp ?? ceilingDbtp;
    renders = layer.renders ?? renders;
    loudnessLufs = layer.loudnessLufs ?? loudnessLufs;
    if (layer.loudnessRule !== undefined) loudnessRule = layer.loudnessRule;
    else if (layer.loudnessLufs === null) loudnessRule = 'none';
    else if (layer.loudnessLufs !== undefined && !hasLoudness(loudnessRule))
      loudnessRule = defaults.loudnessRule;
    for (const [name, value] of Object.entries(layer.limiter ?? {}))
      if (value !== undefined) limiter[name as keyof RenderCurveSettings] = value;
  }
  const idsOf = (names: readonly string[]): string[] => [
    ...new Set(names.map((name) => canonicalTargetId(name) ?? name)),
  ];
  return {
    ...{ on: idsOf(on), loudnessRule, ceilingDbtp, limiter },
    loudnessLufs: hasLoudness(loudnessRule) ? loudnessLufs : undefined,
    renders: idsOf([...on, ...renders]),
  };
}

/** Renders of a recipe's `sceneLoudness` that are not known, or have no loudness, and rules that contradict it. */
export function sceneLoudnessFaults(document: unknown): LocatedIssue[] {
  if (typeof document !== 'object' || document === null) return [];
  const { on, renders, loudnessRule, loudnessLufs, limiter } = document as Partial<SceneLoudnessDocument>;
  const named: (readonly [readonly (string | number)[], unknown])[] = [];
  for (const [key, value] of Object.entries({ on, renders }))
    if (!Array.isArray(value)) named.push([[key], value]);
    else for (const [index, name] of (value as unknown[]).entries()) named.push([[key, index], name]);
  const faults = named.flatMap(([path, name]) => {
    const message = typeof name === 'string' ? renderFault(name) : undefined;
    return message === undefined ? [] : [issueAt(['sceneLoudness', ...path], 'unknown-render', message)];
  });
  const loudness = loudnessFault(false, loudnessRule, loudnessLufs);
  if (loudness) faults.push(issueAt(['sceneLoudness', ...loudness.path], loudness.code, loudness.message));
  const isWithoutLimiter = loudnessRule === undefined ? loudnessLufs === null : !hasLoudness(loudnessRule);
  if (limiter !== undefined && isWithoutLimiter) {
    const message =
      'says nothing where no loudness is to be met: such scenes are not limited; allowed with one';
    faults.push(issueAt(['sceneLoudness', 'limiter'], 'limiter-idle', message));
  }
  return faults;
}

function renderFault(name: string): string | undefined {
  const id = canonicalTargetId(name);
  if (id === undefined) return [unknownTargetMessage(name), targetHint(name)].filter(Boolean).join('; ');
  return id.startsWith('ambix')
    ? `${name} has no loudness of its own; layouts, stereo and binaural have`
    : undefined;
}
