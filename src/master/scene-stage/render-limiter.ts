import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import { dbToGain, gainToDb } from '../../base/units.ts';
import { createSampleDelay } from '../../dsp/sample-delay.ts';
import { limiterRelease, type LimiterSettings } from '../limiter.ts';
import { createExactDetector } from '../limiter-stage.ts';
import { createUnitWeights, detectorUnits } from './detector-units.ts';
import { createBroadbandApplier } from './dynamics.ts';
import type { EffectContext, EffectProcessor } from './effect.ts';
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

/**
 * One gain for all members that keeps the true peaks of renders of the scene below a ceiling; positions stay. Tracks that
 * are no members are heard in the renders, but not turned down.
 */
export function createRenderLimiter(
  context: EffectContext,
  settings: RenderLimiterSettings,
): EffectProcessor {
  const { kernels, sampleRateHz, group, amount } = context;
  const toSamples = (timeMs: number): number => Math.round((timeMs * sampleRateHz) / 1000);
  const responseSamples = toSamples(responseMs);
  const ceiling = Math.fround(dbToGain(settings.ceilingDbtp - marginDb));
  const peaks = createRenderPeaks(context, settings.renders, ceiling);
  const curve = kernels.createLimiterGain({
    links: Float64Array.of(1),
    ceilingGain: ceiling,
    lookaheadSamples: Math.max(2, 2 * toSamples(settings.lookaheadMs / 2)),
    holdSamples: 2 * responseSamples + 1 + toSamples(settings.holdMs),
    release: limiterRelease(settings.releaseMs, sampleRateHz),
  });
  const latencySamples = peaks.latencySamples + responseSamples + curve.latencySamples;
  const units = detectorUnits(context, true);
  const weights = createUnitWeights(context, units);
  const gains = createClassGains({
    ...{ kernels, units, weights, latencySamples, name: undefined },
    scale: { gainPerDb: -amount, makeUpDb: 0, wetShare: 1 },
    shares: units.map(() => [{ row: 0, share: 1 }]),
  });
  const applier = createBroadbandApplier(context, gains, latencySamples);
  const row = new Float32Array(memberRoundFrames);

  return processMembers(
    context,
    {
      inputChannelCount: group.tracks.length,
      outputChannelCount: group.tracks.length,
      latencySamples,
      process(input, output) {
        const { frameCount } = input;
        curve.process([row], frameCount, [row]);
        for (let n = 0; n < frameCount; n++) row[n] = row[n]! < 1 ? -gainToDb(row[n]!) : 0;
        gains.process([row], frameCount);
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
        peaks.listen(input, row);
      },
      reductions: () => gains.reductions(),
    },
  );
}

/** The highest true peak of all channels of renders, each interval at the same time. */
function createRenderPeaks(
  { createDetectorRender, startSample, tracks, kernels }: EffectContext,
  names: readonly string[],
  floor: number,
) {
  const renders = names.map((name) => {
    const { processor } = createDetectorRender(name, startSample);
    const detector = createExactDetector(kernels, processor.outputChannelCount);
    const rendered = createAudioBlock(processor.outputChannelCount, memberRoundFrames);
    return { processor, detector, rendered, delaySamples: processor.latencySamples + detector.delaySamples };
  });
  const latencySamples = Math.max(...renders.map(({ delaySamples }) => delaySamples));
  const delays = renders.map(({ delaySamples }) => createSampleDelay(latencySamples - delaySamples));
  const scene: AudioBlock = { channels: tracks.map(() => new Float32Array(0)), frameCount: 0 };
  const [envelope, late] = [new Float32Array(memberRoundFrames), new Float32Array(memberRoundFrames)];
  return {
    latencySamples,
    listen({ channels, frameCount }: AudioBlock, highest: Float32Array): void {
      for (let track = 0; track < tracks.length; track++) scene.channels[track] = channels[track]!;
      highest.fill(0, 0, frameCount);
      for (let index = 0; index < renders.length; index++) {
        const { processor, detector, rendered } = renders[index]!;
        scene.frameCount = rendered.frameCount = frameCount;
        processor.process(scene, rendered);
        detector.envelope(rendered.channels, frameCount, floor, envelope);
        delays[index]!.process(envelope, late, frameCount);
        for (let n = 0; n < frameCount; n++) if (late[n]! > highest[n]!) highest[n] = late[n]!;
      }
    },
    reset(): void {
      for (const { processor, detector } of renders) for (const part of [processor, detector]) part.reset();
      for (const delay of delays) delay.reset();
    },
  };
}
