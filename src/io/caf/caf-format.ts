import { FormatError, UnsupportedError } from '../../base/errors.ts';
import { bytesPerSample, type ByteOrder, type SampleFormat } from '../../kernels/interfaces/pcm.ts';

/** What the `desc` chunk of a Core Audio Format file says of linear PCM. Apple, Core Audio Format 1.0. */
export interface CafFormat {
  /** `uint8` stands for the signed bytes of these files. */
  readonly sampleFormat: SampleFormat;
  readonly byteOrder: ByteOrder;
  readonly bitDepth: number;
  readonly channelCount: number;
  readonly sampleRateHz: number;
}

/** Most channels that are read or written. */
export const maxCafChannels = 256;
/** Length of the payload of `desc`. */
export const cafDescBytes = 32;

const flagFloat = 1;
const flagLittleEndian = 2;
const integerFormats = [undefined, 'uint8', 'int16', 'int24', 'int32'] as const;

/**
 * Reads the payload of `desc`.
 * @param byteOffset where the payload lies in `file`, for messages
 * @throws FormatError 'caf-desc' for values that cannot be; UnsupportedError 'caf-codec' or 'caf-channels'
 */
export function parseCafFormat(bytes: Uint8Array, file: string, byteOffset: number): CafFormat {
  const fail = (offset: number, message: string): never => {
    const options = { file, chunk: 'desc', byteOffset: byteOffset + offset };
    throw new FormatError('caf-desc', `${file}: chunk desc: ${message}`, options);
  };
  if (bytes.length < cafDescBytes) fail(0, `${bytes.length} bytes long, ${cafDescBytes} are needed`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sampleRateHz = view.getFloat64(0);
  const codec = String.fromCharCode(...bytes.subarray(8, 12));
  const flags = view.getUint32(12);
  const [packetBytes, packetFrames, channelCount, bitDepth] = [16, 20, 24, 28].map((at) =>
    view.getUint32(at),
  ) as [number, number, number, number];
  if (codec !== 'lpcm') {
    const message = `${file}: codec "${codec.replace(/[^\x20-\x7e]/g, '.')}"; only linear PCM ("lpcm") is read`;
    throw new UnsupportedError('caf-codec', message, { file, hint: 'convert it to WAV' });
  }
  if (!(Number.isInteger(sampleRateHz) && sampleRateHz >= 1 && sampleRateHz <= 0xffffffff))
    fail(0, `sample rate ${sampleRateHz} Hz; a whole number from 1 up is needed`);
  if (channelCount === 0) fail(24, '0 channels, at least 1 is needed');
  if (channelCount > maxCafChannels) {
    const message = `${file}: ${channelCount} channels, at most ${maxCafChannels}`;
    throw new UnsupportedError('caf-channels', message, { file });
  }
  if (packetFrames !== 1) fail(20, `${packetFrames} frames a packet; linear PCM has 1`);
  const isFloat = (flags & flagFloat) !== 0;
  const sampleFormat = isFloat ? floatFormatOf(bitDepth) : integerFormats[Math.ceil(bitDepth / 8)];
  if (!sampleFormat || packetBytes !== channelCount * bytesPerSample[sampleFormat]) {
    const what = `${bitDepth}-bit ${isFloat ? 'float' : 'integer'}`;
    return fail(
      16,
      `packets of ${packetBytes} bytes for ${channelCount} channels of ${what} samples; allowed are packed samples of 8 to 32-bit integer, 32 and 64-bit float`,
    );
  }
  const byteOrder = flags & flagLittleEndian ? 'little' : 'big';
  return { sampleFormat, byteOrder, bitDepth, channelCount, sampleRateHz };
}

const floatFormatOf = (bitDepth: number): SampleFormat | undefined =>
  bitDepth === 32 ? 'float32' : bitDepth === 64 ? 'float64' : undefined;

/** Payload of `desc`. */
export function formatCafFormat(format: Omit<CafFormat, 'bitDepth'>): Uint8Array {
  const { sampleFormat, byteOrder, channelCount, sampleRateHz } = format;
  const bytes = new Uint8Array(cafDescBytes);
  const view = new DataView(bytes.buffer);
  const isFloat = sampleFormat.startsWith('float');
  view.setFloat64(0, sampleRateHz);
  bytes.set(Buffer.from('lpcm', 'latin1'), 8);
  view.setUint32(12, (isFloat ? flagFloat : 0) | (byteOrder === 'little' ? flagLittleEndian : 0));
  view.setUint32(16, channelCount * bytesPerSample[sampleFormat]);
  view.setUint32(20, 1);
  view.setUint32(24, channelCount);
  view.setUint32(28, bytesPerSample[sampleFormat] * 8);
  return bytes;
}
