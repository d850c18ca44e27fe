import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Overview } from '../../../src/audition/protocol/session.ts';
import { planAudition, type AuditionPlan } from '../../../src/audition/server/audition-plan.ts';
import { openOverviewCache } from '../../../src/audition/server/overview-cache.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { temporaryFolder, writeSmallScene } from '../../cli/cli-support.ts';
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

test('finds what an equal plan has kept, however its arrays came to be', async () => {
  const folder = join(root, 'equal');
  writeDeliverables(folder);
  const plan = await planAudition({ input: folder }, await loadKernels());
  await openOverviewCache(plan, join(root, 'equal-cache')).keep('5.1', 'kemar', overview);
  const find = (sources: AuditionPlan['sources']) =>
    openOverviewCache({ ...plan, sources }, join(root, 'equal-cache')).find('5.1', 'kemar');
  expect(await find(withHoleyArrays(plan.sources))).toEqual(overview);
  const source = plan.sources['5.1']!;
  const [element] = source.scene.elements;
  for (const gainDb of [-Infinity, NaN, -1]) {
    const scene = { ...source.scene, elements: [{ ...element!, gainDb }] };
    expect(await find({ '5.1': { ...source, scene } })).toBeUndefined();
  }
});

test('a scene whose side file has changed is another', async () => {
  const folder = join(root, 'side');
  const input = writeSmallScene(folder);
  const document = JSON.parse(readFileSync(input, 'utf8')) as { objects: object[] };
  writeFileSync(
    input,
    JSON.stringify({ ...document, objects: [{ name: 'fly', file: 'stems/fly.wav', path: 'fly.csv' }] }),
  );
  const openAt = async (azimuthDeg: number) => {
    writeFileSync(join(folder, 'fly.csv'), `timeSec,azimuthDeg,elevationDeg\n0,0,0\n2,${azimuthDeg},0\n`);
    return openOverviewCache(await planAudition({ input }, await loadKernels()), join(root, 'side-cache'));
  };
  await (await openAt(90)).keep('scene', 'kemar', overview);
  expect(await (await openAt(90)).find('scene', 'kemar')).toEqual(overview);
  expect(await (await openAt(91)).find('scene', 'kemar')).toBeUndefined();
});

/** A deep copy whose arrays the engine knows as arrays with holes, and stores and serialises otherwise. */
function withHoleyArrays<T>(value: T): T {
  if (Array.isArray(value)) {
    const copy: unknown[] = new Array(value.length);
    value.forEach((item, index) => (copy[index] = withHoleyArrays<unknown>(item)));
    return copy as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withHoleyArrays<unknown>(item)]),
  ) as T;
}

test('keeps what is used, throws away what is old or too much, and leaves other files alone', async () => {
  const folder = join(root, 'pruned');
  const cacheFolder = join(root, 'full');
  writeDeliverables(folder);
  mkdirSync(cacheFolder);
  const cache = openOverviewCache(await planAudition({ input: folder }, await loadKernels()), cacheFolder);
  await cache.keep('5.1', 'kemar', overview);
  const [used] = readdirSync(cacheFolder);
  const daysAgo = (days: number): Date => new Date(Date.now() - days * 24 * 3600 * 1000);
  const write = (name: string, days: number): void => {
    writeFileSync(join(cacheFolder, name), '{}');
    utimesSync(join(cacheFolder, name), daysAgo(days), daysAgo(days));
  };
  utimesSync(join(cacheFolder, used!), daysAgo(80), daysAgo(80));
  expect(await cache.find('5.1', 'kemar')).toEqual(overview);
  expect(statSync(join(cacheFolder, used!)).mtimeMs).toBeGreaterThan(daysAgo(1).getTime());
  const nameOf = (index: number): string => `${index.toString(16).padStart(64, '0')}.json`;
  for (let index = 0; index < 310; index++) write(nameOf(index), 1 + index / 10);
  const left = [`.${nameOf(400)}.0123456789ab.part`, nameOf(500)];
  for (const name of left) write(name, 91);
  write('notes.txt', 1000);
  await cache.keep('stereo', 'kemar', overview);
  const names = readdirSync(cacheFolder);
  expect(names).toHaveLength(301);
  for (const name of [used!, nameOf(0), nameOf(297), 'notes.txt']) expect(names).toContain(name);
  for (const name of [nameOf(298), ...left]) expect(names).not.toContain(name);
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
