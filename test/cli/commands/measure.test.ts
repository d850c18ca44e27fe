import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { requireTool, run } from '../../support.ts';
import { cliPath, periphon, sine, temporaryFolder, writeWav, type Signal } from '../cli-support.ts';
import { ffmpegLoudness } from '../outside-tools.ts';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const silence = (): number => 0;

/** Decaying tones, two a second, of a frequency and its ninth. */
const plucks =
  (frequencyHz: number, amplitude: number): Signal =>
  (frame) =>
    Math.exp(-(frame % 24_000) / 4000) *
    (sine(frequencyHz, 0.8 * amplitude)(frame) + sine(9 * frequencyHz, 0.2 * amplitude)(frame));

beforeAll(() => {
  writeWav(at('left.wav'), [sine(997, 1), silence], 48_000 * 4);
  writeWav(at('silence.wav'), [silence, silence], 48_000);
  writeWav(at('music.wav'), [plucks(220, 0.8), plucks(330, 0.7)], 48_000 * 5);
  const bed = Array.from({ length: 12 }, (_, channel) => sine(997, 0.01 * (channel + 1)));
  writeWav(at('bed.wav'), bed, 48_000, { channelMask: 0x2d63f });
});

const measure = (...args: string[]) => {
  const result = periphon(['measure', ...args, '--json'], folder);
  expect(result).toMatchObject({ status: 0, stderr: '' });
  return JSON.parse(result.stdout);
};

test('a full-scale sine in one channel reads -3.01 LUFS, under the documented names', () => {
  const result = measure('left.wav');
  expect(Object.keys(result)).toEqual(['version', 'files']);
  const [file] = result.files;
  expect(new Set(Object.keys(file))).toEqual(
    new Set([
      'file',
      'container',
      'sampleRateHz',
      'bitDepth',
      'layout',
      'durationSec',
      'integratedLufs',
      'momentaryMaxLufs',
      'momentaryMaxEndSec',
      'shortTermMaxLufs',
      'shortTermMaxEndSec',
      'maximaOf100Ms',
      'loudnessRangeLu',
      'truePeakDbtp',
      'truePeakSec',
      'truePeakChannel',
      'samplePeakDbfs',
      'plrDb',
      'psrMinDb',
      'psrMinEndSec',
      'dynamicRange',
      'overs',
      'clippedRuns',
      'silence',
      'pairs',
      'octaveBandsHz',
      'channels',
    ]),
  );
  expect(file).toMatchObject({ file: 'left.wav', layout: '2.0', durationSec: 4 });
  expect(Math.abs(file.integratedLufs + 3.01)).toBeLessThanOrEqual(0.01);
  expect(Math.abs(file.momentaryMaxLufs + 3.01)).toBeLessThanOrEqual(0.01);
  expect(file.truePeakDbtp).toBeCloseTo(0, 1);
  expect(file.samplePeakDbfs).toBeCloseTo(0, 2);
  const { truePeakDbtp, truePeakSec, samplePeakDbfs } = file;
  expect(file.truePeakChannel).toBe('M+030');
  expect(file.channels).toMatchObject([
    { label: 'M+030', truePeakDbtp, truePeakSec, samplePeakDbfs, dcOffset: expect.closeTo(0, 6) },
    { label: 'M-030', truePeakDbtp: null, truePeakSec: null, samplePeakDbfs: null, crestFactorDb: null },
  ]);
  expect(file.plrDb).toBeCloseTo(3.01, 1);
  expect(file.psrMinDb).toBeCloseTo(3.01, 1);
  expect(file.overs).toMatchObject({ ceilingDbtp: -1, count: 1 });
});

test('--curve adds loudness over time to JSON, and only there', () => {
  const { curve } = measure('left.wav', '--curve').files[0];
  expect(curve.stepSec).toBe(0.1);
  expect(curve.momentaryLufs).toHaveLength(40);
  expect(curve.shortTermLufs.at(-1)).toBeCloseTo(-3.01, 1);
  const result = periphon(['measure', 'left.wav', '--curve'], folder);
  expect(result.status).toBe(2);
  expect(result.stderr).toContain('--curve');
});

test('--true-peak precise and --ceiling', () => {
  writeWav(at('crest.wav'), [(n) => 0.5 * Math.sin((Math.PI / 2) * n + Math.PI / 4)], 48_000);
  const [standard] = measure('crest.wav', '--ceiling', '-7').files;
  expect(standard.overs.count).toBe(1);
  expect(standard.overs.list[0].durationSec).toBeCloseTo(1, 2);
  const [precise] = measure('crest.wav', '--true-peak', 'precise').files;
  expect(precise.overs.count).toBe(0);
  expect(Math.abs(precise.truePeakDbtp + 6.02)).toBeLessThan(0.3);
  expect(periphon(['measure', 'crest.wav', '--true-peak', 'best'], folder).status).toBe(2);
});

test('silence is null', () => {
  expect(measure('silence.wav').files[0]).toMatchObject({
    integratedLufs: null,
    momentaryMaxLufs: null,
    shortTermMaxLufs: null,
    truePeakDbtp: null,
    samplePeakDbfs: null,
  });
});

