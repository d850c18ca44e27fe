import { ConfigError } from '../base/errors.ts';
import type { Processor } from '../base/processor.ts';
import { designBell, designButterworth, designMatchedShelf } from '../dsp/parametric-eq.ts';
import type { BiquadCoefficients, Kernels } from '../kernels/kernels.ts';

/** Slopes of high and low passes: Butterworth filters of the orders 1 to 8. */
export const passSlopesDbPerOct = [6, 12, 18, 24, 36, 48] as const;

/** A band of an equaliser. All channels have it, unless it names some by their labels. */
export type EqBand =
  | {
      readonly type: 'highpass' | 'lowpass';
      /** Where the level is -3 dB. */
      readonly frequencyHz: number;
      /** 12 unless given. */
      readonly slopeDbPerOct?: (typeof passSlopesDbPerOct)[number] | undefined;
      readonly channels?: readonly string[] | undefined;
    }
  | {
      readonly type: 'lowshelf' | 'highshelf' | 'bell';
      /** Middle of a bell; where a shelf has half its gain in dB. */
      readonly frequencyHz: number;
      readonly gainDb: number;
      /** Of a bell: frequency by bandwidth between half gains, 1 unless given. Of a shelf: 0.71, without overshoot. */
      readonly q?: number | undefined;
      readonly channels?: readonly string[] | undefined;
    };

/** DC is removed by a high-pass of the first order, -3 dB here: -0.04 dB at 20 Hz. */
export const dcRemovalHz = 2;

/** No filter may lie higher than at this share of the sample rate. */
const highestShare = 0.475;

const identity: BiquadCoefficients = Object.freeze({ b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 });

/** What an equaliser is to do. */
export interface EqualizerOptions {
  readonly bands: readonly EqBand[];
  readonly removesDc: boolean;
  readonly sampleRateHz: number;
  /** Label of each channel. */
  readonly channelLabels: readonly string[];
}

/**
 * Designs the filters of a target, all of minimum phase: the removal of DC first, then the bands in their order.
 * @returns [channel][section], equally many for every channel; undefined where nothing is to be done
 * @throws ConfigError 'eq-frequency', 'eq-channel'
 */
export function designEqualizer(options: EqualizerOptions): BiquadCoefficients[][] | undefined {
  const { bands, removesDc, sampleRateHz, channelLabels } = options;
  for (const [index, band] of bands.entries()) checkBand(band, index, options);
  const steps = [
    ...(removesDc
      ? [{ sections: designButterworth('high', dcRemovalHz, 1, sampleRateHz), channels: undefined }]
      : []),
    ...bands.map((band) => ({ sections: designBand(band, sampleRateHz), channels: band.channels })),
  ];
  if (steps.every(({ sections }) => sections.length === 0)) return undefined;
  return channelLabels.map((label) =>
    steps.flatMap(({ sections, channels }) =>
      channels && !channels.includes(label) ? sections.map(() => identity) : sections,
    ),
  );
}

function checkBand(
  { frequencyHz, channels = [] }: EqBand,
  index: number,
  { sampleRateHz, channelLabels }: EqualizerOptions,
): void {
  const highestHz = highestShare * sampleRateHz;
  if (frequencyHz > highestHz)
    throw new ConfigError(
      'eq-frequency',
      `eq[${index}].frequencyHz is ${frequencyHz}; at ${sampleRateHz} Hz it can be ${Math.floor(highestHz)} or less`,
    );
  const unknown = channels.find((label) => !channelLabels.includes(label));
  if (unknown !== undefined)
    throw new ConfigError(
      'eq-channel',
      `eq[${index}].channels names "${unknown}"; the channels are ${channelLabels.join(', ')}`,
    );
}

function designBand(band: EqBand, sampleRateHz: number): BiquadCoefficients[] {
  const { type, frequencyHz } = band;
  switch (type) {
    case 'highpass':
    case 'lowpass': {
      const order = (band.slopeDbPerOct ?? 12) / 6;
      return designButterworth(type === 'highpass' ? 'high' : 'low', frequencyHz, order, sampleRateHz);
    }
    case 'bell':
      return band.gainDb === 0 ? [] : [designBell(frequencyHz, band.gainDb, band.q ?? 1, sampleRateHz)];
    default: {
      const side = type === 'lowshelf' ? 'low' : 'high';
      const q = band.q ?? Math.SQRT1_2;
      return band.gainDb === 0 ? [] : [designMatchedShelf(side, frequencyHz, band.gainDb, q, sampleRateHz)];
    }
  }
}

/** Filters each channel with its own sections, from `designEqualizer`. */
export function createEqualizer(
  kernels: Kernels,
  sections: readonly (readonly BiquadCoefficients[])[],
): Processor {
  const cascade = kernels.createFilterCascade(sections);
  return {
    inputChannelCount: sections.length,
    outputChannelCount: sections.length,
    latencySamples: 0,
    process: (input, output) => cascade.process(input.channels, input.frameCount, output.channels),
    reset: () => cascade.reset(),
  };
}
