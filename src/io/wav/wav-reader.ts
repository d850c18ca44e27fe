import { FormatError, UnsupportedError, type WarningHandler } from '../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { AudioReader } from '../audio-file.ts';
import { labelsOfMask } from '../channel-order.ts';
import { createFrameSource } from '../frame-source.ts';
import { openInputFile, readPieces, type InputFile } from '../input-file.ts';
import { parseBext, type Bext } from './bext.ts';
import { readRiffChunks, type RiffChunk, type RiffFile } from './riff-chunks.ts';
import { parseWavFormat, type WavFormat } from './wav-format.ts';

/** A WAVE file (RIFF, RF64 or BW64) being read; beside the audio it gives the file's other chunks. */
export interface WavReader extends AudioReader {
  readonly container: RiffFile['container'];
  /** Loudspeaker mask of the file; 0 where there is none. */
  readonly channelMask: number;
  /** True for B-format files (.amb), whose channels are in FuMa order and normalisation, unconverted. */
  readonly isFuma: boolean;
  readonly bext: Bext | undefined;
  /** Text of the iXML chunk. */
  readonly ixml: string | undefined;
  /** All chunks in file order. */
  readonly chunks: readonly RiffChunk[];
  /** Payload of a chunk of any size up to 1 GiB. @throws UnsupportedError 'chunk-too-big' */
  readChunk(chunk: RiffChunk): Promise<Uint8Array>;
  /** Payload of a chunk of any size in pieces, each valid until the next is asked for. */
  readPieces(chunk: RiffChunk): AsyncIterable<Uint8Array>;
}

/** What readers need. */
export interface ReaderOptions {
  readonly kernels: Kernels;
  readonly onWarning?: WarningHandler | undefined;
}

const maxChunkBytes = 2 ** 30;

/**
 * Opens a WAVE file: 8 to 32-bit integer, 32 and 64-bit float, up to 128 channels, any length.
 * @throws FormatError where the file is damaged (see `readRiffChunks`, `parseWavFormat`); UnsupportedError
 */
export async function openWavFile(file: string, options: ReaderOptions): Promise<WavReader> {
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
  { kernels, onWarning = () => undefined }: ReaderOptions,
): Promise<WavReader> {
  const { file } = input;
  const { container, chunks, data } = await readRiffChunks(input, onWarning);
  const format = readFormat(file, chunks);
  const frameCount = Math.floor(data.sizeBytes / format.frameBytes);
  const restBytes = data.sizeBytes % format.frameBytes;
  if (restBytes > 0) {
    const message = `${file}: the last frame is incomplete (${restBytes} of ${format.frameBytes} bytes) and is left out`;
    onWarning({ code: 'wav-partial-frame', message, file });
  }
  const bextBytes = chunks.find(({ id }) => id === 'bext')?.bytes;
  const bext = bextBytes && parseBext(bextBytes);
  const ixml = chunks.find(({ id }) => id === 'iXML')?.bytes;
  const frames = createFrameSource(
    input,
    { ...format, byteOffset: data.byteOffset, frameCount, name: 'wav' },
    kernels,
  );
  return {
    file,
    container,
    sampleRateHz: format.sampleRateHz,
    channelCount: format.channelCount,
    frameCount,
    sampleFormat: format.sampleFormat,
    bitDepth: format.bitDepth,
    channelMask: format.channelMask,
    channelLabels: labelsOfFormat(format, file, onWarning),
    timeReferenceSamples: bext?.timeReferenceSamples,
    isFuma: format.isFuma,
    bext,
    ixml: ixml && new TextDecoder().decode(ixml).replace(/\0+$/, ''),
    chunks,
    seek: frames.seek,
    read: frames.read,
    readChunk: (chunk) => readChunk(input, chunk),
    readPieces: ({ byteOffset, sizeBytes }) => readPieces(input, byteOffset, sizeBytes),
    close: () => input.close(),
  };
}

function readFormat(file: string, chunks: readonly RiffChunk[]): WavFormat {
  const fmt = chunks.find(({ id }) => id === 'fmt ');
  if (!fmt) {
    const options = { file, chunk: 'fmt ', byteOffset: 12 };
    throw new FormatError(
      'wav-fmt-missing',
      `${file}: no fmt chunk, so the audio cannot be interpreted`,
      options,
    );
  }
  return parseWavFormat(fmt.bytes ?? new Uint8Array(0), file, fmt.byteOffset);
}

/** Labels where the mask names every channel; a mask that does not is ignored with a warning. */
function labelsOfFormat(
  { channelMask, channelCount, isFuma }: WavFormat,
  file: string,
  onWarning: WarningHandler,
): readonly string[] | undefined {
  if (isFuma) {
    const message = `${file}: B-format in FuMa order and normalisation, not AmbiX`;
    onWarning({ code: 'wav-fuma', message, file });
    return undefined;
  }
  if (channelMask === 0) return undefined;
  const labels = labelsOfMask(channelMask);
  if (labels && labels.length >= channelCount) return labels.slice(0, channelCount);
  const message =
    `${file}: channel mask 0x${channelMask.toString(16)} does not name ` +
    `all ${channelCount} channels and is ignored`;
  onWarning({ code: 'wav-channel-mask', message, file });
  return undefined;
}

async function readChunk(input: InputFile, chunk: RiffChunk): Promise<Uint8Array> {
  if (chunk.bytes) return chunk.bytes;
  if (chunk.sizeBytes > maxChunkBytes) {
    const message = `${input.file}: chunk "${chunk.id}" of ${chunk.sizeBytes} bytes; at most ${maxChunkBytes} are read`;
    throw new UnsupportedError('chunk-too-big', message, { file: input.file });
  }
  return input.readBytes(chunk.byteOffset, chunk.sizeBytes);
}
