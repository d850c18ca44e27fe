import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { periphon, sine, temporaryFolder, whiteNoise, writeWav } from '../cli-support.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  // A stereo sine of 997 Hz in phase reads its peak level (BS.1770-5): -23 and -14 LUFS.
  for (const lufs of [-23, -14]) {
    const signal = sine(997, 10 ** (lufs / 20));
    writeWav(at(`${-lufs}.wav`), [signal, signal], 144_000, { channelMask: 3 });
  }
  const bed = Array.from({ length: 12 }, (_, index) => whiteNoise(index + 1, index === 3 ? 0 : 0.03));
  writeWav(at('bed.wav'), bed, 96_000, { channelMask: 0x2d63f });
});

test('a file that passes is exit 0, one that fails a rule exit 1', () => {
  const right = periphon(['check', at('23.wav'), '--profile', 'ebu-r128']);
  expect(right).toMatchObject({ status: 0, stderr: '' });
  expect(right.stdout).toMatch(
    /^pass +ebu-r128 +integratedLufs +-23\.00 LUFS +integrated loudness -23 \+-0\.2 LUFS$/m,
  );
  const wrong = periphon(['check', at('14.wav'), '--profile', 'ebu-r128']);
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toMatch(/^fail +ebu-r128 +integratedLufs +-14\.00 LUFS/m);
});

test('what cannot be verified is no fail, and says why', () => {
  const { status, stdout } = periphon(['check', at('23.wav'), '--profile', 'prime-video']);
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^not verifiable +prime-video +dialogueLufs +- +dialogue loudness .*: the loudness of dialogue/m,
  );
  expect(stdout).not.toMatch(/^fail/m);
});

test('a finished bed is no ADM BWF, and that is all that fails', () => {
  const result = periphon(['check', at('bed.wav'), '--profile', 'umg-atmos', '--json']);
  expect(result.status).toBe(1);
  const [file] = JSON.parse(result.stdout).files;
  const failed = file.checks.filter((check: { result: string }) => check.result === 'fail');
  expect(failed).toMatchObject([{ id: 'adm-bwf', message: 'not an ADM BWF: a WAV file of 12 channels' }]);
});

test('a 7.1.4 file for UMG is measured on its 5.1 re-render, and for Apple as it is', () => {
  const args = ['check', at('bed.wav'), '--profile', 'umg-atmos', '--profile', 'apple-atmos', '--json'];
  const [file] = JSON.parse(periphon(args).stdout).files;
  const loudness = (profile: string): number =>
    file.checks.find(
      (check: { profile: string; rule: string }) =>
        check.profile === profile && check.rule.startsWith('integrated loudness at most'),
    ).measured;
  const own = JSON.parse(periphon(['measure', at('bed.wav'), '--json']).stdout).files[0].integratedLufs;
  expect(loudness('apple-atmos')).toBe(own);
  expect(loudness('umg-atmos')).not.toBeCloseTo(own, 1);
  // periphon's 5.1 render of the file as a scene, measured by itself.
  periphon(['render', at('bed.wav'), '--to', '5.1', '--out', folder]);
  const rendered = JSON.parse(periphon(['measure', at('bed.5.1.wav'), '--json']).stdout).files[0];
  expect(loudness('umg-atmos')).toBeCloseTo(rendered.integratedLufs, 4);
});

test('several files and profiles, one exit code', () => {
  const args = [
    'check',
    at('23.wav'),
    at('14.wav'),
    '--profile',
    'ebu-r128',
    '--profile',
    'ebu-r128',
    '--json',
  ];
  const result = periphon(args);
  expect(result.status).toBe(1);
  const { files } = JSON.parse(result.stdout);
  expect(files).toHaveLength(2);
  expect(files[0].checks).toHaveLength(4);
  for (const { result: one } of files[0].checks) expect(one).toBe('pass');
});

test('what is only recommended is a warning', () => {
  const { status, stdout } = periphon(['check', at('23.wav'), '--profile', 'spotify']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^warning +spotify .*\(recommended\)$/m);
});

test('a 5.1 or stereo file is not called a re-render', () => {
  const { stdout } = periphon(['check', at('23.wav'), '--profile', 'netflix']);
  expect(stdout).toMatch(/^pass +netflix +truePeakDbtp +-22\.99 dBTP +true peak at most -2 dBTP$/m);
});

test('no profile, or an unknown one, is wrong usage', () => {
  expect(periphon(['check', at('23.wav')]).status).toBe(2);
  const result = periphon(['check', at('23.wav'), '--profile', 'spotfiy']);
  expect(result.status).toBe(2);
  expect(result.stderr).toMatch(/did you mean "spotify"/);
});
