import { expect, test } from 'vitest';
import type { Warning } from '../../src/base/errors.ts';
import type { MetadataEdits } from '../../src/job/metadata-edits.ts';
import { openMetadataFile } from '../../src/job/metadata-file.ts';
import { elementNames, planMetadataEdits } from '../../src/job/metadata-plan.ts';
import { writeMaster } from './metadata-masters.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const dolby = await writeMaster(folder, 'dolby');
const itu = await writeMaster(folder, 'itu', { to: 'adm-itu' });

/** Plans edits of a file. */
async function plan(file: string, edits: MetadataEdits) {
  const warnings: Warning[] = [];
  const opened = await openMetadataFile(file, {});
  const made = await planMetadataEdits(opened, edits, (warning) => void warnings.push(warning));
  await opened.input.close();
  return {
    ...made,
    replaced: [...made.edit.replaced.keys()].map(({ id }) => id),
    added: made.edit.added.map(({ id }) => id),
    warnings: warnings.map(({ code }) => code),
    names: elementNames(opened),
  };
}

test('names live in axml, all else in dbmd', async () => {
  const renames = [{ before: 'Vox 1', after: 'Lead' }];
  expect(await plan(dolby, { renames })).toMatchObject({ replaced: ['axml'], added: [], warnings: [] });
  expect(await plan(dolby, { frameRate: '25' })).toMatchObject({ replaced: ['dbmd'], added: [] });
  expect(await plan(itu, { programmeName: 'x' })).toMatchObject({
    replaced: ['axml'],
    added: [],
    warnings: [],
  });
  const both = await plan(dolby, { renames, warpMode: 'normal' });
  expect(both.replaced.sort()).toEqual(['axml', 'dbmd']);
});

test('changes are what a reader of the new chunks sees', async () => {
  const { changes } = await plan(dolby, {
    renames: [{ before: 'Vox 1', after: 'Lead' }],
    binauralModes: [{ of: 'Vox 1', mode: 'near' }],
    trims: [{ layout: '5.1', values: { listenerBalance: 0.25 } }],
  });
  // Balances are kept in 127ths.
  const after = expect.objectContaining({ automatic: false, listenerBalance: 32 / 127 });
  expect(changes).toMatchObject([
    { field: 'trim', of: '5.1', after },
    { field: 'elementName', before: 'Vox 1', after: 'Lead' },
    { field: 'binauralMode', of: 'Vox 1', after: 'near' },
  ]);
});

test('a file without dbmd gets one, and is said so', async () => {
  const made = await plan(itu, { binauralModes: [{ of: 'Vox*', mode: 'far' }] });
  expect(made).toMatchObject({ replaced: [], added: ['dbmd'], warnings: ['metadata-dbmd-new'] });
  expect(
    made.changes.filter(({ field }) => field === 'binauralMode').map(({ of, after }) => [of, after]),
  ).toEqual(
    expect.arrayContaining([
      ['Vox 1', 'far'],
      ['Vox 2', 'far'],
      ['Bed M+030', 'notIndicated'],
    ]),
  );
});

test('names that importers or our reader go by come with a warning', async () => {
  expect((await plan(dolby, { programmeName: 'mine' })).warnings).toEqual(['metadata-programme-name']);
  expect((await plan(dolby, { programmeName: 'Atmos_Master' })).warnings).toEqual([]);
});

test('what answers to nothing is told, with the names that there are', async () => {
  const made = await plan(dolby, {
    renames: [{ before: 'Drum', after: 'x' }],
    binauralModes: [{ of: 'Vax*', mode: 'off' }],
  });
  expect(made.unmatched).toEqual(['Drum', 'Vax*']);
  expect(made.names).toEqual(['Bed', 'Vox 1', 'Vox 2', 'Keys: left']);
});
