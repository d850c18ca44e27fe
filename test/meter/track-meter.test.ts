import { describe, expect, test } from 'vitest';
import { designButterworth } from '../../src/dsp/parametric-eq.ts';
import { createBiquadCascade } from '../../src/dsp/biquad.ts';
import { createTrackMeter, lfeHighShareLimitDb } from '../../src/meter/track-meter.ts';
import { noise } from '../support.ts';

const sampleRateHz = 48_000;

/** Share of energy above 300 Hz of one LFE. */
function shareOf(samples: Float32Array, blockFrames = 1024): number {
  const meter = createTrackMeter(1, sampleRateHz, [0]);
  for (let at = 0; at < samples.length; at += blockFrames) {
    const part = samples.slice(at, at + blockFrames);
    meter.process({ channels: [part], frameCount: part.length });
  }
  return meter.finish().highSharesDb[0]!;
}

const tone = (frequencyHz: number): Float32Array =>
  Float32Array.from({ length: 96_000 }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz));

describe('how high an LFE reaches', () => {
  // Closed form: white noise through a Butterworth low-pass of order n has the density 1 / (1 + x^2n) at x times its
  // corner; the high-pass of order 8 at 300 Hz, twice the corner, lets the share 1 / (1 + (2 / x)^16) of it through.
  const closedFormDb = (order: number): number => {
    let [all, high] = [0, 0];
    for (let x = 0.0005; x < 160; x += 0.001) {
      const density = 1 / (1 + x ** (2 * order));
      all += density;
      high += density / (1 + (2 / x) ** 16);
    }
    return 10 * Math.log10(high / all);
  };

  test.each([2, 3, 4])('white noise through a low-pass of order %i at 150 Hz', (order) => {
    const samples = noise(480_000, 5);
    createBiquadCascade(designButterworth('low', 150, order, sampleRateHz)).process(samples, samples.length);
    const shareDb = shareOf(samples);
    expect(Math.abs(shareDb - closedFormDb(order))).toBeLessThan(0.5);
    // 18 dB an octave is what is asked for.
    expect(shareDb <= lfeHighShareLimitDb).toBe(order >= 3);
  });

  test('full-band noise, tones and silence', () => {
    expect(shareOf(noise(96_000))).toBeGreaterThan(-0.1);
    expect(shareOf(tone(100))).toBeLessThan(-40);
    expect(shareOf(tone(1000))).toBeGreaterThan(-0.1);
    expect(shareOf(new Float32Array(1000))).toBeNaN();
  });

  test('any block size gives the same', () => {
    const samples = noise(5000);
    expect(shareOf(samples, 512)).toBeCloseTo(shareOf(samples, 5000), 12);
  });
});

test('peaks of every track, and the silence of all of them', () => {
  const meter = createTrackMeter(3, sampleRateHz, []);
  const channels = [new Float32Array(1000), new Float32Array(1000), new Float32Array(1000)];
  channels[0]![100] = -0.5;
  channels[2]![800] = 0.25;
  meter.process({ channels, frameCount: 1000 });
  meter.process({ channels: channels.map(() => new Float32Array(500)), frameCount: 500 });
  const { peaksDbfs, highSharesDb, silence } = meter.finish();
  expect(peaksDbfs.map((peak) => peak.toFixed(2))).toEqual(['-6.02', '-Infinity', '-12.04']);
  expect(highSharesDb).toEqual([NaN, NaN, NaN]);
  expect(silence).toMatchObject({ headSamples: 100, tailSamples: 699 });
});
