import { expect, test } from 'vitest';
import type { AtomicFile } from '../../src/io/atomic-file.ts';
import { createFrameSink } from '../../src/io/frame-sink.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';

const kernels = createScalarKernels();

test('blocks of any size become the same bytes, in large writes, in order', async () => {
  const frameCount = 150_000;
  const samples = Float32Array.from({ length: frameCount }, (_, frame) => (frame % 999) / 1024);
  const heard: Uint8Array[] = [];
  const writes: [number, number][] = [];
  const written = Buffer.alloc(7 + 4 * frameCount);
  const target = {
    file: 'a',
    write: async (bytes: Uint8Array, position: number) => {
      writes.push([position, bytes.length]);
      written.set(bytes, position);
    },
  } as AtomicFile;
  const sink = createFrameSink(target, {
    kernels,
    sampleFormat: 'int16',
    byteOrder: 'big',
    channelCount: 2,
    channelOrder: [1, 0],
    byteOffset: 7,
    hear: (bytes) => heard.push(bytes.slice()),
  });
  const silence = new Float32Array(frameCount);
  for (let at = 0; at < frameCount; at += 777) {
    const frames = Math.min(777, frameCount - at);
    await sink.write({
      channels: [silence.subarray(at, at + frames), samples.subarray(at, at + frames)],
      frameCount: frames,
    });
  }
  expect(sink.frameCount).toBe(frameCount);
  await sink.flush();
  expect(writes).toEqual([
    [7, 262_144],
    [262_151, 262_144],
    [524_295, 75_712],
  ]);
  expect(Buffer.concat(heard).equals(written.subarray(7))).toBe(true);
  for (let frame = 0; frame < frameCount; frame += 1234) {
    expect(written.readInt16BE(7 + 4 * frame)).toBe(samples[frame]! * 32768);
    expect(written.readInt16BE(9 + 4 * frame)).toBe(0);
  }
});
