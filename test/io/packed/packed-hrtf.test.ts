import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { formatPackedHrtf, loadDefaultHrtf, parsePackedHrtf } from '../../../src/io/packed/packed-hrtf.ts';
import { toySet } from '../../hrtf/sets.ts';

describe('packed files', () => {
  const set = toySet(30);
  const bytes = formatPackedHrtf(set);

  test('hold a set within 16 bits', () => {
    const parsed = parsePackedHrtf(bytes, 'toy.phrtf');
    expect(parsed).toMatchObject({ name: 'toy', licence: 'none', sampleRateHz: 48000, tapCount: 32 });
    set.responses.forEach((sample, i) => expect(Math.abs(parsed.responses[i]! - sample)).toBeLessThan(3e-5));
    set.arrivalSamples.forEach((arrival, i) => expect(parsed.arrivalSamples[i]).toBeCloseTo(arrival, 4));
  });

  test.each([
    ['empty', new Uint8Array(0), /not a packed HRTF/],
    ['foreign', new Uint8Array(100), /not a packed HRTF/],
    ['cut short', bytes.subarray(0, bytes.length - 1), /its header asks for/],
    ['cut in the header', bytes.subarray(0, 40), /not JSON/],
  ])('%s: a clear error', (_, broken, message) => {
    expect(() => parsePackedHrtf(broken, 'x.phrtf')).toThrow(message);
  });

  test('numbers that are not finite and counts that cannot be are refused', () => {
    const broken = bytes.slice();
    const headerBytes = new DataView(broken.buffer).getUint32(8, true);
    new DataView(broken.buffer).setFloat32(12 + headerBytes, NaN, true);
    expect(() => parsePackedHrtf(broken, 'x.phrtf')).toThrow(/not finite/);
    expect(() => parsePackedHrtf(formatPackedHrtf({ ...set, sampleRateHz: 10 }), 'x.phrtf')).toThrow(
      /sampleRateHz 10/,
    );
  });
});

describe('the default set', () => {
  test('is the file that its notice describes', () => {
    const root = new URL('../../../hrtf/', import.meta.url);
    const facts = JSON.parse(readFileSync(new URL('kemar.json', root), 'utf8')) as { sha256: string };
    const sha256 = createHash('sha256')
      .update(readFileSync(new URL('kemar.phrtf', root)))
      .digest('hex');
    expect(sha256).toBe(facts.sha256);
  });

  test('loads at its rates and says which they are', async () => {
    for (const rate of [44100, 48000, 88200, 96000]) {
      const set = await loadDefaultHrtf(rate);
      expect(set.sampleRateHz).toBe(rate);
      expect(set.licence).toMatch(/MIT Media Laboratory/);
    }
    await expect(loadDefaultHrtf(192000)).rejects.toThrow(/44100, 48000, 88200, 96000 Hz/);
  });
});
