import { expect, test } from 'vitest';
import { createHrtfInterpolator } from '../../../src/hrtf/hrtf-interpolator.ts';
import { createRefinedHrtf } from '../../../src/hrtf/refined-hrtf.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { designEarFilters } from '../../../src/render/binaural/ear-filters.ts';
import {
  createMovingPoint,
  createMovingSpread,
  maximumDelaySamples,
} from '../../../src/render/binaural/moving-source.ts';
import { createObjectTrack } from '../../../src/render/binaural/object-track.ts';
import { createResponseSlots } from '../../../src/render/binaural/response-slots.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';
import { toySet } from '../../hrtf/sets.ts';
import { blockAt, impulse, objectOf } from './scenes.ts';

test.each<[string, Partial<ObjectBlock>]>([
  ['point', {}],
  ['spread source', { width: 60 }],
])('a %s that stands still sounds like the fixed filters of its place', (_, more) => {
  const interpolator = createHrtfInterpolator(toySet(15));
  const track = createObjectTrack(objectOf([blockAt(52, 8, more)]), 48000, 1);
  const baseDelaySamples = 40;
  const [stepFrames, stepCount] = [64, 6];
  const convolver = createScalarKernels().createEarConvolver({
    sourceCount: 1,
    responseCount: 5,
    tapCount: 32,
    stepFrames,
    blockSteps: 2,
    stepCount,
    bandwidth: 1,
    maximumDelaySamples: maximumDelaySamples(interpolator, baseDelaySamples),
  });
  const options = { track, gain: 0.7, baseDelaySamples, convolver, source: 0, stepFrames, stepCount };
  const refined = createRefinedHrtf(interpolator);
  const source = track.isPoint
    ? createMovingPoint(options, refined, createResponseSlots(refined, convolver, 3))
    : createMovingSpread(options, interpolator, 3);
  source.setSteps(0);
  const [left, right] = [new Float32Array(384), new Float32Array(384)];
  convolver.processHop([impulse(384, 64)], left, right);
  const fixed = designEarFilters(interpolator, track.placementAt(0), baseDelaySamples, 0.7);
  // Close to the Nyquist frequency both place a response between samples in their own way.
  const smooth = (signal: Float32Array, n: number) => (signal[n - 1]! + 2 * signal[n]! + signal[n + 1]!) / 4;
  for (let n = 1; n + 1 < fixed.left.length; n++) {
    expect(smooth(left, n + 64)).toBeCloseTo(smooth(fixed.left, n), 2);
    expect(smooth(right, n + 64)).toBeCloseTo(smooth(fixed.right, n), 2);
  }
});
