import { expect, test } from 'vitest';
import { getLayout } from '../../src/layouts/built-in.ts';
import { whyNotSurrounding } from '../../src/layouts/surrounding.ts';

test('stereo has its own rule and needs no surrounding', () => {
  expect(whyNotSurrounding(getLayout('0+2+0'))).toBeUndefined();
  expect(whyNotSurrounding(getLayout('2+3+0'))).toContain('gap of 300 degrees');
});
