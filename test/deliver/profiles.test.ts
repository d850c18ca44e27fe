import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { profileDemands } from '../../src/deliver/profile-demands.ts';
import type { ProfileDocument } from '../../src/deliver/profile-schema.ts';
import { getProfile, profileIds, profiles } from '../../src/deliver/profiles.ts';
import { parseTarget } from '../../src/master/targets.ts';

const folder = resolve(import.meta.dirname, '../../profiles');
const documents = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({
    file,
    document: JSON.parse(readFileSync(join(folder, file), 'utf8')) as ProfileDocument,
  }));

test('every file is a profile of its name, and is published', () => {
  expect(documents.map(({ document }) => document.id).sort()).toEqual([...profileIds()].sort());
  for (const { file, document } of documents) expect(file).toBe(`${document.id}.json`);
  expect((manifest as { files: string[] }).files).toContain('profiles');
});

test.each(documents)(
  '$file: every source is used, every target is one that periphon makes and it takes',
  (entry) => {
    const { sources, rules, normalization = [], targets, id } = entry.document;
    const used = new Set([...rules, ...normalization].map(({ source }) => source));
    for (const key of Object.keys(sources)) expect(used).toContain(key);
    for (const name of targets) {
      const target = parseTarget(name);
      expect(target.kind).not.toBe('ambisonics');
      const { layouts } = getProfile(id);
      if (layouts && target.kind !== 'ambisonics') expect(layouts).toContain(target.layout.name);
    }
  },
);

test('a rule without a source, or with a part that is not in it, is from memory', () => {
  const confidenceOf = (id: string, measure: string) =>
    getProfile(id).rules.find((rule) => rule.measure === measure)?.confidence;
  expect(confidenceOf('spotify', 'integratedLufs')).toBe('owner');
  expect(confidenceOf('spotify', 'bitDepth')).toBe('memory');
  expect(confidenceOf('tidal', 'integratedLufs')).toBe('secondary');
  expect(confidenceOf('arib-tr-b32', 'integratedLufs')).toBe('memory');
});

/** Published figures, typed by hand: loudness rule, loudness, ceiling, depth, rate for a source of 44.1 kHz. */
describe.each([
  ['spotify', 'target', -14, -1, 24, 44100, undefined],
  ['apple-music', 'target', -16, -1, 24, 44100, undefined],
  ['apple-atmos', 'at-most', -18, -1, 24, 48000, undefined],
  ['youtube', 'target', -14, -1, undefined, undefined, undefined],
  ['tidal', 'target', -14, -1, 24, undefined, undefined],
  ['amazon-music', 'target', -14, -2, 24, 44100, undefined],
  ['deezer', 'target', -15, -1, 16, 44100, undefined],
  ['dolby-atmos-music', 'at-most', -18, -1, 24, 48000, undefined],
  ['umg-atmos', 'at-most', -18, -1, 24, 48000, '5.1'],
  ['netflix', 'target', -24, -2, 24, 48000, '5.1'],
  ['ebu-r128', 'target', -23, -1, undefined, 48000, undefined],
  ['ebu-r128-s1', 'target', -23, -1, undefined, 48000, undefined],
  ['atsc-a85', 'target', -24, -2, undefined, 48000, undefined],
  ['aes-td1008', 'target', -16, -1, undefined, undefined, undefined],
  ['archive', 'none', undefined, -1, 32, 44100, undefined],
] as const)('%s', (id, loudnessRule, loudnessLufs, ceilingDbtp, bitDepth, sampleRateHz, measuredOn) => {
  test('asks for what its owner publishes', () => {
    const demands = profileDemands(getProfile(id), 44100);
    expect(demands).toEqual({ loudnessRule, loudnessLufs, ceilingDbtp, bitDepth, sampleRateHz, measuredOn });
  });
});

test('UMG and Netflix are judged on the 5.1 re-render, and Netflix by dialogue', () => {
  const levels = (id: string) =>
    getProfile(id).rules.filter((rule) => /Lufs|Lu$|Dbtp/.test(rule.measure)) as { on?: string }[];
  for (const id of ['umg-atmos', 'netflix']) {
    expect(levels(id).length).toBeGreaterThan(2);
    for (const rule of levels(id)) expect(rule.on).toBe('5.1');
  }
  expect(getProfile('netflix').rules[0]).toMatchObject({
    measure: 'dialogueLufs',
    target: -27,
    tolerance: 2,
  });
});

test('an unknown id is refused with the nearest one', () => {
  expect(() => getProfile('spotfy')).toThrow(expect.objectContaining({ hint: 'did you mean "spotify"?' }));
  expect(profiles.every(({ asOf }) => /^\d{4}-\d{2}-\d{2}$/.test(asOf))).toBe(true);
});
