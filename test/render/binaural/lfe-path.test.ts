import { expect, test } from 'vitest';
import { createLfePath } from '../../../src/render/binaural/lfe-path.ts';
import { noise } from '../../support.ts';

test('sums its channels, delays them, and adds the same to both ears', () => {
  const tracks = [new Float32Array(256), new Float32Array(256)];
  const path = createLfePath(
    [
      { trackIndex: 0, gain: 1 },
      { trackIndex: 1, gain: -1 },
    ],
    tracks,
    48000,
    40,
  );
  const [left, right] = [new Float32Array(256), new Float32Array(256)];
  tracks[0]!.set(noise(256));
  path.addHop(0, left, right);
  expect(left).toEqual(right);
  expect(left.subarray(0, 40)).toEqual(new Float32Array(40));
  expect(Math.max(...left.map(Math.abs))).toBeGreaterThan(0);
  path.reset();
  tracks[1]!.set(tracks[0]!);
  left.fill(0);
  path.addHop(0, left, right);
  expect(left).toEqual(new Float32Array(256));
});
