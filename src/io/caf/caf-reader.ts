import { FormatError, type WarningHandler } from '../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { bytesPerSample } from '../../kernels/interfaces/pcm.ts';
import type { AudioReader } from '../audio-file.ts';
import { createFrameSource } from '../frame-source.ts';
import { openInputFile, type InputFile } from '../input-file.ts';
import { parseCafChannels, type CafChannels } from './caf-channels.ts';
import { readCafChunks, type CafChunk } from './caf-chunks.ts';
import { cafDescBytes, parseCafFormat } from './caf-format.ts';

/** A Core Audio Format file of linear PCM being read. */
export interface CafReader extends AudioReader {
  /** How often the audio was edited, as the file counts. */
  readonly editCount: number;
}

/** What the reader needs. */
export interface CafReaderOptions {
  readonly kernels: Kernels;
  readonly onWarning?: WarningHandler | undefined;
}

/** Stands before the samples in `data`. */
const editCountBytes = 4;
const maxChanBytes = 64 * 1024;

/**
 * Whether bytes at the beginning of a file are those of linear PCM in CAF, or of a CAF file that is cut off before it
 * says.
 */
export function isLinearCaf(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 32)).toString('latin1');
  if (!text.startsWith('caff')) return false;
  return text.length < 32 || text.slice(8, 12) !== 'desc' || text.slice(28, 32) === 'lpcm';
}

/**
 * Opens a CAF file: 8 to 32-bit integer, 32 and 64-bit float, either byte order, up to 256 channels, any length.
 * @throws FormatError 'caf-...' where the file is damaged; UnsupportedError 'caf-codec', 'caf-channels'
 */
export async function openCafFile(file: string, options: CafReaderOptions): Promise<CafReader> {
  const input = await openInputFile(file);
  try {
    return await createReader(input, options);
  } catch (error) {
    await input.close();
    throw error;
  }
}

async function createReader(
  input: InputFile,
  { kernels, onWarning = () => undefined }: CafReaderOptions,
): Promise<CafReader> {
  const { file } = input;
  const chunks = await readCafChunks(input);
  const payload = async (id: string, maxBytes: number): Promise<Uint8Array | undefined> => {
    const chunk = chunks.find((candidate) => candidate.id === id);
    return chunk && input.readBytes(chunk.byteOffset, Math.min(chunk.sizeBytes, maxBytes));
  };
  const desc = chunks.find(({ id }) => id === 'desc')!;
  const format = parseCafFormat((await payload('desc', cafDescBytes))!, file, desc.byteOffset);
  const { sampleFormat, channelCount, sampleRateHz, bitDepth } = format;
  const data = chunks.find(({ id }) => id === 'data')!;
  const editCount = await readEditCount(input, data);
  const frameBytes = channelCount * bytesPerSample[sampleFormat];
  const audioBytes = data.sizeBytes - editCountBytes;
  const frameCount = Math.floor(audioBytes / frameBytes);
  if (audioBytes % frameBytes > 0) {
    const message = `${file}: the last frame is incomplete (${audioBytes % frameBytes} of ${frameBytes} bytes) and is left out`;
    onWarning({ code: 'caf-partial-frame', message, file });
  }
  const chan = await payload('chan', maxChanBytes);
  const channels = chan && parseCafChannels(chan, channelCount);
  const frames = createFrameSource(
    input,
    { ...format, byteOffset: data.byteOffset + editCountBytes, frameCount, name: 'caf' },
    kernels,
    sampleFormat === 'uint8' ? toOffsetBinary : undefined,
  );
  return {
    file,
    container: 'CAF',
    sampleRateHz,
    channelCount,
    frameCount,
    sampleFormat,
    bitDepth,
    ...channelFacts(channels),
    editCount,
    ...frames,
    close: () => input.close(),
  };
}

async function readEditCount(input: InputFile, { byteOffset, sizeBytes }: CafChunk): Promise<number> {
  const { file } = input;
  const bytes = await input.readBytes(byteOffset, Math.min(sizeBytes, editCountBytes));
  if (bytes.length === editCountBytes) return Buffer.from(bytes).readUInt32BE(0);
  const message = `${file}: chunk "data" of ${sizeBytes} bytes; its edit count alone takes ${editCountBytes}`;
  throw new FormatError('caf-truncated', message, { file, chunk: 'data', byteOffset });
}

const channelFacts = (
  channels: CafChannels | undefined,
): Pick<AudioReader, 'channelLabels' | 'ambisonicNormalization'> =>
  channels?.kind === 'ambisonic'
    ? { ambisonicNormalization: channels.normalization }
    : { channelLabels: channels?.labels };

/** Bytes of CAF are signed, those that the kernels know are not. */
function toOffsetBinary(bytes: Uint8Array): void {
  for (let index = 0; index < bytes.length; index++) bytes[index]! ^= 0x80;
}
