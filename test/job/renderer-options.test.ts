import { expect, test } from 'vitest';
import { loadRendererOptions } from '../../src/job/renderer-options.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createScene } from '../../src/scene/make-scene.ts';

const shared = {
  scene: createScene('empty', []),
  sampleRateHz: 44100,
  kernels: createScalarKernels(),
  settings: { binaural: { lfeDb: -6 } },
};

test('adds the default HRTF at the rate of the job, only where headphones are served', async () => {
  const heard = await loadRendererOptions(shared, true);
  expect(heard).toMatchObject({ sampleRateHz: 44100, settings: shared.settings });
  expect(heard.hrtf?.sampleRateHz).toBe(44100);
  expect((await loadRendererOptions(shared, false)).hrtf).toBeUndefined();
});
