import { expect, test } from 'vitest';
import { levelOverrides } from '../../src/job/level-overrides.ts';
import type { MasterSceneOptions } from '../../src/job/master-options.ts';

const overridesOf = (given: Partial<MasterSceneOptions>, takesLoudness?: boolean) =>
  levelOverrides({ scene: 'a.wav', outDir: '.', ...given }, (name) => name === 'stereo', takesLoudness);

test('what is given by name stands over what is given for all', () => {
  const given = { loudnessLufs: { '*': -20, stereo: -16 }, ceilingDbtp: { '*': -2 } };
  expect(overridesOf(given)).toEqual({
    overrides: { loudnessRule: undefined, loudnessLufs: -16, ceilingDbtp: -2 },
    isNamed: true,
  });
  expect(overridesOf({ loudnessLufs: { '*': -20, binaural: -16 } }).isNamed).toBe(false);
});

test('a rule about peaks by name stands over the loudness of all, a loudness by name over such a rule of all', () => {
  const peak = { loudnessLufs: { '*': -20 }, loudnessRule: { stereo: 'peak' } } as const;
  expect(overridesOf(peak).overrides).toMatchObject({ loudnessRule: 'peak', loudnessLufs: undefined });
  const loud = { loudnessLufs: { stereo: -20 }, loudnessRule: { '*': 'peak' } } as const;
  expect(overridesOf(loud).overrides).toMatchObject({ loudnessRule: undefined, loudnessLufs: -20 });
  const both = { loudnessLufs: { stereo: -20 }, loudnessRule: { stereo: 'peak' } } as const;
  expect(overridesOf(both).overrides).toMatchObject({ loudnessRule: 'peak', loudnessLufs: -20 });
});

test('who takes no loudness has the ceiling and the rules about peaks of all', () => {
  const given = { loudnessLufs: { '*': -20 }, ceilingDbtp: { '*': -2 } };
  const rules = (rule: 'at-most' | 'none') => ({ loudnessRule: { '*': rule } });
  expect(overridesOf({ ...given, ...rules('at-most') }, false).overrides).toEqual({
    ...{ loudnessRule: undefined, loudnessLufs: undefined, ceilingDbtp: -2 },
  });
  expect(overridesOf(rules('none'), false).overrides.loudnessRule).toBe('none');
});
