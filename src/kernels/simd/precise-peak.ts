import { requireFrames, requireInteger, requirePreciseFir } from '../kernel-options.ts';
import type { PolyphaseFir, PrecisePeakKernel } from '../kernels.ts';
import { envelopeThresholds, maximumThresholds, peakBounds } from '../peak-bound.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `PrecisePeakKernel`. */
export function createPrecisePeak(
  wasm: WasmInstance,
  channelCount: number,
  fir: PolyphaseFir,
): PrecisePeakKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  requirePreciseFir(fir);
  const { exports } = wasm;
  const { sum, line, bend } = peakBounds(fir);
  const peak = exports.createPrecisePeak(channelCount, fir.phaseCount, fir.tapCount, sum, line, bend);
  const { middle, sides, taps } = preciseTables(fir);
  wasm.floats.set(middle, exports.preciseMiddle(peak) / 4);
  wasm.floats.set(sides, exports.preciseSides(peak) / 4);
  wasm.floats.set(taps, exports.preciseTaps(peak) / 4);
  const capacityFrames = exports.preciseCapacityFrames();
  const inputAddresses = Array.from({ length: channelCount }, (_, channel) =>
    exports.preciseInput(peak, channel),
  );
  const envelopeAddress = exports.preciseEnvelope(peak);

  return {
    channelCount,
    delaySamples: fir.tapCount / 2,
    maxima(inputs, frameCount, peaks, samplePeaks) {
      requireFrames('inputs', inputs, frameCount);
      const { half, quarter } = maximumThresholds;
      for (let channel = 0; channel < channelCount; channel++) {
        let largest = peaks[channel]!;
        let largestSample = samplePeaks[channel]!;
        for (let start = 0; start < frameCount; start += capacityFrames) {
          const end = Math.min(start + capacityFrames, frameCount);
          wasm.copyIn(inputs[channel]!, start, end, inputAddresses[channel]!);
          largestSample = exports.preciseSampleMaximum(peak, channel, end - start, largestSample);
          largest = exports.preciseMaximum(peak, channel, end - start, largest, half, quarter);
        }
        peaks[channel] = largest;
        samplePeaks[channel] = largestSample;
      }
    },
    envelope(inputs, frameCount, floor, output) {
      requireFrames('inputs', inputs, frameCount);
      const { half, quarter } = envelopeThresholds;
      for (let start = 0; start < frameCount; start += capacityFrames) {
        const end = Math.min(start + capacityFrames, frameCount);
        exports.preciseStartEnvelope(peak, end - start, floor);
        for (let channel = 0; channel < channelCount; channel++) {
          wasm.copyIn(inputs[channel]!, start, end, inputAddresses[channel]!);
          exports.preciseRaiseEnvelope(peak, channel, end - start, floor, half, quarter);
        }
        wasm.copyOut(envelopeAddress, output, start, end);
      }
    },
    reset() {
      for (let channel = 0; channel < channelCount; channel++) exports.preciseReset(peak, channel);
    },
  };
}

/** The FIR in the three tables of the kernel: its middle phase, its first quarter folded, and all phases reversed. */
export function preciseTables({ phaseCount, tapCount, coefficients }: PolyphaseFir): {
  readonly middle: Float32Array;
  readonly sides: Float32Array;
  readonly taps: Float32Array;
} {
  const half = tapCount / 2;
  const middle = new Float32Array(half);
  const sides = new Float32Array(2 * half);
  for (let tap = 0; tap < half; tap++) {
    middle[tap] = coefficients[(phaseCount / 2) * tapCount + tap]!;
    const newer = coefficients[(phaseCount / 4) * tapCount + tap]!;
    const older = coefficients[(phaseCount / 4 + 1) * tapCount - 1 - tap]!;
    sides[2 * tap] = (newer + older) / 2;
    sides[2 * tap + 1] = (newer - older) / 2;
  }
  const padded = Math.ceil(tapCount / 4) * 4;
  const taps = new Float32Array(phaseCount * padded);
  for (let phase = 0; phase < phaseCount; phase++) {
    const oldestFirst = coefficients.slice(phase * tapCount, (phase + 1) * tapCount).reverse();
    taps.set(oldestFirst, (phase + 1) * padded - tapCount);
  }
  return { middle, sides, taps };
}
