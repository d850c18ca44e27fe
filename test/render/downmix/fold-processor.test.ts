import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { Processor } from '../../../src/base/processor.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { createFoldProcessor } from '../../../src/render/downmix/fold-processor.ts';
import { designStereoFold, type StereoRule } from '../../../src/render/downmix/stereo-rules.ts';

const make = (rule: Exclude<StereoRule, 'direct'>, kernels = createScalarKernels(), sampleRateHz = 48_000) =>
  createFoldProcessor({
    kernels,
    fold: designStereoFold({ rule }),
    inputCount: 6,
    outputCount: 2,
    sampleRateHz,
  });

/** Left and right of `frames` frames of signals [input], in blocks of one size. */
function run(
  processor: Processor,
  signalOf: (input: number, frame: number) => number,
  frames: number,
  blockFrames: number,
) {
  const [left, right] = [new Float32Array(frames), new Float32Array(frames)];
  for (let from = 0; from < frames; from += blockFrames) {
    const count = Math.min(blockFrames, frames - from);
    const [input, output] = [createAudioBlock(6, count), createAudioBlock(2, count)];
    input.channels.forEach((channel, index) => {
      for (let n = 0; n < count; n++) channel[n] = signalOf(index, from + n);
    });
    processor.process(input, output);
    left.set(output.channels[0]!, from);
    right.set(output.channels[1]!, from);
  }
  return { left, right };
}

/** Amplitude and phase (degrees, against a cosine of the input's time) of a tone from a frame on. */
function toneOf(signal: Float32Array, radPerSample: number, from: number, frames: number, latency: number) {
  let [real, imaginary] = [0, 0];
  for (let n = from; n < from + frames; n++) {
    const phase = radPerSample * (n - latency);
    real += signal[n]! * Math.cos(phase);
    imaginary -= signal[n]! * Math.sin(phase);
  }
  return {
    gain: (2 * Math.hypot(real, imaginary)) / frames,
    phaseDeg: (Math.atan2(imaginary, real) * 180) / Math.PI,
  };
}

describe('lt-rt-pl2', () => {
  const rates = [44_100, 48_000, 96_000];
  test.each(rates.flatMap((rate) => [40, 1000, 20_000].map((hz) => [hz, rate] as const)))(
    '%i Hz at %i Hz: left surround leads by 90 degrees left, lags right; left waits',
    (hz, rate) => {
      const processor = make('lt-rt-pl2', undefined, rate);
      const latency = processor.latencySamples;
      // A whole number of periods of every tone.
      const measured = rate / 10;
      const frames = latency + 8192 + measured;
      const radPerSample = (2 * Math.PI * hz) / rate;
      const tone = (frame: number): number => Math.cos(radPerSample * frame);
      const surround = run(processor, (input, frame) => (input === 4 ? tone(frame) : 0), frames, 4096);
      const [lt, rt] = [surround.left, surround.right].map((side) =>
        toneOf(side, radPerSample, frames - measured, measured, latency),
      );
      expect(Math.abs(20 * Math.log10(lt!.gain / 0.87178))).toBeLessThan(0.05);
      expect(Math.abs(20 * Math.log10(rt!.gain / 0.4899))).toBeLessThan(0.05);
      expect(Math.abs(lt!.phaseDeg - 90)).toBeLessThan(0.5);
      expect(Math.abs(rt!.phaseDeg + 90)).toBeLessThan(0.5);
      processor.reset();
      const left = run(processor, (input, frame) => (input === 0 ? tone(frame) : 0), frames, 4096).left;
      expect(left[frames - 1]).toBe(Math.fround(tone(frames - 1 - latency)));
    },
  );

  test('any block size and both kernel sets: the same bits, or nearly so', async () => {
    const noise = (input: number, frame: number): number => Math.sin(frame * frame * 0.37 + input);
    const simd = await loadKernels();
    const whole = run(make('lt-rt-pl2', simd), noise, 20_000, 20_000);
    const cut = run(make('lt-rt-pl2', simd), noise, 20_000, 331);
    expect(cut).toEqual(whole);
    const scalar = run(make('lt-rt-pl2'), noise, 20_000, 4096);
    scalar.left.forEach((sample, n) => expect(sample).toBeCloseTo(whole.left[n]!, 5));
  });
});

test('rules that turn nothing have no latency: one impulse a channel', () => {
  const processor = make('lt-rt');
  expect(processor.latencySamples).toBe(0);
  const { left, right } = run(processor, (input, frame) => Number(input === frame), 6, 6);
  expect([...left]).toEqual(
    [1, 0, Math.SQRT1_2, 0, -0.5, -0.5].map((gain) => expect.closeTo(gain, 6) as number),
  );
  expect([...right]).toEqual(
    [0, 1, Math.SQRT1_2, 0, 0.5, 0.5].map((gain) => expect.closeTo(gain, 6) as number),
  );
});
