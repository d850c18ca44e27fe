import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AbortedError, FormatError, UnsupportedError } from '../base/errors.ts';
import type { CodecPreview } from '../deliver/report.ts';
import { measureFiles } from './measure-file.ts';

/** A lossy codec as services use it. */
interface PreviewCodec {
  readonly codec: CodecPreview['codec'];
  readonly encoder: string;
  readonly bitrateKbps: number;
  readonly extension: string;
}

const codecs: readonly PreviewCodec[] = [
  { codec: 'aac', encoder: 'aac', bitrateKbps: 256, extension: 'm4a' },
  { codec: 'mp3', encoder: 'libmp3lame', bitrateKbps: 320, extension: 'mp3' },
  { codec: 'opus', encoder: 'libopus', bitrateKbps: 160, extension: 'opus' },
];

/** Options of `previewCodecs`. */
export interface CodecPreviewOptions {
  /** Name or path of the program; "ffmpeg" where undefined. */
  readonly ffmpeg?: string | undefined;
  /** Folder for temporary files; the system's temporary folder where undefined. */
  readonly scratchDir?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a mono or stereo file through AAC, MP3 and Opus and back, with ffmpeg, and measures what comes out. An
 * estimate: services use other encoders and settings. A codec that this ffmpeg cannot encode says so.
 * @throws UnsupportedError 'no-ffmpeg' where ffmpeg cannot be run; FormatError 'codec-preview' where it fails
 */
export async function previewCodecs(
  file: string,
  options: CodecPreviewOptions = {},
): Promise<CodecPreview[]> {
  const encoders = await listEncoders(options);
  const folder = await mkdtemp(join(options.scratchDir ?? tmpdir(), 'periphon-codec-'));
  try {
    const previews: CodecPreview[] = [];
    for (const codec of codecs) {
      const isThere = new RegExp(`^ A\\S* +${codec.encoder} `, 'm').test(encoders);
      previews.push(isThere ? await preview(file, codec, folder, options) : unavailable(codec));
    }
    return previews;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The encoders of ffmpeg, as it lists them.
 * @throws UnsupportedError 'no-ffmpeg' where ffmpeg cannot be run
 */
export const listEncoders = (options: CodecPreviewOptions = {}): Promise<string> =>
  runFfmpeg(['-encoders'], 'ffmpeg -encoders', options);

const unavailable = ({ codec, bitrateKbps, encoder }: PreviewCodec): CodecPreview => ({
  codec,
  bitrateKbps,
  integratedLufs: undefined,
  truePeakDbtp: undefined,
  unavailable: `this ffmpeg has no encoder ${encoder}`,
});

async function preview(
  file: string,
  { codec, encoder, bitrateKbps, extension }: PreviewCodec,
  folder: string,
  options: CodecPreviewOptions,
): Promise<CodecPreview> {
  const encoded = join(folder, `encoded.${extension}`);
  const decoded = join(folder, 'decoded.wav');
  // "file:" keeps ffmpeg from taking a name with a colon for a protocol.
  const encode = ['-i', `file:${resolve(file)}`, '-map', '0:a:0', '-map_metadata', '-1', '-c:a', encoder];
  await runFfmpeg([...encode, '-b:a', `${bitrateKbps}k`, '-y', encoded], file, options);
  // Float keeps peaks above full scale, which are what is looked for.
  await runFfmpeg(['-i', encoded, '-c:a', 'pcm_f32le', '-y', decoded], file, options);
  const [{ integratedLufs, truePeakDbtp }] = (await measureFiles([decoded], { signal: options.signal }))
    .files;
  return { codec, bitrateKbps, integratedLufs, truePeakDbtp, unavailable: undefined };
}

/** Runs ffmpeg to its end and gives what it printed. */
function runFfmpeg(
  args: readonly string[],
  file: string,
  { ffmpeg = 'ffmpeg', signal }: CodecPreviewOptions,
): Promise<string> {
  return new Promise((settle, fail) => {
    const child = spawn(ffmpeg, ['-nostdin', '-hide_banner', '-v', 'error', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    });
    let printed = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.on('error', (error) =>
      fail(
        signal?.aborted
          ? new AbortedError()
          : new UnsupportedError(
              'no-ffmpeg',
              `a codec preview needs ffmpeg, and it cannot be run: ${error.message}`,
              {
                hint: 'install ffmpeg, or leave the codec preview out',
              },
            ),
      ),
    );
    child.on('close', (code) => {
      if (code === 0) return settle(printed);
      const [reason] = complaint.trim().split('\n').slice(-1);
      fail(new FormatError('codec-preview', `${file}: ffmpeg failed: ${reason}`, { file }));
    });
  });
}
