import { expect, test } from 'vitest';
import { diffuseCoherence } from '../../src/hrtf/diffuse-coherence.ts';
import type { HrtfSet } from '../../src/hrtf/hrtf-set.ts';
import { cosineToEar } from '../../src/hrtf/rigid-sphere.ts';
import { ringDirections } from './sets.ts';

/** Two free points in space, 17.5 cm apart. */
function pairOfPoints(): HrtfSet {
  const directionsDeg = ringDirections(5);
  const directionCount = directionsDeg.length / 2;
  const tapCount = 16;
  const responses = new Float32Array(2 * directionCount * tapCount);
  for (let r = 0; r < 2 * directionCount; r++) responses[r * tapCount] = 2;
  const arrivalSamples = Float64Array.from({ length: 2 * directionCount }, (_, r) => {
    const cosine = cosineToEar(directionsDeg[r & ~1]!, directionsDeg[r | 1]!, r & 1);
    return (-cosine * 0.0875 * 48000) / 343;
  });
  const name = 'points';
  return {
    name,
    source: '',
    licence: '',
    sampleRateHz: 48000,
    directionCount,
    tapCount,
    directionsDeg,
    arrivalSamples,
    responses,
  };
}

test('two points in a diffuse field: power as it is, coherence sin(kd) / kd', () => {
  const size = 1024;
  const { power, coherence } = diffuseCoherence(pairOfPoints(), size);
  for (let k = 0; k <= size / 2; k += 4) {
    expect(power[k]).toBeCloseTo(4, 6);
    const kd = (2 * Math.PI * k * 48000 * 0.175) / (size * 343);
    if (k * 48000 < 6000 * size)
      expect(Math.abs(coherence[k]! - (kd === 0 ? 1 : Math.sin(kd) / kd))).toBeLessThan(0.02);
  }
});