test('agrees with ffmpeg', (context) => {
  requireTool(context, 'ffmpeg');
  const ours = measure('music.wav').files[0];
  const theirs = ffmpegLoudness(at('music.wav'));
  expect(Math.abs(ours.integratedLufs - theirs.integratedLufs)).toBeLessThanOrEqual(0.1);
  expect(Math.abs(ours.truePeakDbtp - theirs.truePeakDbtp)).toBeLessThanOrEqual(0.2);
});

test('channels of a 7.1.4 file are named by its mask, rear before side', () => {
  const [file] = measure('bed.wav').files;
  expect(file.layout).toBe('7.1.4');
  expect(file.channels.map(({ label }: { label: string }) => label)).toEqual([
    'M+030',
    'M-030',
    'M+000',
    'LFE1',
    'M+135',
    'M-135',
    'M+090',
    'M-090',
    'U+045',
    'U-045',
    'U+135',
    'U-135',
  ]);
  for (const [index, { samplePeakDbfs }] of file.channels.entries()) {
    expect(samplePeakDbfs).toBeCloseTo(20 * Math.log10(0.01 * (index + 1)), 1);
  }
});

test('a layout that is named gives the weights', () => {
  writeWav(at('rear.wav'), [silence, silence, silence, silence, sine(997, 0.5), silence], 48_000);
  const [file] = measure('rear.wav', '--layout', '5.1').files;
  // A surround of 5.1 weighs 1.41, +1.5 dB (BS.1770-5, Annex 1).
  expect(Math.abs(file.integratedLufs - (-3.01 - 6.02 + 1.5))).toBeLessThanOrEqual(0.02);
});

test('a layout of another size is refused', () => {
  const result = periphon(['measure', at('left.wav'), '--layout', '5.1']);
  expect(result.status).toBe(2);
  expect(result.stderr).toMatch(/2 channels.*6/);
});

test('other formats are read too', (context) => {
  requireTool(context, 'sox');
  run('sox', [at('music.wav'), at('music.flac')]);
  const [flac, wav] = measure('music.flac', 'music.wav').files;
  expect(flac).toEqual({ ...wav, file: 'music.flac', container: 'FLAC' });
});

test('for people: one paragraph a file, a dash for silence, channels with --verbose', () => {
  const { status, stdout, stderr } = periphon(['measure', 'left.wav', 'silence.wav', '--verbose'], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^left\.wav {2}\(2\.0, 0:04\.0\)\n {2}integrated -3\.01 LUFS/);
  expect(stdout).toMatch(/silence\.wav.*\n {2}integrated - LUFS/);
  expect(stdout).toMatch(/M-030 +- +-$/m);
});

test('--details prints all that was measured', () => {
  const { status, stdout } = periphon(['measure', 'left.wav', '--details'], folder);
  expect(status).toBe(0);
  for (const words of ['max momentary -3.01 LUFS', 'PSR at least', 'overs above -1 dBTP: 1', 'M+030 M-030'])
    expect(stdout).toContain(words);
});

test('an empty file, and one that is not there', () => {
  writeWav(at('empty.wav'), [silence], 0);
  expect(measure('empty.wav').files[0]).toMatchObject({ durationSec: 0, integratedLufs: null });
  writeFileSync(at('nothing.wav'), '');
  for (const name of ['nothing.wav', 'gone.wav']) {
    const result = periphon(['measure', at(name)]);
    expect(result.status).toBe(3);
    expect(result.stderr).toContain(name);
  }
});

test('what services do to a file, and only to mono and stereo', () => {
  const [music] = measure('music.wav', '--platforms').files;
  const gains = music.platforms as { platform: string; mode?: string; gainDb: number; playedLufs: number }[];
  const normal = gains.find(({ platform, mode }) => platform === 'spotify' && mode === 'normal')!;
  const wantedDb = Math.min(-14 - music.integratedLufs, Math.max(0, -1 - music.truePeakDbtp));
  expect(normal.gainDb).toBeCloseTo(wantedDb, 9);
  expect(normal.playedLufs).toBeCloseTo(music.integratedLufs + wantedDb, 9);
  const people = periphon(['measure', 'music.wav', 'bed.wav', '--platforms'], folder);
  expect(people.stdout).toMatch(/^ {2}youtube +-?[\d.]+ +-[\d.]+ +0\.0 +unverified$/m);
  expect(people.stderr).toMatch(/bed\.wav: services and codecs/);
  expect(measure('bed.wav', '--platforms').files[0].platforms).toBeUndefined();
});

test('a codec preview is an estimate; without ffmpeg the error says so', (context) => {
  const withoutTools = spawnSync(process.execPath, [cliPath, 'measure', at('music.wav'), '--codec-preview'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: folder },
  });
  expect(withoutTools.status).toBe(3);
  expect(withoutTools.stderr).toMatch(/needs ffmpeg[\s\S]*install ffmpeg/);
  requireTool(context, 'ffmpeg');
  const { stdout, status } = periphon(['measure', 'music.wav', '--codec-preview'], folder);
  expect(status).toBe(0);
  expect(stdout).toMatch(/codec \(estimate\)[\s\S]*aac 256 kbit\/s +-[\d.]+ +-[\d.]+/);
});
