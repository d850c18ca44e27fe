import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { createHeadphoneEqualizer, type HeadphoneEq } from '../../../src/render/headphones/headphone-eq.ts';
import { levelDbAt } from '../../hrtf/sets.ts';
import { noise } from '../../support.ts';
import { impulse, render } from '../binaural/scenes.ts';

const kernels = createScalarKernels();

/** Responses of both ears, from where the sound is said to lie. */
function responseOf(eq: HeadphoneEq, sampleRateHz: number): Float32Array[] {
  const equalizer = createHeadphoneEqualizer(eq, sampleRateHz, kernels);
  const input = impulse(16384, 100);
  return render(equalizer, [input, input], 4096).map((ear) => ear.subarray(equalizer.latencySamples + 100));
}

const fir = (taps: readonly number[], sampleRateHz = 48000, right = taps): HeadphoneEq => ({
  kind: 'fir',
  sampleRateHz,
  left: Float32Array.from(taps),
  right: Float32Array.from(right),
});

describe('parametric', () => {
  const eq: HeadphoneEq = {
    kind: 'parametric',
    preampDb: -6,
    filters: [
      { kind: 'low-shelf', frequencyHz: 105, gainDb: 5, q: 0.7 },
      { kind: 'peaking', frequencyHz: 3000, gainDb: -4, q: 2 },
      { kind: 'high-shelf', frequencyHz: 10_000, gainDb: 3, q: 0.7 },
    ],
  };

  test.each([44100, 48000, 96000])('has its gains at %i Hz, in both ears alike', (sampleRateHz) => {
    const [left, right] = responseOf(eq, sampleRateHz);
    expect(right).toEqual(left);
    const levelAt = (frequencyHz: number) => levelDbAt(left!, frequencyHz, sampleRateHz);
    expect(Math.abs(levelAt(20) - -1)).toBeLessThan(0.2);
    expect(Math.abs(levelAt(105) - -3.5)).toBeLessThan(0.1);
    expect(Math.abs(levelAt(600) - -6)).toBeLessThan(0.3);
    expect(Math.abs(levelAt(3000) - -10)).toBeLessThan(0.2);
    expect(Math.abs(levelAt(10_000) - -4.5)).toBeLessThan(0.2);
  });

  test('what lies beyond half the sampling rate is left out', () => {
    const high: HeadphoneEq = {
      kind: 'parametric',
      preampDb: 0,
      filters: [{ kind: 'high-shelf', frequencyHz: 24_000, gainDb: 12, q: 0.7 }],
    };
    expect(responseOf(high, 44100)[0]![0]).toBe(1);
  });
});

describe('FIR', () => {
  test('each ear has its own, and the largest tap lies at time 0', () => {
    const [left, right] = responseOf(fir([0.1, 0, 1, 0.5], 48000, [0, 0, 0.8, -0.5]), 48000);
    [1, 0.5, 0].forEach((tap, n) => expect(left![n]).toBeCloseTo(tap, 6));
    [0.8, -0.5, 0].forEach((tap, n) => expect(right![n]).toBeCloseTo(tap, 6));
  });

  test.each([44100, 48000, 88200, 96000])('keeps its frequency response at %i Hz', (sampleRateHz) => {
    const taps = [0.2, 1, 0.4, -0.3, 0.1];
    const [left] = responseOf(fir(taps), sampleRateHz);
    const whole = render(
      createHeadphoneEqualizer(fir(taps), sampleRateHz, kernels),
      [impulse(16384), impulse(16384)],
      4096,
    )[0];
    expect(Math.max(...left!)).toBe(left![0]);
    for (const frequencyHz of [50, 500, 5000, 15_000])
      expect(
        Math.abs(levelDbAt(whole, frequencyHz, sampleRateHz) - levelDbAt(taps, frequencyHz, 48000)),
      ).toBeLessThan(0.05);
  });
});

test.each<HeadphoneEq>([
  fir([1, 0.5, 0.25]),
  {
    kind: 'parametric',
    preampDb: -1,
    filters: [{ kind: 'peaking', frequencyHz: 500, gainDb: 6, q: 1 }],
  },
])('block size and what came before a reset change nothing: $kind', (eq) => {
  const equalizer = createHeadphoneEqualizer(eq, 48000, kernels);
  const inputs = [noise(5000, 1), noise(5000, 2)];
  const whole = render(equalizer, inputs, 5000);
  for (const blockFrames of [1, 333, 1024]) {
    equalizer.reset();
    expect(render(equalizer, inputs, blockFrames)).toEqual(whole);
  }
});
