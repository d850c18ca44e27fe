import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatPackedHrtf } from '../../src/io/packed/packed-hrtf.ts';
import { loadListening } from '../../src/job/listening.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { planTargets } from '../../src/job/plan.ts';
import { parseTarget } from '../../src/master/targets.ts';
import { toySet } from '../hrtf/sets.ts';

const kernels = createScalarKernels();
const folder = mkdtempSync(join(tmpdir(), 'periphon-listening-'));
const hrtf = join(folder, 'toy.phrtf');
const planOf = (target: string) => planTargets([parseTarget(target)], { channelOrder: 'wav', fold: {} });

beforeAll(() => writeFileSync(hrtf, formatPackedHrtf(toySet(30, 48000))));
afterAll(() => rmSync(folder, { recursive: true }));

test('the HRTF set that comes with periphon, at the rate of the job, for headphones and ambisonics only', async () => {
  const rendering = { binaural: { lfeDb: -6 } };
  for (const target of ['binaural', 'ambix1']) {
    const heard = await loadListening({ rendering }, planOf(target), 44100, kernels);
    expect(heard.rendering).toEqual(rendering);
    expect(heard.hrtf).toMatchObject({ sampleRateHz: 44100, directionCount: 831 });
  }
  expect((await loadListening({ rendering }, planOf('5.1'), 44100, kernels)).hrtf).toBeUndefined();
});

test.each([44100, 48000, 88200, 96000])('a set of the user is brought to %i Hz', async (sampleRateHz) => {
  const heard = await loadListening({ listening: { hrtf } }, planOf('binaural'), sampleRateHz, kernels);
  expect(heard.hrtf).toMatchObject({ name: 'toy', sampleRateHz });
  const truth = toySet(30, sampleRateHz);
  truth.arrivalSamples.forEach((arrival, r) => expect(heard.hrtf!.arrivalSamples[r]).toBeCloseTo(arrival, 3));
});

test('a head track is read, and goes to the binaural renderer', async () => {
  const headTrack = join(folder, 'head.csv');
  writeFileSync(headTrack, 'time,yaw\n0,10\n2,-20\n');
  const heard = await loadListening(
    { listening: { headTrack }, rendering: { binaural: { lfeDb: 'off' } } },
    planOf('binaural'),
    48000,
    kernels,
  );
  expect(heard.rendering!.binaural).toEqual({
    lfeDb: 'off',
    headTrack: [
      { timeSec: 0, yawDeg: 10, pitchDeg: 0, rollDeg: 0 },
      { timeSec: 2, yawDeg: -20, pitchDeg: 0, rollDeg: 0 },
    ],
  });
});

test('an equaliser goes there too', async () => {
  const headphoneEq = join(folder, 'eq.txt');
  writeFileSync(headphoneEq, 'Preamp: -3 dB\nFilter 1: ON PK Fc 1000 Hz Gain 3 dB Q 1');
  const heard = await loadListening({ listening: { headphoneEq } }, planOf('binaural'), 48000, kernels);
  expect(heard.rendering!.binaural!.headphoneEq).toMatchObject({ kind: 'parametric', preampDb: -3 });
});

test('a file that is missing is named', async () => {
  await expect(
    loadListening({ listening: { hrtf: 'no.sofa' } }, planOf('binaural'), 48000, kernels),
  ).rejects.toMatchObject({
    code: 'file-missing',
    message: expect.stringContaining('no.sofa') as string,
  });
});

test('what no target uses is warned of', async () => {
  const given = { listening: { hrtf }, rendering: { binaural: { head: noTurn, room: 'scene' } } } as const;
  const warningsOf = async (target: string, options: Parameters<typeof loadListening>[0]) => {
    const messages: string[] = [];
    const onWarning = ({ message }: { message: string }): void => void messages.push(message);
    await loadListening({ ...options, onWarning }, planOf(target), 48000, kernels);
    return messages;
  };
  expect(await warningsOf('stereo', given)).toEqual([
    'no target is binaural: the HRTF set, how the head is turned, the room change nothing',
  ]);
  // The set serves to measure ambisonics.
  expect(await warningsOf('ambix1', given)).toEqual([expect.not.stringContaining('HRTF')]);
  expect(await warningsOf('binaural', given)).toEqual([]);
  expect(await warningsOf('stereo', { rendering: { binaural: { room: 'off', lfeDb: 0 } } })).toEqual([]);
});

const noTurn = { yawDeg: 10, pitchDeg: 0, rollDeg: 0 };
