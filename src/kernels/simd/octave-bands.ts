import { requireFrames, requireOctaveBands } from '../kernel-options.ts';
import type { OctaveBandDesign, OctaveBandKernel } from '../interfaces/meters.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Creates the SIMD `OctaveBandKernel`: four channels a vector. */
export function createOctaveBands(
  wasm: WasmInstance,
  channelCount: number,
  design: OctaveBandDesign,
): OctaveBandKernel {
  requireOctaveBands(channelCount, design);
  const { exports } = wasm;
  const { bands, halfBandTaps } = design;
  const stageCount = Math.max(...bands.map(({ stage }) => stage)) + 1;
  const kernel = exports.createOctaveBands(channelCount, bands.length, stageCount, halfBandTaps.length);
  const capacityFrames = exports.octaveCapacityFrames();
  const energiesAt = exports.octaveEnergies(kernel) / 8;
  const inputAddresses = Array.from({ length: channelCount }, (_, channel) =>
    exports.octaveInput(kernel, channel),
  );
  halfBandTaps.forEach((value, tap) => exports.octaveSetTap(kernel, tap, value));
  bands.forEach(({ stage, isHighPass, sections, gain }, band) => {
    exports.octaveSetBand(kernel, band, stage, isHighPass ? 1 : 0, gain);
    sections.forEach(([a1, a2], section) => exports.octaveSetSection(kernel, band, section, a1, a2));
  });
  /** Place of an energy in memory, [group of four channels][band][channel of the group]. */
  const placeOf = (channel: number, band: number): number =>
    energiesAt + ((channel >> 2) * bands.length + band) * 4 + (channel & 3);

  return {
    channelCount,
    accumulate(inputs, frameCount, energies) {
      requireFrames('inputs', inputs, frameCount);
      const { doubles } = wasm;
      for (let channel = 0, at = 0; channel < channelCount; channel++)
        for (let band = 0; band < bands.length; band++) doubles[placeOf(channel, band)] = energies[at++]!;
      for (let from = 0; from < frameCount; from += capacityFrames) {
        const to = Math.min(from + capacityFrames, frameCount);
        for (let channel = 0; channel < channelCount; channel++)
          wasm.copyIn(inputs[channel]!, from, to, inputAddresses[channel]!);
        exports.octaveAccumulate(kernel, to - from);
      }
      for (let channel = 0, at = 0; channel < channelCount; channel++)
        for (let band = 0; band < bands.length; band++) energies[at++] = doubles[placeOf(channel, band)]!;
    },
    reset: () => exports.octaveReset(kernel),
  };
}
