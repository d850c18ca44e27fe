import { expect, test } from 'vitest';
import { addRun, parseManifest, type ManifestRun } from '../../src/deliver/manifest.ts';

const run = (command: ManifestRun['command'], ...paths: string[]): ManifestRun => ({
  command,
  versions: { periphon: '0.1.0', node: 'v20', kernels: 'simd' },
  inputs: [],
  options: {},
  files: paths.map((path) => ({ path, sha256: 'ab', bytes: 1 })),
});

test('a run takes over the names that earlier runs made; those left without files go', () => {
  const first = addRun({ version: 1, runs: [] }, run('render', 'a.wav', 'b.wav'));
  const second = addRun(first, run('master', 'b.wav'));
  expect(second.runs.map(({ command, files }) => [command, files.map(({ path }) => path)])).toEqual([
    ['render', ['a.wav']],
    ['master', ['b.wav']],
  ]);
  expect(addRun(second, run('master', 'a.wav', 'b.wav')).runs).toHaveLength(1);
});

test('what is no manifest is none', () => {
  const manifest = { version: 1, runs: [run('master', 'a.wav')] };
  expect(parseManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
  for (const other of [
    undefined,
    1,
    {},
    { version: 2, runs: [] },
    { version: 1, runs: [{}] },
    { version: 1, runs: [null] },
  ])
    expect(parseManifest(other)).toBeUndefined();
  const broken = { version: 1, runs: [{ inputs: [], files: [{ path: 1 }] }] };
  expect(parseManifest(broken)).toBeUndefined();
});
