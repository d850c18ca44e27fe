import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import { designButterworth } from '../../dsp/parametric-eq.ts';
import { createSampleDelay } from '../../dsp/sample-delay.ts';
import type { BiquadCoefficients } from '../../kernels/interfaces/filters.ts';
import type { DynamicsRow } from '../../kernels/interfaces/gains.ts';
import { createBandDetector, planBandHearing } from './band-detector.ts';
import { createBandSplitter, type BandSplitter } from './band-splitter.ts';
import type { DetectorSettings } from './detector-schema.ts';
import { createOutsideSource } from './detector-source.ts';
import { createUnitWeights, detectorUnits, type DetectorUnit } from './detector-units.ts';
import type { EffectContext, EffectProcessor } from './effect.ts';
import type { RowShare } from './detector.ts';
import { createClassGains, type ClassGains, type GainScale } from './gain-classes.ts';
import { memberRoundFrames, processMembers } from './process-members.ts';

/** What happens to a band. */
export interface MultibandBand {
  /** In reports. */
  readonly name: string;
  readonly computer: DynamicsRow;
  readonly scale: GainScale;
}

/** What dynamics in bands need. */
export interface MultibandOptions {
  readonly crossoversHz: readonly number[];
  readonly phase: 'minimum' | 'linear';
  readonly detector: DetectorSettings;
  /** One more than crossovers, from below. */
  readonly bands: readonly MultibandBand[];
  readonly lookaheadMs: number;
}

/**
 * Makes an effect of gains that go by the sound in bands: the bands of all members are split once, heard, weighed and
 * summed. Where gains come later than the bands, by look-ahead or a render, the late sound is split once more.
 */
export function processMultiband(context: EffectContext, options: MultibandOptions): EffectProcessor {
  const { kernels, sampleRateHz, group, startSample } = context;
  const { bands, detector: settings } = options;
  const units = detectorUnits(context, settings.linkLfe ?? false);
  const hearing = planBandHearing(settings, units);
  const outside =
    hearing.hasGroup && (settings.mode === 'render' || settings.mode === 'side-chain')
      ? createOutsideSource(context, settings, bandSections(options.crossoversHz, sampleRateHz))
      : undefined;
  const shares = bands.map((_, band) => units.map((__, unit) => hearing.sharesOf(band, unit, bands.length)));
  const gainSetOfMember = gainSets(context, units, shares[0]!);
  const createSplitter = (): BandSplitter =>
    createBandSplitter(kernels, {
      ...{ crossoversHz: options.crossoversHz, phase: options.phase, sampleRateHz },
      combination: settings.mode === 'group-max' ? 'max' : 'sum',
      detectorOfChannel: hearing.detectorOfMember,
      gainSetOfChannel: gainSetOfMember,
    });
  const splitter = createSplitter();
  const splitLatencySamples = splitter.latencySamples;
  const weights = createUnitWeights({ group, startSample: startSample - splitLatencySamples }, units);
  const detector = createBandDetector({
    ...{ kernel: splitter.kernel, splitLatencySamples, hearing, units, weights, outside },
    mode: settings.mode,
  });
  const latencySamples = detector.latencySamples + Math.round((options.lookaheadMs * sampleRateHz) / 1000);
  const lagSamples = latencySamples - splitLatencySamples;
  const gains = bands.map(({ scale, name }, band) =>
    createClassGains({
      ...{ kernels, units, weights, scale, name, shares: shares[band]! },
      latencySamples: lagSamples,
    }),
  );
  const members = group.tracks.map((): Float32Array => new Float32Array(0));
  const applier = createBandApplier(
    lagSamples > 0 ? createSplitter() : splitter,
    lagSamples,
    gainRows(gains, gainSetOfMember),
  );
  const computer = kernels.createDynamicsGain(
    detector.powers.map((_, row) => bands[row % bands.length]!.computer),
  );
  const reductionsDb = detector.powers.map(() => new Float32Array(memberRoundFrames));

  return processMembers(
    context,
    {
      inputChannelCount: group.tracks.length,
      outputChannelCount: group.tracks.length,
      latencySamples,
      process(input, output) {
        const { frameCount } = input;
        computer.process(detector.powers, frameCount, reductionsDb);
        for (let band = 0; band < gains.length; band++) gains[band]!.process(reductionsDb, frameCount);
        applier.process(input, output);
      },
      reset() {
        for (const part of [splitter, weights, detector, computer, ...gains, applier]) part.reset();
      },
    },
    {
      blendsWeights: false,
      listen(input) {
        for (let member = 0; member < members.length; member++)
          members[member] = input.channels[group.tracks[member]!]!;
        weights.fill(input.frameCount);
        splitter.split(members, input.frameCount);
        detector.listen(input);
      },
      reductions: () => gains.flatMap((band) => band.reductions()),
    },
  );
}

