/** Files in Core Audio Format, byte by byte, for tests. */

/** A chunk; `stated` is its size where that is not the one of its bytes. */
export function cafChunk(id: string, bytes: Uint8Array, stated = bytes.length): Buffer {
  const header = Buffer.alloc(12);
  header.write(id, 0, 'latin1');
  header.writeBigInt64BE(BigInt(stated), 4);
  return Buffer.concat([header, bytes]);
}

/** Values of a `desc` chunk; 24-bit big-endian stereo without. */
export interface DescValues {
  readonly rateHz?: number;
  readonly codec?: string;
  readonly flags?: number;
  readonly packetBytes?: number;
  readonly packetFrames?: number;
  readonly channels?: number;
  readonly bits?: number;
}

/** Payload of `desc`. */
export function desc(values: DescValues = {}): Buffer {
  const { rateHz = 48000, codec = 'lpcm', flags = 0, channels = 2, bits = 24, packetFrames = 1 } = values;
  const bytes = Buffer.alloc(32);
  bytes.writeDoubleBE(rateHz, 0);
  bytes.write(codec, 8, 'latin1');
  bytes.writeUInt32BE(flags, 12);
  bytes.writeUInt32BE(values.packetBytes ?? channels * Math.ceil(bits / 8), 16);
  bytes.writeUInt32BE(packetFrames, 20);
  bytes.writeUInt32BE(channels, 24);
  bytes.writeUInt32BE(bits, 28);
  return bytes;
}

/** Payload of `data`. */
export function cafData(samples: Uint8Array, editCount = 0): Buffer {
  const bytes = Buffer.alloc(4 + samples.length);
  bytes.writeUInt32BE(editCount, 0);
  bytes.set(samples, 4);
  return bytes;
}

/** Payload of `chan`: a tag, a mask and the labels of descriptions. */
export function chan(tag: number, mask = 0, labels: readonly number[] = []): Buffer {
  const bytes = Buffer.alloc(12 + 20 * labels.length);
  bytes.writeUInt32BE(tag, 0);
  bytes.writeUInt32BE(mask, 4);
  bytes.writeUInt32BE(labels.length, 8);
  for (const [index, label] of labels.entries()) bytes.writeUInt32BE(label, 12 + 20 * index);
  return bytes;
}

/** A whole file. */
export function caf(...chunks: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from('caff\0\x01\0\0', 'latin1'), ...chunks]);
}
