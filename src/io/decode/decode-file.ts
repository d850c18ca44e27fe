import { FormatError, UnsupportedError, type WarningHandler } from '../../base/errors.ts';
import type { AudioReader } from '../audio-file.ts';
import { labelsOfMask } from '../channel-order.ts';
import { checkFinite } from '../finite-samples.ts';
import { openInputFile } from '../input-file.ts';
import type { DeclaredAudio } from './declared-audio.ts';
import { createDecodedReader } from './decoded-reader.ts';
import { rescaleFlac } from './flac-facts.ts';

/** A format that the package audio-decode reads. */
export interface DecodedFormat {
  /** Name for people: "FLAC". */
  readonly name: string;
  /** Name of the decoder in audio-decode. */
  readonly decoder: string;
  /** What the container says of its audio. */
  readonly readFacts: (bytes: Uint8Array) => DeclaredAudio;
}

/** Audio as audio-decode gives it. */
interface RawAudio {
  readonly channelData: Float32Array[];
  readonly sampleRate: number;
}

/** Largest audio that is decoded, as float32 in memory; also the largest file. */
export const maxDecodedBytes = 2 ** 30;

/**
 * Decodes a whole file into memory and checks the result against what its container says: the decoders give
 * less audio without an error where a file is damaged.
 * @throws UnsupportedError 'decode-too-big'; FormatError 'decode-failed', 'decode-short', 'decode-channels'
 */
export async function openDecodedFile(
  file: string,
  format: DecodedFormat,
  onWarning: WarningHandler = () => undefined,
): Promise<AudioReader> {
  const bytes = await readWhole(file);
  const declared = readFacts(file, format, bytes);
  checkMemory(file, (declared.frameCount ?? 0) * (declared.channelCount ?? 1) * 4);
  const { channelData, sampleRate } = await decodeBytes(file, format, bytes);
  const channels = matchChannels(file, channelData, declared);
  checkLength(file, channels[0]!.length, sampleRate, declared);
  if (format.decoder === 'flac' && declared.bitDepth) rescaleFlac(channels, declared.bitDepth);
  checkFinite(channels, channels[0]!.length, 0, { file, sampleRateHz: sampleRate });
  return createDecodedReader({
    file,
    container: format.name,
    sampleRateHz: sampleRate,
    bitDepth: declared.bitDepth ?? 32,
    channelLabels: labelsOf(file, format, channels.length, declared, onWarning),
    channels,
  });
}

async function readWhole(file: string): Promise<Uint8Array> {
  const input = await openInputFile(file);
  try {
    checkMemory(file, input.sizeBytes);
    return await input.readBytes(0, input.sizeBytes);
  } finally {
    await input.close();
  }
}

function checkMemory(file: string, neededBytes: number): void {
  if (neededBytes <= maxDecodedBytes) return;
  const toMebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  throw new UnsupportedError(
    'decode-too-big',
    `${file}: needs ${toMebibytes(neededBytes)} MiB of memory to decode, at most ${toMebibytes(maxDecodedBytes)}`,
    { file, hint: 'convert it to WAV, which is read in a stream' },
  );
}

function readFacts(file: string, format: DecodedFormat, bytes: Uint8Array): DeclaredAudio {
  try {
    return format.readFacts(bytes);
  } catch (error) {
    const message = `${file}: damaged ${format.name} header: ${(error as Error).message}`;
    throw new FormatError('decode-failed', message, { file, cause: error });
  }
}

async function decodeBytes(file: string, format: DecodedFormat, bytes: Uint8Array): Promise<RawAudio> {
  const { default: decode } = await import('audio-decode');
  const decoders = decode as unknown as Readonly<Record<string, typeof decode.flac>>;
  try {
    const decoder = await decoders[format.decoder]!();
    const first = await decoder(bytes);
    const audio = joinAudio(first, await decoder());
    if (audio.channelData.length > 0 && audio.channelData[0]!.length > 0) return audio;
  } catch (error) {
    const message = `${file}: ${format.name} cannot be decoded: ${(error as Error).message}`;
    throw new FormatError('decode-failed', message, { file, cause: error });
  }
  throw new FormatError('decode-failed', `${file}: no audio comes out of this ${format.name} file`, { file });
}

function joinAudio(first: RawAudio, last: RawAudio): RawAudio {
  if (last.channelData.length !== first.channelData.length)
    return first.channelData.length > 0 ? first : last;
  const channelData = first.channelData.map((head, channel) => {
    const tail = last.channelData[channel]!;
    const whole = new Float32Array(head.length + tail.length);
    whole.set(head);
    whole.set(tail, head.length);
    return whole;
  });
  return { channelData, sampleRate: first.sampleRate };
}

/** audio-decode folds two equal channels of the lossy formats into one; here they are two again. */
function matchChannels(
  file: string,
  channels: readonly Float32Array[],
  { channelCount, toleranceFrames }: DeclaredAudio,
): readonly Float32Array[] {
  const found = channels.length;
  if (found === 1 && channelCount === 2 && toleranceFrames > 0) return [channels[0]!, channels[0]!.slice()];
  // Lossy headers may say less than is there: AAC in MP4 often says 2, parametric stereo says 1.
  const isFewer = channelCount !== undefined && found < channelCount;
  if (!isFewer && (toleranceFrames > 0 || channelCount === undefined || found === channelCount))
    return channels;
  throw new FormatError('decode-channels', `${file}: ${found} channels decoded, ${channelCount} declared`, {
    file,
    hint: 'convert it to WAV',
  });
}

function checkLength(file: string, found: number, sampleRateHz: number, declared: DeclaredAudio): void {
  if (declared.frameCount === undefined) return;
  // HE-AAC declares the rate of its core, half of what is decoded.
  const expected = Math.round((declared.frameCount * sampleRateHz) / (declared.sampleRateHz || sampleRateHz));
  if (found >= expected - declared.toleranceFrames) return;
  throw new FormatError(
    'decode-short',
    `${file}: ${found} samples a channel decoded, ${expected} declared: the file is cut off or damaged`,
    { file },
  );
}

function labelsOf(
  file: string,
  { name }: DecodedFormat,
  channelCount: number,
  { channelMask }: DeclaredAudio,
  onWarning: WarningHandler,
): readonly string[] | undefined {
  if (channelCount <= 2) return undefined;
  const labels = labelsOfMask(channelMask ?? 0);
  if (labels?.length === channelCount) return labels;
  const message = `${file}: the order of the ${channelCount} channels of a ${name} file cannot be verified`;
  onWarning({ code: 'decode-channel-order', message, file });
  return undefined;
}
