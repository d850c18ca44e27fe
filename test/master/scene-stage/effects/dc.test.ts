import { expect, test } from 'vitest';
import { dcEffect } from '../../../../src/master/scene-stage/effects/dc.ts';
import { effectContext, runEffect } from '../effect-support.ts';

test('an offset goes, -3 dB at 2 Hz, and sound stays within 0.05 dB from 20 Hz on', async () => {
  const frameCount = 4 * 48000;
  const sine = (frequencyHz: number) =>
    Float32Array.from({ length: frameCount }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / 48000));
  const run = async (input: Float32Array, amount = 1) => {
    const context = await effectContext({ trackCount: 1, amount });
    return runEffect(dcEffect.create({}, context), [input])[0]!.subarray(2 * 48000);
  };
  const levelDb = (samples: Float32Array) =>
    10 * Math.log10((2 * samples.reduce((sum, sample) => sum + sample * sample, 0)) / samples.length);
  const offset = new Float32Array(frameCount).fill(0.5);
  expect(Math.max(...(await run(offset)).map(Math.abs))).toBeLessThan(1e-6);
  expect((await run(offset, 0.5))[90000]).toBeCloseTo(0.25, 5);
  expect(levelDb(await run(sine(2)))).toBeCloseTo(-3.01, 1);
  expect(Math.abs(levelDb(await run(sine(20))))).toBeLessThan(0.05);
});
