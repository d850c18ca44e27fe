import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { playSine, type Stretch } from '../meter/sine.ts';

// EBU Tech 3342 V4 (November 2023), Table 1: minimum requirements test signals 1 to 4 (5 and 6 are programmes).
const kernels = createScalarKernels();

test.each([
  [1, [-20, -30], 10],
  [2, [-20, -15], 5],
  [3, [-40, -20], 20],
  [4, [-50, -35, -20, -35, -50], 15],
])('case %i: loudness range of %j is %i LU, and the same played twice', (_case, levels, expected) => {
  const signal = levels.map((level): Stretch => [20, level, level]);
  const meter = createLoudnessMeter({ kernels, sampleRateHz: 48000, layout: [1, 1] });
  playSine(meter, signal);
  expect(Math.abs(meter.result().loudnessRangeLu - expected)).toBeLessThanOrEqual(1);
  playSine(meter, signal);
  expect(Math.abs(meter.result().loudnessRangeLu - expected)).toBeLessThanOrEqual(1);
});
