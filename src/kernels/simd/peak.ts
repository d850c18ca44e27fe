import { requireFir, requireFrames, requireInteger } from '../kernel-options.ts';
import type { PeakKernel, PolyphaseFir } from '../kernels.ts';
import { peakBounds } from '../peak-bound.ts';
import { foldFir } from './fold-fir.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `PeakKernel`; mirrored phases share their products. */
export function createPeak(wasm: WasmInstance, channelCount: number, fir: PolyphaseFir): PeakKernel {
  requireInteger('channelCount', channelCount, 1, 4096);
  requireFir(fir);
  const { exports } = wasm;
  const { foldedGroups, folded, plainGroups, plain } = foldFir(fir);
  const { sum, line, bend } = peakBounds(fir);
  const peak = exports.createPeak(channelCount, fir.tapCount, foldedGroups, plainGroups, sum, line, bend);
  wasm.floats.set(folded, exports.peakFolded(peak) / 4);
  wasm.floats.set(plain, exports.peakPlain(peak) / 4);
  const capacityFrames = exports.peakCapacityFrames();
  const inputAddresses = Array.from({ length: channelCount }, (_, channel) =>
    exports.peakInput(peak, channel),
  );
  const envelopeAddress = exports.peakEnvelope(peak);

  return {
    channelCount,
    maxima(inputs, frameCount, peaks, samplePeaks) {
      requireFrames('inputs', inputs, frameCount);
      for (let channel = 0; channel < channelCount; channel++) {
        let largest = peaks[channel]!;
        let largestSample = samplePeaks[channel]!;
        for (let start = 0; start < frameCount; start += capacityFrames) {
          const end = Math.min(start + capacityFrames, frameCount);
          wasm.copyIn(inputs[channel]!, start, end, inputAddresses[channel]!);
          largestSample = exports.peakSampleMaximum(peak, channel, end - start, largestSample);
          largest = exports.peakMaximum(peak, channel, end - start, largest);
        }
        peaks[channel] = largest;
        samplePeaks[channel] = largestSample;
      }
    },
    envelope(inputs, frameCount, floor, output) {
      requireFrames('inputs', inputs, frameCount);
      for (let start = 0; start < frameCount; start += capacityFrames) {
        const end = Math.min(start + capacityFrames, frameCount);
        exports.peakStartEnvelope(peak, end - start, floor);
        for (let channel = 0; channel < channelCount; channel++) {
          wasm.copyIn(inputs[channel]!, start, end, inputAddresses[channel]!);
          exports.peakRaiseEnvelope(peak, channel, end - start, floor);
        }
        wasm.copyOut(envelopeAddress, output, start, end);
      }
    },
    reset() {
      for (let channel = 0; channel < channelCount; channel++) exports.peakReset(peak, channel);
    },
  };
}
