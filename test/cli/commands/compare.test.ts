import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { periphon, temporaryFolder, whiteNoise, writeWav } from '../cli-support.ts';

const folder = temporaryFolder();
const compare = (...args: string[]) => periphon(['compare', ...args], folder);

beforeAll(() => {
  const [left, right] = [whiteNoise(1, 0.3), whiteNoise(2, 0.3)];
  writeWav(join(folder, 'a.wav'), [left, right], 48_000);
  writeWav(join(folder, 'b.wav'), [(frame) => left(frame) + (frame === 9 ? 1e-3 : 0), right], 48_000);
});

describe('periphon compare', () => {
  test('says what differs; with --expect-null that is a failure', () => {
    expect(compare('a.wav', 'a.wav', '--expect-null')).toMatchObject({ status: 0, stderr: '' });
    const found = compare('a.wav', 'b.wav');
    expect(found).toMatchObject({ status: 0, stderr: '' });
    expect(found.stdout).toMatch(/^b\.wav +no +-60\.0/m);
    expect(compare('a.wav', 'b.wav', '--expect-null').status).toBe(1);
    expect(compare('a.wav', 'b.wav', '--expect-null', '-59').status).toBe(0);
    expect(compare('a.wav', 'b.wav', '--expect-null', '-61').status).toBe(1);
  });

  test('--json, in which silence is null; --verbose has every channel', () => {
    const found = JSON.parse(compare('a.wav', 'b.wav', '--json').stdout) as {
      comparisons: { difference: { peakSample: number; channels: { peakDbfs: number | null }[] } }[];
    };
    const { difference } = found.comparisons[0]!;
    expect(difference.peakSample).toBe(9);
    expect(difference.channels[1]!.peakDbfs).toBeNull();
    expect(compare('a.wav', 'b.wav', '--verbose').stdout).toMatch(/^M-030 +- +- /m);
  });

  test('mistakes', () => {
    expect(compare('a.wav', 'b.wav', '--expect-null', 'much')).toMatchObject({ status: 2 });
    expect(compare('a.wav', 'none.wav')).toMatchObject({ status: 3 });
    expect(compare('a.wav')).toMatchObject({ status: 2 });
  });
});
