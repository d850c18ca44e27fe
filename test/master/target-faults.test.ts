import { expect, test } from 'vitest';
import { targetFaults } from '../../src/master/target-faults.ts';

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
