/** Nodes that turn a source's channels into two ears. */
export interface Decoder {
  readonly input: AudioNode;
  /** Two channels. */
  readonly output: AudioNode;
  /**
   * Turns the head; decoders of loudspeakers do not. @param matrix [3][3] row-major, ADM axes, room to head
   * @param glides reach it in a moment instead of at once
   */
  turn(matrix: Float64Array, glides: boolean): void;
}

/** Makes a buffer of channels of equal length. */
export function bufferOf(context: BaseAudioContext, channels: readonly Float32Array[]): AudioBuffer {
  const buffer = context.createBuffer(channels.length, channels[0]!.length, context.sampleRate);
  channels.forEach((channel, index) => buffer.copyToChannel(channel as Float32Array<ArrayBuffer>, index));
  return buffer;
}
