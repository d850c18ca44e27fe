import { describe, expect, test } from 'vitest';
import { normalizationGainDb, platformGains } from '../../src/deliver/platform-gain.ts';

const file = (integratedLufs: number, truePeakDbtp: number) => ({
  integratedLufs,
  truePeakDbtp,
  samplePeakDbfs: truePeakDbtp - 0.3,
});

/** Gain of a service, in its normal mode. */
const gainDb = (platform: string, integratedLufs: number, truePeakDbtp: number, mode?: string): number =>
  platformGains(file(integratedLufs, truePeakDbtp)).find(
    (gain) => gain.platform === platform && gain.mode === mode,
  )!.gainDb;

describe('each service', () => {
  test("Spotify's own example: -20 LUFS with peaks at -5 dBTP is lifted to -16 only", () => {
    expect(gainDb('spotify', -20, -5, 'normal')).toBe(4);
  });

  test.each([
    // Loud masters are turned down by all that do anything.
    ['spotify', 'normal', -9, -0.5, -5],
    ['spotify', 'loud', -9, -0.5, -2],
    ['spotify', 'quiet', -9, -0.5, -10],
    ['youtube', undefined, -9, -0.5, -5],
    ['tidal', undefined, -9, -0.5, -5],
    ['apple-music', undefined, -9, -0.5, -7],
    ['amazon-music', undefined, -9, -0.5, -5],
    ['deezer', undefined, -9, -0.5, -6],
    ['qobuz', undefined, -9, -0.5, 0],
    ['soundcloud', undefined, -9, -0.5, 0],
    // Quiet masters with headroom.
    ['spotify', 'normal', -18, -12, 4],
    ['spotify', 'loud', -18, -12, 7],
    ['youtube', undefined, -18, -12, 0],
    ['tidal', undefined, -18, -12, 0],
    ['apple-music', undefined, -18, -12, 2],
    ['deezer', undefined, -18, -12, 3],
    // Quiet masters without.
    ['spotify', 'normal', -18, -0.5, 0],
    ['spotify', 'loud', -18, -0.5, 7],
    ['apple-music', undefined, -18, -0.5, 0.5],
  ])('%s %s: %d LUFS, %d dBTP', (platform, mode, integratedLufs, truePeakDbtp, expected) => {
    expect(gainDb(platform, integratedLufs, truePeakDbtp, mode)).toBe(expected);
  });
});

test('what is heard, what a limiter takes away, and how sure that is', () => {
  const gains = platformGains(file(-18, -0.5));
  const loud = gains.find(({ mode }) => mode === 'loud')!;
  // 7 dB on sample peaks of -0.8 dBFS: 7.2 dB over the limiter's -1.
  expect(loud.limitedDb).toBeCloseTo(7.2, 9);
  expect(loud).toMatchObject({ playedLufs: -11, confidence: 'owner' });
  expect(gains.find(({ platform }) => platform === 'youtube')).toMatchObject({
    playedLufs: -18,
    limitedDb: 0,
    confidence: 'memory',
  });
});

test('silence is not lifted', () => {
  for (const { gainDb: gain } of platformGains(file(-Infinity, -Infinity))) expect(gain).toBe(0);
});

test('a peak above the limit does not turn a quiet file down', () => {
  const entry = { referenceLufs: -14, raises: 'to-peak', peakDbtp: -1 } as const;
  expect(normalizationGainDb(entry, file(-20, 0.5))).toBe(0);
});
