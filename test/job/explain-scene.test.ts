import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { explainScene } from '../../src/job/explain-scene.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();

test('every target with every track, and nothing written', async () => {
  const scene = writeTinyScene(folder, 4800);
  const before = readdirSync(folder);
  const explained = await explainScene({ scene, outDir: folder, targets: ['7.1.4', 'stereo', 'binaural'] });
  expect(explained.targets.map(({ target, tracks }) => [target, tracks.length])).toEqual([
    ['7.1.4', 7],
    ['stereo', 7],
    ['binaural', 7],
  ]);
  const [immersive, stereo, binaural] = explained.targets;
  expect(immersive!.tracks[4]).toMatchObject({
    element: 'bed',
    channel: 'M+110',
    rule: 'mapping rule (BS.2127 8.4)',
  });
  expect(immersive!.tracks[6]!.rule).toBe('panned (BS.2127 7.3), 2 blocks, extent');
  expect(stereo!.tracks[2]!.outputs.map(({ label }) => label)).toEqual(['M+030', 'M-030']);
  expect(stereo!.tracks[2]!.mostLevelDb).toBeCloseTo(-3, 1);
  expect(binaural!.tracks[3]!.rule).toBe('LFE to both ears alike');
  expect(stereo!.groups.map(({ group }) => group)).toEqual(['front', 'side', 'LFE', 'objects', 'all']);
  expect(stereo!.choices.map(({ name, origin }) => [name, origin])).toEqual([
    ['stereo downmix', 'default'],
    ['phase shift', 'default'],
    ['levels', 'default'],
    ['5.1 downmix', 'default'],
    ['trims', 'default'],
  ]);
  expect(immersive!.choices.map(({ name }) => name)).toEqual(['trims']);
  expect(binaural!.choices).toEqual([]);
  expect(readdirSync(folder)).toEqual(before);
});
