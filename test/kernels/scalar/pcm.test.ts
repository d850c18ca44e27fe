import { expect, test } from 'vitest';
import { decodePcm, encodePcm } from '../../../src/kernels/scalar/pcm.ts';

test('known codes of each integer format', () => {
  const output = [new Float32Array(2)];
  decodePcm('uint8', Uint8Array.of(0, 192), 2, output);
  expect([...output[0]!]).toEqual([-1, 0.5]);
  decodePcm('int24', Uint8Array.of(0, 0, 0x80, 0, 0, 0x40), 2, output);
  expect([...output[0]!]).toEqual([-1, 0.5]);
  const bytes = new Uint8Array(6);
  encodePcm('int24', [Float32Array.of(-0.5, 1)], 2, bytes);
  expect([...bytes]).toEqual([0, 0, 0xc0, 0xff, 0xff, 0x7f]);
});
