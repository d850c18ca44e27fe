import type { Processor } from '../../base/processor.ts';
import { dbToGain } from '../../base/units.ts';
import { createBiquadCascade, designPeaking, designShelf } from '../../dsp/biquad.ts';
import { designResponseResampler } from '../../dsp/response-resampler.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { BiquadCoefficients } from '../../kernels/interfaces/filters.ts';
import { createHopProcessor, type HopEngine } from '../../dsp/hop-processor.ts';

/** A section of a parametric equaliser. */
export interface ParametricFilter {
  readonly kind: 'peaking' | 'low-shelf' | 'high-shelf';
  readonly frequencyHz: number;
  readonly gainDb: number;
  readonly q: number;
}

/** Equalisation of a pair of headphones; plain data. */
export type HeadphoneEq =
  | {
      readonly kind: 'parametric';
      /** Gain of everything, so that boosts leave room. */
      readonly preampDb: number;
      readonly filters: readonly ParametricFilter[];
    }
  | {
      readonly kind: 'fir';
      readonly sampleRateHz: number;
      /** Responses of equal length. */
      readonly left: Float32Array;
      readonly right: Float32Array;
    };

/** Frames that are equalised at once. */
const hopFrames = 1024;

/** Room for the rise of the sinc before a response that is resampled. */
const leadSamples = 32;

/** Filters at or above this share of the sampling rate would only turn over at its half; they are left out. */
const highestShare = 0.49;

/**
 * Equalises two ears for the headphones on them. Responses of another rate are resampled; the latency is that
 * of the hop and, for a FIR, of its largest tap, so that the sound stays where it was in time.
 */
export function createHeadphoneEqualizer(eq: HeadphoneEq, sampleRateHz: number, kernels: Kernels): Processor {
  const { engine, delaySamples } =
    eq.kind === 'fir'
      ? createFirEngine(firAtRate(eq, sampleRateHz), kernels)
      : { engine: createParametricEngine(eq, sampleRateHz), delaySamples: 0 };
  return createHopProcessor({
    inputChannelCount: 2,
    outputChannelCount: 2,
    hopFrames,
    engineDelaySamples: delaySamples,
    engine,
  });
}

function createParametricEngine(
  { preampDb, filters }: Extract<HeadphoneEq, { kind: 'parametric' }>,
  sampleRateHz: number,
): HopEngine {
  const gain = dbToGain(preampDb);
  const sections = filters
    .filter(({ frequencyHz }) => frequencyHz < highestShare * sampleRateHz)
    .map((filter) => sectionOf(filter, sampleRateHz));
  const cascades = [createBiquadCascade(sections), createBiquadCascade(sections)];
  return {
    processHop(inputs, outputs) {
      for (let ear = 0; ear < 2; ear++) {
        const [input, output, cascade] = [inputs[ear]!, outputs[ear]!, cascades[ear]!];
        for (let n = 0; n < hopFrames; n++) output[n] = input[n]! * gain;
        cascade.process(output, hopFrames);
        cascade.flush();
      }
    },
    reset: () => cascades.forEach((cascade) => cascade.reset()),
  };
}

function sectionOf(
  { kind, frequencyHz, gainDb, q }: ParametricFilter,
  sampleRateHz: number,
): BiquadCoefficients {
  if (kind === 'peaking') return designPeaking(frequencyHz, gainDb, q, sampleRateHz);
  return designShelf(kind === 'low-shelf' ? 'low' : 'high', frequencyHz, gainDb, q, sampleRateHz);
}

function createFirEngine(
  filters: readonly [Float32Array, Float32Array],
  kernels: Kernels,
): { engine: HopEngine; delaySamples: number } {
  const convolver = kernels.createChannelConvolver({ filters, hopFrames });
  const silence = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  return {
    engine: {
      processHop: (inputs, outputs) => convolver.processHop(inputs, silence, outputs),
      reset: () => convolver.reset(),
    },
    delaySamples: largestTap(filters),
  };
}

/** Place of the largest tap of both responses together. */
function largestTap([left, right]: readonly [Float32Array, Float32Array]): number {
  let place = 0;
  const size = (n: number): number => Math.abs(left[n]!) + Math.abs(right[n]!);
  for (let n = 1; n < left.length; n++) if (size(n) > size(place)) place = n;
  return place;
}

function firAtRate(
  fir: Extract<HeadphoneEq, { kind: 'fir' }>,
  sampleRateHz: number,
): readonly [Float32Array, Float32Array] {
  if (fir.sampleRateHz === sampleRateHz) return [fir.left, fir.right];
  const ratio = sampleRateHz / fir.sampleRateHz;
  const outputTapCount = Math.ceil(fir.left.length * ratio) + 2 * leadSamples;
  const resampler = designResponseResampler({
    ratio,
    delaySamples: leadSamples,
    inputTapCount: fir.left.length,
    outputTapCount,
  });
  const resampled = (response: Float32Array): Float32Array => {
    const output = new Float32Array(outputTapCount);
    resampler.apply(response, output);
    return output;
  };
  return [resampled(fir.left), resampled(fir.right)];
}
