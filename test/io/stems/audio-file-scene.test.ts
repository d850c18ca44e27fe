import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { openAudioScene } from '../../../src/io/stems/audio-file-scene.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { ramp, writeTestWav } from './write-wav.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'periphon-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const kernels = createScalarKernels();
const write = (name: string, count: number, mask?: number): string =>
  writeTestWav(
    join(folder, name),
    Array.from({ length: count }, (_, index) => ramp(8, index)),
    mask === undefined ? {} : { mask },
  );

test.each([
  ['song.wav', 1, undefined, { kind: 'bed', layout: '0+1+0' }, undefined],
  ['song.wav', 2, undefined, { kind: 'bed', layout: '0+2+0' }, undefined],
  ['song.wav', 6, undefined, { kind: 'bed', layout: '0+5+0' }, /taken as 5\.1 .* by its channel count/],
  ['song.wav', 8, undefined, { kind: 'bed', layout: '0+7+0' }, /7\.1/],
  ['song.wav', 10, undefined, { kind: 'bed', layout: '4+5+0' }, /5\.1\.4/],
  ['bed_7.1.2.wav', 10, undefined, { kind: 'bed', layout: '2+7+0' }, /7\.1\.2 .* by its name/],
  ['song.wav', 10, 0x563f, { kind: 'bed', layout: '2+7+0' }, undefined],
  ['song.wav', 12, undefined, { kind: 'bed', layout: '4+7+0' }, /7\.1\.4/],
  ['song 3+7+0.wav', 12, undefined, { kind: 'bed', layout: '3+7+0' }, /by its name/],
  ['song.wav', 16, undefined, { kind: 'bed', layout: '6+9+0' }, /9\.1\.6/],
  ['song.ambix3.wav', 16, undefined, { kind: 'ambisonic', order: 3, normalization: 'SN3D' }, /order 3/],
  ['song.foa.wav', 4, 0x33, { kind: 'ambisonic', order: 1 }, /order 1/],
  ['song.wav', 4, 0x33, { kind: 'bed', layout: undefined }, undefined],
  ['song.wav', 25, undefined, { kind: 'ambisonic', order: 4 }, /by its channel count/],
])('%s of %d channels, mask %s', async (name, count, mask, expected, warning) => {
  const warnings: string[] = [];
  const reader = await openAudioScene(write(name, count, mask), {
    kernels,
    onWarning: ({ message }) => warnings.push(message),
  });
  expect(reader.scene.elements).toMatchObject([expected]);
  expect(reader.channelCount).toBe(count);
  expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : []);
  await reader.close();
});

test('a stated layout overrides what is guessed, and the mask gives the order', async () => {
  const layout = getLayout('7.1');
  const reader = await openAudioScene(write('song.wav', 8, 0x63f), { kernels, layout });
  const block = createAudioBlock(8, 8);
  await reader.read(block);
  expect(block.channels.map((channel) => channel[0])).toEqual([0, 1, 2, 3, 6, 7, 4, 5]);
  await reader.close();
  await expect(openAudioScene(write('song.wav', 6), { kernels, layout })).rejects.toMatchObject({
    code: 'stem-channels',
  });
});

test('ambisonics with a head-locked pair are a bed of each', async () => {
  const reader = await openAudioScene(write('song.ambix1.wav', 6), { kernels });
  expect(reader.scene.elements).toMatchObject([
    { kind: 'ambisonic', order: 1, normalization: 'SN3D' },
    { kind: 'bed', binauralMode: 'off', channels: [{ label: 'M+030' }, { label: 'M-030' }] },
  ]);
  const block = createAudioBlock(6, 8);
  await reader.read(block);
  expect(block.channels.map((channel) => channel[0])).toEqual([0, 1, 2, 3, 4, 5]);
  await reader.close();
  await expect(openAudioScene(write('song.ambix3.wav', 17), { kernels })).rejects.toThrow(
    /17 channels, named as ambisonics; allowed are 4, 9, 16/,
  );
});

test('a channel count that means nothing is an error', async () => {
  await expect(openAudioScene(write('song.wav', 13), { kernels })).rejects.toMatchObject({
    code: 'layout-unknown',
  });
});
