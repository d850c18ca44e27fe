import { expect, test } from 'vitest';
import { diffuseDeviation } from '../../src/hrtf/diffuse-deviation.ts';
import { toySet } from './sets.ts';

test('flat responses of gain 2 are 6 dB and span nothing; a notch spans its depth', () => {
  const set = toySet(15);
  const flat = { ...set, responses: new Float32Array(set.responses.length) };
  for (let r = 0; r < 2 * set.directionCount; r++) flat.responses[r * set.tapCount + 8] = 2;
  const { meanDb, spanDb } = diffuseDeviation(flat);
  expect(meanDb).toBeCloseTo(6.02, 2);
  expect(spanDb).toBeLessThan(1e-4);
  // 1 + 0.5 z^-1: 1.5 at low frequencies, at 12 kHz |1 - 0.5i|.
  const tilted = { ...flat, responses: flat.responses.map((sample) => sample / 2) };
  for (let n = tilted.responses.length - 1; n > 0; n--)
    tilted.responses[n]! += 0.5 * tilted.responses[n - 1]!;
  expect(diffuseDeviation(tilted).spanDb).toBeCloseTo(20 * Math.log10(1.5 / Math.hypot(1, 0.5)), 0);
});
