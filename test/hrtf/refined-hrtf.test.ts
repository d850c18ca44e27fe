import { expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import { createEarResponses, createHrtfInterpolator } from '../../src/hrtf/hrtf-interpolator.ts';
import { createNodePlace, createRefinedHrtf } from '../../src/hrtf/refined-hrtf.ts';
import { loadDefaultHrtf } from '../../src/io/packed/packed-hrtf.ts';
import { levelDbAt } from './sets.ts';

test('mixed nodes stay within 0.1 dB (rms) and 0.01 samples of the full interpolation of the default set', async () => {
  const interpolator = createHrtfInterpolator(await loadDefaultHrtf(44100));
  const refined = createRefinedHrtf(interpolator);
  const full = createEarResponses(refined.tapCount);
  const node = createEarResponses(refined.tapCount);
  const place = createNodePlace();
  const mixed = new Float32Array(refined.tapCount);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < 100; i++) {
    const direction = polarToCartesian(
      ((i * 137.508) % 360) - 180,
      (Math.asin(1 - (2 * i + 1) / 100) * 180) / Math.PI,
    );
    interpolator.interpolate(direction, full);
    refined.locate(direction, place);
    mixed.fill(0);
    place.nodes.forEach((index, j) => {
      refined.copyNode(index, node);
      node.left.forEach((tap, n) => (mixed[n]! += place.shares[j]! * tap));
    });
    expect(place.arrivalSamples[0]).toBeCloseTo(full.arrivalSamples[0]!, 2);
    for (const frequencyHz of [200, 1000, 3000, 5000, 8000, 12000]) {
      sum += (levelDbAt(mixed, frequencyHz, 44100) - levelDbAt(full.left, frequencyHz, 44100)) ** 2;
      count++;
    }
  }
  expect(Math.sqrt(sum / count)).toBeLessThan(0.1);
});
