import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { previewCodecs } from '../../src/job/codec-preview.ts';
import { measureFiles } from '../../src/job/measure-file.ts';
import { whiteNoise, writeWav } from '../cli/cli-support.ts';
import { requireTool, run } from '../support.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const scratchDir = join(folder, 'scratch');
const file = join(folder, 'loud: -i.wav');

beforeAll(() => {
  mkdirSync(scratchDir);
  // Noise cut off at its peaks: what a codec changes overshoots.
  const loud = [1, 2].map((seed) => {
    const noise = whiteNoise(seed, 2);
    return (frame: number): number => Math.max(-0.98, Math.min(0.98, noise(frame)));
  });
  writeWav(file, loud, 96_000, { channelMask: 3 });
});

test('peaks grow in a lossy codec, as ffmpeg measures it too; nothing is left behind', async (context) => {
  requireTool(context, 'ffmpeg');
  const previews = await previewCodecs(file, { scratchDir });
  expect(previews.map(({ codec }) => codec)).toEqual(['aac', 'mp3', 'opus']);
  const [original] = (await measureFiles([file])).files;
  for (const { truePeakDbtp, integratedLufs } of previews) {
    expect(truePeakDbtp).toBeGreaterThan(original!.truePeakDbtp - 1);
    expect(Math.abs(integratedLufs! - original!.integratedLufs)).toBeLessThan(3);
  }
  expect(readdirSync(scratchDir)).toEqual([]);

  const encoded = join(folder, 'encoded.mp3');
  run('ffmpeg', ['-y', '-i', `file:${file}`, '-c:a', 'libmp3lame', '-b:a', '320k', encoded]);
  const { stderr } = run('ffmpeg', ['-i', encoded, '-af', 'ebur128=peak=true', '-f', 'null', '-']);
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const mp3 = previews.find(({ codec }) => codec === 'mp3')!;
  expect(mp3.integratedLufs).toBeCloseTo(Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)![1]), 0);
  expect(Math.abs(mp3.truePeakDbtp! - Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)![1]))).toBeLessThan(0.3);
});

test('without ffmpeg the error says so', async () => {
  await expect(previewCodecs(file, { ffmpeg: join(folder, 'absent') })).rejects.toMatchObject({
    code: 'no-ffmpeg',
    hint: expect.stringContaining('install ffmpeg'),
  });
});

test('an encoder that is missing is told, the others are tried', async (context) => {
  requireTool(context, 'ffmpeg');
  const poor = join(folder, 'poor-ffmpeg');
  const script = `#!/bin/sh\ncase "$*" in *-encoders*) echo " A....D aac  AAC";; *) exec ffmpeg "$@";; esac\n`;
  writeFileSync(poor, script, { mode: 0o755 });
  const [aac, mp3, opus] = await previewCodecs(file, { ffmpeg: poor, scratchDir });
  expect(aac!.unavailable).toBeUndefined();
  expect(mp3).toMatchObject({
    integratedLufs: undefined,
    unavailable: expect.stringContaining('libmp3lame'),
  });
  expect(opus!.unavailable).toContain('libopus');
});

test('a file that ffmpeg cannot read fails with its reason, and nothing is left behind', async (context) => {
  requireTool(context, 'ffmpeg');
  const bad = join(folder, 'bad.wav');
  writeFileSync(bad, 'no audio at all');
  await expect(previewCodecs(bad, { scratchDir })).rejects.toMatchObject({ code: 'codec-preview' });
  expect(readdirSync(scratchDir)).toEqual([]);
});

test('it can be stopped', async (context) => {
  requireTool(context, 'ffmpeg');
  const running = previewCodecs(file, { scratchDir, signal: AbortSignal.abort() });
  await expect(running).rejects.toMatchObject({ code: 'aborted' });
});
