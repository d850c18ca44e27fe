/** Builds RIFF files byte by byte with Node's Buffer, independently of the writer. */

/** One chunk: header, payload and (unless told otherwise) the pad byte. */
export function chunk(
  id: string,
  payload: Uint8Array,
  options: { size?: number; pad?: boolean } = {},
): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(options.size ?? payload.length, 4);
  const padBytes = payload.length % 2 === 1 && options.pad !== false ? 1 : 0;
  return Buffer.concat([header, payload, Buffer.alloc(padBytes)]);
}

/** A whole form of these chunks. */
export function riff(chunks: readonly Uint8Array[], id = 'RIFF', size?: number): Buffer {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  const header = Buffer.alloc(8);
  header.write(id, 'latin1');
  header.writeUInt32LE(size ?? body.length, 4);
  return Buffer.concat([header, body]);
}

/** A 16-byte `fmt ` payload. */
export function fmt(values: {
  tag?: number;
  channelCount?: number;
  sampleRateHz?: number;
  bits?: number;
  frameBytes?: number;
}): Buffer {
  const { tag = 1, channelCount = 1, sampleRateHz = 48000, bits = 16 } = values;
  const frameBytes = values.frameBytes ?? (channelCount * bits) / 8;
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(channelCount, 2);
  bytes.writeUInt32LE(sampleRateHz, 4);
  bytes.writeUInt32LE((sampleRateHz * frameBytes) >>> 0, 8);
  bytes.writeUInt16LE(frameBytes, 12);
  bytes.writeUInt16LE(bits, 14);
  return bytes;
}

/** A 40-byte WAVE_FORMAT_EXTENSIBLE payload. */
export function fmtExtensible(values: {
  channelCount: number;
  bits: number;
  validBits?: number;
  mask?: number;
  guid?: string;
}): Buffer {
  const { channelCount, bits, validBits = bits, mask = 0 } = values;
  const tail = Buffer.alloc(24);
  tail.writeUInt16LE(22, 0);
  tail.writeUInt16LE(validBits, 2);
  tail.writeUInt32LE(mask, 4);
  Buffer.from(values.guid ?? '0100000000001000800000aa00389b71', 'hex').copy(tail, 8);
  return Buffer.concat([fmt({ tag: 0xfffe, channelCount, bits }), tail]);
}

/** Payload of a `ds64` chunk without a table. */
export function ds64(formBytes: number, dataBytes: number, frameCount: number): Buffer {
  const bytes = Buffer.alloc(28);
  bytes.writeBigUInt64LE(BigInt(formBytes), 0);
  bytes.writeBigUInt64LE(BigInt(dataBytes), 8);
  bytes.writeBigUInt64LE(BigInt(frameCount), 16);
  return bytes;
}

/** Samples as 16-bit integers. */
export function int16(...samples: number[]): Buffer {
  const bytes = Buffer.alloc(2 * samples.length);
  samples.forEach((sample, index) => bytes.writeInt16LE(sample, 2 * index));
  return bytes;
}

/** The chunks of a file whose sizes are all stated where they stand. */
export function chunksIn(bytes: Buffer): { id: string; payload: Buffer }[] {
  const chunks: { id: string; payload: Buffer }[] = [];
  for (let at = 12; at < bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    chunks.push({ id: bytes.toString('latin1', at, at + 4), payload: bytes.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}
