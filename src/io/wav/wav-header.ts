import { bytesPerSample } from '../../kernels/interfaces/pcm.ts';
import { formatWavFormat, isFloatFormat, type WavFormatOptions } from './wav-format.ts';

/** A chunk to write. */
export interface RawChunk {
  /** Four ASCII characters. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** What stands before and behind the audio. */
export interface WavHeaderOptions {
  /** Identifier of the form that is used where 32 bits do not suffice, or always. */
  readonly form: 'RIFF' | 'RF64' | 'BW64';
  readonly format: WavFormatOptions;
  /** Payload of the `bext` chunk. */
  readonly bext?: Uint8Array | undefined;
  readonly frameCount: number;
  /** Bytes of whole chunks behind the audio, headers and padding included. */
  readonly trailerBytes: number;
}

const unknownSize = 0xffffffff;
/** Length of `ds64` without a table. The room is reserved by a JUNK chunk of the same length (EBU Tech 3306, clause 3.5). */
export const ds64Bytes = 28;

/** Largest file that plain RIFF can describe: the outer size is what follows its first 8 bytes. */
export const maxRiffFileBytes = unknownSize - 1 + 8;

/**
 * All bytes before the audio: form, ds64 or the JUNK that keeps its place, bext, fmt, fact (floats only, as
 * the standard asks) and the header of data. Its length does not depend on the form nor on the frame count.
 */
export function wavHeader(options: WavHeaderOptions): Uint8Array {
  const { form, format, bext, frameCount } = options;
  const is64 = form !== 'RIFF';
  const fact = new Uint8Array(4);
  const audioBytes = frameCount * format.channelCount * bytesPerSample[format.sampleFormat];
  const chunks: readonly RawChunk[] = [
    { id: is64 ? 'ds64' : 'JUNK', bytes: new Uint8Array(ds64Bytes) },
    ...(bext ? [{ id: 'bext', bytes: bext }] : []),
    { id: 'fmt ', bytes: formatWavFormat(format) },
    ...(isFloatFormat(format.sampleFormat) ? [{ id: 'fact', bytes: fact }] : []),
  ];
  new DataView(fact.buffer).setUint32(0, Math.min(frameCount, unknownSize), true);
  const chunkBytes = concatChunks(chunks);
  const header = new Uint8Array(12 + chunkBytes.length + 8);
  const formBytes = header.length - 8 + audioBytes + (audioBytes % 2) + options.trailerBytes;
  putChunkHeader(header, 0, form, is64 ? unknownSize : formBytes);
  header.set(asciiBytes('WAVE'), 8);
  header.set(chunkBytes, 12);
  putChunkHeader(header, 12 + chunkBytes.length, 'data', is64 ? unknownSize : audioBytes);
  if (is64) {
    const ds64 = new DataView(header.buffer, 20, ds64Bytes);
    ds64.setBigUint64(0, BigInt(formBytes), true);
    ds64.setBigUint64(8, BigInt(audioBytes), true);
    ds64.setBigUint64(16, BigInt(frameCount), true);
  }
  return header;
}

/** Chunks one after another, each with its header and padded to an even length. */
export function concatChunks(chunks: readonly RawChunk[]): Uint8Array {
  const paddedBytes = ({ bytes }: RawChunk): number => 8 + bytes.length + (bytes.length % 2);
  const result = new Uint8Array(chunks.reduce((sum, chunk) => sum + paddedBytes(chunk), 0));
  let offset = 0;
  for (const chunk of chunks) {
    putChunkHeader(result, offset, chunk.id, chunk.bytes.length);
    result.set(chunk.bytes, offset + 8);
    offset += paddedBytes(chunk);
  }
  return result;
}

/** Puts the eight bytes before a payload. */
export function putChunkHeader(target: Uint8Array, offset: number, id: string, sizeBytes: number): void {
  target.set(asciiBytes(id), offset);
  new DataView(target.buffer).setUint32(offset + 4, sizeBytes, true);
}

const asciiBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
