import { expect, test } from 'vitest';
import { needsReRender } from '../../src/deliver/file-facts.ts';
import { getLayout } from '../../src/layouts/built-in.ts';

test('files of 5.1 and less are measured as they are, larger ones on their re-render', () => {
  const needed = (name: string): boolean => needsReRender(getLayout(name).loudspeakers.length);
  expect(['mono', '2.0', '5.1'].map(needed)).toEqual([false, false, false]);
  expect(['7.1', '5.1.2', '7.1.4', '9.1.6'].map(needed)).toEqual([true, true, true, true]);
});
