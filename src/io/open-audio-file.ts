import { FormatError, UnsupportedError, type WarningHandler } from '../base/errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { AudioReader } from './audio-file.ts';
import { isLinearCaf, openCafFile } from './caf/caf-reader.ts';
import { openDecodedFile, type DecodedFormat } from './decode/decode-file.ts';
import { fourCc } from './decode/declared-audio.ts';
import { readFlacFacts } from './decode/flac-facts.ts';
import { readAiffFacts, readCafFacts } from './decode/iff-facts.ts';
import { readMp4Facts } from './decode/mp4-facts.ts';
import { id3Bytes, readAdtsFacts, readMp3Facts } from './decode/mpeg-facts.ts';
import { oggCodec, readOggFacts } from './decode/ogg-facts.ts';
import { readWavPackFacts } from './decode/wavpack-facts.ts';
import { openInputFile } from './input-file.ts';
import { isWave } from './wav/riff-chunks.ts';
import { openWavFile } from './wav/wav-reader.ts';

/** What opening a file needs. */
export interface OpenAudioOptions {
  readonly kernels: Kernels;
  readonly onWarning?: WarningHandler | undefined;
}

/** One format of audio files, told by content. */
interface AudioFormat {
  readonly name: string;
  /** @param head the first bytes of the file, behind an ID3 tag if there is one */
  matches(head: Uint8Array): boolean;
  open(file: string, options: OpenAudioOptions): Promise<AudioReader>;
}

const headBytes = 512;

const startsWith =
  (magic: string, offset = 0) =>
  (head: Uint8Array): boolean =>
    Buffer.from(head.subarray(offset, offset + magic.length)).toString('latin1') === magic;

const hasSync =
  (mask: number, pattern: number) =>
  (head: Uint8Array): boolean =>
    head.length >= 2 && (((head[0]! << 8) | head[1]!) & mask) === pattern;

const decoded = (format: DecodedFormat, matches: AudioFormat['matches']): AudioFormat => ({
  name: format.name,
  matches,
  open: (file, { onWarning }) => openDecodedFile(file, format, onWarning),
});

const refused = (name: string, hint: string, matches: AudioFormat['matches']): AudioFormat => ({
  name,
  matches,
  open: async (file) => {
    throw new UnsupportedError('unsupported-format', `${file}: ${name} is not read`, { file, hint });
  },
});

const readable: readonly AudioFormat[] = [
  { name: 'WAV, RF64, BW64', matches: isWave, open: openWavFile },
  decoded({ name: 'FLAC', decoder: 'flac', readFacts: readFlacFacts }, startsWith('fLaC')),
  decoded(
    { name: 'Ogg Opus', decoder: 'opus', readFacts: readOggFacts },
    (head) => fourCc(head, 0) === 'OggS' && oggCodec(head) === 'opus',
  ),
  decoded(
    { name: 'Ogg Vorbis', decoder: 'oga', readFacts: readOggFacts },
    (head) => fourCc(head, 0) === 'OggS' && oggCodec(head) === 'vorbis',
  ),
  decoded(
    { name: 'Ogg FLAC', decoder: 'flac', readFacts: readOggFacts },
    (head) => fourCc(head, 0) === 'OggS' && oggCodec(head) === 'flac',
  ),
  decoded({ name: 'MP4', decoder: 'm4a', readFacts: readMp4Facts }, startsWith('ftyp', 4)),
  decoded(
    { name: 'AIFF', decoder: 'aiff', readFacts: readAiffFacts },
    (head) => fourCc(head, 0) === 'FORM' && fourCc(head, 8).startsWith('AIF'),
  ),
  { name: 'CAF', matches: isLinearCaf, open: openCafFile },
  decoded({ name: 'CAF', decoder: 'caf', readFacts: readCafFacts }, startsWith('caff')),
  decoded({ name: 'WavPack', decoder: 'wv', readFacts: readWavPackFacts }, startsWith('wvpk')),
  decoded({ name: 'AAC', decoder: 'aac', readFacts: readAdtsFacts }, hasSync(0xfff6, 0xfff0)),
  decoded({ name: 'MP3', decoder: 'mp3', readFacts: readMp3Facts }, hasSync(0xffe6, 0xffe2)),
];

const knownButRefused: readonly AudioFormat[] = [
  refused('Wave64', 'convert it to RF64', startsWith('riff\x2e\x91\xcf\x11')),
  refused('big-endian WAVE (RIFX)', 'convert it to WAV', startsWith('RIFX')),
];

/** Names of the formats that are read. */
export const readableFormats: readonly string[] = [...new Set(readable.map(({ name }) => name))];

/**
 * Opens an audio file of any format that is read, told by its content, never by its name. WAV and linear
 * CAF are read in a stream, other formats are decoded into memory.
 * @throws FormatError 'file-missing', 'file-unreadable', 'unknown-format' and those of the format;
 *   UnsupportedError
 */
export async function openAudioFile(file: string, options: OpenAudioOptions): Promise<AudioReader> {
  const { start, head } = await readHead(file);
  const format = [...readable, ...knownButRefused].find(({ matches }) => matches(head));
  if (format) return format.open(file, options);
  const found =
    start.length === 0
      ? 'the file is empty'
      : `it begins with ${Buffer.from(start.subarray(0, 8)).toString('hex')} ` +
        `("${fourCc(start, 0).replace(/[^\x20-\x7e]/g, '.')}")`;
  throw new FormatError('unknown-format', `${file}: no audio format that is known: ${found}`, {
    file,
    byteOffset: 0,
    hint: `formats that are read: ${readableFormats.join(', ')}`,
  });
}

async function readHead(file: string): Promise<{ start: Uint8Array; head: Uint8Array }> {
  const input = await openInputFile(file);
  try {
    const start = await input.readBytes(0, headBytes);
    const tagBytes = id3Bytes(start);
    return { start, head: tagBytes > 0 ? await input.readBytes(tagBytes, headBytes) : start };
  } finally {
    await input.close();
  }
}
