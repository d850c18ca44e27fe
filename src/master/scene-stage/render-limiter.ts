import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import { dbToGain, gainToDb } from '../../base/units.ts';
import { createSampleDelay } from '../../dsp/sample-delay.ts';
import type { SceneTrack } from '../../scene/scene.ts';
import { limiterRelease, type LimiterSettings } from '../limiter.ts';
import { createExactDetector } from '../limiter-stage.ts';
import { createUnitWeights, detectorUnits, type DetectorUnit } from './detector-units.ts';
import { createBroadbandApplier } from './dynamics.ts';
import type { DetectorRender, EffectContext, EffectProcessor } from './effect.ts';
import { createClassGains } from './gain-classes.ts';
import { memberRoundFrames, processMembers } from './process-members.ts';

/** What limits a scene by its renders. */
export interface RenderLimiterSettings extends Pick<LimiterSettings, 'lookaheadMs' | 'holdMs' | 'releaseMs'> {
  readonly ceilingDbtp: number;
  /** Names as `DetectorRenderer` takes them. */
  readonly renders: readonly string[];
}

/**
 * A peak of a render is made of what went in up to so much earlier, by the filters of ears and of decorrelators: all of
 * that is turned down alike.
 */
const responseMs = 10;
/** How far below its ceiling it aims, for gains that move while a filter rings. */
const marginDb = 0.05;

/** Rows of peaks and gains: what all members but LFE channels go by, and what those do. */
const [mainRow, lfeRow] = [0, 1] as const;

/**
 * One gain for all members that keeps the true peaks of renders of the scene below a ceiling; positions stay. Tracks that
 * are no members are heard in the renders, but not turned down. LFE channels have a gain of their own, by the peaks of
 * the LFE channels of renders: nothing else comes there, and an LFE hit ducks nothing. Where a render has no LFE, its
 * sound may be in the other channels, and follows their gain.
 */
export function createRenderLimiter(
  context: EffectContext,
  settings: RenderLimiterSettings,
): EffectProcessor {
  const { kernels, sampleRateHz, group, amount } = context;
  const toSamples = (timeMs: number): number => Math.round((timeMs * sampleRateHz) / 1000);
  const responseSamples = toSamples(responseMs);
  const ceiling = Math.fround(dbToGain(settings.ceilingDbtp - marginDb));
  const units = detectorUnits(context, false);
  const peaks = createRenderPeaks(context, settings.renders, ceiling);
  if (peaks.hasLfe) warnOfLfe(context, units);
  const curve = kernels.createLimiterGain({
    links: Float64Array.of(1, 0, peaks.foldsLfe ? 1 : 0, 1),
    ceilingGain: ceiling,
    lookaheadSamples: Math.max(2, 2 * toSamples(settings.lookaheadMs / 2)),
    holdSamples: 2 * responseSamples + 1 + toSamples(settings.holdMs),
    release: limiterRelease(settings.releaseMs, sampleRateHz),
  });
  const latencySamples = peaks.latencySamples + responseSamples + curve.latencySamples;
  const weights = createUnitWeights(context, units);
  const gains = createClassGains({
    ...{ kernels, units, weights, latencySamples, name: undefined },
    scale: { gainPerDb: -amount, makeUpDb: 0, wetShare: 1 },
    shares: units.map(({ isApart }) => [{ row: isApart ? lfeRow : mainRow, share: 1 }]),
  });
  const applier = createBroadbandApplier(context, gains, latencySamples);
  const rows = [mainRow, lfeRow].map(() => new Float32Array(memberRoundFrames));

  return processMembers(
    context,
    {
      inputChannelCount: group.tracks.length,
      outputChannelCount: group.tracks.length,
      latencySamples,
      process(input, output) {
        const { frameCount } = input;
        curve.process(rows, frameCount, rows);
        for (const row of rows) toReductionsDb(row, frameCount);
        gains.process(rows, frameCount);
        applier.process(input, output);
      },
      reset() {
        for (const part of [peaks, curve, weights, gains, applier]) part.reset();
      },
    },
    {
      blendsWeights: false,
      listen(input) {
        weights.fill(input.frameCount);
        peaks.listen(input, rows);
      },
      reductions: () => gains.reductions(),
    },
  );
}

