import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { periphon, sine, temporaryFolder, writeSmallScene, writeWav } from '../cli-support.ts';

const folder = temporaryFolder();
let scene: string;
beforeAll(() => {
  scene = writeSmallScene(folder, 1);
});

test('says what a scene holds, for machines', () => {
  const result = periphon(['inspect', scene, '--json']);
  expect(result).toMatchObject({ status: 0, stderr: '' });
  const inspection = JSON.parse(result.stdout);
  expect(inspection).toMatchObject({
    version: 1,
    file: scene,
    kind: 'scene',
    name: 'small',
    sampleRateHz: 48000,
    frameCount: 48000,
    durationSec: 1,
    channelCount: 12,
  });
  expect(inspection.stems).toHaveLength(3);
  expect(inspection.elements.map(({ kind, name }: Record<string, string>) => `${kind} ${name}`)).toEqual([
    'bed bed',
    'object voice',
    'object fly',
  ]);
  expect(inspection.elements[2].path).toMatchObject({
    blockCount: 2,
    isMoving: true,
    elevationDeg: [0, 90],
    distance: [1, 1],
  });
});

test('and for people', () => {
  const { status, stdout } = periphon(['inspect', scene]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/scene "small", 0:01\.0, 48000 Hz, 12 tracks in 3 files \(WAV 24 bit\)/i);
  expect(stdout).toMatch(/^voice +object +0\.0 +still, azimuth 20, elevation 0$/m);
  expect(stdout).toMatch(/^fly +object +0\.0 +moving, 2 blocks, azimuth 0, elevation 0 to 90$/m);
});

test('a finished mix is a bed, its channels named by the mask', () => {
  const mix = join(folder, 'mix.wav');
  writeWav(
    mix,
    [sine(100, 0.1), sine(200, 0.1), sine(300, 0.1), sine(40, 0.1), sine(500, 0.1), sine(600, 0.1)],
    480,
    {
      channelMask: 0x60f,
    },
  );
  const inspection = JSON.parse(periphon(['inspect', mix, '--json']).stdout);
  expect(inspection).toMatchObject({ kind: 'audio', name: 'mix', channelCount: 6 });
  expect(inspection.elements).toHaveLength(1);
  expect(inspection.elements[0]).toMatchObject({
    kind: 'bed',
    channels: ['M+030', 'M-030', 'M+000', 'LFE1', 'M+110', 'M-110'],
  });
});

test('several files give a list', () => {
  const { stdout } = periphon(['inspect', scene, scene, '--json']);
  expect(JSON.parse(stdout)).toHaveLength(2);
});

test('--svg draws the trajectories, and keeps an existing picture', () => {
  const svg = join(folder, 'paths.svg');
  expect(periphon(['inspect', scene, '--svg', svg]).status).toBe(0);
  const picture = readFileSync(svg, 'utf8');
  expect(picture).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
  expect(picture).toContain('fly');
  expect(periphon(['inspect', scene, '--svg', svg])).toMatchObject({ status: 4 });
  expect(periphon(['inspect', scene, '--svg', svg, '--overwrite'])).toMatchObject({ status: 0 });
});
