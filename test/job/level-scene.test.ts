import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openLevelingScene, recordedPeakBytes } from '../../src/job/level-scene.ts';
import { measureFiles } from '../../src/job/measure-file.ts';
import { openMasterJob } from '../../src/job/master-scene.ts';
import type { Progress } from '../../src/job/progress.ts';
import type { SceneOutput, SceneOutputFiles } from '../../src/job/scene-outputs.ts';
import { openWorkerPool } from '../../src/job/worker-pool.ts';
import { jobFolder, writeTinyScene } from './scenes.ts';

const folder = jobFolder();
const scratchDir = jobFolder();
let scene: string;
beforeAll(() => {
  scene = writeTinyScene(folder, 48_000);
});

test('a scene is heard as it will be read of its file, and written with its gain', async () => {
  const progress: Progress[] = [];
  const job = await openMasterJob({
    ...{ scene, outDir: folder, targets: ['adm'], loudnessLufs: { adm: -18 } },
    onProgress: (step) => void progress.push(step),
  });
  const pool = openWorkerPool({ workerCount: 0, module: new URL('file:///none') });
  const open = new Set<SceneOutputFiles>();
  const { onProgress } = job.options;
  expect(onProgress).toBeDefined();
  const [output] = job.sceneOutputs as [SceneOutput];
  const leveling = await openLevelingScene(
    { job, output, settings: output.target.level! },
    { pool, scratchDir, open },
  );
  expect(leveling.unlimited.map(({ name }) => name)).toEqual(['5.1', 'stereo', '7.1.4', 'binaural']);
  const scratchSizes = readdirSync(scratchDir).map((name) => statSync(join(scratchDir, name)).size);
  const scratchBytes = scratchSizes.reduce((sum, size) => sum + size, 0);
  expect(scratchBytes).toBe(recordedPeakBytes(output.target.level!, 48_000));
  const pass = await leveling.write(-6, [], 2);
  expect([...open]).toEqual([pass.files]);
  for (const [index, { figures }] of pass.renders.entries())
    expect(figures.integratedLufs).toBeCloseTo(leveling.unlimited[index]!.figures.integratedLufs - 6, 2);
  expect(pass.reductions.map(({ maxReductionDb }) => maxReductionDb)).toEqual([0, 0]);
  await pass.files.finish();
  await leveling.close();
  expect(readdirSync(scratchDir)).toEqual([]);
  await job.reader.close();
  await pool.close();
  expect([...new Set(progress.map(({ phase, subject }) => `${phase} ${subject}`))]).toEqual([
    'measure tiny, adm',
    'level tiny, adm, pass 2',
  ]);
  // The trims of a Dolby Atmos master are automatic where nothing is stated: its renders are others than the scene's.
  const { files } = await measureFiles([join(folder, 'tiny.adm.wav'), scene], { withBinaural: true });
  const [written, source] = files.map(({ reRenders }) => reRenders!);
  const heard = Object.fromEntries(pass.renders.map(({ name, figures }) => [name, figures.integratedLufs]));
  expect(heard['5.1']).toBeCloseTo(written!['5.1']!.integratedLufs, 3);
  expect(heard.stereo).toBeCloseTo(written!['2.0']!.integratedLufs, 3);
  expect(heard.binaural).toBeCloseTo(written!.binaural!.integratedLufs, 3);
  expect(Math.abs(heard['5.1']! + 6 - source!['5.1']!.integratedLufs)).toBeGreaterThan(0.01);
});
