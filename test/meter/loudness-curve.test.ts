import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { curveMaxima } from '../../src/meter/loudness-curve.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { playSine } from './sine.ts';

test('maxima are the first ones, at the ends of their windows', () => {
  const curve = { stepSec: 0.1, momentaryLufs: [-30, -20, -25, -20], shortTermLufs: [-40, -41, -39, -35] };
  expect(curveMaxima(curve)).toEqual({
    momentaryMaxLufs: -20,
    momentaryMaxEndSec: 0.2,
    shortTermMaxLufs: -35,
    shortTermMaxEndSec: 0.4,
  });
  expect(curveMaxima({ stepSec: 0.1, momentaryLufs: [], shortTermLufs: [-Infinity] })).toEqual({
    momentaryMaxLufs: -Infinity,
    momentaryMaxEndSec: NaN,
    shortTermMaxLufs: -Infinity,
    shortTermMaxEndSec: NaN,
  });
});

test('the curve of a tone that begins: windows fill as their closed form says', () => {
  const meter = createLoudnessMeter({
    kernels: createScalarKernels(),
    sampleRateHz: 48000,
    layout: [1, 1],
  });
  playSine(meter, [
    [1, -Infinity, -Infinity],
    [4, -23, -23],
    [0.05, -23, -23],
  ]);
  const { stepSec, momentaryLufs, shortTermLufs } = meter.curve();
  expect(stepSec).toBe(0.1);
  expect(momentaryLufs).toHaveLength(50);
  expect(shortTermLufs).toHaveLength(50);
  for (let k = 0; k < 50; k++) {
    const soundSteps = Math.max(0, k + 1 - 10);
    for (const [lufs, windowSteps] of [
      [momentaryLufs[k]!, 4],
      [shortTermLufs[k]!, 30],
    ] as const) {
      const share = Math.min(1, soundSteps / windowSteps);
      if (share === 0) expect(lufs).toBe(-Infinity);
      else expect(Math.abs(lufs - (-23 + 10 * Math.log10(share)))).toBeLessThan(0.06);
    }
  }
});
