/** What a container says about its audio before anything is decoded; what it does not say is undefined. */
export interface DeclaredAudio {
  readonly channelCount?: number | undefined;
  readonly sampleRateHz?: number | undefined;
  readonly frameCount?: number | undefined;
  readonly bitDepth?: number | undefined;
  /** How many frames fewer than declared are still whole: encoder delay and padding; 0 for lossless formats. */
  readonly toleranceFrames: number;
  /** WAVE loudspeaker mask in whose order the channels come out of the decoder, where that is certain. */
  readonly channelMask?: number | undefined;
}

/** Masks of 1 to 8 channels in FLAC (RFC 9639, clause 9.1.3) and in Vorbis and Opus once brought to WAVE order. */
export const maskByChannelCount: readonly number[] = [0, 0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x70f, 0x63f];

/** View of bytes that is read big-endian by default, as most containers are. */
export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Text of four bytes. */
export const fourCc = (bytes: Uint8Array, offset: number): string =>
  String.fromCharCode(...bytes.subarray(offset, offset + 4));
