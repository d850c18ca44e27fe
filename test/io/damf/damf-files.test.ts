import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { damfFilesOf, damfRootOf, isDamfName, locateDamf } from '../../../src/io/damf/damf-files.ts';
import { jobFolder } from '../../job/scenes.ts';

const folder = jobFolder();

test('names of masters and of their parts', () => {
  const names = [
    'a.atmos',
    'b c.ATMOS',
    'a.atmos.metadata',
    'a.atmos.audio',
    'a.atmos.wav',
    'a.caf',
    'atmos',
  ];
  expect(names.map(isDamfName)).toEqual([true, true, true, true, false, false, false]);
  expect(['a.atmos', 'a.atmos.audio', 'x/a.b.atmos.metadata'].map(damfRootOf)).toEqual([
    'a.atmos',
    'a.atmos',
    'x/a.b.atmos',
  ]);
  expect(damfFilesOf('a.atmos')).toEqual({
    root: 'a.atmos',
    metadata: 'a.atmos.metadata',
    audio: 'a.atmos.audio',
  });
});

test('files are looked for beside the root file only, whatever path it states', async () => {
  const own = join(folder, 'own');
  mkdirSync(own);
  writeFileSync(join(folder, 'secret.caf'), '');
  for (const name of ['m', 'mix.atmos.audio']) writeFileSync(join(own, name), '');
  const root = join(own, 'mix.atmos');
  const codes: string[] = [];
  const found = await locateDamf(
    root,
    { metadata: '../somewhere/m', audio: '../secret.caf' },
    ({ code }) => void codes.push(code),
  );
  expect(found).toEqual({ root, metadata: join(own, 'm'), audio: join(own, 'mix.atmos.audio') });
  expect(codes).toEqual(['damf-stale-name']);
  await expect(locateDamf(root, { metadata: '', audio: 'm' }, () => {})).rejects.toMatchObject({
    code: 'damf-part-missing',
    message: expect.stringContaining('no mix.atmos.metadata beside it'),
  });
});