/** Set of gains of each member: of all that go by the same rows with the same weight that stays. */
function gainSets(
  { group }: Pick<EffectContext, 'group'>,
  units: readonly DetectorUnit[],
  shares: readonly (readonly RowShare[])[],
): number[] {
  const sets = new Map<string, number>();
  const setOfMember = group.tracks.map(() => 0);
  for (const [unit, { members }] of units.entries()) {
    const weight = group.constantWeights[members[0]!];
    const key = `${shares[unit]!.map(({ row }) => row).join()} ${weight ?? `moving ${unit}`}`;
    if (!sets.has(key)) sets.set(key, sets.size);
    for (const member of members) setOfMember[member] = sets.get(key)!;
  }
  return setOfMember;
}

/** Gains as the kernel takes them [set * bandCount + band]. */
const gainRows = (gains: readonly ClassGains[], setOfMember: readonly number[]): Float32Array[] =>
  Array.from({ length: (1 + Math.max(...setOfMember)) * gains.length }, (_, row) => {
    const member = setOfMember.indexOf(Math.floor(row / gains.length));
    return gains[row % gains.length]!.classes.find(({ members }) => members.includes(member))!.gains;
  });

/** Filters for what is no member and heard in bands: Linkwitz-Riley passes of both crossovers beside a band. */
const bandSections = (crossoversHz: readonly number[], sampleRateHz: number): BiquadCoefficients[][] =>
  Array.from({ length: crossoversHz.length + 1 }, (_, band) => {
    const pass = (side: 'high' | 'low', frequencyHz: number | undefined): BiquadCoefficients[] => {
      if (frequencyHz === undefined) return [];
      const sections = designButterworth(side, frequencyHz, 2, sampleRateHz);
      return [...sections, ...sections];
    };
    return [...pass('high', crossoversHz[band - 1]), ...pass('low', crossoversHz[band])];
  });

/** Weighs and sums the bands of a splitter; where it is late against the gains, it gets the sound late. */
function createBandApplier(
  splitter: BandSplitter,
  lagSamples: number,
  gains: readonly Float32Array[],
): { process(input: AudioBlock, output: AudioBlock): void; reset(): void } {
  const { kernel } = splitter;
  if (lagSamples === 0)
    return {
      process: (input, output) => kernel.sum(gains, input.frameCount, output.channels),
      reset: () => undefined,
    };
  const delays = Array.from({ length: kernel.channelCount }, () => createSampleDelay(lagSamples));
  const late = createAudioBlock(kernel.channelCount, memberRoundFrames);
  return {
    process({ channels, frameCount }, output) {
      for (let channel = 0; channel < delays.length; channel++)
        delays[channel]!.process(channels[channel]!, late.channels[channel]!, frameCount);
      splitter.split(late.channels, frameCount);
      kernel.sum(gains, frameCount, output.channels);
    },
    reset() {
      splitter.reset();
      for (const delay of delays) delay.reset();
    },
  };
}
