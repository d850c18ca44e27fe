import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAudioDesk, withFilterMemory } from '../../../src/audition/server/audio-desk.ts';
import { planAudition } from '../../../src/audition/server/audition-plan.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';
import { writeDeliverables } from './audition-support.ts';

test('reads sources and makes filters, each once', async () => {
  const folder = join(temporaryFolder(), 'delivery');
  writeDeliverables(folder);
  const plan = await planAudition({ input: folder }, await loadKernels());
  const desk = withFilterMemory(createAudioDesk(plan));
  expect(await desk.read('5.1', 100, 10)).toHaveLength(60);
  const [hrtf] = plan.session.hrtfs;
  const filters = await desk.loudspeakerFilters('kemar', '5.1');
  expect(filters).toHaveLength(6 * 2 * hrtf!.loudspeakerTapCount);
  expect(await desk.loudspeakerFilters('kemar', '5.1')).toBe(filters);
  expect(await desk.ambisonicFilters('kemar', 1)).toHaveLength(2 * 4 * hrtf!.ambisonicTapCount);
  await expect(desk.ambisonicFilters('none', 1)).rejects.toMatchObject({ code: 'unknown-hrtf' });
  await desk.close();
});
