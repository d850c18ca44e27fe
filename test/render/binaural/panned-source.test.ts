import { expect, test } from 'vitest';
import { polarToCartesian } from '../../../src/base/coordinates.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { createObjectTrack } from '../../../src/render/binaural/object-track.ts';
import { createPannedSource, createStereoPan } from '../../../src/render/binaural/panned-source.ts';
import { blockAt, impulse, objectOf } from './scenes.ts';

test('the stereo pan is that of BS.2127 for 0+2+0', () => {
  const pan = createStereoPan();
  expect([...pan(polarToCartesian(30, 0))]).toEqual([expect.closeTo(1, 6), expect.closeTo(0, 6)]);
  expect([...pan(polarToCartesian(0, 0))]).toEqual([
    expect.closeTo(Math.SQRT1_2, 6),
    expect.closeTo(Math.SQRT1_2, 6),
  ]);
});

test('a panned source sets delayed gains', () => {
  const convolver = createScalarKernels().createStereoConvolver({
    inputCount: 1,
    tapCount: 9,
    hopFrames: 64,
  });
  const track = createObjectTrack(objectOf([blockAt(-30)]), 48000, 1);
  const source = createPannedSource(track, 1, convolver, 0, 8, 64);
  source.start(0);
  source.advance(0);
  const [left, right] = [new Float32Array(64), new Float32Array(64)];
  convolver.processHop([impulse(64)], left, right);
  expect(right[8]).toBeCloseTo(1, 5);
  expect(left[8]).toBeCloseTo(0, 5);
});
