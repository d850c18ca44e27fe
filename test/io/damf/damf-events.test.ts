import { expect, test } from 'vitest';
import { applyEventValue, eventFlag, initialState, zonesByName } from '../../../src/io/damf/damf-events.ts';
import { dolbyZone } from '../../../src/io/dolby/dolby-zones.ts';

const place = { file: 'a.metadata', line: 7 };
const apply = (key: string, text: string) => {
  const state = { ...initialState };
  return applyEventValue(state, key, text, place) ? state : undefined;
};

test.each([
  ['active', 'false', { active: false }],
  ['pos', '[-1, 0.5, 1e-2]', { xyz: [-1, 0.5, 0.01] }],
  ['pos', '[-2001, 2001, 0]', { xyz: [-2001, 2001, 0] }],
  ['snap', 'true', { snap: true }],
  ['elevation', '0', { elevation: false }],
  ['zones', 'no back', { zones: 'no back' }],
  ['size', '0.25', { size: 0.25 }],
  ['decorr', '1', { decorr: true }],
  ['importance', '1.0', { importance: 1 }],
  ['gain', '-6.02', { gainDb: -6.02 }],
  ['gain', '-inf', { gainDb: -Infinity }],
  ['gain', '-.inf', { gainDb: -Infinity }],
  ['rampLength', '1536', { rampSamples: 1536 }],
])('%s: %s', (key, text, wanted) => expect(apply(key, text)).toEqual({ ...initialState, ...wanted }));

test.each([
  ['pos', '[0, 0]'],
  ['pos', '0, 0, 0'],
  ['pos', '[0, , 0]'],
  ['pos', '[.nan, 0, 0]'],
  ['size', '-0.1'],
  ['gain', 'inf'],
  ['gain', ''],
  ['rampLength', '0.5'],
  ['snap', '2'],
  ['zones', 'toString'],
])('%s: %s is refused with file and line', (key, text) => {
  expect(() => apply(key, text)).toThrow(expect.objectContaining({ code: 'damf-event', path: 'line 7' }));
  expect(() => apply(key, text)).toThrow('a.metadata:7: ');
});

test('other keys are left to others; flags of YAML 1.1 are known', () => {
  expect(apply('dialog', '-1')).toBeUndefined();
  expect(['yes', 'Off', 'TRUE'].map((text) => eventFlag(text, 'x', place))).toEqual([true, false, true]);
});

test('every zone that is named exists', () => {
  for (const names of Object.values(zonesByName))
    for (const name of names) expect(dolbyZone(name).kind).toBe('cartesian');
});
