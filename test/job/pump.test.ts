import { expect, test } from 'vitest';
import type { AudioBlock } from '../../src/base/audio-block.ts';
import type { Processor } from '../../src/base/processor.ts';
import { createPassThrough, pump } from '../../src/job/pump.ts';

const ramp = (frameCount: number) => {
  let position = 0;
  return {
    async read(block: AudioBlock) {
      const count = Math.min(block.frameCount, frameCount - position);
      for (let f = 0; f < count; f++) block.channels[0]![f] = position + f + 1;
      position += count;
      return count;
    },
  };
};

const collector = () => {
  const samples: number[] = [];
  return {
    samples,
    take(block: AudioBlock) {
      samples.push(...block.channels[0]!.subarray(0, block.frameCount));
    },
  };
};

function delay(latencySamples: number): Processor {
  const line: number[] = new Array(latencySamples).fill(0);
  return {
    inputChannelCount: 1,
    outputChannelCount: 1,
    latencySamples,
    process(input, output) {
      for (let f = 0; f < input.frameCount; f++) {
        line.push(input.channels[0]![f]!);
        output.channels[0]![f] = line.shift()!;
      }
    },
    reset() {},
  };
}

test.each([1, 7, 512, 4096])(
  'every lane gets the programme aligned and whole, blocks of %i',
  async (blockFrames) => {
    const straight = collector();
    const late = collector();
    const veryLate = collector();
    const fractions: number[] = [];
    let rests = 0;
    await pump({
      source: ramp(1000),
      channelCount: 1,
      frameCount: 1000,
      blockFrames,
      lanes: [
        { processor: createPassThrough(1), taps: [straight] },
        { processor: delay(5), taps: [late] },
        { processor: delay(700), taps: [veryLate] },
      ],
      onProgress: (fraction) => fractions.push(fraction),
      rest: async () => void rests++,
    });
    expect(rests).toBe(fractions.length);
    const expected = Array.from({ length: 1000 }, (_, index) => index + 1);
    expect(straight.samples).toEqual(expected);
    expect(late.samples).toEqual(expected);
    expect(veryLate.samples).toEqual(expected);
    expect(fractions.at(-1)).toBe(1);
  },
);

test('a source that ends early is followed by silence', async () => {
  const tap = collector();
  await pump({
    source: ramp(3),
    channelCount: 1,
    frameCount: 6,
    blockFrames: 4,
    lanes: [{ processor: createPassThrough(1), taps: [tap] }],
  });
  expect(tap.samples).toEqual([1, 2, 3, 0, 0, 0]);
});

test('an aborted signal stops the pump with an AbortedError', async () => {
  const controller = new AbortController();
  const running = pump({
    source: ramp(100),
    channelCount: 1,
    frameCount: 100,
    blockFrames: 10,
    lanes: [{ processor: createPassThrough(1), taps: [] }],
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(running).rejects.toMatchObject({ code: 'aborted' });
});
