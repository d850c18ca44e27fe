import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { periphon, temporaryFolder, writeSmallScene } from '../cli-support.ts';

const folder = temporaryFolder();
let scene: string;
beforeAll(() => {
  scene = writeSmallScene(folder, 0.5);
});
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};
const run = (...args: string[]) => periphon(args, folder);

test('a recipe is begun, found valid and explained', () => {
  const begun = run('recipe', 'new', scene, '--out', 'new.yaml');
  expect(begun).toMatchObject({ status: 0, stdout: 'new.yaml\n', stderr: '' });
  expect(run('recipe', 'new', scene, '--dry-run').stdout).toBe(
    readFileSync(join(folder, 'new.yaml'), 'utf8'),
  );
  expect(run('recipe', 'new', scene, '--out', 'new.yaml').status).toBe(4);
  const valid = run('recipe', 'validate', 'new.yaml');
  expect(valid).toMatchObject({
    status: 0,
    stdout: 'new.yaml: valid, 3 effects, settings for 7.1.4, binaural, stereo\n',
  });
  const explained = run('recipe', 'explain', 'new.yaml', scene);
  expect(explained).toMatchObject({ status: 0, stderr: '' });
  expect(explained.stdout).toMatch(/^2\. presence \(eq\): /m);
  expect(JSON.parse(run('recipe', 'explain', 'new.yaml', scene, '--json').stdout)).toMatchObject({
    version: 1,
    sceneStage: [{ id: 'rumble', idle: 'bypass' }, { id: 'presence' }, { id: 'room' }],
  });
});

test('every fault has its line and column', () => {
  const file = write(
    'bad.yaml',
    'version: 1\nscene:\n  - type: gain\n    gainDb: 99\n    grup: front\n  - type: gian\ntargets:\n  7.1.5: {}\n',
  );
  const { status, stderr } = run('recipe', 'validate', file);
  expect(status).toBe(2);
  expect(stderr).toContain('scene[0].gainDb: found 99; allowed: 24 or less (line 4, column 13)');
  expect(stderr).toContain('scene[0].grup: unknown key "grup"; did you mean "group"? (line 5, column 11)');
  expect(stderr).toMatch(/scene\[1\].type: found "gian".*did you mean "gain".*\(line 6, column 11\)/);
  expect(stderr).toMatch(/targets\["7\.1\.5"\].*\(line 8, column \d+\)/);
});

test('what contradicts itself has its place too; frequencies are judged where the rate is stated', () => {
  const file = write(
    'odd.yaml',
    'version: 1\nscene:\n  - type: multiband\n    crossoversHz: [2000, 200]\n    bands: [{ thresholdDb: -20 }, { thresholdDb: -20 }, { thresholdDb: -20 }]\n  - type: eq\n    bands:\n      - { type: bell, frequencyHz: 21500, gainDb: 1 }\n',
  );
  const { status, stderr } = run('recipe', 'validate', file);
  expect(status).toBe(2);
  expect(stderr).toContain('scene[0].crossoversHz[1]: found 200 behind 2000;');
  expect(stderr).toContain('(line 4, column 26)');
  expect(stderr).not.toContain('frequencyHz');
  expect(run('recipe', 'validate', file, '--sample-rate', '44100').stderr).toMatch(
    /scene\[1\]\.bands\[0\]\.frequencyHz: found 21500; .*\(line 8, column 36\)/,
  );
});

test('of several recipes the valid ones are told, and the faults of all others', () => {
  const good = write('good.yaml', 'version: 1\n');
  const odd = ['one.yaml', 'two.yaml'].map((name) => write(name, 'version: 2\n'));
  const { status, stdout, stderr } = run('recipe', 'validate', odd[0]!, good, odd[1]!, 'none.yaml');
  expect(status).toBe(2);
  expect(stdout).toBe('good.yaml: valid, 0 effects, settings for no target\n');
  expect(stderr).toMatch(/one\.yaml: the recipe has 1 fault[^]*two\.yaml: the[^]*none\.yaml: no such file/);
});

test('master: --bypass and --only leave entries out, and the report says so', () => {
  const recipe = write(
    'two.yaml',
    'version: 1\nscene:\n  - { type: gain, id: trim, gainDb: -3 }\n  - { type: balance, frontDb: 2 }\n',
  );
  const idleOf = (out: string, ...args: string[]) => {
    const result = run('master', scene, '--to', 'stereo', '--recipe', recipe, '--out', out, ...args);
    expect(result.status).toBe(0);
    const report = JSON.parse(readFileSync(join(folder, out, 'report.json'), 'utf8'));
    return report.sceneStage.map(({ idle }: { idle?: string }) => idle);
  };
  expect(idleOf('a')).toEqual([undefined, undefined]);
  expect(idleOf('b', '--bypass', 'trim')).toEqual(['bypass', undefined]);
  expect(idleOf('c', '--only', 'balance')).toEqual(['bypass', undefined]);
  const wrong = run('master', scene, '--recipe', recipe, '--out', 'd', '--bypass', 'glue');
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('it has trim (gain), balance2 (balance)');
});

test('without a subcommand the subcommands are named', () => {
  const { status, stderr } = run('recipe');
  expect(status).toBe(2);
  expect(stderr).toContain('Name what to do: new, validate or explain.');
});
