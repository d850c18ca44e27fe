import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { planAudition } from '../../../src/audition/server/audition-plan.ts';
import type { Warning } from '../../../src/base/errors.ts';
import type { Kernels } from '../../../src/kernels/kernels.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { readSceneText } from '../../../src/scene/scene-text.ts';
import { sceneTracks } from '../../../src/scene/scene.ts';
import { sine, temporaryFolder, writeSmallScene, writeWav } from '../../cli/cli-support.ts';
import { writeDeliverables } from './audition-support.ts';

const root = temporaryFolder();
const folder = join(root, 'delivery');
let kernels: Kernels;
let scene: string;
beforeAll(async () => {
  kernels = await loadKernels();
  writeDeliverables(folder);
  scene = writeSmallScene(root, 1);
});

test('a folder of deliverables, in order, with what its report says', async () => {
  const warnings: Warning[] = [];
  const plan = await planAudition({ input: folder, onWarning: (warning) => warnings.push(warning) }, kernels);
  expect(warnings).toEqual([]);
  const { session } = plan;
  expect(session).toMatchObject({ title: 'song', sampleRateHz: 48000, frameCount: 24_000 });
  expect(
    session.sources.map(({ id, kind, layout, order, targetLufs }) => [id, kind, layout ?? order, targetLufs]),
  ).toEqual([
    ['binaural', 'binaural', undefined, -16],
    ['stereo', 'stereo', undefined, -14],
    ['5.1', 'loudspeakers', '5.1', -18],
    ['ambix1', 'ambisonics', 1, undefined],
  ]);
  expect(session.layouts['5.1']).toHaveLength(6);
  expect(session.checks).toMatchObject([{ sourceId: 'stereo', profile: 'spotify', result: 'pass' }]);
  expect(plan.files).toEqual(['song.binaural.wav', 'song.stereo.wav', 'song.5.1.wav', 'song.ambix1.wav']);
  expect(plan.sceneText).toBeUndefined();
});

test('a scene and a stereo master beside them', async () => {
  const master = join(root, 'master.wav');
  writeWav(master, [sine(440, 0.1), sine(440, 0.1)], 44_100, { sampleRateHz: 44100 });
  const { session, files } = await planAudition({ input: folder, scene, stereoMaster: master }, kernels);
  expect(session.sources.map(({ id }) => id)).toEqual([
    ...['binaural', 'stereo', 'stereo-master', '5.1', 'ambix1', 'scene'],
  ]);
  expect(session.sources[2]).toMatchObject({ frameCount: 48_000, fileSampleRateHz: 44100, file: undefined });
  expect(session.frameCount).toBe(48_000);
  expect(files).not.toContain('master.wav');
});

test('a scene alone, with the text that the page reads', async () => {
  const { session, sceneText } = await planAudition({ input: scene }, kernels);
  expect(session.sources).toMatchObject([{ id: 'scene', kind: 'scene', channelCount: 12 }]);
  expect(session.title).toBe('small');
  const read = await readSceneText(sceneText!);
  expect(sceneTracks(read)).toHaveLength(12);
  expect(read.elements.map(({ name }) => name)).toEqual(['bed', 'voice', 'fly']);
});

test('what cannot be read is left out, with a warning', async () => {
  const damaged = join(root, 'damaged');
  writeDeliverables(damaged);
  writeFileSync(join(damaged, 'song.stereo.wav'), 'no audio');
  const warnings: Warning[] = [];
  const { session } = await planAudition(
    { input: damaged, onWarning: (warning) => warnings.push(warning) },
    kernels,
  );
  expect(session.sources.map(({ id }) => id)).toEqual(['binaural', '5.1', 'ambix1']);
  expect(warnings).toMatchObject([{ code: 'deliverable-left-out' }]);
});

test('says what is nothing to hear', async () => {
  await expect(planAudition({ input: temporaryFolder() }, kernels)).rejects.toMatchObject({
    code: 'no-deliverables',
  });
  await expect(planAudition({ input: join(root, 'none') }, kernels)).rejects.toMatchObject({
    code: 'file-missing',
  });
  await expect(planAudition({ input: join(folder, 'report.json') }, kernels)).rejects.toThrow();
});
