import { beforeAll, describe, expect, test } from 'vitest';
import { createFft } from '../../../src/dsp/fft.ts';
import { directionWeights } from '../../../src/hrtf/direction-weights.ts';
import { createHrtfInterpolator } from '../../../src/hrtf/hrtf-interpolator.ts';
import type { HrtfSet } from '../../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import { designDiffuseFilters } from '../../../src/render/binaural/diffuse-filters.ts';
import type { EarFilters } from '../../../src/render/binaural/ear-filters.ts';

const size = 2048;
let hrtf: HrtfSet;
let filters: EarFilters;

beforeAll(async () => {
  hrtf = await loadDefaultHrtf(48000);
  filters = designDiffuseFilters(createHrtfInterpolator(hrtf), 30, 0.5);
});

interface Bands {
  left: number;
  right: number;
  crossRe: number;
  crossIm: number;
}

/** Adds the powers and the cross power of two ears between two frequencies. */
function addBand(sum: Bands, ears: readonly Float32Array[], lead: number, band: number[], weight: number) {
  const fft = createFft(size);
  const [[lr, li], [rr, ri]] = ears.map((taps) => {
    const [re, im] = [new Float64Array(size), new Float64Array(size)];
    re.set(taps);
    fft.forward(re, im);
    return [re, im] as const;
  }) as [readonly [Float64Array, Float64Array], readonly [Float64Array, Float64Array]];
  const [from, to] = band.map((hz) => Math.round((hz * size) / 48000)) as [number, number];
  for (let k = from; k < to; k++) {
    const turn = (2 * Math.PI * k * lead) / size;
    const [re, im] = [lr[k]! * rr[k]! + li[k]! * ri[k]!, li[k]! * rr[k]! - lr[k]! * ri[k]!];
    sum.left += weight * (lr[k]! ** 2 + li[k]! ** 2);
    sum.right += weight * (rr[k]! ** 2 + ri[k]! ** 2);
    sum.crossRe += weight * (re * Math.cos(turn) - im * Math.sin(turn));
    sum.crossIm += weight * (re * Math.sin(turn) + im * Math.cos(turn));
  }
}

const emptyBands = (): Bands => ({ left: 0, right: 0, crossRe: 0, crossIm: 0 });
const coherenceOf = ({ left, right, crossRe, crossIm }: Bands) =>
  Math.hypot(crossRe, crossIm) / Math.sqrt(left * right);

describe('the diffuse field', () => {
  test.each([
    [100, 300],
    [300, 700],
    [700, 1500],
    [1500, 4000],
    [4000, 12000],
  ])('has the power and the coherence of the set from %i to %i Hz', (...band) => {
    const made = emptyBands();
    addBand(made, [filters.left, filters.right], 0, band, 1);
    const wanted = emptyBands();
    const weights = directionWeights(hrtf.directionsDeg);
    for (let d = 0; d < hrtf.directionCount; d += 2) {
      const ear = (e: number) =>
        hrtf.responses.subarray((2 * d + e) * hrtf.tapCount, (2 * d + e + 1) * hrtf.tapCount);
      const lead = hrtf.arrivalSamples[2 * d + 1]! - hrtf.arrivalSamples[2 * d]!;
      addBand(wanted, [ear(0), ear(1)], lead, band, 2 * weights[d]!);
    }
    const power = (bands: Bands) => 10 * Math.log10(bands.left + bands.right);
    expect(Math.abs(power(made) - power(wanted) - 20 * Math.log10(0.5))).toBeLessThan(0.7);
    expect(Math.abs(10 * Math.log10(made.left / made.right))).toBeLessThan(3);
    expect(Math.abs(coherenceOf(made) - coherenceOf(wanted))).toBeLessThan(0.25);
  });
});
