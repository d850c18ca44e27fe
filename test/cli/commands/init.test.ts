import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { periphon, sine, temporaryFolder, writeWav } from '../cli-support.ts';

const folder = temporaryFolder();
const stems = join(folder, 'stems');
const sceneFile = join(stems, 'stems.scene.json');
const tone = [sine(300, 0.2)];

beforeAll(() => {
  mkdirSync(stems);
  writeWav(
    join(stems, 'bed_7.1.2.wav'),
    Array.from({ length: 10 }, () => sine(100, 0.05)),
    4800,
  );
  writeWav(join(stems, 'obj_vocal.wav'), tone, 4800);
  writeWav(join(stems, 'pad.L.wav'), tone, 4800);
  writeWav(join(stems, 'pad.R.wav'), tone, 4800);
  for (const label of ['L', 'R', 'C', 'LFE', 'Ls', 'Rs'])
    writeWav(join(stems, `Music.${label}.wav`), tone, 4800);
});

test('a dry run prints the scene and writes nothing', () => {
  const { status, stdout } = periphon(['init', stems, '--dry-run', '--quiet']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, name: 'stems' });
  expect(existsSync(sceneFile)).toBe(false);
});

test('writes a scene, says what it guessed, and the scene can be rendered at once', () => {
  const result = periphon(['init', stems]);
  expect(result).toMatchObject({ status: 0, stdout: `${sceneFile}\n` });
  expect(result.stderr).toMatch(/bed_7\.1\.2\.wav/);
  expect(result.stderr).toMatch(/obj_vocal\.wav/);
  const scene = JSON.parse(readFileSync(sceneFile, 'utf8'));
  expect(scene.beds).toHaveLength(2);
  expect(scene.objects.map(({ file }: { file: string }) => file)).toContain('obj_vocal.wav');
  const out = join(folder, 'out');
  expect(periphon(['render', sceneFile, '--to', '5.1', '--out', out])).toMatchObject({
    status: 0,
    stderr: '',
  });
  expect(existsSync(join(out, 'stems.5.1.wav'))).toBe(true);
});

test('an existing scene is kept without --overwrite', () => {
  expect(periphon(['init', stems])).toMatchObject({ status: 4, stdout: '' });
  expect(periphon(['init', stems, '--overwrite', '--json']).status).toBe(0);
});

test('--json is one document with the guesses', () => {
  const { stdout, stderr } = periphon(['init', stems, '--dry-run', '--json']);
  expect(stderr).toBe('');
  const result = JSON.parse(stdout);
  expect(result).toMatchObject({ version: 1, file: sceneFile });
  expect(result.guesses.length).toBeGreaterThan(2);
});

test('a folder without audio, and no folder', () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  for (const path of [empty, join(folder, 'gone')]) {
    const result = periphon(['init', path]);
    expect(result.status).toBe(3);
    expect(result.stderr).toContain(path);
  }
});
