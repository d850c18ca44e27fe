import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probeSource } from '../../../src/audition/server/source-plan.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { temporaryFolder, whiteNoise, writeSmallScene, writeWav } from '../../cli/cli-support.ts';

const folder = temporaryFolder();
const kernels = await loadKernels();
const probe = (file: string, target?: string) => probeSource(file, { kernels, target });

function write(name: string, channelCount: number, channelMask?: number): string {
  const file = join(folder, name);
  const signals = Array.from({ length: channelCount }, (_, channel) => whiteNoise(channel, 0.1));
  writeWav(file, signals, 480, channelMask === undefined ? {} : { channelMask });
  return file;
}

test('two channels are for headphones where target or name say so', async () => {
  expect((await probe(write('a.wav', 2))).plan.kind).toBe('stereo');
  expect((await probe(write('a.binaural.wav', 2))).plan.kind).toBe('binaural');
  expect((await probe(write('b.binaural.wav', 2), 'stereo')).plan.kind).toBe('stereo');
});

test('a bed is served in the order of its layout, with the places of its loudspeakers', async () => {
  // Mask order of 7.1: back before side. L R C LFE Lb Rb Ls Rs.
  const { plan, layout, speakers, labels } = await probe(write('a.7.1.wav', 8, 0x63f));
  expect(plan.kind).toBe('loudspeakers');
  expect(layout).toBe('7.1');
  expect(labels).toEqual(['M+030', 'M-030', 'M+000', 'LFE1', 'M+090', 'M-090', 'M+135', 'M-135']);
  expect(plan.channels.map(({ gain }) => gain)).toEqual(Array(8).fill(1));
  expect(speakers.map(({ azimuthDeg, isLfe }) => (isLfe ? 'lfe' : azimuthDeg))).toEqual([
    ...[30, -30, 0, 'lfe', 90, -90, 135, -135],
  ]);
});

test('ambisonics are served as AmbiX, to order 3 at most', async () => {
  const first = await probe(write('a.ambix1.n3d.wav', 4));
  expect(first).toMatchObject({ order: 1, fileOrder: 1, labels: ['ACN0', 'ACN1', 'ACN2', 'ACN3'] });
  const third = 1 / Math.sqrt(3);
  expect(first.plan.channels.map(({ gain }) => gain)).toEqual([1, third, third, third]);
  const fifth = await probe(write('a.ambix5.wav', 36));
  expect(fifth).toMatchObject({ order: 3, fileOrder: 5 });
  expect(fifth.plan.channels).toHaveLength(16);
  const fuma = await probe(write('b.amb', 4));
  // W X Y Z: W is 3 dB low, X is ACN 3, Y is ACN 1, Z is ACN 2.
  expect(fuma.plan.channels).toEqual([
    { track: 0, gain: Math.SQRT2 },
    { track: 2, gain: 1 },
    { track: 3, gain: 1 },
    { track: 1, gain: 1 },
  ]);
});

test('a head-locked pair comes behind', async () => {
  const { plan, labels } = await probe(write('a.ambix2.wav', 11));
  expect(plan.channels.slice(9)).toEqual([
    { track: 9, gain: 1 },
    { track: 10, gain: 1 },
  ]);
  expect(labels.slice(9)).toEqual(['HL-L', 'HL-R']);
});

test('a scene is served track by track', async () => {
  const { plan, labels, beds, frameCount } = await probe(writeSmallScene(folder, 0.5));
  expect(plan.kind).toBe('scene');
  expect(frameCount).toBe(24_000);
  expect(labels).toHaveLength(12);
  expect([labels[0], labels[10], labels[11]]).toEqual(['bed M+030', 'voice', 'fly']);
  expect(beds).toMatchObject([{ elementIndex: 0, layout: '7.1.2' }]);
  expect(beds![0]!.speakers[3]).toEqual({ label: 'LFE1', azimuthDeg: 45, elevationDeg: -30, isLfe: true });
  expect(beds![0]!.speakers[5]).toEqual({ label: 'M-090', azimuthDeg: -90, elevationDeg: 0, isLfe: false });
});

test('audio without a frame is refused', async () => {
  const file = join(folder, 'empty.wav');
  writeWav(file, [() => 0, () => 0], 0);
  await expect(probe(file)).rejects.toMatchObject({ code: 'empty-audio' });
});
