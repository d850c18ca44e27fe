import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { cliPath, periphon, temporaryFolder, writeSmallScene } from './cli-support.ts';

const folder = temporaryFolder();
const commands = readdirSync(resolve(import.meta.dirname, '../../src/cli/commands')).map((file) =>
  file.replace('.ts', ''),
);

test('--help names every command', () => {
  const { status, stdout } = periphon(['--help']);
  expect(status).toBe(0);
  for (const command of commands) expect(stdout).toMatch(new RegExp(`periphon ${command} `));
  expect(stdout).toMatch(/Examples:/);
});

test.each(commands)('%s --help explains its flags and shows an example', (command) => {
  const { status, stdout, stderr } = periphon([command, '--help']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`Examples:\\s+periphon ${command} \\S+`));
  expect(stdout).toMatch(/--json/);
});

test('--version is that of the package', () => {
  expect(periphon(['--version']).stdout).toBe(`${(manifest as { version: string }).version}\n`);
});

test('completion prints a script for the shell', () => {
  const { status, stdout } = periphon(['completion']);
  expect(status).toBe(0);
  expect(stdout).toContain('periphon --get-yargs-completions');
  expect(spawnSync('bash', ['-n'], { input: stdout }).status ?? 0).toBe(0);
});

describe('wrong usage is exit 2, one sentence and where help is', () => {
  test.each([
    [['measure']],
    [['mastre', 'song.scene.json']],
    [['measure', 'a.wav', '--bogus']],
    [['render', 'a.scene.json', '--channel-order', 'random']],
    [['master', 'a.scene.json', '--bit-depth', '18']],
    [['master', 'a.scene.json', '--loudness', 'loud']],
    [['master', 'a.scene.json', '--from', 'soon']],
    [['master', 'a.scene.json', '--threads', 'many']],
    [['master', 'a.scene.json', '--threads', '0']],
    [['render', 'a.scene.json', '--centre-level', 'low']],
    [['master', 'a.scene.json', '--max-reduction', '-1']],
  ])('%j', (args) => {
    const result = periphon(args, folder);
    expect(result).toMatchObject({ status: 2, stdout: '' });
    expect(result.stderr).toMatch(/^periphon: /);
    expect(result.stderr).not.toMatch(/^\s+at /m);
    expect(result.stderr.split('\n').length).toBeLessThan(6);
  });

  test('a mistyped command comes with the nearest one', () => {
    expect(periphon(['mesure', 'a.wav']).stderr).toMatch(/measure/);
  });
});

test('a reader that goes away is no fault', () => {
  const scene = writeSmallScene(folder, 0.1);
  const command = `"${process.execPath}" "${cliPath}" inspect "${scene}" --json | head -c 5; exit "\${PIPESTATUS[0]}"`;
  const result = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(result).toMatchObject({ status: 0, stdout: '{\n  "', stderr: '' });
});

test('paths with spaces, and files named from the folder they lie in', () => {
  writeSmallScene(join(folder, 'with spaces'), 0.1);
  const result = periphon(['inspect', 'small.scene.json'], join(folder, 'with spaces'));
  expect(result).toMatchObject({ status: 0, stderr: '' });
});
