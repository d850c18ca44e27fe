import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { periphon, temporaryFolder, whiteNoise, writeScene, writeWav } from '../cli/cli-support.ts';
import { powerDb, readPlainWav } from '../cli/outside-tools.ts';

/** Left is left and up is up, in the files that a user gets. */
const folder = temporaryFolder();
const frameCount = 2 * 48000;

/** Renders one noise object and returns the samples of each target's file. */
function render(name: string, object: object, targets: readonly string[]): (readonly Float64Array[])[] {
  const scene = writeScene(folder, name, { objects: [{ name: 'noise', file: 'noise.wav', ...object }] });
  const args = ['render', scene, '--out', folder, ...targets.flatMap((target) => ['--to', target])];
  expect(periphon(args)).toMatchObject({ status: 0, stderr: '' });
  return targets.map((target) => readPlainWav(join(folder, `${name}.${target}.wav`)).channels);
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, frame) => sum + x * b[frame]!, 0);

beforeAll(() => writeWav(join(folder, 'noise.wav'), [whiteNoise(1, 0.5)], frameCount));

describe('white noise at azimuth +90', () => {
  let binaural: readonly Float64Array[];
  let stereo: readonly Float64Array[];
  let direct: readonly Float64Array[];
  let ambix: readonly Float64Array[];
  let bed: readonly Float64Array[];
  beforeAll(() => {
    const position = { azimuthDeg: 90, elevationDeg: 0 };
    [binaural, stereo, direct, ambix, bed] = render('left', { position, binauralMode: 'off' }, [
      'binaural',
      'stereo',
      '0+2+0',
      'ambix1',
      '7.1.4',
    ]) as [Float64Array[], Float64Array[], Float64Array[], Float64Array[], Float64Array[]];
  });

  test('is louder in the left ear by more than 8 dB', () => {
    expect(powerDb(binaural[0]!) - powerDb(binaural[1]!)).toBeGreaterThan(8);
  });

  test('is in L of stereo', () => {
    expect(powerDb(stereo[0]!) - powerDb(stereo[1]!)).toBeGreaterThan(20);
    expect(powerDb(direct[0]!) - powerDb(direct[1]!)).toBeGreaterThan(20);
  });

  test('has a positive Y, as loud as W, and neither Z nor X', () => {
    const [w, y, z, x] = ambix as [Float64Array, Float64Array, Float64Array, Float64Array];
    expect(dot(w, y) / dot(w, w)).toBeCloseTo(1, 5);
    expect(Math.abs(dot(w, z) / dot(w, w))).toBeLessThan(1e-6);
    expect(Math.abs(dot(w, x) / dot(w, w))).toBeLessThan(1e-6);
  });

  test('sounds from the left side loudspeaker alone', () => {
    const powers = bed.map((channel) => powerDb(channel));
    expect(powers[6]).toBeCloseTo(powerDb(ambix[0]!), 4);
    for (const [channel, power] of powers.entries()) if (channel !== 6) expect(power).toBe(-Infinity);
  });
});

test('a flyover rises over the heights and comes down behind', () => {
  const blocks = [
    { startSec: 0, durationSec: 0.25, position: { azimuthDeg: 0, elevationDeg: 0 } },
    { startSec: 0.25, durationSec: 0.75, position: { azimuthDeg: 0, elevationDeg: 90 } },
    { startSec: 1, durationSec: 1, position: { azimuthDeg: 180, elevationDeg: 0 } },
  ];
  const [bed, ambix] = render('flyover', { blocks }, ['7.1.4', 'ambix1']) as [Float64Array[], Float64Array[]];
  const powerOf = (channels: readonly number[], fromSec: number): number =>
    channels.reduce((sum, channel) => {
      const piece = bed[channel]!.subarray(fromSec * 48000, fromSec * 48000 + 2400);
      return sum + 10 ** (powerDb(piece) / 10);
    }, 0);
  const shareOfHeights = (fromSec: number): number => {
    const heights = powerOf([8, 9, 10, 11], fromSec);
    return heights / (heights + powerOf([0, 1, 2, 4, 5, 6, 7], fromSec));
  };
  const rise = [0.1, 0.3, 0.5, 0.7, 0.9].map(shareOfHeights);
  const fall = [1.05, 1.3, 1.6, 1.9].map(shareOfHeights);
  expect(rise[0]).toBe(0);
  for (let i = 1; i < rise.length; i++) expect(rise[i]).toBeGreaterThan(rise[i - 1]!);
  expect(rise.at(-1)).toBeGreaterThan(0.9);
  for (let i = 1; i < fall.length; i++) expect(fall[i]).toBeLessThan(fall[i - 1]!);
  expect(powerOf([4, 5], 1.9)).toBeGreaterThan(powerOf([0, 1, 2], 1.9));
  const [w, , z, x] = ambix as [Float64Array, Float64Array, Float64Array, Float64Array];
  const around = (signal: Float64Array, sec: number): Float64Array =>
    signal.subarray(sec * 48000 - 480, sec * 48000 + 480);
  expect(dot(around(w, 1), around(z, 1))).toBeGreaterThan(0.9 * dot(around(w, 1), around(w, 1)));
  expect(dot(around(w, 0.1), around(x, 0.1))).toBeGreaterThan(0.9 * dot(around(w, 0.1), around(w, 0.1)));
  expect(dot(around(w, 1.95), around(x, 1.95))).toBeLessThan(0);
});
