import { requirePcm } from '../kernel-options.ts';
import { bytesPerSample } from '../interfaces/pcm.ts';
import type { Kernels } from '../kernels.ts';
import type { ByteOrder, SampleFormat } from '../interfaces/pcm.ts';
import * as scalar from '../scalar/pcm.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Numbers of the formats in assembly/pcm.ts, little endian; the rare others take the scalar way. */
const formatNumbers: Readonly<Partial<Record<SampleFormat, number>>> = {
  int16: 0,
  int24: 1,
  int32: 2,
  float32: 3,
};

/** Added to the number of a format for its big-endian form. */
const bigEndianOffset = 4;

const numberOf = (format: SampleFormat, byteOrder: ByteOrder): number | undefined => {
  const little = formatNumbers[format];
  return little === undefined || byteOrder === 'little' ? little : little + bigEndianOffset;
};

/** Creates the two PCM functions of a set. */
export function createPcm(wasm: WasmInstance): Pick<Kernels, 'decodePcm' | 'encodePcm'> {
  const { exports } = wasm;
  const capacitySamples = exports.pcmCapacitySamples();
  const interleaved = exports.pcmBytes();
  const planes = exports.pcmPlanes();
  /** Frames of one call: a multiple of four, so that planes of full calls have no padding. */
  const capacityFrames = (channelCount: number): number => Math.floor(capacitySamples / channelCount) & ~3;

  return {
    decodePcm(format, bytes, frameCount, outputs, byteOrder = 'little') {
      requirePcm(format, bytes, frameCount, outputs);
      const formatNumber = numberOf(format, byteOrder);
      const framesAtOnce = capacityFrames(outputs.length);
      if (formatNumber === undefined || framesAtOnce === 0) {
        return scalar.decodePcm(format, bytes, frameCount, outputs, byteOrder);
      }
      const frameBytes = bytesPerSample[format] * outputs.length;
      for (let start = 0; start < frameCount; start += framesAtOnce) {
        const end = Math.min(start + framesAtOnce, frameCount);
        const planeBytes = ((end - start + 3) & ~3) * 4;
        wasm.bytes.set(bytes.subarray(start * frameBytes, end * frameBytes), interleaved);
        exports.decodePcm(formatNumber, outputs.length, end - start);
        for (let channel = 0; channel < outputs.length; channel++) {
          wasm.copyOut(planes + channel * planeBytes, outputs[channel]!, start, end);
        }
      }
    },
    encodePcm(format, inputs, frameCount, bytes, byteOrder = 'little') {
      requirePcm(format, bytes, frameCount, inputs);
      const formatNumber = numberOf(format, byteOrder);
      const framesAtOnce = capacityFrames(inputs.length);
      if (formatNumber === undefined || framesAtOnce === 0) {
        return scalar.encodePcm(format, inputs, frameCount, bytes, byteOrder);
      }
      const frameBytes = bytesPerSample[format] * inputs.length;
      for (let start = 0; start < frameCount; start += framesAtOnce) {
        const end = Math.min(start + framesAtOnce, frameCount);
        const planeBytes = ((end - start + 3) & ~3) * 4;
        for (let channel = 0; channel < inputs.length; channel++) {
          wasm.copyIn(inputs[channel]!, start, end, planes + channel * planeBytes);
        }
        exports.encodePcm(formatNumber, inputs.length, end - start);
        const byteCount = (end - start) * frameBytes;
        bytes.set(wasm.bytes.subarray(interleaved, interleaved + byteCount), start * frameBytes);
      }
    },
  };
}
