import { createRequire } from 'node:module';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../support.ts';

const wavEncoder = createRequire(import.meta.url)('wav-encoder');

/** ffmpeg arguments of the formats that are tested, by file extension. */
const codecs: Readonly<Record<string, readonly string[]>> = {
  flac: ['-c:a', 'flac'],
  'flac.ogg': ['-c:a', 'flac', '-f', 'ogg'],
  mp3: ['-c:a', 'libmp3lame', '-b:a', '192k'],
  'plain.mp3': ['-c:a', 'libmp3lame', '-b:a', '192k', '-write_xing', '0', '-id3v2_version', '0'],
  aac: ['-c:a', 'aac', '-b:a', '256k'],
  m4a: ['-c:a', 'aac', '-b:a', '256k'],
  'alac.m4a': ['-c:a', 'alac'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '8'],
  opus: ['-c:a', 'libopus', '-mapping_family', '1', '-b:a', '192k'],
  aiff: ['-c:a', 'pcm_s24be'],
  caf: ['-c:a', 'pcm_s24le'],
  'alac.caf': ['-c:a', 'alac'],
  wv: ['-c:a', 'wavpack'],
};

/** Length and rate of the tones. */
export const toneFrames = 24_000;
export const toneRateHz = 48_000;

/** Level of the tone of a channel: each has its own, so that channels can be told apart. */
export const toneLevel = (channel: number): number => 0.05 * (channel + 1);

/** Half a second of a different tone on every channel, quantised to 24 bits. */
export function tones(channelCount: number): Float32Array[] {
  return Array.from({ length: channelCount }, (_, channel) =>
    Float32Array.from({ length: toneFrames }, (_, frame) => {
      const phase = (2 * Math.PI * 50 * frame) / toneRateHz;
      return Math.round(toneLevel(channel) * Math.sin(phase) * 2 ** 23) / 2 ** 23;
    }),
  );
}

/** Has ffmpeg encode the tones, once for each folder. @returns the path of the encoded file, to be left as it is */
export function encodeTones(dir: string, channelCount: number, extension: string): string {
  const source = join(dir, `tones${channelCount}.wav`);
  const file = join(dir, `tones${channelCount}.${extension}`);
  if (existsSync(file)) return file;
  const audio = { sampleRate: toneRateHz, channelData: tones(channelCount) };
  writeFileSync(source, new Uint8Array(wavEncoder.encode.sync(audio, { bitDepth: 24, symmetric: true })));
  run('ffmpeg', ['-v', 'error', '-y', '-i', source, ...codecs[extension]!, file]);
  return file;
}
