import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { getLayout } from '../../src/layouts/built-in.ts';
import {
  designBs2127Decoder,
  designLoudspeakerDecoder,
} from '../../src/render/ambisonic/loudspeaker-decoder.ts';
import { periphon, sine, temporaryFolder, writeScene, writeWav } from './cli-support.ts';
import { readPlainWav } from './outside-tools.ts';

const folder = temporaryFolder();
const silence = () => 0;
const tone = sine(997, 0.5);
const frameCount = 4800;
let outCount = 0;

/** Runs a command over a scene; returns its folder of outputs. */
function deliver(command: 'render' | 'master', scene: string, ...args: string[]): string {
  const out = join(folder, `out ${outCount++}`);
  const result = periphon([command, scene, '--quiet', '--out', out, ...args], folder);
  expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 0, stderr: '' });
  return out;
}
const channelsOf = (out: string, name: string): readonly Float64Array[] =>
  readPlainWav(join(out, name)).channels;

/** How much of the tone each channel has. */
const gainsOf = (channels: readonly Float64Array[]): number[] =>
  channels.map(
    (channel) => channel.reduce((sum, value, n) => sum + value * tone(n), 0) / toneEnergy(channel.length),
  );
const toneEnergy = (length: number): number =>
  Array.from({ length }, (_, n) => tone(n) ** 2).reduce((sum, value) => sum + value, 0);
const expectGains = (found: readonly number[], wanted: readonly number[]): void =>
  expect(found).toEqual(wanted.map((gain) => expect.closeTo(gain, 4)));

let front: string;
let hoa: string;

beforeAll(() => {
  writeWav(join(folder, 'tone.wav'), [tone], frameCount);
  writeWav(join(folder, 'x.wav'), [silence, silence, silence, tone], frameCount);
  front = writeScene(folder, 'front', {
    objects: [
      { name: 'tone', file: 'tone.wav', position: { azimuthDeg: 0 } },
      {
        name: 'voice',
        file: 'tone.wav',
        position: { azimuthDeg: 30 },
        binauralMode: 'off',
        gainDb: -20,
      },
    ],
  });
  hoa = writeScene(folder, 'hoa', { ambisonics: [{ name: 'room', file: 'x.wav', order: 1 }] });
});

test('--rotate-ambisonics turns ambisonic targets alone', () => {
  const targets = ['--to', 'ambix1', '--to', '5.1'];
  const turned = deliver('render', hoa, ...targets, '--rotate-ambisonics=90,0,0');
  expectGains(gainsOf(channelsOf(turned, 'hoa.ambix1.wav')), [0, 1, 0, 0]);
  const straight = deliver('render', hoa, ...targets, '--rotate-ambisonics', '0,90,0');
  expectGains(gainsOf(channelsOf(straight, 'hoa.ambix1.wav')), [0, 0, 1, 0]);
  expect(channelsOf(turned, 'hoa.5.1.wav')).toEqual(channelsOf(straight, 'hoa.5.1.wav'));
});

test('--ambisonic-normalization n3d is in the data, the name and the report, and is read back as it is', () => {
  const args = ['--to', 'ambix1', '--ambisonic-normalization', 'n3d'];
  const out = deliver('master', hoa, ...args);
  expect(readdirSync(out).sort()).toEqual(['hoa.ambix1-n3d.wav', 'manifest.json', 'report.json']);
  const [target] = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).targets;
  expect(target).toMatchObject({
    target: 'ambix1',
    file: 'hoa.ambix1-n3d.wav',
    description: 'ambisonics of order 1, ACN, N3D',
  });
  const rendered = deliver('render', hoa, ...args);
  expectGains(gainsOf(channelsOf(rendered, 'hoa.ambix1-n3d.wav')), [0, 0, 0, Math.sqrt(3)]);
  const again = periphon(
    ['render', join(rendered, 'hoa.ambix1-n3d.wav'), '--to', 'ambix2', '--out', rendered, '--json'],
    folder,
  );
  expect(again.stderr).toMatch(/order 1 \(N3D\), by its name/);
  const [file] = JSON.parse(again.stdout).files;
  expectGains(gainsOf(readPlainWav(file.file).channels), [0, 0, 0, 1, 0, 0, 0, 0, 0]);
});

describe('--head-locked', () => {
  test('adds left and right behind the ambisonic channels, and neither turns', () => {
    const args = ['--to', 'ambix1', '--head-locked', '--rotate-ambisonics', '90,0,0'];
    const out = deliver('render', front, ...args);
    expectGains(gainsOf(channelsOf(out, 'front.ambix1.wav')), [1, 1, 0, 0, 0.1, 0]);
  });

  test('is measured and limited with the rest, and read back', () => {
    writeWav(join(folder, 'loud.wav'), [sine(997, 0.99), sine(997, 0.99)], frameCount);
    const scene = writeScene(folder, 'locked', {
      objects: [{ name: 'tone', file: 'tone.wav', position: { azimuthDeg: 0 }, gainDb: -40 }],
      beds: [{ name: 'music', layout: '2.0', file: 'loud.wav', binauralMode: 'off', gainDb: 4 }],
    });
    const out = deliver('master', scene, '--to', 'ambix3', '--head-locked');
    const [target] = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).targets;
    expect(target.channels).toHaveLength(18);
    expect(target.channels.slice(16)).toEqual(['HL-L', 'HL-R']);
    expect(target.description).toMatch(/with a head-locked stereo pair/);
    expect(target.truePeakDbtp).toBeGreaterThan(-1.2);
    expect(target.truePeakDbtp).toBeLessThanOrEqual(-1);
    const file = join(out, 'locked.ambix3.wav');
    const measured = periphon(['measure', file, '--json'], folder);
    const [figures] = JSON.parse(measured.stdout).files;
    expect(figures.layout).toBe('ambix3');
    expect(figures.channels[16]).toMatchObject({ label: 'HL-L' });
    expect(figures.truePeakDbtp).toBeCloseTo(target.truePeakDbtp, 1);
    const again = periphon(['render', file, '--to', '0+2+0', '--out', out], folder);
    expect(again.stderr).toMatch(/order 3 \(SN3D\) with a head-locked pair/);
    const [left] = gainsOf(channelsOf(out, 'locked.ambix3.0+2+0.wav'));
    expect(left! * 0.5).toBeCloseTo(10 ** (target.truePeakDbtp / 20), 1);
  });

  test('says that the pair is silent if nothing goes there', () => {
    const { status, stderr } = periphon(
      ['render', hoa, '--to', 'ambix1', '--head-locked', '--out', join(folder, 'empty')],
      folder,
    );
    expect(status).toBe(0);
    expect(stderr).toMatch(/head-locked pair is silent/);
  });
});

