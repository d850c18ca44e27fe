import { describe, expect, test } from 'vitest';
import { checkProfile } from '../../src/deliver/check-profile.ts';
import type { FileFacts } from '../../src/deliver/file-facts.ts';
import { getProfile } from '../../src/deliver/profiles.ts';
import type { Figures } from '../../src/deliver/figures.ts';

const figures = (changes: Partial<Figures> = {}): Figures => ({
  integratedLufs: -14,
  momentaryMaxLufs: -10,
  momentaryMaxEndSec: 5,
  shortTermMaxLufs: -12,
  shortTermMaxEndSec: 7,
  loudnessRangeLu: 6,
  truePeakDbtp: -1.2,
  samplePeakDbfs: -1.5,
  ...changes,
});

const stereo = (changes: Partial<Figures> = {}, facts: Partial<FileFacts> = {}): FileFacts => ({
  container: 'WAV',
  layout: '2.0',
  channelCount: 2,
  sampleRateHz: 48000,
  bitDepth: 24,
  tailSilenceSamples: 0,
  figures: figures(changes),
  reRenders: {},
  ...facts,
});

const immersive = (own: Partial<Figures>, reRender?: Partial<Figures>): FileFacts => ({
  ...stereo(own),
  layout: '7.1.4',
  channelCount: 12,
  reRenders: reRender ? { '5.1': figures(reRender) } : {},
});

/** Outcome of the rules whose words hold `words`. */
const outcome = (id: string, facts: FileFacts, words: RegExp) =>
  checkProfile(getProfile(id), facts)
    .filter(({ rule }) => words.test(rule))
    .map(({ result }) => result);

describe('levels', () => {
  test.each([
    ['ebu-r128', -23.2, -1, ['pass', 'pass']],
    ['ebu-r128', -23.21, -0.7, ['fail', 'pass']],
    ['ebu-r128', -22.79, -0.69, ['fail', 'fail']],
    ['atsc-a85', -26, -2, ['pass', 'pass']],
    ['atsc-a85', -21.99, -1.99, ['fail', 'fail']],
    ['aes-td1008', -16.2, -1, ['pass', 'pass']],
    ['ebu-r128-s2', -20, -1, ['pass', 'pass']],
    ['ebu-r128-s2', -15.9, -1, ['fail', 'pass']],
  ])('%s: %d LUFS, %d dBTP', (id, integratedLufs, truePeakDbtp, expected) => {
    const facts = stereo({ integratedLufs, truePeakDbtp });
    expect(outcome(id, facts, /^(integrated|true peak)/)).toEqual(expected);
  });

  test('silence at the end stays below a frame; while mastering it is not known', () => {
    const results = [0, 1999, 2000, undefined].flatMap((tailSilenceSamples) =>
      outcome('dolby-atmos-music', { ...immersive({}), tailSilenceSamples }, /^silence at the end/),
    );
    expect(results).toEqual(['pass', 'pass', 'fail', 'not-verifiable']);
  });

  test('a maximum is not rounded, and silence keeps it', () => {
    const own = (integratedLufs: number) => immersive({ integratedLufs });
    expect(outcome('apple-atmos', own(-18), /integrated/)).toEqual(['pass']);
    expect(outcome('apple-atmos', own(-17.999), /integrated/)).toEqual(['fail']);
    expect(outcome('apple-atmos', own(-Infinity), /integrated/)).toEqual(['pass']);
    expect(outcome('spotify', stereo({ integratedLufs: -Infinity }), /integrated/)).toEqual(['fail']);
  });

  test('short form has a bound on short-term loudness', () => {
    const facts = (shortTermMaxLufs: number) => stereo({ integratedLufs: -23, shortTermMaxLufs });
    expect(outcome('ebu-r128-s1', facts(-18), /short-term/)).toEqual(['pass']);
    expect(outcome('ebu-r128-s1', facts(-17.9), /short-term/)).toEqual(['fail']);
  });
});

describe('the 5.1 re-render', () => {
  const words = /^(integrated loudness at most|true peak)/;
  test('is what counts for a 7.1.4 file', () => {
    const loud = immersive({ integratedLufs: -18.3 }, { integratedLufs: -17.9, truePeakDbtp: -0.9 });
    expect(outcome('umg-atmos', loud, words)).toEqual(['fail', 'fail']);
    const right = immersive(
      { integratedLufs: -17.5, truePeakDbtp: 0 },
      { integratedLufs: -18, truePeakDbtp: -1 },
    );
    expect(outcome('umg-atmos', right, words)).toEqual(['pass', 'pass']);
  });

  test('not verifiable where it was not measured', () => {
    expect(outcome('umg-atmos', immersive({}), words)).toEqual(['not-verifiable', 'not-verifiable']);
  });

  test('a 5.1 or stereo file is measured itself', () => {
    const facts = stereo({ truePeakDbtp: -1.9, loudnessRangeLu: 3 });
    expect(outcome('netflix', facts, /^(true peak|loudness range [0-9])/)).toEqual(['fail', 'fail']);
  });
});

test('dialogue, and what depends on it, is not verifiable, with the reason and the figure', () => {
  const checks = checkProfile(getProfile('netflix'), stereo({ integratedLufs: -27.5 }));
  const dialogue = checks.filter(({ rule }) => /^(dialogue|integrated)/.test(rule));
  expect(dialogue.map(({ result }) => result)).toEqual(['not-verifiable', 'not-verifiable']);
  expect(dialogue[0]!.message).toMatch(/dialogue/);
  expect(dialogue[1]).toMatchObject({
    measured: -27.5,
    message: expect.stringMatching(/15 %.*-27\.50 LUFS/),
  });
});

test('layout, rate and depth', () => {
  expect(outcome('spotify', { ...stereo(), layout: '5.1', channelCount: 6 }, /^layout/)).toEqual(['fail']);
  expect(outcome('archive', { ...stereo(), layout: 'ambix3' }, /^layout/)).toEqual(['pass']);
  expect(outcome('sony-360ra', stereo(), /^layout/)).toEqual(['not-verifiable']);
  const facts = stereo({}, { sampleRateHz: 44100, bitDepth: 16 });
  expect(outcome('apple-atmos', facts, /^(layout|sample rate|word)/)).toEqual(['fail', 'fail', 'fail']);
  expect(outcome('deezer', facts, /^(layout|sample rate|word)/)).toEqual(['pass', 'pass', 'pass']);
  expect(outcome('spotify', stereo({}, { sampleRateHz: 22050 }), /^sample/)).toEqual(['fail']);
});

test('metadata rules are not verifiable, and every check says how far its figures can be trusted', () => {
  const checks = checkProfile(getProfile('dolby-atmos-music'), immersive({ integratedLufs: -19 }));
  const metadata = checks.filter(({ rule }) => /ADM|128 channels|binaural mode/.test(rule));
  expect(metadata.map(({ result }) => result)).toEqual(Array(3).fill('not-verifiable'));
  expect(checks.slice(1).every(({ confidence }) => confidence === 'owner')).toBe(true);
  const spotify = checkProfile(getProfile('spotify'), stereo());
  expect(spotify.find(({ rule }) => rule.startsWith('word'))).toMatchObject({ confidence: 'memory' });
  expect(spotify[1]).toMatchObject({ strength: 'recommended', measured: -14, result: 'pass' });
});
