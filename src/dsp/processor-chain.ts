import { blockPart, createAudioBlock, type AudioBlock } from '../base/audio-block.ts';
import type { Processor } from '../base/processor.ts';

/** Frames that go through both processors at once. */
const roundFrames = 4096;

/** One processor after another, in rounds. The second takes as many channels as the first gives. */
export function createChain(first: Processor, second: Processor): Processor {
  const middle = createAudioBlock(first.outputChannelCount, roundFrames);
  const runRound = (input: AudioBlock, output: AudioBlock): void => {
    middle.frameCount = input.frameCount;
    first.process(input, middle);
    second.process(middle, output);
  };
  return {
    inputChannelCount: first.inputChannelCount,
    outputChannelCount: second.outputChannelCount,
    latencySamples: first.latencySamples + second.latencySamples,
    process(input, output) {
      if (input.frameCount <= roundFrames) {
        runRound(input, output);
        return;
      }
      for (let from = 0; from < input.frameCount; from += roundFrames) {
        const to = Math.min(from + roundFrames, input.frameCount);
        runRound(blockPart(input, from, to), blockPart(output, from, to));
      }
    },
    reset() {
      first.reset();
      second.reset();
    },
  };
}
