import { expect, test } from 'vitest';
import { isZone } from '../../../src/deliver/master-rules/zones.ts';

test.each([
  ['ZM1', { minX: '-1', maxX: '1', minY: '-1', maxY: '-0.41934', minZ: '-0.499', maxZ: '0.499' }, true],
  ['ZB', { minZ: '-1.0', maxZ: '-0.4995' }, true],
  ['ZT', {}, true],
  ['ZT', { minZ: '0.4' }, false],
  ['ZT', { minElevation: '10' }, false],
  ['Z1', { minZ: '0.4995' }, false],
  ['', { minX: '-1', maxX: '1' }, false],
])('zone %s with %o', (text, attributes, isRight) => {
  expect(isZone({ name: 'zone', text, attributes, children: [] })).toBe(isRight);
});
