import { expect, test } from 'vitest';
import { detectorSchema, isLinked } from '../../../src/master/scene-stage/detector-schema.ts';

test('modes are named, keys known and values in range', () => {
  const detector = { mode: 'render', render: '5.1', linkPercent: 50, highpassHz: 100 };
  expect(detectorSchema.parse(detector)).toEqual(detector);
  for (const wrong of [
    {},
    { mode: 'max' },
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
