import { describe, expect, test } from 'vitest';
import { designResampler, resampleChannel, resampledFrames } from '../../src/dsp/resampler.ts';
import { createStreamResampler } from '../../src/dsp/stream-resampler.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';

// Tones through every change of rate between the families of 44.1 and 48 kHz: gain, phase, images and aliases,
// in float64 from end to end, and through float32 blocks.
const ratesHz = [44100, 48000, 88200, 96000, 176400, 192000];
const pairs = ratesHz.flatMap((fromHz) =>
  ratesHz.filter((toHz) => toHz !== fromHz).map((toHz) => [fromHz, toHz] as const),
);
const tonesHz = [31, 997, 5003, 12007, 17001, 19001, 19999];
const kernels = await loadKernels();
const frames = 6000;
/** Output frames at both ends in which a tone that starts and stops is still heard. */
const edgeSec = 0.006;

const toDb = (x: number): number => 20 * Math.log10(x);
const tone = (frequencyHz: number, sampleRateHz: number): Float64Array =>
  Float64Array.from({ length: frames }, (_, n) => Math.sin((2 * Math.PI * frequencyHz * n) / sampleRateHz));

/** Least-squares fit of a sine: its amplitude and phase, and the RMS of what remains, re a sine of amplitude 1. */
function fitTone(signal: ArrayLike<number>, frequencyHz: number, sampleRateHz: number) {
  const edge = Math.ceil(edgeSec * sampleRateHz);
  const step = (2 * Math.PI * frequencyHz) / sampleRateHz;
  let [ss, cc, sc, sy, cy] = [0, 0, 0, 0, 0];
  for (let n = edge; n < signal.length - edge; n++) {
    const [s, c] = [Math.sin(step * n), Math.cos(step * n)];
    ss += s * s;
    cc += c * c;
    sc += s * c;
    sy += s * signal[n]!;
    cy += c * signal[n]!;
  }
  const determinant = ss * cc - sc * sc;
  const a = (sy * cc - cy * sc) / determinant;
  const b = (cy * ss - sy * sc) / determinant;
  let rest = 0;
  for (let n = edge; n < signal.length - edge; n++) {
    rest += (signal[n]! - a * Math.sin(step * n) - b * Math.cos(step * n)) ** 2;
  }
  const count = signal.length - 2 * edge;
  return { gain: Math.hypot(a, b), phaseRad: Math.atan2(b, a), restDbc: toDb(Math.sqrt((2 * rest) / count)) };
}

describe.each(pairs)('%i to %i Hz', (fromHz, toHz) => {
  const design = designResampler(fromHz, toHz);

  test('tones to 20 kHz keep level and place, and nothing is added above -180 dBc', () => {
    for (const frequencyHz of tonesHz) {
      const output = resampleChannel(tone(frequencyHz, fromHz), design);
      expect(output).toHaveLength(Math.round((frames * toHz) / fromHz));
      const { gain, phaseRad, restDbc } = fitTone(output, frequencyHz, toHz);
      expect(Math.abs(toDb(gain))).toBeLessThan(0.001);
      expect(Math.abs(phaseRad)).toBeLessThan(1e-9);
      expect(restDbc).toBeLessThan(-180);
    }
  });

  test('through float32 blocks what is added stays below -144 dBFS', () => {
    for (const frequencyHz of [997, 19999]) {
      const stream = createStreamResampler(kernels, 1, design);
      const output: number[] = [];
      const input = Float32Array.from(tone(frequencyHz, fromHz));
      for (const channel of [input, new Float32Array(frames)]) {
        const block = stream.process({ channels: [channel], frameCount: frames });
        output.push(...block.channels[0]!.subarray(0, block.frameCount));
      }
      const { restDbc } = fitTone(output.slice(0, resampledFrames(frames, design)), frequencyHz, toHz);
      expect(restDbc).toBeLessThan(-144);
    }
  });
});

describe.each(pairs.filter(([fromHz, toHz]) => toHz < fromHz))('%i to %i Hz', (fromHz, toHz) => {
  test('tones above the new Nyquist frequency leave less than -180 dBc', () => {
    const design = designResampler(fromHz, toHz);
    const tones = [toHz / 2 + 30, toHz / 2 + 1000, toHz - 20000, toHz - 997, toHz + 5003, fromHz / 2 - 50];
    for (const frequencyHz of tones.filter((hz) => hz > toHz / 2 && hz < fromHz / 2)) {
      const output = resampleChannel(tone(frequencyHz, fromHz), design);
      const edge = Math.ceil(edgeSec * toHz);
      const middle = output.subarray(edge, output.length - edge);
      expect(toDb(Math.max(...middle.map(Math.abs)))).toBeLessThan(-180);
    }
  });
});
