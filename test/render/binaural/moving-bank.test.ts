import { expect, test } from 'vitest';
import { createHrtfInterpolator } from '../../../src/hrtf/hrtf-interpolator.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { createMovingBank } from '../../../src/render/binaural/moving-bank.ts';
import { createObjectTrack } from '../../../src/render/binaural/object-track.ts';
import { toySet } from '../../hrtf/sets.ts';
import { noise } from '../../support.ts';
import { circlingObject } from './scenes.ts';

const options = {
  kernels: createScalarKernels(),
  interpolator: createHrtfInterpolator(toySet(15)),
  baseDelaySamples: 40,
  steps: { stepFrames: 64, blockSteps: 2 },
  stepCount: 4,
};

test('there is no bank for nothing', () => {
  expect(createMovingBank(options, [], [])).toBeUndefined();
});

test('a bank adds to the ears and starts again after a reset', () => {
  const track = createObjectTrack(circlingObject(0.1, 1), 48000, 1);
  const bank = createMovingBank(options, [{ track, trackIndex: 0, gain: 1 }], [noise(256)])!;
  const run = (): Float32Array[] =>
    [0, 256, 512].map((startSample) => {
      const left = new Float32Array(256).fill(1);
      bank.addHop(startSample, left, new Float32Array(256));
      return left;
    });
  const first = run();
  expect(first[0]![0]).toBeCloseTo(1, 2);
  expect(Math.max(...first[1]!)).toBeGreaterThan(1.05);
  bank.reset();
  expect(run()).toEqual(first);
});
