import { expect, test } from 'vitest';
import { getLayout } from '../../src/layouts/built-in.ts';
import { channelCountOf } from '../../src/layouts/layout.ts';

test('channelCountOf counts LFEs too', () => {
  expect(channelCountOf(getLayout('7.1.4'))).toBe(12);
  expect(channelCountOf(getLayout('22.2'))).toBe(24);
});
