import { expect, test } from 'vitest';
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
  });
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

test('ambisonics cannot have a loudness; defaults are frozen', () => {
  expect(() => resolveTargetSettings(parseTarget('ambix1'), undefined, { loudnessLufs: -16 })).toThrow(
    'ambix1 has no loudness of its own',
  );
  expect(Object.isFrozen(targetDefaults)).toBe(true);
  expect(Object.isFrozen(targetDefaults.stereo)).toBe(true);
});
