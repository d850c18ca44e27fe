import { requirePcm } from '../kernel-options.ts';
import { bytesPerSample } from '../interfaces/pcm.ts';
import type { ByteOrder, SampleFormat } from '../interfaces/pcm.ts';

type Read = (view: DataView, offset: number, isLittle: boolean) => number;
type Write = (view: DataView, offset: number, sample: number, isLittle: boolean) => void;

/** Adding and subtracting it rounds a float64 below 2^51 to the nearest integer, halves to even. */
const roundingBias = 1.5 * 2 ** 52;

/** Sample times full scale, rounded and clipped to a signed integer range; NaN gives 0. */
function quantize(sample: number, fullScale: number): number {
  const scaled = sample * fullScale;
  if (scaled >= fullScale - 1) return fullScale - 1;
  if (scaled <= -fullScale) return -fullScale;
  return scaled - scaled === 0 ? scaled + roundingBias - roundingBias : 0;
}

const readers: Readonly<Record<SampleFormat, Read>> = {
  uint8: (view, offset) => (view.getUint8(offset) - 128) / 128,
  int16: (view, offset, isLittle) => view.getInt16(offset, isLittle) / 32768,
  int24: (view, offset, isLittle) => {
    const high = view.getInt8(isLittle ? offset + 2 : offset);
    return ((high << 16) | view.getUint16(isLittle ? offset : offset + 1, isLittle)) / 8388608;
  },
  int32: (view, offset, isLittle) => view.getInt32(offset, isLittle) / 2147483648,
  float32: (view, offset, isLittle) => view.getFloat32(offset, isLittle),
  float64: (view, offset, isLittle) => view.getFloat64(offset, isLittle),
};

const writers: Readonly<Record<SampleFormat, Write>> = {
  uint8: (view, offset, sample) => view.setUint8(offset, quantize(sample, 128) + 128),
  int16: (view, offset, sample, isLittle) => view.setInt16(offset, quantize(sample, 32768), isLittle),
  int24: (view, offset, sample, isLittle) => {
    const value = quantize(sample, 8388608);
    view.setUint16(isLittle ? offset : offset + 1, value & 0xffff, isLittle);
    view.setInt8(isLittle ? offset + 2 : offset, value >> 16);
  },
  int32: (view, offset, sample, isLittle) => view.setInt32(offset, quantize(sample, 2147483648), isLittle),
  float32: (view, offset, sample, isLittle) => view.setFloat32(offset, sample, isLittle),
  float64: (view, offset, sample, isLittle) => view.setFloat64(offset, sample, isLittle),
};

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Interleaved PCM to planar float; see `Kernels.decodePcm`. */
export function decodePcm(
  format: SampleFormat,
  bytes: Uint8Array,
  frameCount: number,
  outputs: readonly Float32Array[],
  byteOrder: ByteOrder = 'little',
): void {
  requirePcm(format, bytes, frameCount, outputs);
  const isLittle = byteOrder === 'little';
  const view = viewOf(bytes);
  const read = readers[format];
  const sampleBytes = bytesPerSample[format];
  const frameBytes = sampleBytes * outputs.length;
  for (let channel = 0; channel < outputs.length; channel++) {
    const output = outputs[channel]!;
    let offset = channel * sampleBytes;
    for (let frame = 0; frame < frameCount; frame++, offset += frameBytes)
      output[frame] = read(view, offset, isLittle);
  }
}

/** Planar float to interleaved PCM; see `Kernels.encodePcm`. */
export function encodePcm(
  format: SampleFormat,
  inputs: readonly Float32Array[],
  frameCount: number,
  bytes: Uint8Array,
  byteOrder: ByteOrder = 'little',
): void {
  requirePcm(format, bytes, frameCount, inputs);
  const isLittle = byteOrder === 'little';
  const view = viewOf(bytes);
  const write = writers[format];
  const sampleBytes = bytesPerSample[format];
  const frameBytes = sampleBytes * inputs.length;
  for (let channel = 0; channel < inputs.length; channel++) {
    const input = inputs[channel]!;
    let offset = channel * sampleBytes;
    for (let frame = 0; frame < frameCount; frame++, offset += frameBytes)
      write(view, offset, input[frame]!, isLittle);
  }
}
