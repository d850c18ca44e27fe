import { FormatError, UnsupportedError } from '../../base/errors.ts';
import { bytesPerSample, type SampleFormat } from '../../kernels/interfaces/pcm.ts';

/** What a `fmt ` chunk says. */
export interface WavFormat {
  readonly sampleFormat: SampleFormat;
  /** Valid bits of a sample, at most those of `sampleFormat`; the bits below them are zero. */
  readonly bitDepth: number;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  /** Loudspeaker mask of WAVE_FORMAT_EXTENSIBLE; 0 where the file does not say which channel is where. */
  readonly channelMask: number;
  /** Bytes of one sample of every channel. */
  readonly frameBytes: number;
  /** True for the B-format variant (.amb): FuMa channel order and normalisation. */
  readonly isFuma: boolean;
}

/** Most channels that are read or written; ADM files and 7th-order ambisonics need no more. */
export const maxWavChannels = 128;

const tagPcm = 1;
const tagFloat = 3;
const tagExtensible = 0xfffe;
const extensibleBytes = 40;
/** Tails of the sub-format GUIDs of RFC 2361 and of Ambisonic B-format files (first 2 bytes are the tag). */
const guidTail = '000000001000800000aa00389b71';
const guidTailFuma = '00002107d3118644c8c1ca000000';

const integerFormats: Readonly<Record<number, SampleFormat>> = {
  1: 'uint8',
  2: 'int16',
  3: 'int24',
  4: 'int32',
};
const floatFormats: Readonly<Record<number, SampleFormat>> = { 4: 'float32', 8: 'float64' };

/**
 * Reads the payload of a `fmt ` chunk: PCM, IEEE float, or either inside WAVE_FORMAT_EXTENSIBLE.
 * @param byteOffset where the payload lies in `file`, for messages
 * @throws FormatError 'wav-fmt' for values that cannot be; UnsupportedError 'wav-codec' or 'wav-channels'
 */
export function parseWavFormat(bytes: Uint8Array, file: string, byteOffset: number): WavFormat {
  const fail = (offset: number, message: string): never => {
    throw new FormatError('wav-fmt', `${file}: fmt chunk: ${message}`, {
      file,
      chunk: 'fmt ',
      byteOffset: byteOffset + offset,
    });
  };
  if (bytes.length < 16) fail(0, `${bytes.length} bytes long, at least 16 are needed`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const channelCount = view.getUint16(2, true);
  const sampleRateHz = view.getUint32(4, true);
  const frameBytes = view.getUint16(12, true);
  const containerBits = view.getUint16(14, true);
  if (channelCount === 0) fail(2, '0 channels, at least 1 is needed');
  if (channelCount > maxWavChannels) {
    throw new UnsupportedError(
      'wav-channels',
      `${file}: ${channelCount} channels, at most ${maxWavChannels}`,
      {
        file,
      },
    );
  }
  if (sampleRateHz === 0) fail(4, 'sample rate 0 Hz');

  const { tag, validBits, channelMask, isFuma } = parseCodec(view, file, fail);
  const sampleBytes = frameBytes / channelCount;
  const sampleFormat = (tag === tagFloat ? floatFormats : integerFormats)[sampleBytes];
  if (sampleFormat === undefined || containerBits === 0 || containerBits > sampleBytes * 8) {
    return fail(
      12,
      `frames of ${frameBytes} bytes for ${channelCount} channels of ${containerBits}-bit ` +
        `${tag === tagFloat ? 'float' : 'integer'} samples; allowed are 8 to 32-bit integer, 32 and 64-bit float`,
    );
  }
  const bitDepth = validBits > 0 && validBits <= containerBits ? validBits : containerBits;
  return { sampleFormat, bitDepth, channelCount, sampleRateHz, channelMask, frameBytes, isFuma };
}

function parseCodec(
  view: DataView,
  file: string,
  fail: (offset: number, message: string) => never,
): { tag: number; validBits: number; channelMask: number; isFuma: boolean } {
  const outerTag = view.getUint16(0, true);
  const isExtensible = outerTag === tagExtensible;
  if (isExtensible && view.byteLength < extensibleBytes) {
    fail(16, `${view.byteLength} bytes long, an extensible one has ${extensibleBytes}`);
  }
  const tag = isExtensible ? view.getUint16(24, true) : outerTag;
  const tail = isExtensible ? hexOf(view, 26, 14) : guidTail;
  if ((tag !== tagPcm && tag !== tagFloat) || (tail !== guidTail && tail !== guidTailFuma)) {
    const name =
      tail === guidTail ? `format tag 0x${tag.toString(16).padStart(4, '0')}` : 'unknown sub-format';
    throw new UnsupportedError('wav-codec', `${file}: ${name}; only PCM (1) and IEEE float (3) are read`, {
      file,
      hint: 'convert the file to PCM WAV',
    });
  }
  return {
    tag,
    validBits: isExtensible ? view.getUint16(18, true) : 0,
    channelMask: isExtensible ? view.getUint32(20, true) : 0,
    isFuma: tail === guidTailFuma,
  };
}

const hexOf = (view: DataView, offset: number, length: number): string =>
  Array.from({ length }, (_, index) =>
    view
      .getUint8(offset + index)
      .toString(16)
      .padStart(2, '0'),
  ).join('');

/** What the writer of a `fmt ` chunk needs to know. */
export interface WavFormatOptions {
  readonly sampleFormat: SampleFormat;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  readonly channelMask: number;
  /**
   * Whether the chunk is WAVE_FORMAT_EXTENSIBLE; by default where Microsoft asks for it: more than two
   * channels, or more than 16 bits of integer, and wherever the loudspeakers are stated.
   */
  readonly extensible?: boolean | undefined;
}

/**
 * Payload of a `fmt ` chunk: 16 bytes for integers, 18 for floats (with an empty extension, as the standard
 * asks of formats other than PCM), 40 for WAVE_FORMAT_EXTENSIBLE.
 */
export function formatWavFormat(options: WavFormatOptions): Uint8Array {
  const { sampleFormat, channelCount, sampleRateHz } = options;
  const sampleBytes = bytesPerSample[sampleFormat];
  const isFloat = isFloatFormat(sampleFormat);
  const extensible =
    options.extensible ?? (channelCount > 2 || options.channelMask !== 0 || (!isFloat && sampleBytes > 2));
  const bytes = new Uint8Array(extensible ? extensibleBytes : isFloat ? 18 : 16);
  const view = new DataView(bytes.buffer);
  const tag = isFloat ? tagFloat : tagPcm;
  view.setUint16(0, extensible ? tagExtensible : tag, true);
  view.setUint16(2, channelCount, true);
  view.setUint32(4, sampleRateHz, true);
  view.setUint32(8, sampleRateHz * channelCount * sampleBytes, true);
  view.setUint16(12, channelCount * sampleBytes, true);
  view.setUint16(14, sampleBytes * 8, true);
  if (extensible) {
    view.setUint16(16, extensibleBytes - 18, true);
    view.setUint16(18, sampleBytes * 8, true);
    view.setUint32(20, options.channelMask, true);
    view.setUint16(24, tag, true);
    bytes.set(Buffer.from(guidTail, 'hex'), 26);
  }
  return bytes;
}

/** Whether samples of this format are floating-point numbers. */
export const isFloatFormat = (sampleFormat: SampleFormat): boolean =>
  sampleFormat === 'float32' || sampleFormat === 'float64';
