import type { WarningHandler } from '../../base/errors.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import { prepareHrtf } from '../../hrtf/prepare-hrtf.ts';
import { readWholeFile } from '../input-file.ts';
import { cachedHrtf } from '../packed/hrtf-cache.ts';
import { isPackedHrtf, parsePackedHrtf } from '../packed/packed-hrtf.ts';
import { parseSofa } from './read-sofa.ts';

/**
 * Reads an HRTF set of the user's, at its own sampling rate: a SOFA file (kept in packed form for the next time)
 * or a packed one.
 * @throws FormatError where the file cannot be read, HrtfError where it holds no set that can serve
 */
export async function loadHrtfFile(file: string, onWarning?: WarningHandler): Promise<HrtfSet> {
  const bytes = await readWholeFile(file);
  if (isPackedHrtf(bytes)) return parsePackedHrtf(bytes, file);
  return cachedHrtf(bytes, async () => prepareHrtf(await parseSofa(bytes, file, onWarning)));
}
