import { expect, test } from 'vitest';
import {
  detectorFaults,
  detectorRenderSchema,
  detectorSchema,
  isLinked,
} from '../../../src/master/scene-stage/detector-schema.ts';

test('modes are named, keys known and values in range', () => {
  const detector = { mode: 'render', render: '5.1', linkPercent: 50, highpassHz: 100 };
  expect(detectorSchema.parse(detector)).toEqual(detector);
  for (const wrong of [
    {},
    { mode: 'max' },
    { mode: 'render', render: '9.1.6' },
    { mode: 'own', linkPercent: 101 },
    { mode: 'own', links: 1 },
    { mode: 'own', highpassHz: 1 },
  ])
    expect(detectorSchema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
});

test('one gain for all is linked', () => {
  expect(isLinked({ mode: 'group-sum' })).toBe(true);
  expect(isLinked({ mode: 'render', linkPercent: 99 })).toBe(false);
  expect(isLinked({ mode: 'own', linkPercent: 100 })).toBe(false);
});

test('what says nothing with a mode, leaves nothing to hear or names no file is a fault', () => {
  const paths = (settings: Parameters<typeof detectorFaults>[0]) =>
    detectorFaults(settings).map(({ path }) => path.join('.'));
  expect(paths(undefined)).toEqual([]);
  expect(paths({ mode: 'render', render: '5.1', linkPercent: 50, highpassHz: 80, lowpassHz: 90 })).toEqual(
    [],
  );
  expect(paths({ mode: 'own', linkPercent: 50 })).toEqual(['detector.linkPercent']);
  expect(paths({ mode: 'group-max', render: '5.1' })).toEqual(['detector.render']);
  expect(paths({ mode: 'side-chain' })).toEqual(['detector.mode']);
  expect(paths({ mode: 'side-chain', file: 'kick.wav' })).toEqual([]);
  expect(paths({ mode: 'own', highpassHz: 900, lowpassHz: 800 })).toEqual(['detector.highpassHz']);
});

test('5.1 without quotes is a number in YAML, and means the render', () => {
  expect(detectorSchema.parse({ mode: 'render', render: 5.1 })).toEqual({ mode: 'render', render: '5.1' });
  expect(detectorRenderSchema.safeParse(7.1).success).toBe(false);
});
