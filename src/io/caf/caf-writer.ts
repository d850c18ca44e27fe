import { ConfigError, InternalError } from '../../base/errors.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { bytesPerSample } from '../../kernels/interfaces/pcm.ts';
import type { AudioWriter, ByteListener } from '../audio-file.ts';
import { createAtomicFile, type AtomicFile } from '../atomic-file.ts';
import { createFrameSink } from '../frame-sink.ts';
import { cafChunkHeaderBytes } from './caf-chunks.ts';
import { formatCafFormat, maxCafChannels } from './caf-format.ts';

/** Settings of a CAF file to write. */
export interface CafWriterOptions {
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** 1 to 256. */
  readonly channelCount: number;
  /** Replace an existing file. Default: false. */
  readonly overwrite?: boolean | undefined;
  /** Hears every byte of the file, in order, while it is written. */
  readonly listener?: ByteListener | undefined;
}

const sampleFormat = 'int24';

/**
 * Starts a CAF file of big-endian 24-bit integers under a temporary name beside its target; of any length, as its sizes
 * have 64 bits.
 * @throws OutputError 'output-exists', 'output-unwritable', 'disk-full'; ConfigError 'caf-options'
 */
export async function createCafWriter(file: string, options: CafWriterOptions): Promise<AudioWriter> {
  const { channelCount, sampleRateHz } = options;
  const isAllowed = (value: number, max: number): boolean =>
    Number.isInteger(value) && value >= 1 && value <= max;
  if (!isAllowed(channelCount, maxCafChannels) || !isAllowed(sampleRateHz, 0xffffffff)) {
    const message = `${file}: ${channelCount} channels at ${sampleRateHz} Hz; allowed are 1 to ${maxCafChannels} at a whole number of Hz`;
    throw new ConfigError('caf-options', message, { file });
  }
  return createCafWriterOn(await createAtomicFile(file, options), options);
}

/** Writes a CAF file to a target that is open already. */
export function createCafWriterOn(target: AtomicFile, options: CafWriterOptions): AudioWriter {
  const { listener } = options;
  const byteOffset = cafHeader(options, 0).length;
  const hear = listener && ((bytes: Uint8Array): void => listener.hear(bytes));
  const sink = createFrameSink(target, { ...options, sampleFormat, byteOrder: 'big', byteOffset, hear });
  listener?.hear(cafHeader(options, listener.frameCount));
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
    write: (block) => orAbort(() => sink.write(block)),
    finish: () =>
      orAbort(async () => {
        await sink.flush();
        if (listener && sink.frameCount !== listener.frameCount) {
          const message = `${target.file}: ${sink.frameCount} frames written, ${listener.frameCount} announced`;
          throw new InternalError('caf-length', message, { file: target.file });
        }
        await target.write(cafHeader(options, sink.frameCount), 0);
        await target.finish();
      }),
  };
}

/** All bytes before the samples: file header, desc, the header of data and the edit count. */
function cafHeader({ channelCount, sampleRateHz }: CafWriterOptions, frameCount: number): Uint8Array {
  const desc = formatCafFormat({ sampleFormat, byteOrder: 'big', channelCount, sampleRateHz });
  const audioBytes = frameCount * channelCount * bytesPerSample[sampleFormat];
  const bytes = Buffer.alloc(8 + 2 * cafChunkHeaderBytes + desc.length + 4);
  bytes.write('caff', 0, 'latin1');
  bytes.writeUInt16BE(1, 4);
  bytes.write('desc', 8, 'latin1');
  bytes.writeBigInt64BE(BigInt(desc.length), 12);
  bytes.set(desc, 20);
  const dataAt = 20 + desc.length;
  bytes.write('data', dataAt, 'latin1');
  bytes.writeBigInt64BE(BigInt(audioBytes + 4), dataAt + 4);
  return bytes;
}
