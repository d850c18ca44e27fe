import { describe, expect, test } from 'vitest';
import type { LoudnessRule } from '../../src/master/loudness-solver.ts';
import { limiterDefaults } from '../../src/master/limiter.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import { resolveTargetSettings, targetDefaults } from '../../src/master/target-settings.ts';
import { parseTarget } from '../../src/master/targets.ts';

test.each([
  ['7.1.4', 'at-most', -18],
  ['mono', 'at-most', -18],
  ['stereo', 'target', -14],
  ['0+2+0', 'target', -14],
  ['binaural', 'target', -16],
  ['ambix3', 'none', undefined],
])('%s: %s %f, -1 dBTP, 24 bit with dither', (name, loudnessRule, loudnessLufs) => {
  expect(resolveTargetSettings(parseTarget(name))).toEqual({
    loudnessRule,
    loudnessLufs,
    ceilingDbtp: -1,
    sampleRateHz: undefined,
    bitDepth: 24,
    dither: 'tpdf',
    limiter: { linkPercent: 50, lfeLinkPercent: 0, lookaheadMs: 5, holdMs: 10, releaseMs: 60 },
    dcRemoval: false,
    eq: [],
  });
});

test('the limiter of a recipe keeps the defaults of what it leaves out', () => {
  const limiter = { linkPercent: 20, holdMs: 0 };
  const recipe = parseRecipe({ version: 1, targets: { '7.1.4': { limiter } } });
  expect(resolveTargetSettings(parseTarget('7.1.4'), recipe).limiter).toEqual({
    ...limiterDefaults,
    ...limiter,
  });
  expect(resolveTargetSettings(parseTarget('stereo'), recipe).limiter).toEqual(limiterDefaults);
  for (const fault of [{ linkPercent: 101 }, { lookaheadMs: 0 }, { attackMs: 3 }]) {
    expect(() => parseRecipe({ version: 1, targets: { stereo: { limiter: fault } } })).toThrow('1 fault');
  }
});

test('flags win over the recipe, the recipe over the defaults', () => {
  const recipe = parseRecipe({
    version: 1,
    targets: { '4+7+0': { loudnessLufs: -20, bitDepth: 16 }, stereo: { loudnessLufs: null } },
  });
  const bed = resolveTargetSettings(parseTarget('7.1.4'), recipe, { bitDepth: 32, ceilingDbtp: undefined });
  expect(bed).toMatchObject({ loudnessRule: 'at-most', loudnessLufs: -20, bitDepth: 32, ceilingDbtp: -1 });
  const stereo = resolveTargetSettings(parseTarget('stereo'), recipe);
  expect(stereo).toMatchObject({ loudnessRule: 'none', loudnessLufs: undefined });
});

describe('the rule of loudness', () => {
  const recipe = (stereo: object) => parseRecipe({ version: 1, targets: { stereo } });
  const stereo = (fromRecipe: object, overrides = {}) => {
    const settings = resolveTargetSettings(parseTarget('stereo'), recipe(fromRecipe), overrides);
    return [settings.loudnessRule, settings.loudnessLufs];
  };

  test('goes with the loudness of where it stands, of the recipe or of the defaults', () => {
    expect(stereo({ loudnessRule: 'maximum' })).toEqual(['maximum', -14]);
    expect(stereo({ loudnessRule: 'at-most', loudnessLufs: -20 })).toEqual(['at-most', -20]);
    expect(stereo({ loudnessRule: 'at-most' }, { loudnessLufs: -11 })).toEqual(['at-most', -11]);
    expect(stereo({ loudnessLufs: -20 }, { loudnessRule: 'maximum' })).toEqual(['maximum', -20]);
  });

  test('peak and none have no loudness; one that is given over them has the default rule', () => {
    for (const rule of ['peak', 'none'] as const) {
      expect(stereo({ loudnessLufs: -20 }, { loudnessRule: rule })).toEqual([rule, undefined]);
      expect(stereo({ loudnessRule: rule }, { loudnessLufs: -9 })).toEqual(['target', -9]);
      expect(stereo({ loudnessRule: rule, loudnessLufs: null })).toEqual([rule, undefined]);
      expect(() => stereo({ loudnessRule: rule, loudnessLufs: -9 })).toThrow(`"${rule}"`);
    }
    expect(stereo({ loudnessLufs: null }, { loudnessRule: 'target' })).toEqual(['target', -14]);
    expect(() => stereo({}, { loudnessRule: 'maximum', loudnessLufs: null })).toThrow(/"maximum".*null/);
  });

  test('of ambisonics is about peaks alone', () => {
    const ambix = (loudnessRule: LoudnessRule) =>
      resolveTargetSettings(parseTarget('ambix1'), undefined, { loudnessRule }).loudnessRule;
    expect(ambix('peak')).toBe('peak');
    expect(() => ambix('at-most')).toThrow(
      'ambix1: ambisonics have no loudness of their own, and the rule "at-most"',
    );
  });
});

test('ambisonics cannot have a loudness; defaults are frozen', () => {
  expect(() => resolveTargetSettings(parseTarget('ambix1'), undefined, { loudnessLufs: -16 })).toThrow(
    'ambix1: ambisonics have no loudness of their own',
  );
  expect(Object.isFrozen(targetDefaults)).toBe(true);
  expect(Object.isFrozen(targetDefaults.stereo)).toBe(true);
});

test('a delivery profile stands over the defaults and under the recipe', () => {
  const profile = { loudnessRule: 'at-most', loudnessLufs: -20, bitDepth: 16 } as const;
  const stereo = parseTarget('stereo');
  expect(resolveTargetSettings(stereo, undefined, {}, profile)).toMatchObject({
    ...profile,
    ceilingDbtp: -1,
  });
  const recipe = parseRecipe({ version: 1, scene: [], targets: { stereo: { loudnessLufs: -23 } } });
  expect(resolveTargetSettings(stereo, recipe, { bitDepth: 24 }, profile)).toMatchObject({
    loudnessRule: 'at-most',
    loudnessLufs: -23,
    bitDepth: 24,
  });
});
