import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtPageFolder, listPageFiles } from '../../../src/audition/server/page-files.ts';
import { temporaryFolder } from '../../cli/cli-support.ts';

test('lists what lies in the folder, the page itself without a name', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '');
  writeFileSync(join(folder, 'assets', 'a.js'), '');
  expect([...(await listPageFiles(folder))].sort()).toEqual([
    ['', join(folder, 'index.html')],
    ['assets/a.js', join(folder, 'assets', 'a.js')],
    ['index.html', join(folder, 'index.html')],
  ]);
  expect(await listPageFiles(join(folder, 'none'))).toEqual(new Map());
});

test('the page lies beside the server', () => {
  expect(builtPageFolder.replaceAll('\\', '/')).toMatch(/\/audition\/page\/$/);
});
