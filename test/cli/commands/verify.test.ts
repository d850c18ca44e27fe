import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { periphon, temporaryFolder, whiteNoise, writeWav } from '../cli-support.ts';

const folder = temporaryFolder();

test('periphon verify proves a folder, and fails where a file has changed', () => {
  writeWav(join(folder, 'mix.wav'), [whiteNoise(1, 0.1), whiteNoise(2, 0.1)], 4800);
  expect(periphon(['render', 'mix.wav', '--to', 'stereo', '--out', 'out'], folder).status).toBe(0);
  expect(periphon(['verify', 'out'], folder)).toMatchObject({
    status: 0,
    stdout: 'out: 1 of 1 files are the same\nout: 1 of 1 inputs are the same\n',
    stderr: '',
  });
  appendFileSync(join(folder, 'out', 'mix.stereo.wav'), 'x');
  const changed = periphon(['verify', 'out'], folder);
  expect(changed.status).toBe(1);
  expect(changed.stdout).toContain('  changed: mix.stereo.wav');
  const json = JSON.parse(periphon(['verify', 'out', '--json'], folder).stdout) as { isProved: boolean };
  expect(json.isProved).toBe(false);
  expect(periphon(['verify', '.'], folder)).toMatchObject({ status: 3 });
});