test('--lfe-ambisonic brings the LFE to W', () => {
  writeWav(join(folder, 'bed.wav'), [silence, silence, silence, tone, silence, silence], frameCount);
  const scene = writeScene(folder, 'lfe', {
    beds: [{ name: 'bed', layout: '5.1', file: 'bed.wav', channelOrder: 'itu' }],
  });
  const wOf = (...args: string[]): number =>
    gainsOf(channelsOf(deliver('render', scene, '--to', 'ambix1', ...args), 'lfe.ambix1.wav'))[0]!;
  expect(wOf()).toBe(0);
  expect(wOf('--lfe-ambisonic', '-6')).toBeCloseTo(10 ** -0.3, 4);
});

describe('--hoa-decoder', () => {
  const decoded = (target: string, ...args: string[]): number[] =>
    gainsOf(channelsOf(deliver('render', hoa, '--to', target, ...args), `hoa.${target}.wav`));
  const frontGains = (decoder: Float64Array): number[] =>
    Array.from({ length: decoder.length / 4 }, (_, row) => decoder[row * 4 + 3]!);

  test.each(['0+2+0', '5.1'])('max-re and bs2127 to %s are those matrices', (target) => {
    const layout = getLayout(target);
    expectGains(decoded(target), frontGains(designLoudspeakerDecoder(1, layout)));
    expectGains(decoded(target, '--hoa-decoder', 'bs2127'), frontGains(designBs2127Decoder(1, layout)));
  });

  test('dual-band has its own way with low frequencies', () => {
    const plain = decoded('5.1');
    const dual = decoded('5.1', '--hoa-decoder', 'dual-band');
    expect(Math.max(...dual.map((gain, i) => Math.abs(gain - plain[i]!)))).toBeGreaterThan(0.01);
  });
});

test('FuMa comes in, AmbiX goes out', () => {
  const scene = writeScene(folder, 'fuma', {
    ambisonics: [{ name: 'b-format', file: 'wxyz.wav', order: 1, normalization: 'FuMa' }],
  });
  writeWav(join(folder, 'wxyz.wav'), [tone, tone, silence, silence], frameCount);
  const out = deliver('render', scene, '--to', 'ambix1');
  expectGains(gainsOf(channelsOf(out, 'fuma.ambix1.wav')), [Math.SQRT2, 0, 0, 1]);
});

describe('what is refused', () => {
  const refused = (args: readonly string[]): { status: number | null; stderr: string } => {
    const { status, stderr } = periphon([...args, '--out', join(folder, 'refused')], folder);
    return { status, stderr };
  };

  test.each([
    [['--rotate-ambisonics', '90,0'], /--rotate-ambisonics is "90,0".*yaw, pitch and roll/],
    [['--rotate-ambisonics', 'left'], /--rotate-ambisonics is "left"/],
    [['--ambisonic-normalization', 'fuma'], /sn3d.*n3d/],
    [['--hoa-decoder', 'best'], /max-re.*dual-band.*bs2127/],
    [['--to', 'ambix8'], /unknown target "ambix8".*ambix7/],
  ])('%j', (flags, message) => {
    const { status, stderr } = refused(['render', hoa, ...flags]);
    expect(status).toBe(2);
    expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(message);
  });

  test('order 8 and 17 channels, by element', () => {
    const order8 = writeScene(folder, 'order8', { ambisonics: [{ name: 'a', file: 'x.wav', order: 8 }] });
    expect(refused(['render', order8])).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/ambisonics\[0\]\.order: found 8; allowed: 7 or less/),
    });
    writeWav(
      join(folder, 'seventeen.wav'),
      Array.from({ length: 17 }, () => tone),
      100,
    );
    const scene = writeScene(folder, 'seventeen', {
      ambisonics: [{ name: 'hall', file: 'seventeen.wav', order: 3 }],
    });
    expect(refused(['render', scene])).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /ambisonics\[0\]\.file.*"seventeen\.wav" has 17 channels; "hall" has 16/s,
      ),
    });
    writeWav(
      join(folder, 'hall.ambix3.wav'),
      Array.from({ length: 17 }, () => tone),
      100,
    );
    expect(refused(['render', 'hall.ambix3.wav'])).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/17 channels, named as ambisonics; allowed are 4, 9, 16/),
    });
  });
});