function toReductionsDb(gains: Float32Array, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) gains[n] = gains[n]! < 1 ? -gainToDb(gains[n]!) : 0;
}

function warnOfLfe({ scene, tracks, onWarning }: EffectContext, units: readonly DetectorUnit[]): void {
  const isLfe = ({ elementIndex, channelIndex }: SceneTrack): boolean => {
    const element = scene.elements[elementIndex]!;
    return element.kind === 'bed' && element.channels[channelIndex]!.isLfe;
  };
  if (tracks.filter(isLfe).length === units.filter(({ isApart }) => isApart).length) return;
  const message =
    'an LFE channel is not in the group of a limiter: the LFE of renders is not held below its ceiling; "group: [all, lfe]" holds it';
  onWarning({ code: 'limiter-lfe', message });
}

/** Channels of a render that are heard together, and where their highest peak goes. */
interface HeardChannels {
  readonly row: number;
  readonly channels: readonly number[];
}

/** The channels of a render that are no LFE, and those that are. */
function heardChannels({ processor, layout }: DetectorRender): HeardChannels[] {
  const all = Array.from({ length: processor.outputChannelCount }, (_, channel) => channel);
  const isLfe = (channel: number): boolean => layout?.loudspeakers[channel]?.isLfe === true;
  return [
    { row: mainRow, channels: all.filter((channel) => !isLfe(channel)) },
    { row: lfeRow, channels: all.filter(isLfe) },
  ].filter(({ channels }) => channels.length > 0);
}

/** The highest true peaks of renders, of their LFE and of all other channels, each interval at the same time. */
function createRenderPeaks(
  { createDetectorRender, startSample, tracks, kernels }: EffectContext,
  names: readonly string[],
  floor: number,
) {
  const renders = names.map((name) => {
    const render = createDetectorRender(name, startSample);
    const heard = heardChannels(render).map(({ row, channels }) => {
      const detector = createExactDetector(kernels, channels.length);
      const delaySamples = render.processor.latencySamples + detector.delaySamples;
      return { row, channels, detector, delaySamples };
    });
    const rendered = createAudioBlock(render.processor.outputChannelCount, memberRoundFrames);
    return { processor: render.processor, heard, rendered };
  });
  const latencySamples = Math.max(
    ...renders.flatMap(({ heard }) => heard.map(({ delaySamples }) => delaySamples)),
  );
  const listeners = renders.flatMap(({ heard, rendered }) =>
    heard.map(({ row, channels, detector, delaySamples }) => ({
      ...{ row, detector },
      inputs: channels.map((channel) => rendered.channels[channel]!),
      delay: createSampleDelay(latencySamples - delaySamples),
    })),
  );
  const scene: AudioBlock = { channels: tracks.map(() => new Float32Array(0)), frameCount: 0 };
  const [envelope, late] = [new Float32Array(memberRoundFrames), new Float32Array(memberRoundFrames)];
  const isHeard = (row: number): boolean => listeners.some((listener) => listener.row === row);
  return {
    latencySamples,
    /** Whether any render has an LFE. */
    hasLfe: isHeard(lfeRow),
    /** Whether the sound of LFE channels may be in other channels of a render. */
    foldsLfe: renders.some(({ heard }) => heard.every(({ row }) => row !== lfeRow)),
    listen({ channels, frameCount }: AudioBlock, highest: readonly Float32Array[]): void {
      for (let track = 0; track < tracks.length; track++) scene.channels[track] = channels[track]!;
      scene.frameCount = frameCount;
      for (const { processor, rendered } of renders) {
        rendered.frameCount = frameCount;
        processor.process(scene, rendered);
      }
      for (const row of highest) row.fill(0, 0, frameCount);
      for (const { row, inputs, detector, delay } of listeners) {
        detector.envelope(inputs, frameCount, floor, envelope);
        delay.process(envelope, late, frameCount);
        raise(highest[row]!, late, frameCount);
      }
    },
    reset(): void {
      for (const { processor } of renders) processor.reset();
      for (const { detector, delay } of listeners) for (const part of [detector, delay]) part.reset();
    },
  };
}

function raise(highest: Float32Array, peaks: Float32Array, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) if (peaks[n]! > highest[n]!) highest[n] = peaks[n]!;
}
