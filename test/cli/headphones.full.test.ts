import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { periphon, sine, temporaryFolder, writeScene, writeWav } from './cli-support.ts';

/** Flags of headphone renders: what they do to the file, and what is said of bad ones. */
const folder = temporaryFolder();
let scene: string;

beforeAll(() => {
  writeWav(join(folder, 'voice.wav'), [sine(1000, 0.3)], 12_000);
  scene = writeScene(folder, 'song', {
    objects: [{ name: 'voice', file: 'voice.wav', position: { azimuthDeg: 60 } }],
  });
  writeFileSync(join(folder, 'head.csv'), 'time,yaw,pitch,roll\n0,60,0,0\n1,60,0,0\n');
  writeFileSync(join(folder, 'eq.txt'), 'Preamp: -6 dB\nFilter 1: ON PK Fc 8000 Hz Gain 1 dB Q 5\n');
});

/** Mean power of each ear, in dB. */
function render(out: string, ...flags: string[]): [number, number] {
  const args = ['render', scene, '--to', 'binaural', '--out', out, ...flags];
  expect(periphon(args, folder)).toMatchObject({ status: 0, stderr: '' });
  const bytes = readFileSync(join(folder, out, 'song.binaural.wav'));
  const data = bytes.subarray(bytes.indexOf('data') + 8);
  const powers = [0, 0];
  for (let i = 0; i + 4 <= data.length; i += 4) powers[(i / 4) % 2]! += data.readFloatLE(i) ** 2;
  return powers.map((power) => 10 * Math.log10(power)) as [number, number];
}

test('the head turns towards the source, at once or by a track; a minus sign is no flag', () => {
  const plain = render('plain');
  expect(plain[0] - plain[1]).toBeGreaterThan(3);
  const [left, right] = render('turned', '--head', '60,0,0');
  expect(Math.abs(left - right)).toBeLessThan(1);
  const [trackLeft, trackRight] = render('track', '--head-track', 'head.csv');
  expect(Math.abs(trackLeft - trackRight)).toBeLessThan(1);
  const away = render('away', '--head', '-60,0,0');
  expect(away[0] - away[1]).toBeGreaterThan(3);
});

test('headphones are equalised at the end', () => {
  const [plain, equalised] = [render('flat'), render('equalised', '--headphone-eq', 'eq.txt')];
  for (const ear of [0, 1]) expect(equalised[ear]! - plain[ear]!).toBeCloseTo(-6, 1);
});

describe('bad flags and files', () => {
  const refuse = (status: number, message: RegExp, ...flags: string[]) => {
    const result = periphon(['render', scene, '--to', 'binaural', '--out', 'refused', ...flags], folder);
    expect(result).toMatchObject({ status, stderr: expect.stringMatching(message) as string });
    expect(existsSync(join(folder, 'refused'))).toBe(false);
  };

  test('angles that are none', () => refuse(2, /--head is "left"/, '--head', 'left'));
  test('a head that is turned and turns', () =>
    refuse(2, /head-track and head are mutually exclusive/, '--head', '1,0,0', '--head-track', 'head.csv'));
  test('a head track of words', () => {
    writeFileSync(join(folder, 'bad.csv'), 'time,yaw\n0,left\n');
    refuse(3, /bad\.csv: line 2, column 2: yaw is "left"/, '--head-track', 'bad.csv');
  });
  test('files that are not there', () => {
    refuse(3, /none\.csv: no such file/, '--head-track', 'none.csv');
    refuse(3, /none\.wav: no such file/, '--headphone-eq', 'none.wav');
  });
  test('an equaliser of another kind', () => {
    writeFileSync(join(folder, 'graphic.txt'), 'GraphicEQ: 20 -1; 21 -2\n');
    refuse(3, /graphic\.txt: line 1: "GraphicEQ/, '--headphone-eq', 'graphic.txt');
  });
});
