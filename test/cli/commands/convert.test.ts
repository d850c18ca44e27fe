import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { convertFormats } from '../../../src/job/convert-format.ts';
import { writeTinyScene } from '../../job/scenes.ts';
import { periphon, temporaryFolder } from '../cli-support.ts';

const folder = temporaryFolder();
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, 4800);
});

test('writes the file it is told to, says where, and does not replace it unasked', () => {
  const out = join(folder, 'master.wav');
  expect(periphon(['convert', scene, out, '--to', 'adm-dolby'])).toMatchObject({
    status: 0,
    stdout: `${out}\n`,
  });
  expect(readFileSync(out).includes('Atmos_Master')).toBe(true);
  expect(periphon(['convert', scene, out, '--to', 'adm-itu']).status).toBe(4);
  const again = periphon(['convert', scene, out, '--to', 'adm-itu', '--overwrite', '--json']);
  expect(JSON.parse(again.stdout)).toMatchObject({
    file: out,
    format: 'adm-itu',
    elementCount: 2,
    frameCount: 4800,
  });
});

test('the format is that of the name, or of --to; its help names all', () => {
  const out = join(folder, 'none.mp3');
  expect(periphon(['convert', scene, out])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('does not say a format'),
  });
  expect(periphon(['convert', scene, out, '--to', 'mp3']).status).toBe(2);
  expect(periphon(['convert', scene, join(folder, 'none.json'), '--to', 'adm-itu'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('is no name for adm-itu'),
  });
  expect(existsSync(out)).toBe(false);
  const { stdout } = periphon(['convert', '--help']);
  for (const format of convertFormats) expect(stdout).toContain(`"${format}"`);
});

test('a master becomes a scene file and stems; --dry-run says so first', () => {
  const master = join(folder, 'song.wav');
  expect(periphon(['convert', scene, master]).status).toBe(0);
  const out = join(folder, 'new folder', 'söng.scene.json');
  const files = [
    out,
    ...['bed', 'drum'].map((name) => join(folder, 'new folder', 'söng.stems', `${name}.wav`)),
  ];
  const stdout = `${files.join('\n')}\n`;
  expect(periphon(['convert', master, out, '--dry-run'])).toMatchObject({ status: 0, stdout });
  expect(existsSync(join(folder, 'new folder'))).toBe(false);
  expect(periphon(['convert', master, out])).toMatchObject({ status: 0, stdout });
  expect(files.filter((file) => existsSync(file))).toEqual(files);
  expect(periphon(['inspect', out, '--json']).status).toBe(0);
  const dry = periphon(['convert', scene, join(folder, 'dry.wav'), '--dry-run']);
  expect(dry.stderr).toContain('warning: ');
  expect(dry.stderr).toContain('drum');
});

test('short files are plain WAV, whatever --container says of long ones', () => {
  for (const form of ['rf64', 'bw64']) {
    const out = join(folder, `${form}.wav`);
    expect(periphon(['convert', scene, out, '--to', 'adm-itu', '--container', form]).status).toBe(0);
    expect(readFileSync(out).toString('latin1', 0, 4)).toBe('RIFF');
  }
  expect(periphon(['convert', scene, join(folder, 'w.wav'), '--container', 'w64'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('"rf64", "bw64"'),
  });
});

test('the files of the scene are not written over', () => {
  expect(periphon(['convert', scene, scene, '--overwrite'])).toMatchObject({
    status: 4,
    stderr: expect.stringContaining('is a file that the scene is read from'),
  });
});
