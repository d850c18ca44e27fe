import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import { dbToGain, gainToDb } from '../../base/units.ts';
import { createSampleDelay } from '../../dsp/sample-delay.ts';
import { lfeTracks } from '../../scene/queries.ts';
import { createExactDetector } from '../limiter-stage.ts';
import {
  createRenderCurve,
  heardChannels,
  lfeRow,
  mainRow,
  raisePeaks,
  renderMarginDb,
  type RenderCurveSettings,
} from '../render-curve.ts';
import { createUnitWeights, detectorUnits, type DetectorUnit } from './detector-units.ts';
import { createBroadbandApplier } from './dynamics.ts';
import type { EffectContext, EffectProcessor } from './effect.ts';
import { createClassGains } from './gain-classes.ts';
import { memberRoundFrames, processMembers } from './process-members.ts';

/** What limits a scene by its renders. */
export interface RenderLimiterSettings extends RenderCurveSettings {
  readonly ceilingDbtp: number;
  /** Names as `DetectorRenderer` takes them. */
  readonly renders: readonly string[];
}

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
  const ceiling = Math.fround(dbToGain(settings.ceilingDbtp - renderMarginDb));
  const units = detectorUnits(context, false);
  const peaks = createRenderPeaks(context, settings.renders, ceiling);
  const { foldsLfe } = peaks;
  if (peaks.hasLfe) warnOfLfe(context, units);
  const curve = createRenderCurve({ kernels, sampleRateHz, settings, ceilingGain: ceiling, foldsLfe });
  const latencySamples = peaks.latencySamples + curve.latencySamples;
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

function warnOfLfe({ scene, onWarning }: EffectContext, units: readonly DetectorUnit[]): void {
  if (lfeTracks(scene).length === units.filter(({ isApart }) => isApart).length) return;
  const message =
    'an LFE channel is not in the group of a limiter: the LFE of renders is not held below its ceiling; "group: [all, lfe]" holds it';
  onWarning({ code: 'limiter-lfe', message });
}

/** The highest true peaks of renders, of their LFE and of all other channels, each interval at the same time. */
function createRenderPeaks(
  { createDetectorRender, startSample, tracks, kernels }: EffectContext,
  names: readonly string[],
  floor: number,
) {
  const renders = names.map((name) => {
    const render = createDetectorRender(name, startSample);
    const heard = heardChannels(render.layout, render.processor.outputChannelCount).map(
      ({ row, channels }) => {
        const detector = createExactDetector(kernels, channels.length);
        const delaySamples = render.processor.latencySamples + detector.delaySamples;
        return { row, channels, detector, delaySamples };
      },
    );
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
        raisePeaks(highest[row]!, late, frameCount);
      }
    },
    reset(): void {
      for (const { processor } of renders) processor.reset();
      for (const { detector, delay } of listeners) for (const part of [detector, delay]) part.reset();
    },
  };
}
