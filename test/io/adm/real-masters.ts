import { readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';
import { requireTestData } from '../../support.ts';

/** Path of one of the three real masters of the outside data. */
export const realMaster = (context: TestContext, index: number): string =>
  requireTestData(context, 'data', 'dolby-adm', `sample_adm_file_${index}.wav`);

/** What the vendor's own parser prints for it. */
export const vendorText = (context: TestContext, index: number): string =>
  readFileSync(requireTestData(context, 'data', 'dolby-adm', `sample_adm_file_${index}.txt`), 'utf8');

/** The dbmd chunk of a real master: the last chunk of its file. */
export function realDbmd(context: TestContext, index: number): Buffer {
  const bytes = readFileSync(realMaster(context, index));
  const at = bytes.lastIndexOf('dbmd');
  return bytes.subarray(at + 8, at + 8 + bytes.readUInt32LE(at + 4));
}
