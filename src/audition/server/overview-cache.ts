import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFileAtomically } from '../../io/atomic-file.ts';
import { cacheFolder } from '../../io/packed/hrtf-cache.ts';
import { packageVersion } from '../../job/version.ts';
import type { Overview } from '../protocol/session.ts';
import type { AuditionPlan } from './audition-plan.ts';

/** Counts up when what an overview holds changes, so that no old one is taken for a new one. */
const form = 2;

/** So many overviews are kept, those that were used last, each for so long after its last use. */
const keptCount = 300;
const keptDays = 90;

/** Overviews of earlier sessions. A cache that cannot be read or written costs time and nothing else. */
export interface OverviewCache {
  find(sourceId: string, hrtfId: string): Promise<Overview | undefined>;
  keep(sourceId: string, hrtfId: string, overview: Overview): Promise<void>;
}

/**
 * Opens the overviews of a session's files, which are told by size and time of change, not by content.
 * @param folder of the cache; periphon's own where undefined
 */
export function openOverviewCache(
  { session, sources, hrtfs }: AuditionPlan,
  folder: string = join(cacheFolder(), 'audition'),
): OverviewCache {
  const planHashes = new Map<string, string>();
  /** Of what a source was planned to be, its scene included: side files of scenes are in there too. */
  function planHash(sourceId: string): string {
    const hash = planHashes.get(sourceId) ?? sha256(JSON.stringify(sources[sourceId], asText));
    planHashes.set(sourceId, hash);
    return hash;
  }
  async function fileOf(sourceId: string, hrtfId: string): Promise<string> {
    const plan = sources[sourceId]!;
    // Two channels are heard as they are, through no set.
    const isPair = plan.kind === 'binaural' || plan.kind === 'stereo';
    const hrtf = isPair ? undefined : hrtfs.find(({ id }) => id === hrtfId)?.file;
    const files = await Promise.all([...plan.files, ...(hrtf === undefined ? [] : [hrtf])].map(identity));
    const text = JSON.stringify([form, packageVersion, session.sampleRateHz, files, planHash(sourceId)]);
    return join(folder, `${sha256(text)}.json`);
  }
  return {
    async find(sourceId, hrtfId) {
      try {
        const file = await fileOf(sourceId, hrtfId);
        const overview = JSON.parse(await readFile(file, 'utf8')) as Overview;
        await markUsed(file);
        return overview;
      } catch {
        return undefined;
      }
    },
    async keep(sourceId, hrtfId, overview) {
      try {
        const file = await fileOf(sourceId, hrtfId);
        await makeFolder(folder);
        await writeFileAtomically(file, JSON.stringify(overview), { overwrite: true });
        await prune(folder);
      } catch {
        // The next session measures again.
      }
    },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Writes what JSON does not know, so that equal plans have equal texts and others do not. */
const asText = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? `${value}` : value;

/** The time of change of an overview is that of its last use. */
const markUsed = (file: string): Promise<void> => utimes(file, new Date(), new Date()).catch(() => undefined);

/** Throws away what was not used for long, and what is more than enough; other files are none of its business. */
async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^\.?[\da-f]{64}\.json/.test(name));
  const files = await Promise.all(
    names.map(async (name) => ({ name, usedMs: (await stat(join(folder, name))).mtimeMs })),
  );
  const oldestMs = Date.now() - keptDays * 24 * 3600 * 1000;
  const old = files
    .sort((a, b) => b.usedMs - a.usedMs)
    .filter(({ usedMs }, place) => place >= keptCount || usedMs < oldestMs);
  for (const { name } of old) await rm(join(folder, name), { force: true });
}

async function identity(file: string): Promise<readonly unknown[]> {
  const { size, mtimeMs } = await stat(file);
  return [file, size, mtimeMs];
}
