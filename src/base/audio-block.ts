/**
 * A stretch of planar audio. The caller owns it; nobody keeps a reference past the call. Each channel
 * array holds at least `frameCount` samples; full scale is 1.
 */
export interface AudioBlock {
  readonly channels: Float32Array[];
  frameCount: number;
}

/** Allocates a silent block. @param capacityFrames samples a channel; also the initial `frameCount`. */
export function createAudioBlock(channelCount: number, capacityFrames: number): AudioBlock {
  return {
    channels: Array.from({ length: channelCount }, () => new Float32Array(capacityFrames)),
    frameCount: capacityFrames,
  };
}

/** Sets the first `frameCount` samples of every channel to zero. */
export function clearBlock(block: AudioBlock): void {
  for (const channel of block.channels) channel.fill(0, 0, block.frameCount);
}

/** Frames [from, to) of a block, in its own samples. */
export function blockPart(block: AudioBlock, from: number, to: number): AudioBlock {
  if (from === 0) return { channels: block.channels, frameCount: to };
  return {
    channels: block.channels.map((channel) => channel.subarray(from, to)),
    frameCount: Math.max(0, to - from),
  };
}
