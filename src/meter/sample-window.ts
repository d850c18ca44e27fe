/**
 * The newest samples of some channels behind as many older ones as a filter looks back on, in one array a
 * channel: sample i of the newest stretch is at `historyFrames + i`. Memory is fixed.
 */
export interface SampleWindow {
  /** Newest samples that `load` may take at once. */
  readonly capacityFrames: number;
  readonly historyFrames: number;
  /** [channel][historyFrames + capacityFrames] */
  readonly channels: readonly Float32Array[];
  /** Moves on: the newest samples become history, and frames [from, from + frameCount) the newest. */
  load(inputs: readonly Float32Array[], from: number, frameCount: number): void;
  /** Fills everything with one value. */
  fill(value: number): void;
}

/** Creates a window full of zeros. */
export function createSampleWindow(
  channelCount: number,
  historyFrames: number,
  capacityFrames: number,
): SampleWindow {
  const length = historyFrames + capacityFrames;
  const channels = Array.from({ length: channelCount }, () => new Float32Array(length));
  let newest = 0;
  return {
    capacityFrames,
    historyFrames,
    channels,
    load(inputs, from, frameCount) {
      for (let index = 0; index < channelCount; index++) {
        const channel = channels[index];
        const input = inputs[index];
        channel.copyWithin(0, newest, newest + historyFrames);
        if (from === 0 && input.length === capacityFrames) channel.set(input, historyFrames);
        else copyFrames(input, from, channel, historyFrames, frameCount);
      }
      newest = frameCount;
    },
    fill(value) {
      for (const channel of channels) channel.fill(value);
      newest = 0;
    },
  };
}

/**
 * Copies a stretch of samples without making a view; where the stretch is the whole source array, as it is
 * between buffers of one length, in one move of memory.
 */
export function copyFrames(
  source: Float32Array,
  sourceFrame: number,
  target: Float32Array,
  targetFrame: number,
  frameCount: number,
): void {
  if (sourceFrame === 0 && frameCount === source.length) target.set(source, targetFrame);
  else {
    for (let frame = 0; frame < frameCount; frame++)
      target[targetFrame + frame] = source[sourceFrame + frame];
  }
}
