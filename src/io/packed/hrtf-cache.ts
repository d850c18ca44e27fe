import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import { makeFolder, writeFileAtomically } from '../atomic-file.ts';
import { formatPackedHrtf, parsePackedHrtf } from './packed-hrtf.ts';

/** Counts up when the preparation of sets changes, so that no old result is taken for a new one. */
const preparation = 1;

/**
 * Folder for what can be made again: PERIPHON_CACHE_DIR, else a folder of periphon's own where the system keeps
 * such things.
 */
export function cacheFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.PERIPHON_CACHE_DIR) return environment.PERIPHON_CACHE_DIR;
  const home = homedir();
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'periphon', 'Cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'periphon');
  return join(environment.XDG_CACHE_HOME || join(home, '.cache'), 'periphon');
}

/**
 * The set that is made from some bytes, from the cache where it was made before. The first time gives the same
 * numbers as every other: what is returned has been through the packed form. A cache that cannot be read or
 * written costs time and nothing else.
 * @param folder of the cache
 */
export async function cachedHrtf(
  bytes: Uint8Array,
  make: () => Promise<HrtfSet>,
  folder = cacheFolder(),
): Promise<HrtfSet> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const file = join(folder, 'hrtf', `${hash}.${preparation}.phrtf`);
  try {
    return parsePackedHrtf(await readFile(file), file);
  } catch {
    const packed = formatPackedHrtf(await make());
    await makeFolder(join(folder, 'hrtf'))
      .then(() => writeFileAtomically(file, packed, { overwrite: true }))
      .catch(() => undefined);
    return parsePackedHrtf(packed, file);
  }
}
