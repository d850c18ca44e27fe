import { appendFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Overview } from '../../../src/audition/protocol/session.ts';
import { planAudition } from '../../../src/audition/server/audition-plan.ts';
import { openOverviewCache } from '../../../src/audition/server/overview-cache.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';
import { writeDeliverables } from './audition-support.ts';

const root = temporaryFolder();
const overview = { peakStepFrames: 7 } as Overview;

test('finds what was kept of the same file, and not of one that has changed', async () => {
  const folder = join(root, 'delivery');
  writeDeliverables(folder);
  const plan = await planAudition({ input: folder }, await loadKernels());
  const cached = { ...plan, hrtfs: [...plan.hrtfs, { id: 'head', file: join(root, 'head.sofa') }] };
  writeFileSync(join(root, 'head.sofa'), 'x');
  const cache = openOverviewCache(cached, join(root, 'cache'));
  expect(await cache.find('5.1', 'kemar')).toBeUndefined();
  await cache.keep('5.1', 'kemar', overview);
  expect(await openOverviewCache(cached, join(root, 'cache')).find('5.1', 'kemar')).toEqual(overview);
  expect(await cache.find('5.1', 'head')).toBeUndefined();
  expect(await cache.find('stereo', 'kemar')).toBeUndefined();
  // Two channels are heard through no set.
  await cache.keep('stereo', 'kemar', overview);
  expect(await cache.find('stereo', 'head')).toEqual(overview);
  expect(readdirSync(join(root, 'cache'))).toHaveLength(2);
  appendFileSync(join(folder, 'song.5.1.wav'), 'x');
  expect(await cache.find('5.1', 'kemar')).toBeUndefined();
});

test('a cache that cannot be written is none', async () => {
  const folder = join(root, 'other');
  writeDeliverables(folder);
  const plan = await planAudition({ input: folder }, await loadKernels());
  const file = join(root, 'file');
  mkdirSync(root, { recursive: true });
  writeFileSync(file, '');
  const cache = openOverviewCache(plan, join(file, 'cache'));
  await cache.keep('5.1', 'kemar', overview);
  expect(await cache.find('5.1', 'kemar')).toBeUndefined();
});
