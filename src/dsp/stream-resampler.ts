import { type AudioBlock, createAudioBlock } from '../base/audio-block.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { ResamplerKernel } from '../kernels/interfaces/filters.ts';
import type { ResamplerDesign } from './resampler.ts';

/** Changes the rate of a stream of float32 blocks. The blocks that come out are shorter or longer, or empty. */
export interface StreamResampler {
  readonly channelCount: number;
  /**
   * Takes a block and gives the frames that it completes, in a block of its own, valid until the next call. To
   * get the last frames, feed silence.
   */
  process(input: AudioBlock): AudioBlock;
  /**
   * Forgets all samples; the next output is frame `outputFrame` of the programme.
   * @returns the input frame that must come next: 0, or the first that this output needs
   */
  start(outputFrame: number): number;
}

/** Input frames of one call of a kernel. */
const pieceFrames = 4096;

/** Creates the resampler of a design. Its output does not depend on how the input is cut into blocks. */
export function createStreamResampler(
  kernels: Kernels,
  channelCount: number,
  design: ResamplerDesign,
): StreamResampler {
  /** First frame that is not silent in front of each stage: a filter rings ahead of its input. */
  let firstFrame = 0;
  const stages = design.stages.map((fir) => {
    const stage = { ...createStage(kernels.createResampler(channelCount, fir)), firstFrame };
    firstFrame = Math.ceil(((firstFrame - fir.tapCount / 2) * fir.upFactor) / fir.downFactor);
    return stage;
  });
  const start = (outputFrame: number): number =>
    stages.reduceRight((frame, stage) => stage.kernel.start(frame, stage.firstFrame), outputFrame);
  start(0);
  return {
    channelCount,
    process: (input) => stages.reduce((block, stage) => stage.process(block), input),
    start,
  };
}

function createStage(kernel: ResamplerKernel) {
  let output = createAudioBlock(kernel.channelCount, kernel.mostOutputFrames(pieceFrames));
  return {
    kernel,
    process(input: AudioBlock): AudioBlock {
      const most = kernel.mostOutputFrames(input.frameCount);
      if (most > output.channels[0]!.length) output = createAudioBlock(kernel.channelCount, most);
      output.frameCount = kernel.process(input.channels, input.frameCount, output.channels);
      return output;
    },
  };
}
