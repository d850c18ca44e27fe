import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { requireTool } from '../../support.ts';
import { periphon, sine, temporaryFolder, writeScene, writeSmallScene, writeWav } from '../cli-support.ts';
import { ffprobeFacts, powerDb, readPlainWav, soxFacts } from '../outside-tools.ts';

const folder = temporaryFolder();
let scene: string;
const outFolder = (name: string): string => join(folder, name);
const render = (out: string, ...args: string[]) =>
  periphon(['render', scene, '--out', outFolder(out), ...args], folder);

beforeAll(() => {
  scene = writeSmallScene(folder, 1);
});

describe('the default targets', () => {
  const files = [
    ['small.7.1.4.wav', 12],
    ['small.ambix3.wav', 16],
    ['small.binaural.wav', 2],
    ['small.stereo.wav', 2],
  ] as const;

  beforeAll(() => {
    expect(render('all', '--quiet')).toMatchObject({ status: 0, stderr: '' });
  });

  test('are four files and their manifest, nothing else', () => {
    const names = files.map(([name]) => name);
    expect(readdirSync(outFolder('all')).sort()).toEqual(['manifest.json', ...names].sort());
  });

  test.for(files)(
    '%s opens in ffprobe and sox: %i channels of 32-bit float, sample-exact',
    ([name, channelCount], context) => {
      requireTool(context, 'ffprobe');
      requireTool(context, 'sox');
      const facts = { channelCount, sampleRateHz: 48000, frameCount: 48000, bits: 32, isFloat: true };
      expect(ffprobeFacts(join(folder, 'all', name))).toMatchObject(facts);
      expect(soxFacts(join(folder, 'all', name))).toEqual(facts);
    },
  );
});

test.each([44_100, 96_000])('a scene of %i Hz stays at its rate', (sampleRateHz) => {
  const file = `tone ${sampleRateHz}.wav`;
  writeWav(join(folder, file), [sine(440, 0.5, sampleRateHz)], 5001, { sampleRateHz });
  const path = writeScene(folder, `rate ${sampleRateHz}`, {
    objects: [{ name: 'tone', file, position: { azimuthDeg: 0, elevationDeg: 0 } }],
  });
  const args = ['render', path, '--to', 'binaural', '--to', '5.1', '--out', outFolder('rates')];
  expect(periphon(args)).toMatchObject({ status: 0, stderr: '' });
  for (const target of ['binaural', '5.1']) {
    const wav = readPlainWav(join(folder, 'rates', `rate ${sampleRateHz}.${target}.wav`));
    expect(wav.sampleRateHz).toBe(sampleRateHz);
    expect(wav.channels[0]).toHaveLength(5001);
  }
  const centre = readPlainWav(join(folder, 'rates', `rate ${sampleRateHz}.5.1.wav`)).channels[2]!;
  expect(powerDb(centre)).toBeCloseTo(-9.03, 1);
});

test('--sample-rate: every deliverable at that rate, as long and as loud', () => {
  const file = 'half.wav';
  writeWav(join(folder, file), [sine(440, 0.5)], 24_000);
  const path = writeScene(folder, 'half', {
    objects: [{ name: 'tone', file, position: { azimuthDeg: 0, elevationDeg: 0 } }],
  });
  const args = ['render', path, '--to', '5.1', '--to', 'binaural', '--sample-rate', '44100', '--json'];
  const { status, stdout, stderr } = periphon([...args, '--out', outFolder('resampled')]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ sampleRateHz: 44100, frameCount: 22_050 });
  for (const target of ['5.1', 'binaural']) {
    const wav = readPlainWav(join(folder, 'resampled', `half.${target}.wav`));
    expect([wav.sampleRateHz, wav.channels[0]!.length]).toEqual([44100, 22_050]);
  }
  const centre = readPlainWav(join(folder, 'resampled', 'half.5.1.wav')).channels[2]!;
  const wanted = sine(440, 0.5, 44100);
  for (let n = 500; n < 21_500; n++) expect(Math.abs(centre[n]! - wanted(n))).toBeLessThan(1e-5);
});

