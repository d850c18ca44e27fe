import { describe, expect, test } from 'vitest';
import { designResampler, resampleChannel, resampledFrames } from '../../src/dsp/resampler.ts';
import { createStreamResampler } from '../../src/dsp/stream-resampler.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { noise } from '../support.ts';

const kernels = await loadKernels();
const frames = 3001;
const signals = [noise(frames, 1, 0.5), noise(frames, 2, 0.5)];

/** All output from frame `first` on; the input goes in in pieces, silence behind it. */
function stream(fromHz: number, toHz: number, size: number, first = 0): Float32Array[] {
  const design = designResampler(fromHz, toHz);
  const resampler = createStreamResampler(kernels, 2, design);
  resampler.process({ channels: signals, frameCount: 777 });
  const wanted = resampledFrames(frames, design) - first;
  const outputs = signals.map(() => new Float32Array(wanted));
  let done = 0;
  for (let from = resampler.start(first); done < wanted; from += size) {
    const channels = signals.map((signal) => {
      const piece = new Float32Array(size);
      piece.set(signal.subarray(from, from + size));
      return piece;
    });
    const block = resampler.process({ channels, frameCount: size });
    const count = Math.min(block.frameCount, wanted - done);
    outputs.forEach((output, c) => output.set(block.channels[c]!.subarray(0, count), done));
    done += count;
  }
  return outputs;
}

describe.each([
  [44100, 48000],
  [48000, 44100],
  [44100, 192000],
  [192000, 44100],
  [96000, 8000],
])('%i to %i Hz', (fromHz, toHz) => {
  const whole = stream(fromHz, toHz, 4096);

  test('is the float64 reference, rounded to float32', () => {
    const design = designResampler(fromHz, toHz);
    for (const [channel, signal] of signals.entries()) {
      const reference = resampleChannel(Float64Array.from(signal), design);
      expect(reference).toHaveLength(whole[channel]!.length);
      reference.forEach((value, n) => expect(Math.abs(whole[channel]![n]! - value)).toBeLessThan(1e-7));
    }
  });

  test('gives the same bits in any pieces, and from any start', () => {
    for (const size of [1, 7, 512]) expect(stream(fromHz, toHz, size)).toEqual(whole);
    for (const first of [1, 5, 100, whole[0]!.length - 1]) {
      expect(stream(fromHz, toHz, 512, first)).toEqual(whole.map((channel) => channel.slice(first)));
    }
  });
});
