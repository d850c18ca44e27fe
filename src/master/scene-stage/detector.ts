import type { AudioBlock } from '../../base/audio-block.ts';
import { designButterworth } from '../../dsp/parametric-eq.ts';
import { createSampleDelay } from '../../dsp/sample-delay.ts';
import type { BiquadCoefficients } from '../../kernels/interfaces/filters.ts';
import { createDetectorFilter } from './detector-filter.ts';
import type { DetectorSettings } from './detector-schema.ts';
import { createOutsideSource, type OutsideSource } from './detector-source.ts';
import type { DetectorUnit, UnitWeights } from './detector-units.ts';
import type { EffectContext } from './effect.ts';
import { memberRoundFrames } from './process-members.ts';

/** How much of a row of reductions a unit has. */
export interface RowShare {
  readonly row: number;
  /** Above 0 up to 1. */
  readonly share: number;
}

/** Follows the powers that the gains of a group go by, as rows: of the whole group, of each unit, and so for every band. */
export interface Detector {
  /** Powers of the last call belong to samples so far back. */
  readonly latencySamples: number;
  /** Powers [row][frame]. */
  readonly powers: readonly Float32Array[];
  /** Band of each row. */
  readonly bandOfRow: readonly number[];
  /** The rows that a unit goes by in a band; their shares sum to 1. */
  sharesOf(band: number, unit: number): readonly RowShare[];
  /** Hears the next frames of all channels of the effect, `memberRoundFrames` at most. */
  listen(input: AudioBlock): void;
  reset(): void;
}

/** What a detector needs. */
export interface DetectorOptions {
  readonly context: EffectContext;
  readonly settings: DetectorSettings;
  readonly units: readonly DetectorUnit[];
  /** Of the frames that `listen` gets next. */
  readonly weights: UnitWeights;
  /** What each band hears: filters [band][section], none for all. */
  readonly bands: readonly (readonly BiquadCoefficients[])[];
}

/**
 * Creates a detector. It hears the scene as it enters the effect. Members count in the group by the square of their
 * weights, so that an object that comes into a region does so softly in the detector too.
 * @throws ConfigError 'detector-file' where the settings do not fit the job
 */
export function createDetector({ context, settings, units, weights, bands }: DetectorOptions): Detector {
  const { mode, linkPercent = 100 } = settings;
  const link = mode === 'own' ? 0 : linkPercent / 100;
  const isLinked = units.some(({ isApart }) => !isApart) && link > 0;
  const filters = sideFilters(settings, context.sampleRateHz);
  const sections = bands.map((own) => [...filters, ...own]);
  const outside = isLinked ? createOutsideSource(context, settings, sections) : undefined;
  const latencySamples = outside?.latencySamples ?? 0;
  const heard = [...units.keys()].filter(
    (unit) => units[unit]!.isApart || link < 1 || (isLinked && !outside),
  );
  const ownRows = heard.filter((unit) => units[unit]!.isApart || link < 1);
  const listeners = sections.map((own) =>
    createBandListener(context, {
      units,
      weights,
      sections: own,
      heard,
      ownRows,
      isLinked,
      mode,
      outside,
      latencySamples,
    }),
  );
  const rowsPerBand = ownRows.length + Number(isLinked);
  const sharesOf = (band: number, unit: number): RowShare[] => {
    const group = { row: band * rowsPerBand, share: link };
    const own = { row: group.row + Number(isLinked) + ownRows.indexOf(unit), share: 1 - link };
    if (units[unit]!.isApart) return [{ ...own, share: 1 }];
    return [group, own].filter(({ share }) => share > 0);
  };
  return {
    latencySamples,
    powers: listeners.flatMap(({ powers }) => powers),
    bandOfRow: listeners.flatMap(({ powers }, band) => powers.map(() => band)),
    sharesOf,
    listen(input) {
      outside?.listen(input);
      for (let band = 0; band < listeners.length; band++) listeners[band]!.listen(input, band);
    },
    reset() {
      outside?.reset();
      for (const listener of listeners) listener.reset();
    },
  };
}

