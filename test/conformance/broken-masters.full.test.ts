import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { masterFaults } from '../deliver/master-rules/master-faults.ts';
import { chunksOf, inFolder, riffOf, writeMaster, type Chunk } from '../deliver/master-rules/master-files.ts';
import { jobFolder } from '../job/scenes.ts';
import { conformanceErrors } from './media-info.ts';

/** Each fault that both know is one for MediaInfo too; that `check` names its rule is tested with the rules. */
const folder = jobFolder();
let whole: readonly Chunk[];
beforeAll(async () => {
  whole = chunksOf(readFileSync(await writeMaster(inFolder(folder, 'whole'))));
});

test.each(masterFaults.filter(({ isOurs }) => !isOurs))('$rule: $name', async ({ edit }) => {
  const file = inFolder(folder, 'broken');
  writeFileSync(file, riffOf(edit(whole)));
  expect(await conformanceErrors(file)).not.toEqual([]);
});
