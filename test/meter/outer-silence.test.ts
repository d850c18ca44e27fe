import { expect, test } from 'vitest';
import { createSilenceMeter } from '../../src/meter/outer-silence.ts';

/** Silence around channels, taken in steps of 100 frames. */
function silenceOf(channels: readonly Float32Array[]) {
  const meter = createSilenceMeter(48000);
  const frameCount = channels[0]!.length;
  for (let from = 0; from < frameCount; from += 100) {
    for (const channel of channels) {
      const step = channel.slice(from, from + 100);
      meter.take(
        step,
        step.length,
        from,
        step.reduce((peak, x) => Math.max(peak, Math.abs(x)), 0),
      );
    }
  }
  const { headSamples, tailSamples } = meter.result(frameCount);
  return [headSamples, tailSamples];
}
const impulses = (length: number, at: readonly number[], value = 0.5): Float32Array => {
  const samples = new Float32Array(length);
  for (const n of at) samples[n] = value;
  return samples;
};

test('from the first to the last sample that any channel has above -80 dBFS', () => {
  expect(silenceOf([impulses(1000, [321, 654])])).toEqual([321, 345]);
  expect(silenceOf([impulses(1000, [321, 654]), impulses(1000, [300, 699], -0.5)])).toEqual([300, 300]);
  expect(silenceOf([impulses(950, [0, 949])])).toEqual([0, 0]);
  expect(silenceOf([impulses(1000, [5], 0.99e-4), impulses(1000, [500], 1.01e-4)])).toEqual([500, 499]);
});

test('a silent programme is all head; times are in seconds too', () => {
  expect(silenceOf([new Float32Array(500)])).toEqual([500, 0]);
  expect(createSilenceMeter(48000).result(0)).toMatchObject({ headSamples: 0, tailSamples: 0 });
  const meter = createSilenceMeter(48000);
  meter.take(impulses(96000, [24000]), 96000, 0, 0.5);
  expect(meter.result(96000)).toMatchObject({ thresholdDbfs: -80, headSec: 0.5, tailSec: 71999 / 48000 });
});
