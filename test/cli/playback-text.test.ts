import { expect, test } from 'vitest';
import { playbackTexts } from '../../src/cli/playback-text.ts';

test('nothing asked for, nothing told', () => {
  expect(playbackTexts({})).toEqual([]);
});

test('services with their modes, what is unverified marked', () => {
  const common = { limitedDb: 0, note: undefined, playedLufs: -14 };
  const platforms = [
    { ...common, platform: 'spotify', mode: 'normal', gainDb: -5, confidence: 'owner' as const },
    { ...common, platform: 'youtube', mode: undefined, gainDb: -5, confidence: 'memory' as const },
  ];
  const [table] = playbackTexts({ platforms });
  expect(table!.split('\n').map((line) => line.trimEnd())).toEqual([
    '  service          gain dB   LUFS  limited dB',
    '  spotify, normal     -5.0  -14.0         0.0',
    '  youtube             -5.0  -14.0         0.0  unverified',
  ]);
});

test('codecs are an estimate; those without an encoder say why', () => {
  const [table] = playbackTexts({
    codecPreviews: [
      { codec: 'aac', bitrateKbps: 256, integratedLufs: -14.02, truePeakDbtp: -0.4, unavailable: undefined },
      {
        codec: 'opus',
        bitrateKbps: 160,
        integratedLufs: undefined,
        truePeakDbtp: undefined,
        unavailable: 'no encoder',
      },
    ],
  });
  expect(table).toMatch(/codec \(estimate\)/);
  expect(table).toMatch(/aac 256 kbit\/s +-14\.02 +-0\.40/);
  expect(table).toMatch(/opus 160 kbit\/s +- +- +no encoder/);
});
