import { requireFrames, requireInteger } from '../kernel-options.ts';
import type { PeakKernel, PolyphaseFir } from '../interfaces/meters.ts';
import { peakBounds } from '../peak-bound.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** In what the peak kernels differ: how they search a row of samples that is loaded. */
export interface RowSearch {
  /** Address of the kernel, which begins with its rows. */
  readonly rows: number;
  /** Largest of `largest` and the peaks of the row's first frames. */
  maximum(channel: number, frameCount: number, largest: number): number;
  /** Raises the envelope to the peaks above `floor` of the row's first frames. */
  raiseEnvelope(channel: number, frameCount: number, floor: number): void;
}

/** Tells rows what their filter can make of samples. */
export function setPeakBounds({ exports }: WasmInstance, rows: number, fir: PolyphaseFir): void {
  const { sum, line, bend, lineTaps } = peakBounds(fir);
  exports.peakSetBounds(rows, sum, line, bend, ...lineTaps);
}

/** Makes a SIMD peak kernel of a search; what no sample of a call can exceed is not searched. */
export function createPeakRows(
  wasm: WasmInstance,
  channelCount: number,
  fir: PolyphaseFir,
  { rows, maximum, raiseEnvelope }: RowSearch,
): PeakKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  const { exports } = wasm;
  setPeakBounds(wasm, rows, fir);
  const capacityFrames = exports.peakRowFrames();
  const inputAddresses = Array.from({ length: channelCount }, (_, channel) => exports.peakRow(rows, channel));
  const envelopeAddress = exports.peakEnvelope(rows);
  /** @returns the largest magnitude of the samples */
  const load = (channel: number, input: Float32Array, start: number, end: number): number => {
    wasm.copyIn(input, start, end, inputAddresses[channel]!);
    return exports.peakLoad(rows, channel, end - start);
  };

  return {
    channelCount,
    maxima(inputs, frameCount, peaks, samplePeaks) {
      requireFrames('inputs', inputs, frameCount);
      for (let start = 0; start < frameCount; start += capacityFrames) {
        const end = Math.min(start + capacityFrames, frameCount);
        for (let channel = 0; channel < channelCount; channel++) {
          const largestSample = load(channel, inputs[channel]!, start, end);
          samplePeaks[channel] = Math.max(samplePeaks[channel]!, largestSample);
          peaks[channel] = maximum(channel, end - start, peaks[channel]!);
        }
      }
    },
    envelope(inputs, frameCount, floor, output) {
      requireFrames('inputs', inputs, frameCount);
      for (let start = 0; start < frameCount; start += capacityFrames) {
        const end = Math.min(start + capacityFrames, frameCount);
        exports.peakStartEnvelope(rows, envelopeAddress);
        for (let channel = 0; channel < channelCount; channel++) {
          load(channel, inputs[channel]!, start, end);
          raiseEnvelope(channel, end - start, floor);
        }
        if (exports.peakIsRaised(rows)) wasm.copyOut(envelopeAddress, output, start, end);
        else output.fill(floor, start, end);
      }
    },
    reset() {
      for (let channel = 0; channel < channelCount; channel++) exports.peakReset(rows, channel);
    },
  };
}
