import type { AudioBlock } from '../../base/audio-block.ts';
import type { BiquadCoefficients } from '../../kernels/interfaces/filters.ts';
import type { DynamicsRow } from '../../kernels/interfaces/gains.ts';
import { createDetector } from './detector.ts';
import type { DetectorSettings } from './detector-schema.ts';
import { createUnitWeights, detectorUnits } from './detector-units.ts';
import type { EffectContext, EffectProcessor } from './effect.ts';
import { createClassGains, type ClassGains, type GainScale } from './gain-classes.ts';
import { memberRoundFrames, processMembers } from './process-members.ts';

/** One gain computer of an effect, for each that its detector tells apart. */
export interface DynamicsBand {
  /** In reports; undefined where there is one band only. */
  readonly name?: string | undefined;
  /** What its detector hears; all where empty. */
  readonly sections: readonly BiquadCoefficients[];
  readonly computer: DynamicsRow;
  readonly scale: GainScale;
}

/** What dynamics need. */
export interface DynamicsOptions {
  readonly detector: DetectorSettings;
  readonly bands: readonly DynamicsBand[];
  /** The gain of a sample goes by what comes so much later. */
  readonly lookaheadMs: number;
}

/** Gives members their gains. */
export interface GainApplier {
  /** @param input member by member; it belongs to the gains of `latencySamples` later */
  process(input: AudioBlock, output: AudioBlock): void;
  reset(): void;
}

/**
 * Makes an effect of gains that go by the sound: detector, gain computers, gains of all members in every band, and
 * whatever applies them.
 * @param createApplier gets the gains by band, which are those of each call, and the delay of the sound against them
 */
export function processDynamics(
  context: EffectContext,
  { detector: settings, bands, lookaheadMs }: DynamicsOptions,
  createApplier: (gains: readonly ClassGains[], latencySamples: number) => GainApplier,
): EffectProcessor {
  const { kernels, sampleRateHz, group } = context;
  const units = detectorUnits(context, settings.linkLfe ?? false);
  const weights = createUnitWeights(context, units);
  const sections = bands.map((band) => band.sections);
  const detector = createDetector({ context, settings, units, weights, bands: sections });
  const latencySamples = detector.latencySamples + Math.round((lookaheadMs * sampleRateHz) / 1000);
  const { powers } = detector;
  const computer = kernels.createDynamicsGain(detector.bandOfRow.map((band) => bands[band]!.computer));
  const reductionsDb = powers.map(() => new Float32Array(memberRoundFrames));
  const gains = bands.map(({ scale, name }, band) => {
    const shares = units.map((_, unit) => detector.sharesOf(band, unit));
    return createClassGains({ kernels, units, weights, latencySamples, scale, shares, name });
  });
  const applier = createApplier(gains, latencySamples);

  return processMembers(
    context,
    {
      inputChannelCount: group.tracks.length,
      outputChannelCount: group.tracks.length,
      latencySamples,
      process(input, output) {
        const { frameCount } = input;
        computer.process(powers, frameCount, reductionsDb);
        for (let band = 0; band < gains.length; band++) gains[band]!.process(reductionsDb, frameCount);
        applier.process(input, output);
      },
      reset() {
        for (const part of [weights, detector, computer, ...gains, applier]) part.reset();
      },
    },
    {
      blendsWeights: false,
      listen(input) {
        weights.fill(input.frameCount);
        detector.listen(input);
      },
      reductions: () => gains.flatMap((band) => band.reductions()),
    },
  );
}

/** Applies the gains of one band to all that members hold. */
export function createBroadbandApplier(
  { kernels }: Pick<EffectContext, 'kernels'>,
  { classes }: ClassGains,
  latencySamples: number,
): GainApplier {
  const parts = classes.map(({ members, gains }) => ({
    members,
    gains,
    kernel: kernels.createDelayGain(members.length, latencySamples),
    inputs: members.map((): Float32Array => new Float32Array(0)),
    outputs: members.map((): Float32Array => new Float32Array(0)),
  }));
  return {
    process(input, output) {
      for (const { members, gains, kernel, inputs, outputs } of parts) {
        for (let index = 0; index < members.length; index++) {
          inputs[index] = input.channels[members[index]!]!;
          outputs[index] = output.channels[members[index]!]!;
        }
        kernel.process(inputs, 1, gains, input.frameCount, outputs);
      }
    },
    reset: () => parts.forEach(({ kernel }) => kernel.reset()),
  };
}
