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

test('what contradicts itself is a fault, with its place', () => {
  const faults = faultsOf({
    version: 1,
    scene: [
      { type: 'delay' },
      { type: 'multiband', crossoversHz: [200, 100], bands: [{ thresholdDb: -20 }, { thresholdDb: -20 }] },
      { type: 'compressor', thresholdDb: -20, detector: { mode: 'own', render: '5.1' } },
      // What the schema refuses is not looked at further.
      { type: 'de-esser', thresholdDb: 99, lowestHz: 9000, highestHz: 8000 },
      { type: 'de-esser', thresholdDb: -30, lowestHz: 9000, highestHz: 8000 },
    ],
    targets: {
      stereo: {
        sampleRateHz: 44100,
        eq: [{ type: 'bell', frequencyHz: 21000, gainDb: 1, channels: ['M+030', 'Ls'] }],
      },
      '5.1': { loudnessRule: 'peak', loudnessLufs: -18 },
      ambix3: { loudnessLufs: -18 },
    },
  });
  expect(faults.map(({ path, code }) => [path, code])).toEqual([
    ['scene[3].thresholdDb', 'schema-too-big'],
    ['scene[0]', 'delay-length'],
    ['scene[1].crossoversHz[1]', 'crossover-frequency'],
    ['scene[1].bands', 'crossover-bands'],
    ['scene[2].detector.render', 'detector-unheard'],
    ['scene[4].lowestHz', 'de-esser-band'],
    ['targets.stereo.eq[0].frequencyHz', 'eq-frequency'],
    ['targets.stereo.eq[0].channels[1]', 'eq-channel'],
    ['targets["5.1"].loudnessRule', 'loudness-rule'],
    ['targets.ambix3.loudnessLufs', 'no-loudness-target'],
  ]);
});

test('what lies above the band of a rate is a fault where the rate is known', () => {
  const band = { type: 'bell', frequencyHz: 21_500, gainDb: 1 };
  const document = {
    version: 1,
    scene: [{ type: 'eq', bands: [band] }],
    targets: { stereo: { eq: [band] }, '5.1': { eq: [band], sampleRateHz: 48_000 } },
  };
  expect(parseRecipe(document).scene).toHaveLength(1);
  expect(parseRecipe(document, undefined, 48_000).scene).toHaveLength(1);
  const at44100 = (): unknown => parseRecipe(document, undefined, 44_100);
  expect(at44100).toThrow('2 faults');
  expect(at44100).toThrow('scene[0].bands[0].frequencyHz: found 21500; allowed at 44100 Hz: 20947 or less');
  expect(at44100).toThrow('targets.stereo.eq[0].frequencyHz');
});

test('the mastered scene itself is a target without settings', () => {
  const { targets } = parseRecipe({ version: 1, targets: { adm: {}, stems: {}, stereo: {} } });
  expect(Object.keys(targets)).toEqual(['adm', 'stems', 'stereo']);
  const faults = faultsOf({ version: 1, targets: { adm: { loudnessLufs: -18 }, adms: {} } });
  const byPath = new Map(faults.map(({ path, message }) => [path, message]));
  expect([...byPath.keys()]).toEqual(['targets.adm.loudnessLufs', 'targets.adms']);
  expect(byPath.get('targets.adm.loudnessLufs')).toContain('has no settings');
  expect(byPath.get('targets.adms')).toMatch(/mastered scene itself: adm, .*did you mean "adm"\?/);
});

test('a scene in the place of a recipe is called one', () => {
  expect(() => parseRecipe({ version: 1, name: 'song', objects: [] })).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('scene file') as string }) as Error,
  );
});
