import { expect, test } from 'vitest';
import { ConfigError } from '../../src/base/errors.ts';
import { type DocumentLocator, parseRecipe } from '../../src/master/recipe.ts';

const faultsOf = (document: unknown, locate?: DocumentLocator) => {
  try {
    parseRecipe(document, locate);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).code).toBe('invalid-recipe');
    return (error as ConfigError).issues;
  }
  throw new Error('the recipe was taken');
};

test('a full recipe, targets under their canonical names', () => {
  const settings = {
    loudnessLufs: -18,
    ceilingDbtp: -1,
    sampleRateHz: 48000,
    bitDepth: 24,
    dither: 'tpdf',
    eq: [],
  };
  const document = {
    version: 1,
    scene: [{ type: 'gain', gainDb: -1 }],
    targets: { '4+7+0': settings, 'rooms/a.json': {}, ambix3: {} },
  };
  expect(parseRecipe(document)).toEqual({
    version: 1,
    scene: [
      { type: 'gain', id: 'gain1', group: 'all', amount: 1, bypass: false, parameters: { gainDb: -1 } },
    ],
    targets: { '7.1.4': settings, 'rooms/a.json': {}, ambix3: {} },
  });
});

test('the least recipe', () => {
  expect(parseRecipe({ version: 1 })).toEqual({ version: 1, scene: [], targets: {} });
});

test('every fault at once, each with its path, a suggestion and its place', () => {
  const faults = faultsOf(
    {
      version: 2,
      scenes: [],
      scene: [
        { type: 'gain', gainDb: 0 },
        { type: 'gain', gainDb: 99, id: 'gain1' },
      ],
      targets: {
        '7.1.4': { loudnessLUFS: -18, bitDepth: 12, eq: [{}] },
        binural: {},
        stereo: { ceilingDbtp: 3, dither: 'triangular' },
        '4+7+0': {},
      },
    },
    (path) => (path.at(-1) === 'bitDepth' ? { line: 4, column: 7 } : undefined),
  );
  const byPath = new Map(faults.map(({ path, message }) => [path, message]));
  expect([...byPath.keys()].sort()).toEqual(
    [
      'scene[1].gainDb',
      'scene[1].id',
      'scenes',
      'targets.binural',
      'targets.stereo.ceilingDbtp',
      'targets.stereo.dither',
      'targets["4+7+0"]',
      'targets["7.1.4"].bitDepth',
      'targets["7.1.4"].eq[0].type',
      'targets["7.1.4"].loudnessLUFS',
      'version',
    ].sort(),
  );
  expect(byPath.get('scenes')).toContain('did you mean "scene"?');
  expect(byPath.get('targets["7.1.4"].loudnessLUFS')).toContain('did you mean "loudnessLufs"?');
  expect(byPath.get('targets["7.1.4"].bitDepth')).toMatch(
    /found 12; allowed: 16, 20, 24, 32.*\(line 4, column 7\)/,
  );
  expect(byPath.get('targets.binural')).toContain('did you mean "binaural"?');
  expect(byPath.get('targets["4+7+0"]')).toContain('same target');
});

test.each([null, [], 'text', 3])('%j is no recipe', (document) => {
  expect(faultsOf(document)).toHaveLength(1);
});
