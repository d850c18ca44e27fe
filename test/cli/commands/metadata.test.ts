import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { metadataPresets } from '../../../src/job/metadata-presets.ts';
import { chunk, chunksIn, riff } from '../../io/wav/wav-bytes.ts';
import { writeMaster } from '../../job/metadata-masters.ts';
import { periphon, startPeriphon, temporaryFolder } from '../cli-support.ts';

const folder = temporaryFolder();
beforeAll(async () => {
  mkdirSync(join(folder, 'my album'));
  for (const name of ['one', 'two']) await writeMaster(join(folder, 'my album'), name);
});
const inputs = ['my album/one.wav', 'my album/two.wav'];
const metadata = (...args: string[]) => periphon(['metadata', ...args], folder);

test('show: for people and for programs, one file or many', () => {
  const text = metadata('show', ...inputs, '--hash');
  expect(text).toMatchObject({ status: 0, stderr: '' });
  expect(text.stdout.match(/audio sha256 +[0-9a-f]{64}$/gm)).toHaveLength(2);
  expect(text.stdout).toContain('binaural not indicated');
  const { files } = JSON.parse(metadata('show', ...inputs, '--hash', '--json').stdout);
  expect(files).toMatchObject([{ file: inputs[0], frameRate: '24' }, { file: inputs[1] }]);
  expect(files[0].audioSha256).toMatch(/^[0-9a-f]{64}$/);
});

test('set: a folder of paths with spaces, a preset and flags over it', () => {
  const flags = [
    '--preset',
    'umg',
    '--frame-rate',
    '25',
    '--binaural-mode=near',
    '--binaural-mode',
    'Vox*=off',
  ];
  const dry = metadata('set', ...inputs, '--out-dir', 'new files', ...flags, '--dry-run');
  expect(dry).toMatchObject({ status: 0, stderr: 'nothing was written\n' });
  expect(existsSync(join(folder, 'new files'))).toBe(false);
  const done = metadata('set', ...inputs, '--out-dir', 'new files', ...flags);
  expect(done).toMatchObject({ status: 0, stderr: '' });
  for (const line of dry.stdout.split('\n')) expect(done.stdout).toContain(line);
  expect(done.stdout).toContain('  trim of 2.0, 5.1, 7.1, 5.1.2, 5.1.4: automatic -> manual, 0 dB\n');
  expect(done.stdout).toContain('  binaural mode of Bed LFE, Vox 1, Vox 2: not indicated -> off\n');
  expect(done.stdout).toContain('  frame rate: 24 -> 25\n');
  expect(done.stdout.match(/audio unchanged, read back: sha256 [0-9a-f]{64}/g)).toHaveLength(2);
  expect(readdirSync(join(folder, 'new files'))).toEqual(['one.wav', 'two.wav']);
});

test('set: to one file, as JSON, and not over what is there', () => {
  const args = ['set', inputs[0]!, '--out', 'b.wav', '--rename', 'Vox 1=Lead', '--json'];
  const { dryRun, files } = JSON.parse(metadata(...args).stdout);
  expect({ dryRun, files }).toMatchObject({
    dryRun: false,
    files: [{ out: 'b.wav', changes: [{ field: 'elementName', before: 'Vox 1', after: 'Lead' }] }],
  });
  expect(metadata(...args)).toMatchObject({
    status: 4,
    stderr: expect.stringContaining('b.wav exists already'),
  });
});

test('mistakes: exit codes, and what would have been right', () => {
  const set = (...args: string[]) => metadata('set', ...inputs, '--out-dir', 'never', ...args);
  const unknown = set('--binaural-mode', 'Vix*=off');
  expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('there are "Bed", "Vox 1"') });
  const missing = metadata('set', ...inputs, 'no.wav', 'nor.wav', '--out-dir', 'never', '--frame-rate', '25');
  expect(missing.status).toBe(3);
  expect(missing.stderr).toContain(
    '2 faults; nothing was written\n  no.wav: no such file\n  nor.wav: no such file',
  );
  expect(existsSync(join(folder, 'never'))).toBe(false);
});

test('Ctrl-C leaves no file behind', async () => {
  // Long enough not to be done before the signal.
  const own = chunksIn(readFileSync(join(folder, inputs[0]!)));
  const audio = Buffer.alloc(9 * 3 * 3_000_000);
  const long = riff(own.map(({ id, payload }) => chunk(id, id === 'data' ? audio : payload)));
  writeFileSync(join(folder, 'long.wav'), long);
  const args = ['metadata', 'set', 'long.wav', '--out-dir', 'stopped', '--frame-rate', '25'];
  const child = startPeriphon(args, folder);
  const isWriting = (): boolean => {
    const names = existsSync(join(folder, 'stopped')) ? readdirSync(join(folder, 'stopped')) : [];
    return names.some((name) => statSync(join(folder, 'stopped', name)).size > 0);
  };
  while (!isWriting()) await new Promise((resolve) => setTimeout(resolve, 2));
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(130);
  expect(existsSync(join(folder, 'stopped'))).toBe(false);
});

test('help has examples, and knows every preset', () => {
  expect(metadata('show', '--help').stdout).toContain('metadata show master.wav');
  const { stdout } = metadata('set', '--help');
  for (const preset of Object.keys(metadataPresets)) expect(stdout).toContain(`"${preset}"`);
  expect(stdout).toContain('--trim 5.1:surround=-3,height=-1.5 --dry-run');
});
