import { expect, test } from 'vitest';
import { fractionalDelayTable } from '../../../src/dsp/fractional-delay.ts';
import { createHrtfInterpolator } from '../../../src/hrtf/hrtf-interpolator.ts';
import { createRefinedHrtf } from '../../../src/hrtf/refined-hrtf.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { designEarFilters } from '../../../src/render/binaural/ear-filters.ts';
import { createMovingSource, maximumDelaySamples } from '../../../src/render/binaural/moving-source.ts';
import { createObjectTrack } from '../../../src/render/binaural/object-track.ts';
import { toySet } from '../../hrtf/sets.ts';
import { blockAt, impulse, objectOf } from './scenes.ts';

test('a moving source that stands still sounds like the fixed filters of its place', () => {
  const interpolator = createHrtfInterpolator(toySet(15));
  const track = createObjectTrack(objectOf([blockAt(52, 8)]), 48000, 1);
  const hopFrames = 256;
  const baseDelaySamples = 40;
  const convolver = createScalarKernels().createEarConvolver({
    sourceCount: 1,
    tapCount: 32,
    hopFrames,
    maximumDelaySamples: maximumDelaySamples(interpolator, baseDelaySamples),
    table: fractionalDelayTable(),
  });
  const refined = createRefinedHrtf(interpolator);
  const source = createMovingSource({
    track,
    gain: 0.7,
    interpolator,
    refined,
    baseDelaySamples,
    convolver,
    source: 0,
  });
  source.start(0);
  source.advance(0);
  const [left, right] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
  convolver.processHop([impulse(hopFrames)], left, right);
  const fixed = designEarFilters(interpolator, track.placementAt(0), 40, 0.7);
  // The delay line rolls off close to the Nyquist frequency, where the fixed filters do not.
  const smooth = (signal: Float32Array, n: number) => (signal[n - 1]! + 2 * signal[n]! + signal[n + 1]!) / 4;
  for (let n = 1; n + 1 < fixed.left.length; n++) {
    expect(smooth(left, n)).toBeCloseTo(smooth(fixed.left, n), 2);
    expect(smooth(right, n)).toBeCloseTo(smooth(fixed.right, n), 2);
  }
});
