import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SceneReader } from '../../src/io/scene-reader.ts';
import {
  checkRateChange,
  deliverableName,
  excerptOf,
  planOptionsOf,
  prepareOutputs,
  resolveLayout,
  resolveTargets,
} from '../../src/job/scene-job.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { bedScene, createScene } from '../../src/scene/make-scene.ts';
import { jobFolder, writeText } from './scenes.ts';

const folder = jobFolder();
const reader = { sampleRateHz: 48000, frameCount: 96_000 } as SceneReader;
const excerpt = (fromSec?: number, durationSec?: number) =>
  excerptOf(reader, { scene: 's', outDir: '', fromSec, durationSec });

test('excerpts', () => {
  expect(excerpt()).toEqual({ startFrame: 0, frameCount: 96_000 });
  expect(excerpt(0.5, 1)).toEqual({ startFrame: 24_000, frameCount: 48_000 });
  expect(excerpt(1.5, 9)).toEqual({ startFrame: 72_000, frameCount: 24_000 });
  expect(() => excerpt(2)).toThrow(/lasts 2\.000 s/);
  expect(() => excerpt(0, 0)).toThrow(/above 0/);
  const empty = { sampleRateHz: 48000, frameCount: 0 } as SceneReader;
  expect(() => excerptOf(empty, { scene: 's', outDir: '' })).toThrow(/s holds no audio/);
});

test('rules are asked for, or those of the master', () => {
  const delivery = {
    ...createScene('s', []).delivery,
    downmixType: 'ltRtPLII',
    phaseShift90: true,
    warpMode: 'loRo',
  } as const;
  const scene = { ...createScene('s', []), delivery };
  const job = { scene: 's', outDir: '' };
  expect(planOptionsOf(job, scene)).toEqual({
    channelOrder: 'wav',
    fold: { rule: 'lt-rt-pl2', phaseShift: true },
    surround: 'lo-ro',
    hasDividedBeds: false,
    ambisonics: undefined,
  });
  const fold = { rule: 'lo-ro', lfeDb: 0, phaseShift: false } as const;
  const rendering = { trims: { surround: 'direct' } } as const;
  expect(planOptionsOf({ ...job, fold, rendering }, scene)).toMatchObject({ fold, surround: 'direct' });
  // What a master says of its own fold is nothing to a rule without phase shift.
  expect(planOptionsOf({ ...job, fold: { rule: 'bs775' } }, scene).fold.phaseShift).toBeUndefined();
  const silent = planOptionsOf(job, createScene('s', []));
  expect([silent.fold.rule, silent.fold.phaseShift, silent.surround]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(planOptionsOf(job, bedScene(getLayout('7.1'))).hasDividedBeds).toBe(true);
});

test('sample rates of deliverables', () => {
  for (const toHz of [8000, 44100, 48000, 192000]) expect(() => checkRateChange(48000, toHz)).not.toThrow();
  expect(() => checkRateChange(384000, 384000)).not.toThrow();
  for (const toHz of [7999, 192001, 44100.5, NaN])
    expect(() => checkRateChange(48000, toHz)).toThrow(/8000 to 192000/);
  expect(() => checkRateChange(47999, 191999)).toThrow(/191999 Hz/);
});

test('names of deliverables fit every file system', () => {
  expect(deliverableName('song', '7.1.4')).toBe('song.7.1.4.wav');
  expect(deliverableName('a/b: "c"?', 'stereo')).toBe('a_b_ _c__.stereo.wav');
  expect(deliverableName('song', 'report', 'json')).toBe('song.report.json');
});

test('layouts by name or by file', () => {
  const loudspeakers = [
    { label: 'A', azimuthDeg: 45, elevationDeg: 0 },
    { label: 'B', azimuthDeg: -45, elevationDeg: 0 },
    { label: 'C', azimuthDeg: 180, elevationDeg: 0 },
  ];
  const file = writeText(folder, 'three.layout.json', JSON.stringify({ loudspeakers }));
  expect(resolveLayout(file).loudspeakers.map(({ label }) => label)).toEqual(['A', 'B', 'C']);
  expect(resolveTargets(['7.1.4', file]).map(({ name }) => name)).toEqual(['7.1.4', 'three']);
  expect(() => resolveLayout('7.1.5')).toThrow(/7\.1\.4/);
  expect(() => resolveLayout(join(folder, 'gone.json'))).toThrow(/gone\.json/);
  expect(() => resolveLayout(writeText(folder, 'bad.json', '{'))).toThrow(/line 1|1:/);
});

test('outputs are prepared, or refused before any work', async () => {
  const out = join(folder, 'a', 'b');
  await prepareOutputs(out, ['x.wav'], false);
  expect(existsSync(out)).toBe(true);
  writeText(out, 'x.wav', '');
  await expect(prepareOutputs(out, ['x.wav', 'y.wav'], false)).rejects.toMatchObject({
    code: 'output-exists',
    message: expect.stringContaining('x.wav already'),
  });
  await prepareOutputs(out, ['x.wav'], true);
  await expect(prepareOutputs(join(out, 'x.wav'), [], false)).rejects.toMatchObject({ name: 'OutputError' });
});
