import { ConfigError } from '../base/errors.ts';
import type { Processor } from '../base/processor.ts';
import { designButterworth } from '../dsp/parametric-eq.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { BiquadCoefficients } from '../kernels/interfaces/filters.ts';
import { formatPath } from '../scene/document-issues.ts';
import { designEqBand, type EqBand } from './eq-band.ts';
import { highBandFaults, type ParameterFault } from './parameter-faults.ts';

/** A band of a target's equaliser. All channels have it, unless it names some by their labels. */
export type ChannelEqBand = EqBand & { readonly channels?: readonly string[] | undefined };

/** DC is removed by a high-pass of the first order, -3 dB here: -0.04 dB at 20 Hz. */
export const dcRemovalHz = 2;

const identity: BiquadCoefficients = Object.freeze({ b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 });

/** What an equaliser is to do. */
export interface EqualizerOptions {
  readonly bands: readonly ChannelEqBand[];
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
  const [fault] = equalizerFaults(bands, sampleRateHz, channelLabels);
  if (fault) throw new ConfigError(fault.code, `${formatPath(['eq', ...fault.path])}: ${fault.message}`);
  const steps = [
    ...(removesDc
      ? [{ sections: designButterworth('high', dcRemovalHz, 1, sampleRateHz), channels: undefined }]
      : []),
    ...bands.map((band) => ({ sections: designEqBand(band, sampleRateHz), channels: band.channels })),
  ];
  if (steps.every(({ sections }) => sections.length === 0)) return undefined;
  return channelLabels.map((label) =>
    steps.flatMap(({ sections, channels }) =>
      channels && !channels.includes(label) ? sections.map(() => identity) : sections,
    ),
  );
}

/**
 * Faults of the bands of a target's equaliser.
 * @param sampleRateHz undefined where it is not known; so for the labels of the channels
 */
export function equalizerFaults(
  bands: readonly ChannelEqBand[],
  sampleRateHz: number | undefined,
  channelLabels: readonly string[] | undefined,
): ParameterFault[] {
  const unknown = bands.flatMap(({ channels = [] }, band) =>
    channels.flatMap((label, index) => {
      if (!channelLabels || channelLabels.includes(label)) return [];
      const message = `found "${label}"; the channels are ${channelLabels.join(', ')}`;
      return [{ code: 'eq-channel', path: [band, 'channels', index], message }];
    }),
  );
  return [...highBandFaults(bands, sampleRateHz), ...unknown];
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
