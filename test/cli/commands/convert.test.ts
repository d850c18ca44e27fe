import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { convertFormats } from '../../../src/job/convert-scene.ts';
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

test('needs a format, and its help names all', () => {
  const out = join(folder, 'none.wav');
  expect(periphon(['convert', scene, out]).status).toBe(2);
  expect(periphon(['convert', scene, out, '--to', 'mp3']).status).toBe(2);
  expect(existsSync(out)).toBe(false);
  const { stdout } = periphon(['convert', '--help']);
  for (const format of convertFormats) expect(stdout).toContain(`"${format}"`);
});
