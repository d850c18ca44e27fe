import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import type { OverviewAnswer } from '../../../src/audition/protocol/session.ts';
import type { startAudition } from '../../../src/audition/server/start-audition.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';
import { ask, samplesOf, writeDeliverables } from './audition-support.ts';

/** The built package: the sources cannot be loaded by a thread of Node.js. */
const built = (await import(import.meta.resolve('periphon'))) as { startAudition: typeof startAudition };

const folder = join(temporaryFolder(), 'delivery');
beforeAll(() => writeDeliverables(folder));

test('serves samples, filters, overviews and the built page from its threads, and ends', async () => {
  vi.stubEnv('PERIPHON_CACHE_DIR', mkdtempSync(join(temporaryFolder(), 'cache')));
  const audition = await built.startAudition({ input: folder });
  const { pathname } = new URL(audition.url);
  const get = (path: string) => ask(audition.url, `${pathname}${path}`);
  expect((await get('')).body.toString()).toContain('<script type="module"');
  expect(samplesOf(await get('api/sources/5.1/audio'))).toHaveLength(6 * 24_000);
  const [hrtf] = audition.session.hrtfs;
  expect(samplesOf(await get('api/hrtfs/kemar/ambisonic?order=1'))).toHaveLength(8 * hrtf!.ambisonicTapCount);
  const overview = async () =>
    JSON.parse((await get('api/sources/5.1/overview')).body.toString()) as OverviewAnswer;
  await expect.poll(async () => (await overview()).state, { timeout: 20_000 }).toBe('ready');
  expect(await overview()).toMatchObject({ overview: { curveStepSec: 0.1, heardLufs: expect.any(Number) } });
  await audition.close();
  await expect(get('')).rejects.toThrow();
  vi.unstubAllEnvs();
});