test('stems of another rate are converted, with a warning each; --json stays clean', () => {
  writeWav(join(folder, 'cd.wav'), [sine(440, 0.5, 44100)], 22_050, { sampleRateHz: 44100 });
  writeWav(join(folder, 'dvd.wav'), [sine(440, 0.5)], 24_000);
  const objects = ['dvd', 'cd'].map((name) => ({ name, file: `${name}.wav`, position: { azimuthDeg: 0 } }));
  const path = writeScene(folder, 'mixed', { objects });
  const result = periphon(['render', path, '--to', '0+2+0', '--out', outFolder('mixed')]);
  expect(result.status).toBe(0);
  expect(result.stderr.match(/^warning: /gm)).toHaveLength(1);
  expect(result.stderr).toMatch(/cd\.wav: has 44100 Hz; converted to 48000 Hz/);
  const wav = readPlainWav(join(folder, 'mixed', 'mixed.0+2+0.wav'));
  const wanted = sine(440, Math.SQRT1_2);
  for (let n = 500; n < 23_500; n++) expect(Math.abs(wav.channels[0]![n]! - wanted(n))).toBeLessThan(1e-5);
});

test('a scene of one sample', () => {
  writeWav(join(folder, 'click.wav'), [() => 0.5], 1);
  const path = writeScene(folder, 'click', {
    objects: [{ name: 'click', file: 'click.wav', position: { azimuthDeg: 0, elevationDeg: 0 } }],
  });
  expect(periphon(['render', path, '--out', outFolder('click')])).toMatchObject({ status: 0, stderr: '' });
  for (const name of readdirSync(outFolder('click')).filter((file) => file.endsWith('.wav'))) {
    expect(readPlainWav(join(folder, 'click', name)).channels[0]).toHaveLength(1);
  }
  expect(readPlainWav(join(folder, 'click', 'click.7.1.4.wav')).channels[2]![0]).toBeCloseTo(0.5, 6);
});

test('an excerpt is that stretch of the whole', () => {
  expect(render('whole', '--to', '7.1.4').status).toBe(0);
  expect(render('part', '--to', '7.1.4', '--from', '0.3', '--duration', '0.4').status).toBe(0);
  const whole = readPlainWav(join(folder, 'whole', 'small.7.1.4.wav')).channels;
  const part = readPlainWav(join(folder, 'part', 'small.7.1.4.wav')).channels;
  expect(part).toEqual(whole.map((channel) => channel.slice(14_400, 14_400 + 19_200)));
});

test('a layout file works as a layout name does', () => {
  const loudspeakers = [45, -45, 135, -135].map((azimuthDeg) => ({
    label: `A${azimuthDeg}`,
    azimuthDeg,
    elevationDeg: 0,
  }));
  writeFileSync(join(folder, 'quad.json'), JSON.stringify({ name: 'quad', loudspeakers }));
  const result = render('quad', '--to', join(folder, 'quad.json'), '--json');
  expect(result).toMatchObject({ status: 0, stderr: '' });
  const [file] = JSON.parse(result.stdout).files;
  expect(file.channels).toEqual(['A45', 'A-45', 'A135', 'A-135']);
  expect(readPlainWav(file.file).channels).toHaveLength(4);
});

test('the fold-down follows its levels', () => {
  writeWav(
    join(folder, 'centre.wav'),
    [() => 0, () => 0, sine(1000, 0.5), sine(50, 0.5), () => 0, () => 0],
    4800,
    {
      channelMask: 0x3f,
    },
  );
  const fold = (out: string, ...args: string[]): readonly Float64Array[] => {
    const command = ['render', join(folder, 'centre.wav'), '--to', 'stereo', '--out', outFolder(out)];
    expect(periphon([...command, ...args]).status).toBe(0);
    return readPlainWav(join(folder, out, 'centre.stereo.wav')).channels;
  };
  const toneDb = powerDb(Float64Array.from({ length: 4800 }, (_, frame) => sine(1000, 0.5)(frame)));
  expect(powerDb(fold('fold')[0]!)).toBeCloseTo(toneDb - 3, 1);
  expect(powerDb(fold('fold 6', '--centre-level', '-6')[1]!)).toBeCloseTo(toneDb - 6, 1);
  expect(powerDb(fold('fold lfe', '--lfe-stereo', '0')[0]!)).toBeGreaterThan(toneDb + 1);
});

test('a dry run writes nothing', () => {
  const result = render('dry', '--dry-run', '--to', '9.1.6');
  expect(result).toMatchObject({ status: 0, stderr: '' });
  expect(result.stdout).toMatch(/would write/);
  expect(existsSync(outFolder('dry'))).toBe(false);
});

test('existing files are kept without --overwrite', () => {
  expect(render('twice', '--to', 'stereo').status).toBe(0);
  expect(render('twice', '--to', 'stereo').status).toBe(4);
  expect(render('twice', '--to', 'stereo', '--overwrite').status).toBe(0);
});
