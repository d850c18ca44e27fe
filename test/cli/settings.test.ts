import { expect, test } from 'vitest';
import { checkNumber, masterSettings, parsePerTarget, renderSettings } from '../../src/cli/settings.ts';

test('levels for all targets or one', () => {
  expect(parsePerTarget(['-16', 'stereo=-14.5', '7.1.4=-20'], 'loudness')).toEqual({
    '*': -16,
    stereo: -14.5,
    '7.1.4': -20,
  });
  expect(parsePerTarget(undefined, 'loudness')).toBeUndefined();
  expect(() => parsePerTarget(['loud'], 'loudness')).toThrow(/--loudness is "loud"/);
});

test('mastering flags become options', () => {
  expect(
    masterSettings({ ceiling: ['-2'], bitDepth: 16, removeDc: true, fadeOut: '2,linear', maxReduction: 3 }),
  ).toEqual({
    recipe: undefined,
    sceneStage: {},
    dither: undefined,
    dcRemoval: true,
    edit: { fadeOut: { durationSec: 2, curve: 'linear' } },
    profiles: undefined,
    codecPreview: false,
    loudnessLufs: undefined,
    loudnessRule: undefined,
    ceilingDbtp: { '*': -2 },
    bitDepth: 16,
    maxReductionDb: 3,
    albumLoudness: undefined,
    markers: undefined,
  });
});

test('rules for all targets or one', () => {
  const flags = { loudnessRule: ['maximum', '7.1.4=at-most', 'ambix3=peak'] };
  expect(masterSettings(flags).loudnessRule).toEqual({
    '*': 'maximum',
    '7.1.4': 'at-most',
    ambix3: 'peak',
  });
  expect(() => masterSettings({ loudnessRule: ['stereo=loud'] })).toThrow(
    /--loudness-rule is "stereo=loud"; it takes target, at-most, maximum, peak, none/,
  );
});

test('numbers that are none, or too low, are refused', () => {
  expect([-3, '-3', ' 4.5e1'].map((value) => checkNumber(value, 'centre-level'))).toEqual([-3, -3, 45]);
  expect(checkNumber(undefined, 'threads', 1)).toBeUndefined();
  expect(() => checkNumber('abc', 'centre-level')).toThrow('--centre-level is "abc"; it takes one number');
  expect(() => checkNumber('', 'centre-level')).toThrow(/--centre-level is ""/);
  expect(() => checkNumber(['1', '2'], 'threads', 1)).toThrow(/--threads is "1,2"/);
  expect(() => checkNumber('0', 'threads', 1)).toThrow(/1 or more/);
});

test('ambisonic flags become settings of the renderers', () => {
  const flags = { ambisonicNormalization: 'n3d', rotateAmbisonics: '-90, 5,0.5', headLocked: true };
  expect(renderSettings({ ...flags, lfeAmbisonic: '-10', hoaDecoder: 'bs2127' })).toMatchObject({
    loudspeakers: { hoaDecoder: 'bs2127' },
    ambisonics: {
      normalization: 'N3D',
      rotation: { yawDeg: -90, pitchDeg: 5, rollDeg: 0.5 },
      headLocked: true,
      lfeDb: -10,
    },
  });
  for (const rotateAmbisonics of ['90', '1,2,', '1,2,x', '1,2,3,4'])
    expect(() => renderSettings({ rotateAmbisonics })).toThrow(/yaw, pitch and roll in degrees/);
});

test('rendering flags become settings of the renderers', () => {
  expect(renderSettings({ lfeBinaural: '-6.5', importance: '4' })).toMatchObject({
    importanceThreshold: 4,
    binaural: { lfeDb: -6.5 },
  });
  expect(renderSettings({ lfeBinaural: 'off' })).toMatchObject({ binaural: { lfeDb: 'off' } });
  expect(() => renderSettings({ importance: '11' })).toThrow(/--importance is "11".*0 to 10/);
  expect(renderSettings({ head: '-30,5.5, 0' }).binaural!.head).toEqual({
    yawDeg: -30,
    pitchDeg: 5.5,
    rollDeg: 0,
  });
  expect(() => renderSettings({ head: '30' })).toThrow(/--head is "30".*yaw, pitch and roll/);
  expect(renderSettings({ binauralDecoder: 'magnitude' }).binaural?.decoderDesign).toBe('magnitude');
  expect(() => renderSettings({ lfeBinaural: 'loud' })).toThrow(/--lfe-binaural is "loud".*in dB, or off/);
});

test('trims and 5.1 downmix: as the scene has them, or as asked for', () => {
  expect(renderSettings({ trim: 'scene', warp: 'scene' }).trims).toEqual({
    trim: undefined,
    surround: undefined,
  });
  expect(renderSettings({ trim: 'auto', warp: 'on' }).trims).toEqual({
    trim: 'auto',
    surround: 'room-balance',
  });
  const surrounds = ['off', 'lo-ro', 'pl2x'].map((warp) => renderSettings({ warp }).trims!.surround);
  expect(surrounds).toEqual(['direct', 'lo-ro', 'pl2x']);
});
