import { expect, test } from 'vitest';
import { createAudioBlock, type AudioBlock } from '../../src/base/audio-block.ts';
import type { Processor } from '../../src/base/processor.ts';
import { createChain } from '../../src/dsp/processor-chain.ts';

/** Adds its number and how many frames it has seen before. */
function counter(channelCount: number, latencySamples: number, number: number): Processor {
  let seen = 0;
  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples,
    process({ channels, frameCount }: AudioBlock, output: AudioBlock) {
      for (let frame = 0; frame < frameCount; frame++)
        output.channels[0]![frame] = channels[0]![frame]! + number * (seen + frame);
      seen += frameCount;
    },
    reset: () => void (seen = 0),
  };
}

test('one after another, in blocks of any length, with the latency of both', () => {
  const chain = createChain(counter(1, 5, 1), counter(1, 7, 10));
  expect(chain).toMatchObject({ inputChannelCount: 1, outputChannelCount: 1, latencySamples: 12 });
  for (let run = 0; run < 2; run++) {
    const found: number[] = [];
    for (const frameCount of [3, 10_000, 1]) {
      const output = createAudioBlock(1, frameCount);
      chain.process(createAudioBlock(1, frameCount), output);
      found.push(...output.channels[0]!);
    }
    expect(found).toEqual(Array.from({ length: 10_004 }, (_, frame) => 11 * frame));
    chain.reset();
  }
});
