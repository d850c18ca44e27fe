import { ConfigError, InternalError, OutputError } from '../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { bytesPerSample, type SampleFormat } from '../../kernels/interfaces/pcm.ts';
import type { AudioWriter, ByteListener } from '../audio-file.ts';
import { createAtomicFile, type AtomicFile } from '../atomic-file.ts';
import { createFrameSink } from '../frame-sink.ts';
import { bextFixedBytes, formatBext, type Bext } from './bext.ts';
import { maxWavChannels } from './wav-format.ts';
import {
  concatChunks,
  maxRiffFileBytes,
  wavHeader,
  type RawChunk,
  type WavHeaderOptions,
} from './wav-header.ts';
import { writeChunks, type TrailingChunk } from './write-chunks.ts';

/**
 * Form of the file:
 * - `auto`: RIFF, or RF64 above 4 GiB
 * - `wav`: RIFF; an error above 4 GiB
 * - `rf64`: RF64, however short
 * - `bw64`: RIFF, or BW64 above 4 GiB (BS.2088); fewer programs open BW64, so short files are never it
 */
export type WavContainer = 'auto' | 'wav' | 'rf64' | 'bw64';

/** Form of files above 4 GiB, the `auto` and `bw64` of `WavContainer`; below they are RIFF, which all programs open. */
export type LargeFileForm = 'rf64' | 'bw64';

/** The container that has a form where a file is too long for RIFF, and only there. */
export const containerOf = (form: LargeFileForm): WavContainer => (form === 'rf64' ? 'auto' : 'bw64');

/** Settings of a WAVE file to write. */
export interface WavWriterOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** 1 to 128. */
  readonly channelCount: number;
  readonly sampleFormat: SampleFormat;
  /** Loudspeaker mask (`fileOrder`); default 0: says nothing, as ambisonics must. */
  readonly channelMask?: number | undefined;
  /** Block channel of every file channel (`fileOrder`). Default: the same. */
  readonly channelOrder?: readonly number[] | undefined;
  /** Default: 'auto'. */
  readonly container?: WavContainer | undefined;
  /** Forces or forbids WAVE_FORMAT_EXTENSIBLE; see `WavFormatOptions`. ADM masters forbid it. */
  readonly extensible?: boolean | undefined;
  /** The `bext` chunk; a function is asked at `finish`, when loudness is known. */
  readonly bext?: Bext | (() => Bext) | undefined;
  /**
   * Further chunks, written behind the audio (axml, chna, iXML ...); a function is asked at `finish`. Before a listener
   * their sizes must be known.
   */
  readonly chunks?: readonly TrailingChunk[] | (() => readonly TrailingChunk[]) | undefined;
  /** Replace an existing file. Default: false. */
  readonly overwrite?: boolean | undefined;
  /** Hears every byte of the file, in order, while it is written. */
  readonly listener?: ByteListener | undefined;
}

/** Room kept for the coding history of a `bext` chunk that is not known before the end. */
const codingHistoryBytes = 256;

/**
 * Starts a WAVE file under a temporary name beside its target.
 * @throws OutputError 'output-exists', 'output-unwritable', 'disk-full'; ConfigError for impossible settings
 */
export async function createWavWriter(file: string, options: WavWriterOptions): Promise<AudioWriter> {
  checkOptions(file, options);
  const target = await createAtomicFile(file, options);
  try {
    return createWavWriterOn(target, options);
  } catch (error) {
    await target.abort();
    throw error;
  }
}

