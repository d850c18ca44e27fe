import { describe, expect, test } from 'vitest';
import type { Stretch } from '../meter/sine.ts';
import { measureSines, ratesHz } from './measured-sines.ts';

// EBU Tech 3342 V4 (November 2023), Table 1: minimum requirements test signals 1 to 4 (5 and 6 are programmes).
describe.each(ratesHz)('at %i Hz', (rateHz) => {
  test.each([
    [1, [-20, -30], 10],
    [2, [-20, -15], 5],
    [3, [-40, -20], 20],
    [4, [-50, -35, -20, -35, -50], 15],
  ])('case %i: loudness range of %j is %i LU, and the same played twice', (_case, levels, expected) => {
    const signal = levels.map((level): Stretch => [20, level, level]);
    const sines = measureSines(rateHz);
    // Once is enough where another rate has shown that twice is the same.
    for (let time = 0; time < (rateHz > 48000 ? 1 : 2); time++) {
      sines.play(signal);
      expect(Math.abs(sines.result().loudnessRangeLu - expected)).toBeLessThanOrEqual(1);
    }
  });
});
