import { type AudioBlock, createAudioBlock } from '../base/audio-block.ts';

/** Cuts a programme into steps of 100 ms, whatever its blocks. */
export interface StepBuffer {
  process(block: AudioBlock): void;
  /** Hands on what is left, a shorter step. */
  finish(): void;
}

/** First sample of a step: steps start at the nearest sample. */
export const stepStart = (step: number, sampleRateHz: number): number =>
  Math.round((step * sampleRateHz) / 10);

/**
 * Creates a buffer that hands on step k, the samples from `stepStart(k)` to `stepStart(k + 1)`.
 * @param take takes a step, which it may not keep, and its first sample
 */
export function createStepBuffer(
  channelCount: number,
  sampleRateHz: number,
  take: (step: AudioBlock, startSample: number) => void,
): StepBuffer {
  const step = createAudioBlock(channelCount, stepStart(1, sampleRateHz) + 1);
  step.frameCount = 0;
  let index = 0;
  let start = 0;
  let end = stepStart(1, sampleRateHz);

  function handOn(): void {
    take(step, start);
    step.frameCount = 0;
    index++;
    start = end;
    end = stepStart(index + 1, sampleRateHz);
  }

  return {
    process({ channels, frameCount }) {
      for (let from = 0; from < frameCount;) {
        const count = Math.min(frameCount - from, end - start - step.frameCount);
        for (let channel = 0; channel < channelCount; channel++) {
          step.channels[channel].set(channels[channel].subarray(from, from + count), step.frameCount);
        }
        step.frameCount += count;
        from += count;
        if (step.frameCount === end - start) handOn();
      }
    },
    finish() {
      if (step.frameCount > 0) handOn();
    },
  };
}
