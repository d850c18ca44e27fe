import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { sofaBytes, toySofa, type SofaParts } from '../../io/sofa/sofa-bytes.ts';
import { periphon, sine, temporaryFolder, writeScene, writeWav } from '../cli-support.ts';

const folder = temporaryFolder();
let scene: string;

async function writeSofa(name: string, change: (parts: SofaParts) => void = () => {}): Promise<string> {
  const parts = toySofa();
  change(parts);
  const file = join(folder, name);
  writeFileSync(file, await sofaBytes(parts));
  return file;
}

beforeAll(async () => {
  process.env.PERIPHON_CACHE_DIR = join(folder, 'cache');
  await writeSofa('toy.sofa');
  writeWav(join(folder, 'voice.wav'), [sine(440, 0.3)], 12_000);
  scene = writeScene(folder, 'song', {
    objects: [{ name: 'voice', file: 'voice.wav', position: { azimuthDeg: 60 } }],
  });
  return () => void delete process.env.PERIPHON_CACHE_DIR;
});

test('info prints facts and licence, and draws', () => {
  const { status, stdout, stderr } = periphon(['hrtf', 'info', 'toy.sofa', '--svg', 'toy.svg'], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'picture: toy.svg\n' });
  for (const part of ['toy, head', 'none whatever', '44100 Hz', 'measured: ', 'diffuse field'])
    expect(stdout).toContain(part);
  expect(readFileSync(join(folder, 'toy.svg'), 'utf8')).toContain('</svg>');
});

test('info without a file speaks of the set that comes with periphon, for machines too', () => {
  const facts = JSON.parse(periphon(['hrtf', 'info', '--json'], folder).stdout) as Record<string, unknown>;
  expect(facts).toMatchObject({ file: 'kemar.phrtf', directionCount: 831, sampleRateHz: 44100 });
});

test('an imported set renders as the SOFA file does', () => {
  expect(periphon(['hrtf', 'import', 'toy.sofa'], folder).status).toBe(0);
  const render = (hrtf: string[], out: string) => {
    const args = ['render', scene, '--to', 'binaural', '--out', out, ...hrtf];
    expect(periphon(args, folder)).toMatchObject({ status: 0, stderr: '' });
    return readFileSync(join(folder, out, 'song.binaural.wav'));
  };
  const bySofa = render(['--hrtf', 'toy.sofa'], 'a');
  expect(render(['--hrtf', 'toy.phrtf'], 'b').equals(bySofa)).toBe(true);
  expect(render(['--hrtf', 'toy.sofa'], 'c').equals(bySofa)).toBe(true);
  expect(render([], 'd').equals(bySofa)).toBe(false);
});

describe('bad input ends with code 3 and a sentence, and leaves nothing behind', () => {
  const refuse = (hrtf: string, message: RegExp) => {
    for (const command of ['render', 'master']) {
      const args = [command, scene, '--to', 'binaural', '--out', 'refused', '--hrtf', hrtf];
      const { status, stderr } = periphon(args, folder);
      expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringMatching(message) as string });
      expect(stderr).not.toMatch(/HDF5-DIAG|^\s+at /m);
      expect(existsSync(join(folder, 'refused'))).toBe(false);
    }
  };

  test('a file that is not there', () => refuse('none.sofa', /none\.sofa: no such file/));

  test('a file that is cut short', () => {
    writeFileSync(join(folder, 'cut.sofa'), readFileSync(join(folder, 'toy.sofa')).subarray(0, 4000));
    refuse('cut.sofa', /cut\.sofa is damaged: truncated/);
  });

  test('another convention', async () => {
    await writeSofa('room.sofa', ({ attributes }) => (attributes.SOFAConventions = 'MultiSpeakerBRIR'));
    refuse('room.sofa', /room\.sofa: the convention is "MultiSpeakerBRIR"; only SimpleFreeFieldHRIR/);
  });

  test('a value that is no number', async () => {
    await writeSofa('nan.sofa', ({ variables }) => ((variables['Data.IR']!.data as Float64Array)[9] = NaN));
    refuse('nan.sofa', /nan\.sofa: Data\.IR holds NaN at \[0, 0, 9\]/);
  });

  test('another format', () => refuse('voice.wav', /voice\.wav is not a SOFA file/));
});
