import { expect, test } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { createHopProcessor, type HopEngine } from '../../src/dsp/hop-processor.ts';
import { noise } from '../support.ts';

/** Sums two inputs, and counts its hops. */
const createSummer = (): HopEngine & { hops: number } => ({
  hops: 0,
  processHop([a, b], [sum]) {
    for (let n = 0; n < sum!.length; n++) sum![n] = a![n]! + b![n]!;
    this.hops++;
  },
  reset() {
    this.hops = 0;
  },
});

function run(blockFrames: number): Float32Array {
  const engine = createSummer();
  const processor = createHopProcessor({
    inputChannelCount: 2,
    outputChannelCount: 1,
    hopFrames: 16,
    engineDelaySamples: 5,
    engine,
  });
  expect(processor.latencySamples).toBe(21);
  const inputs = [noise(100, 1), noise(100, 2)];
  const result = new Float32Array(100);
  for (let pass = 0; pass < 2; pass++) {
    processor.reset();
    for (let from = 0; from < 100; from += blockFrames) {
      const to = Math.min(100, from + blockFrames);
      const output = createAudioBlock(1, to - from);
      const channels = inputs.map((input) => input.slice(from, to));
      processor.process({ channels, frameCount: to - from }, output);
      result.set(output.channels[0]!, from);
    }
    expect(engine.hops).toBe(6);
  }
  return result;
}

test('whatever the blocks, the engine gets whole hops and its output lags by one', () => {
  const whole = run(100);
  const sum = noise(100, 1).map((sample, n) => sample + noise(100, 2)[n]!);
  expect(whole.subarray(16)).toEqual(sum.subarray(0, 84));
  expect(whole.subarray(0, 16).every((sample) => sample === 0)).toBe(true);
  for (const blockFrames of [1, 7, 16, 33]) expect(run(blockFrames)).toEqual(whole);
});