/** What a detector hears of all frequencies. */
function sideFilters(
  { highpassHz, lowpassHz }: DetectorSettings,
  sampleRateHz: number,
): BiquadCoefficients[] {
  // A low pass at the end of the spectrum stops nothing.
  const isLow = lowpassHz !== undefined && lowpassHz < 0.45 * sampleRateHz;
  return [
    ...(highpassHz === undefined ? [] : designButterworth('high', highpassHz, 2, sampleRateHz)),
    ...(isLow ? designButterworth('low', lowpassHz, 2, sampleRateHz) : []),
  ];
}

interface BandListenerOptions extends Pick<DetectorOptions, 'units' | 'weights'> {
  readonly sections: readonly BiquadCoefficients[];
  /** Units that are heard. */
  readonly heard: readonly number[];
  /** Those of them that have a row of their own. */
  readonly ownRows: readonly number[];
  /** Whether there is a row of the group, the first. */
  readonly isLinked: boolean;
  readonly mode: DetectorSettings['mode'];
  readonly outside: OutsideSource | undefined;
  readonly latencySamples: number;
}

interface BandListener {
  readonly powers: readonly Float32Array[];
  listen(input: AudioBlock, band: number): void;
  reset(): void;
}

function createBandListener(
  { group, kernels }: Pick<EffectContext, 'group' | 'kernels'>,
  options: BandListenerOptions,
): BandListener {
  const { units, weights, sections, heard, ownRows, isLinked, mode, outside, latencySamples } = options;
  const groupPowers = isLinked ? [new Float32Array(memberRoundFrames)] : [];
  const ownPowers = ownRows.map(() => new Float32Array(memberRoundFrames));
  const delays = ownRows.map(() => createSampleDelay(latencySamples));
  const unitPower = new Float32Array(memberRoundFrames);
  // The first channel of an ambisonic unit is W.
  const channels = heard.map((unit) => group.tracks[units[unit]!.members[0]!]!);
  const samples = channels.map((): Float32Array => new Float32Array(0));
  const filter = createDetectorFilter(kernels, channels.length, sections);

  const addToGroup = (unit: number, frameCount: number): void => {
    const weight = weights.constants[unit];
    if (weight === undefined) weigh(unitPower, weights.rows[unit]!, frameCount);
    const scale = weight === undefined ? 1 : weight * weight;
    if (mode === 'group-max') raise(groupPowers[0]!, unitPower, scale, frameCount);
    else add(groupPowers[0]!, unitPower, scale, frameCount);
  };
  return {
    powers: [...groupPowers, ...ownPowers],
    listen(input, band) {
      const { frameCount } = input;
      for (let index = 0; index < channels.length; index++)
        samples[index] = input.channels[channels[index]!]!;
      const filtered = filter.run(samples, frameCount);
      if (isLinked && outside) outside.power(band, frameCount, groupPowers[0]!);
      else groupPowers[0]?.fill(0, 0, frameCount);
      for (let index = 0; index < heard.length; index++) {
        const unit = heard[index]!;
        const row = filtered[index]!;
        square(row, unitPower, frameCount);
        const own = ownRows.indexOf(unit);
        if (own >= 0) delays[own]!.process(unitPower, ownPowers[own]!, frameCount);
        if (isLinked && !outside && !units[unit]!.isApart) addToGroup(unit, frameCount);
      }
    },
    reset() {
      filter.reset();
      for (const delay of delays) delay.reset();
    },
  };
}

/** Loops over frames stand alone: the engine compiles each for itself. */
function square(samples: Float32Array, powers: Float32Array, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) powers[n] = samples[n]! * samples[n]!;
}

function weigh(powers: Float32Array, weights: Float32Array, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) powers[n] = powers[n]! * weights[n]! * weights[n]!;
}

function add(sums: Float32Array, powers: Float32Array, scale: number, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) sums[n] = sums[n]! + scale * powers[n]!;
}

function raise(largest: Float32Array, powers: Float32Array, scale: number, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) {
    const power = scale * powers[n]!;
    if (power > largest[n]!) largest[n] = power;
  }
}
