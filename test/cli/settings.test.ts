import { expect, test } from 'vitest';
import { masterSettings, parsePerTarget } from '../../src/cli/settings.ts';

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
  expect(masterSettings({ ceiling: ['-2'], bitDepth: 16, maxReduction: 3 })).toEqual({
    recipe: undefined,
    loudnessLufs: undefined,
    ceilingDbtp: { '*': -2 },
    bitDepth: 16,
    maxReductionDb: 3,
  });
});