/** Writes a WAVE file to a target that is open already. */
export function createWavWriterOn(target: AtomicFile, options: WavWriterOptions): AudioWriter {
  const { channelCount, sampleFormat, listener } = options;
  const frameBytes = channelCount * bytesPerSample[sampleFormat];
  const header: WavHeaderOptions = {
    form: 'RIFF',
    format: { ...options, channelMask: options.channelMask ?? 0 },
    bext: reserveBext(options.bext),
    frameCount: 0,
    trailerBytes: 0,
  };
  const audioStart = wavHeader(header).length;
  const sink = createFrameSink(target, {
    ...options,
    byteOffset: audioStart,
    hear: listener && ((bytes) => listener.hear(bytes)),
  });

  const chunksNow = (): readonly TrailingChunk[] =>
    typeof options.chunks === 'function' ? options.chunks() : (options.chunks ?? []);
  const audioEndOf = (frameCount: number): number => audioStart + frameCount * frameBytes;
  /** All bytes before so many frames of audio. @param trailerBytes bytes of the chunks behind them */
  const headOf = (frameCount: number, trailerBytes: number): Uint8Array => {
    const paddedEnd = padded(audioEndOf(frameCount));
    return wavHeader({
      ...header,
      form: chooseForm(target.file, options.container, paddedEnd + trailerBytes),
      bext: finishBext(options.bext, header.bext),
      frameCount,
      trailerBytes,
    });
  };
  if (listener) listener.hear(headOf(listener.frameCount, concatChunks(rawChunks(chunksNow())).length));

  const orAbort = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      await target.abort();
      throw error;
    }
  };
  return {
    file: target.file,
    abort: () => target.abort(),
    write: (block) =>
      orAbort(async () => {
        await sink.write(block);
        chooseForm(target.file, options.container, audioStart + sink.frameCount * frameBytes);
      }),
    finish: () =>
      orAbort(async () => {
        await sink.flush();
        if (listener && sink.frameCount !== listener.frameCount) {
          const message = `${target.file}: ${sink.frameCount} frames written, ${listener.frameCount} announced`;
          throw new InternalError('wav-length', message, { file: target.file });
        }
        const audioEnd = audioEndOf(sink.frameCount);
        const paddingBytes = padded(audioEnd) - audioEnd;
        const chunks = chunksNow();
        if (listener) {
          listener.hear(new Uint8Array(paddingBytes));
          listener.hear(concatChunks(rawChunks(chunks)));
        }
        await target.write(new Uint8Array(paddingBytes), audioEnd);
        const end = await writeChunks(target, padded(audioEnd), chunks);
        await target.write(headOf(sink.frameCount, end - padded(audioEnd)), 0);
        await target.finish();
      }),
  };
}

/** Chunks begin at even places. */
const padded = (position: number): number => position + (position % 2);

/** Chunks whose bytes are at hand: a listener hears the header, which states their sizes, first. */
function rawChunks(chunks: readonly TrailingChunk[]): RawChunk[] {
  return chunks.map((chunk) => {
    if ('bytes' in chunk) return chunk;
    throw new InternalError('wav-chunks', `chunk "${chunk.id}" of unknown size before a listener`);
  });
}

/** Room for the `bext` chunk; what comes at the end must be as long. */
function reserveBext(bext: WavWriterOptions['bext']): Uint8Array | undefined {
  if (bext === undefined) return undefined;
  const historyBytes = typeof bext === 'function' ? codingHistoryBytes : bext.codingHistory.length;
  return new Uint8Array(bextFixedBytes + historyBytes);
}

function finishBext(
  bext: WavWriterOptions['bext'],
  reserved: Uint8Array | undefined,
): Uint8Array | undefined {
  return bext && formatBext(typeof bext === 'function' ? bext() : bext, reserved?.length);
}

function chooseForm(
  file: string,
  container: WavContainer = 'auto',
  fileBytes: number,
): WavHeaderOptions['form'] {
  if (container === 'rf64') return 'RF64';
  if (fileBytes <= maxRiffFileBytes) return 'RIFF';
  if (container !== 'wav') return container === 'bw64' ? 'BW64' : 'RF64';
  throw new OutputError('wav-too-big', `${file}: more than 4 GiB, which plain WAV cannot hold`, {
    file,
    hint: 'allow RF64 or BW64, or use fewer bits or channels',
  });
}

function checkOptions(file: string, { channelCount, sampleRateHz, channelOrder }: WavWriterOptions): void {
  const refuse = (message: string): never => {
    throw new ConfigError('wav-options', `${file}: ${message}`, { file });
  };
  if (!Number.isInteger(channelCount) || channelCount < 1 || channelCount > maxWavChannels) {
    refuse(`${channelCount} channels; allowed are 1 to ${maxWavChannels}`);
  }
  if (!Number.isInteger(sampleRateHz) || sampleRateHz < 1 || sampleRateHz > 0xffffffff) {
    refuse(`sample rate ${sampleRateHz} Hz; a whole number from 1 up is needed`);
  }
  if (channelOrder && channelOrder.length !== channelCount) {
    refuse(`channel order of ${channelOrder.length} channels for a file of ${channelCount}`);
  }
}
