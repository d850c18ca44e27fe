import type { AudioBlock } from './audio-block.ts';

/**
 * Turns blocks into blocks of equal length. `process` allocates nothing, throws nothing and touches only
 * arrays; its output does not depend on how the audio is cut into blocks. Output sample n holds what
 * belongs to input sample n - latencySamples: the job trims the head and feeds silence for the tail.
 */
export interface Processor {
  readonly inputChannelCount: number;
  readonly outputChannelCount: number;
  readonly latencySamples: number;
  /** @param input and output have the same `frameCount`, from 1 up; they may not share channels. */
  process(input: AudioBlock, output: AudioBlock): void;
  /** Returns to the state after construction: next sample is absolute sample 0. */
  reset(): void;
}
