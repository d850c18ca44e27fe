import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { rootText, saveMaster } from '../io/damf/open-damf.ts';
import { inspectFile } from '../../src/job/inspect-file.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, 9600);
});

test('elements, their channels, and where objects go', async () => {
  const inspection = await inspectFile(scene);
  expect(inspection).toMatchObject({ kind: 'scene', name: 'tiny', frameCount: 9600, durationSec: 0.2 });
  const [bed, drum] = inspection.elements;
  expect(bed).toMatchObject({ kind: 'bed', gainDb: -3, mute: false, path: undefined });
  expect(bed!.channels).toEqual(['M+030', 'M-030', 'M+000', 'LFE1', 'M+110', 'M-110']);
  expect(drum!.path).toEqual({
    blockCount: 2,
    isMoving: true,
    azimuthDeg: [-60, 30],
    elevationDeg: [0, 45],
    distance: [1, 1],
    maxWidth: 20,
    maxHeight: 0,
  });
});

test('an audio file is a scene of one bed', async () => {
  const inspection = await inspectFile(join(folder, 'bed.wav'), { layout: '5.1' });
  expect(inspection).toMatchObject({ kind: 'audio', name: 'bed', channelCount: 6, sampleRateHz: 48000 });
  expect(inspection.stems).toHaveLength(1);
});

test('a picture on demand', async () => {
  const svg = join(folder, 'tiny.svg');
  await inspectFile(scene, { svg });
  expect(readFileSync(svg, 'utf8')).toMatch(/^<svg/);
  await expect(inspectFile(scene, { svg })).rejects.toMatchObject({ code: 'output-exists' });
});

test('a master in DAMF, by any of its files', async () => {
  const root = saveMaster(folder, {
    root: rootText(['fps: 25']).replaceAll('mix.', 'master.'),
    name: 'master',
  });
  const inspection = await inspectFile(`${root}.audio`);
  expect(inspection).toMatchObject({
    kind: 'damf',
    name: 'master',
    channelCount: 3,
    stems: [{ container: 'CAF', bitDepth: 24 }],
    adm: undefined,
    damf: { version: '0.5.1', type: 'home', delivery: { frameRate: '25' } },
  });
  expect(inspection.elements.map(({ name }) => name)).toEqual(['Bed 1', 'Object 10', 'lead']);
});
