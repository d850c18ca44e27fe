import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createDifferenceMeter } from '../../src/meter/difference-meter.ts';
import { noise } from '../support.ts';

const sampleRateHz = 48000;
const tone = (frequencyHz: number, amplitude: number): Float32Array =>
  Float32Array.from(
    { length: sampleRateHz },
    (_, n) => amplitude * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz),
  );

function measure(first: readonly Float32Array[], second: readonly Float32Array[], matchGainDb = 0) {
  const meter = createDifferenceMeter({
    kernels: createScalarKernels(),
    sampleRateHz,
    channels: first.map((_, index) => `ch${index}`),
    matchGainDb,
  });
  const length = first[0]!.length;
  for (let from = 0; from < length; from += 1000) {
    const part = (channels: readonly Float32Array[]) => ({
      channels: channels.map((channel) => channel.subarray(from, from + 1000)),
      frameCount: Math.min(1000, length - from),
    });
    meter.process(part(first), part(second));
  }
  return meter.finish();
}

describe('createDifferenceMeter', () => {
  test('equal programmes', () => {
    const samples = noise(5000, 3);
    const found = measure([samples], [samples]);
    expect(found).toMatchObject({ isIdentical: true, peakDbfs: -Infinity, rmsDbfs: -Infinity });
    expect(found.worstBand?.differenceDb).toBe(0);
  });

  test('one sample in one channel, with its place', () => {
    const [left, right] = [noise(5000, 3), noise(5000, 4)];
    const other = right.slice();
    other[3210] = Math.fround(right[3210]! + 0.25);
    const found = measure([left, right], [left, other]);
    expect(found).toMatchObject({ isIdentical: false, peakSample: 3210 });
    expect(found.peakDbfs).toBeCloseTo(20 * Math.log10(0.25), 4);
    expect(found.channels[0]!.peakDbfs).toBe(-Infinity);
    expect(found.channels[1]!.rmsDbfs).toBeCloseTo(10 * Math.log10(0.25 ** 2 / 5000), 4);
    expect(found.rmsDbfs).toBeCloseTo(10 * Math.log10(0.25 ** 2 / 10000), 4);
  });

  test('a gain is gone where both are equally loud', () => {
    const samples = noise(20000, 5, 0.5);
    const found = measure([samples], [samples.map((value) => 0.5 * value)], 20 * Math.log10(2));
    // Half of noise that is even from -0.5 to 0.5.
    expect(found.rmsDbfs).toBeCloseTo(10 * Math.log10(0.25 / 12), 1);
    expect(found.matchedRmsDbfs).toBeLessThan(-250);
    expect(Math.abs(found.worstBand!.differenceDb)).toBeLessThan(1e-9);
  });

  test('the worst third of an octave is the one that was changed', () => {
    const low = tone(100, 0.3);
    const sum = (levelOfHigh: number): Float32Array => {
      const high = tone(3981, levelOfHigh);
      return low.map((value, n) => value + high[n]!);
    };
    const { worstBand } = measure([low, sum(0.1)], [low, sum(0.05)]);
    expect(worstBand).toMatchObject({ channel: 'ch1' });
    // What leaks into the bands beside it falls as much.
    expect(Math.abs(Math.log2(worstBand!.centreHz / 3981.07))).toBeLessThan(0.7);
    expect(Math.abs(worstBand!.differenceDb + 6.02)).toBeLessThan(0.5);
  });

  test('what lies 60 dB below the loudest band is not looked at', () => {
    const loud = tone(1000, 0.5);
    const [faint, fainter] = [tone(5000, 0.5e-4), tone(5000, 0.5e-5)];
    const add = (other: Float32Array): Float32Array => loud.map((value, n) => value + other[n]!);
    const found = measure([add(faint)], [add(fainter)]);
    expect(Math.abs(found.worstBand!.differenceDb)).toBeLessThan(0.01);
    expect(measure([new Float32Array(100)], [new Float32Array(100)]).worstBand).toBeUndefined();
  });

  test('of equal peaks the earliest, of equal bands the first channel', () => {
    const samples = noise(5000, 3, 0.5);
    const raised = (at: number): Float32Array => {
      const other = new Float32Array(5000);
      other[at] = 0.25;
      return other;
    };
    const silence = new Float32Array(5000);
    expect(measure([silence, silence], [raised(4000), raised(3000)]).peakSample).toBe(3000);
    // The second channel differs by a hair more.
    const half = samples.map((value) => 0.5 * value);
    const { worstBand } = measure([samples, samples], [half, half.map((value) => value * (1 - 1e-8))]);
    expect(worstBand!.channel).toBe('ch0');
  });
});
