import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { renderScene } from '../../src/job/render-scene.ts';
import { verifyDelivery } from '../../src/job/verify-delivery.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const outDir = join(folder, 'out');
let scene = '';

beforeAll(async () => {
  scene = writeTinyScene(folder, 12_000);
  await renderScene({ scene, targets: ['5.1', 'stereo'], outDir });
});

test('what is as it was is proved', async () => {
  const found = await verifyDelivery(outDir);
  expect(found).toMatchObject({ isProved: true, extra: [] });
  expect([...found.files, ...found.inputs].map(({ state }) => state)).toEqual(Array(5).fill('same'));
});

test('what is changed, missing or new is told', async () => {
  writeFileSync(join(outDir, 'notes.txt'), 'x');
  const codes: string[] = [];
  const withNotes = await verifyDelivery(outDir, { onWarning: ({ code }) => codes.push(code) });
  expect(withNotes).toMatchObject({ isProved: true, extra: ['notes.txt'] });
  expect(codes).toEqual(['manifest-extra']);

  rmSync(join(folder, 'drum.wav'));
  expect((await verifyDelivery(outDir)).isProved).toBe(true);
  appendFileSync(scene, '\n');
  const changed = await verifyDelivery(outDir);
  expect(changed.inputs.map(({ state }) => state)).toEqual(['changed', 'same', 'missing']);
  expect(changed.isProved).toBe(false);

  appendFileSync(join(outDir, 'tiny.5.1.wav'), 'x');
  rmSync(join(outDir, 'tiny.stereo.wav'));
  const { files } = await verifyDelivery(outDir);
  expect(files.map(({ state }) => state)).toEqual(['changed', 'missing']);
});

test('a folder without a manifest', async () => {
  await expect(verifyDelivery(folder)).rejects.toThrow(/holds no manifest\.json/);
});
