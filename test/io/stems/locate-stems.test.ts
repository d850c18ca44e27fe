import { expect, test } from 'vitest';
import { locateStems } from '../../../src/io/stems/locate-stems.ts';
import type { StemFolder } from '../../../src/io/stems/stem-folder.ts';
import { parseScene } from '../../../src/scene/parse-scene.ts';

/** A folder that holds the given names, at /root. */
const folderOf = (...names: string[]): StemFolder => ({
  list: async () => names,
  find: async ({ file, path }) =>
    names.includes(file) ? `/root/${file}` : { code: 'stem-missing', path, message: `no ${file}` },
});
const bed = (source: object) =>
  parseScene({ version: 1, beds: [{ name: 'b', layout: '2.0', ...source }], stereoMaster: 'm.wav' });

test('every channel of a bed gets its file, in the order of the layout', async () => {
  const folder = folderOf('b.right.wav', 'B.LEFT.WAV', 'b.verb.wav', 'm.wav');
  const { located, stereoMasterFile, issues } = await locateStems(bed({ pattern: 'b.*.wav' }), folder);
  expect(issues).toEqual([]);
  expect(located[0]?.files.map(({ realPath }) => realPath)).toEqual([
    '/root/B.LEFT.WAV',
    '/root/b.right.wav',
  ]);
  expect(stereoMasterFile).toBe('/root/m.wav');
});

test('all faults are returned', async () => {
  const { issues } = await locateStems(bed({ files: { L: 'l.wav', R: 'r.wav' } }), folderOf('l.wav'));
  expect(issues.map(({ path }) => path)).toEqual(['beds[0].files.R', 'stereoMaster']);
  const pattern = await locateStems(bed({ pattern: 'x.*.wav' }), folderOf('m.wav'));
  expect(pattern.issues[0]?.message).toBe('"x.*.wav" finds no file for M+030, M-030; found: none');
});
