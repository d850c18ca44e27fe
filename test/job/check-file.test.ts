import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkFiles } from '../../src/job/check-file.ts';
import { sine, writeWav } from '../cli/cli-support.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();
const file = join(folder, 'tone.wav');
beforeAll(() => {
  const signal = sine(997, 10 ** (-16 / 20));
  writeWav(file, [signal, signal], 96_000, { channelMask: 3 });
});

test('each file has the checks of all profiles, in their order', async () => {
  const { files } = await checkFiles([file], { profiles: ['aes-td1008', 'deezer'] });
  expect(files).toHaveLength(1);
  const { checks, layout } = files[0]!;
  expect(layout).toBe('2.0');
  expect([...new Set(checks.map(({ profile }) => profile))]).toEqual(['aes-td1008', 'deezer']);
  const resultOf = (profile: string, words: RegExp) =>
    checks.find((check) => check.profile === profile && words.test(check.rule))?.result;
  expect(resultOf('aes-td1008', /^integrated/)).toBe('pass');
  expect(resultOf('deezer', /^integrated/)).toBe('fail');
  expect(resultOf('deezer', /^sample rate/)).toBe('fail');
});

test('an unknown profile is refused before anything is read', async () => {
  const running = checkFiles([join(folder, 'absent.wav')], { profiles: ['vinyl'] });
  await expect(running).rejects.toMatchObject({ code: 'unknown-profile' });
});
