import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { layoutClassOf } from '../../../src/render/trim/layout-class.ts';

test.each([
  ['0+2+0', '2.0', 0, 0],
  ['5.1', '5.1', 2, 0],
  ['7.1', '7.1', 4, 0],
  ['2+5+0', '5.1.2', 2, 2],
  ['7.1.2', '7.1.2', 4, 2],
  ['4+5+0', '5.1.4', 2, 4],
  ['7.1.4', '7.1.4', 4, 4],
  ['3.1.2', '2.1.2', 0, 2],
  ['9.1.6', '7.1.4', 4, 6],
])('%s is of the class %s', (name, className, surroundCount, topCount) => {
  expect(layoutClassOf(getLayout(name))).toEqual({ name: className, surroundCount, topCount });
});
