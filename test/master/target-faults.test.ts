import { expect, test } from 'vitest';
import { loudnessFault, targetFaults } from '../../src/master/target-faults.ts';

test('rules about loudness take one, rules about peaks do not; ambisonics have none', () => {
  const codes = (
    [
      [false, 'target', -14],
      [false, 'peak', null],
      [false, undefined, null],
      [true, 'none', undefined],
      [false, 'peak', -14],
      [false, 'maximum', null],
      [true, undefined, -14],
      [true, 'at-most', undefined],
    ] as const
  ).map(([isAmbisonic, rule, lufs]) => loudnessFault(isAmbisonic, rule, lufs)?.code);
  const none = [undefined, undefined, undefined, undefined];
  expect(codes).toEqual([
    ...none,
    ...['loudness-rule', 'loudness-rule', 'no-loudness-target', 'no-loudness-target'],
  ]);
});

test('channels and frequencies of an equaliser, as far as layout and rate are known', () => {
  const eq = [{ type: 'bell' as const, frequencyHz: 21_000, gainDb: 1, channels: ['LFE1'] }];
  const paths = (id: string, sampleRateHz?: number, sceneRateHz?: number) =>
    targetFaults(id, { eq, sampleRateHz }, sceneRateHz).map(({ path }) => path.join('.'));
  expect(paths('5.1')).toEqual([]);
  expect(paths('binaural')).toEqual(['eq.0.channels.0']);
  expect(paths('rooms/a.json', 44_100)).toEqual(['eq.0.frequencyHz']);
  expect(paths('5.1', undefined, 44_100)).toEqual(['eq.0.frequencyHz']);
  expect(paths('5.1', 48_000, 44_100)).toEqual([]);
});
