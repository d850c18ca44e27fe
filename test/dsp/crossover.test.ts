import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crossoverFaults, designCrossover, designLinearPhaseCrossover } from '../../src/dsp/crossover.ts';
import { createFft } from '../../src/dsp/fft.ts';
import { planBandSplit } from '../../src/kernels/band-split-plan.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { frequenciesHz } from './filter-response.ts';

/** A number of the complex plane. */
type Complex = readonly [re: number, im: number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const over = (x: Complex, [c, d]: Complex): Complex => times(x, [c / (c * c + d * d), -d / (c * c + d * d)]);

/** What each band is at a frequency, by the transfer functions of the plan's steps. */
function bandsAt(crossoversHz: readonly number[], frequencyHz: number, sampleRateHz: number): Complex[] {
  const omega = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const polynomial = (c0: number, c1: number, c2: number): Complex => [
    c0 + c1 * Math.cos(omega) + c2 * Math.cos(2 * omega),
    -c1 * Math.sin(omega) - c2 * Math.sin(2 * omega),
  ];
  const bands: Complex[] = [[1, 0]];
  for (const { kind, crossover, from, to } of planBandSplit(crossoversHz.length)) {
    const { gain, a1, a2 } = designCrossover(crossoversHz[crossover]!, sampleRateHz);
    const poles = polynomial(1, a1, a2);
    const low = over(polynomial(gain, 2 * gain, gain), poles);
    const turned = times(bands[from]!, over(polynomial(a2, a1, 1), poles));
    if (kind === 'all-pass') bands[from] = turned;
    else {
      bands[from] = times(bands[from]!, times(low, low));
      bands[to] = [turned[0] - bands[from]![0], turned[1] - bands[from]![1]];
    }
  }
  return bands;
}
const levelDb = ([re, im]: Complex): number => 20 * Math.log10(Math.hypot(re, im));

/** Sets of crossovers that are allowed at a rate. */
const crossoverSets = (sampleRateHz: number) =>
  fc
    .tuple(
      fc.double({ min: 20, max: 400, noNaN: true }),
      fc.array(fc.double({ min: Math.SQRT2 + 1e-9, max: 6, noNaN: true }), { maxLength: 4 }),
    )
    .map(([lowestHz, ratios]) =>
      ratios
        .reduce<number[]>((found, ratio) => [...found, found.at(-1)! * ratio], [lowestHz])
        .filter((frequencyHz) => frequencyHz < 0.45 * sampleRateHz),
    );

describe.each([44100, 48000, 96000])('%i Hz', (sampleRateHz) => {
  test('bands of any crossovers sum to flat within 0.01 dB', () => {
    fc.assert(
      fc.property(crossoverSets(sampleRateHz), (crossoversHz) => {
        expect(crossoverFaults(crossoversHz, sampleRateHz)).toEqual([]);
        for (const frequencyHz of frequenciesHz(10, 0.499 * sampleRateHz, 60)) {
          const bands = bandsAt(crossoversHz, frequencyHz, sampleRateHz);
          const sum = bands.reduce<Complex>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
          expect(Math.abs(levelDb(sum))).toBeLessThan(0.01);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('the impulse response of the kernel has the slopes of Linkwitz and Riley', () => {
    const crossoverHz = 1000;
    const size = 1 << 14;
    const kernel = createScalarKernels().createBandSplit({
      crossovers: [designCrossover(crossoverHz, sampleRateHz)],
      ...{ detectorOfChannel: [0], gainSetOfChannel: [0], combination: 'max' },
    });
    const bands = [0, 1].map(() => ({ real: new Float64Array(size), imaginary: new Float64Array(size) }));
    for (let from = 0; from < size; from += 1024) {
      const input = new Float32Array(1024);
      if (from === 0) input[0] = 1;
      kernel.split([input], 1024);
      for (const [band, { real }] of bands.entries()) {
        const output = new Float32Array(1024);
        const gains = bands.map((_, other) => new Float32Array(1024).fill(other === band ? 1 : 0));
        kernel.sum(gains, 1024, [output]);
        real.set(output, from);
      }
    }
    for (const { real, imaginary } of bands) createFft(size).forward(real, imaginary);
    const levelAt = (band: number, bin: number): number =>
      levelDb([bands[band]!.real[bin]!, bands[band]!.imaginary[bin]!]);
    for (let bin = 20; bin < 0.3 * size; bin = Math.ceil(bin * 1.1)) {
      // Frequencies as the bilinear transform bends them.
      const ratio = Math.tan((Math.PI * bin) / size) / Math.tan((Math.PI * crossoverHz) / sampleRateHz);
      const wantedDb = [-20 * Math.log10(1 + ratio ** 4), -20 * Math.log10(1 + ratio ** -4)];
      for (const [band, level] of wantedDb.entries())
        if (level > -100) expect(Math.abs(levelAt(band, bin) - level)).toBeLessThan(0.01);
    }
  });
});

test('linear phase: low-passes of the same magnitude, all as long as the longest', () => {
  const { lowPasses, delaySamples } = designLinearPhaseCrossover([150, 3000], 48000);
  expect(lowPasses.map((taps) => taps.length)).toEqual([2 * delaySamples + 1, 2 * delaySamples + 1]);
  for (const [index, crossoverHz] of [150, 3000].entries()) {
    const taps = lowPasses[index]!;
    for (let n = 0; n < delaySamples; n += 17) expect(taps[n]).toBeCloseTo(taps[taps.length - 1 - n]!, 9);
    for (const frequencyHz of frequenciesHz(20, 20000, 40)) {
      let found = 0;
      for (let n = 0; n < taps.length; n++)
        found += taps[n]! * Math.cos((2 * Math.PI * frequencyHz * (n - delaySamples)) / 48000);
      const ratio = Math.tan((Math.PI * frequencyHz) / 48000) / Math.tan((Math.PI * crossoverHz) / 48000);
      const wanted = 1 / (1 + ratio ** 4);
      expect(Math.abs(found - wanted)).toBeLessThan(6e-4 * Math.max(wanted, 0.1));
    }
  }
});

test('crossovers ascend by half an octave and keep below 0.45 of the rate', () => {
  expect(crossoverFaults([100, 142, 5000], 48000)).toEqual([]);
  const faults = (...crossoversHz: number[]) =>
    crossoverFaults(crossoversHz, 44100).map(({ index, message }) => `${index}: ${message}`);
  const behind100 = 'allowed: 142 or more, half an octave above the one before';
  expect(faults(100, 141)).toEqual([`1: found 141 behind 100; ${behind100}`]);
  expect(faults(5000, 100, 141)).toEqual([
    expect.stringMatching(/^1: found 100 behind 5000; allowed: 7072 or more/),
    `2: found 141 behind 100; ${behind100}`,
  ]);
  expect(faults(100, 19900)).toEqual(['1: found 19900; allowed: at 44100 Hz up to 19845']);
  expect(faults(NaN)).toEqual(['0: found NaN; allowed: at 44100 Hz up to 19845']);
  // Of a rate that is not known nothing is too high.
  expect(crossoverFaults([100, 19900])).toEqual([]);
});
