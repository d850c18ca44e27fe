import { ConfigError, type WarningHandler } from '../../base/errors.ts';
import type { Processor } from '../../base/processor.ts';
import { createChain } from '../../dsp/processor-chain.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { sceneTracks, type Scene, type SceneTrack } from '../../scene/scene.ts';
import { issueAt } from '../../scene/document-issues.ts';
import type { ParameterFault } from '../parameter-faults.ts';
import type { DetectorRenderer, EffectKind, EffectProcessor, EffectReduction } from './effect.ts';
import { isActive, type SceneEntry } from './entry-schema.ts';
import { findEffect } from './registry.ts';
import { resolveGroup, type ResolvedGroup } from './resolve-group.ts';

/** What a scene stage is made for. */
export interface SceneStageOptions {
  readonly scene: Scene;
  readonly sampleRateHz: number;
  readonly kernels: Kernels;
  /** Sample of the scene that the first input sample is. */
  readonly startSample: number;
  readonly createDetectorRender: DetectorRenderer;
  /** Channel counts of side chains by name; their channels lie behind the tracks, in this order. */
  readonly sideChains?: ReadonlyMap<string, number> | undefined;
  readonly onWarning: WarningHandler;
}

/** What the report says of an entry. */
export interface EntryFigures {
  readonly entry: SceneEntry;
  readonly kind: EffectKind;
  /** Why it does nothing; undefined where it works. */
  readonly idle: 'bypass' | 'amount' | 'group' | undefined;
  /** Tracks that it works on; undefined where it is left out. */
  readonly group: ResolvedGroup | undefined;
  readonly latencySamples: number;
  readonly reductions: readonly EffectReduction[];
}

/** All effects of a recipe, one after the other, over the tracks of a scene and the channels of side chains. */
export interface SceneStage extends Processor {
  /** Whether nothing is done: what comes out is what went in. */
  readonly isIdle: boolean;
  /** What each entry has done since construction or reset. */
  figures(): EntryFigures[];
}

/** An entry as it is carried out. */
interface BuiltEntry {
  readonly entry: SceneEntry;
  readonly kind: EffectKind;
  readonly idle: EntryFigures['idle'];
  readonly group: ResolvedGroup | undefined;
  readonly processor: EffectProcessor | undefined;
}

/**
 * Builds the effects of a recipe. Entries with bypass or without amount are not built, and neither are those whose group
 * has no member: all tracks then come out bit for bit. All tracks are late by the sum of the latencies.
 * @throws ConfigError where parameters do not fit each other or the scene; its path names the entry
 */
export function createSceneStage(entries: readonly SceneEntry[], options: SceneStageOptions): SceneStage {
  const tracks = sceneTracks(options.scene);
  let startSample = options.startSample;
  const built = entries.map((entry, index) => {
    const one = buildEntry(entry, index, tracks, { ...options, startSample });
    startSample -= one.processor?.latencySamples ?? 0;
    return one;
  });
  const channelCount = placeSideChains(options.sideChains, tracks.length).channelCount;
  const processors = built.flatMap(({ processor }) => processor ?? []);
  const [first = createNothing(channelCount), ...others] = processors;
  const chain = others.reduce<Processor>((before, processor) => createChain(before, processor), first);
  return {
    ...chain,
    isIdle: processors.length === 0,
    figures: () => built.map(figuresOf),
  };
}

const figuresOf = ({ entry, kind, idle, group, processor }: BuiltEntry): EntryFigures => ({
  ...{ entry, kind, idle, group },
  latencySamples: processor?.latencySamples ?? 0,
  reductions: processor?.reductions() ?? [],
});

/** What an entry changes of the relations between tracks. */
export function kindOf({ type, parameters }: Pick<SceneEntry, 'type' | 'parameters'>): EffectKind {
  const effect = findEffect(type)!;
  return effect.kindOf?.(parameters) ?? effect.kind;
}

/** The group of an entry. */
export const groupOfEntry = (
  { group }: SceneEntry,
  index: number,
  { scene, sampleRateHz, onWarning }: Pick<SceneStageOptions, 'scene' | 'sampleRateHz' | 'onWarning'>,
): ResolvedGroup => resolveGroup(group, { scene, sampleRateHz, onWarning, path: `scene[${index}].group` });

function buildEntry(
  entry: SceneEntry,
  index: number,
  tracks: readonly SceneTrack[],
  options: SceneStageOptions,
): BuiltEntry {
  const kind = kindOf(entry);
  const idle = (why: EntryFigures['idle']): BuiltEntry => ({
    ...{ entry, kind, idle: why },
    ...{ group: undefined, processor: undefined },
  });
  if (!isActive(entry)) return idle(entry.bypass ? 'bypass' : 'amount');
  const group = groupOfEntry(entry, index, options);
  if (group.tracks.length === 0) return idle('group');
  const sideChains = placeSideChains(options.sideChains, tracks.length);
  const effect = findEffect(entry.type)!;
  requireFaultless(effect.faultsOf?.(entry.parameters, options.sampleRateHz), index);
  try {
    const processor = effect.create(entry.parameters, {
      ...options,
      onWarning: (warning) => options.onWarning({ path: `scene[${index}]`, ...warning }),
      tracks,
      group,
      amount: entry.amount,
      channelCount: sideChains.channelCount,
      sideChains: sideChains.channelsOf,
    });
    return { entry, kind, idle: undefined, group, processor };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { code, message, hint, issues } = error;
    throw new ConfigError(code, `scene[${index}]: ${message}`, {
      ...{ hint, issues, cause: error },
      path: `scene[${index}]`,
    });
  }
}

/** @throws ConfigError with the code of the first fault */
function requireFaultless(faults: readonly ParameterFault[] = [], index: number): void {
  if (faults.length === 0) return;
  const issues = faults.map(({ path, code, message }) => issueAt(['scene', index, ...path], code, message));
  const message = issues.map((issue) => `${issue.path}: ${issue.message}`).join('\n  ');
  throw new ConfigError(faults[0]!.code, message, { path: issues[0]!.path });
}

/** Hands everything on. */
const createNothing = (channelCount: number): Processor => ({
  inputChannelCount: channelCount,
  outputChannelCount: channelCount,
  latencySamples: 0,
  process({ channels, frameCount }, output) {
    for (const [channel, samples] of channels.entries())
      output.channels[channel]!.set(samples.subarray(0, frameCount));
  },
  reset: () => undefined,
});

/** Channels of side chains behind so many tracks. */
function placeSideChains(
  counts: ReadonlyMap<string, number> = new Map(),
  trackCount: number,
): { readonly channelCount: number; readonly channelsOf: ReadonlyMap<string, readonly number[]> } {
  let channelCount = trackCount;
  const channelsOf = new Map<string, readonly number[]>();
  for (const [name, count] of counts) {
    const first = channelCount;
    channelsOf.set(
      name,
      Array.from({ length: count }, (_, channel) => first + channel),
    );
    channelCount += count;
  }
  return { channelCount, channelsOf };
}
