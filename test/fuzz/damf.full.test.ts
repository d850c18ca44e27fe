import { expect, test } from 'vitest';
import { fuzzDamf } from './damf-mutations.ts';

test('two thousand damaged or hostile masters in DAMF are read or refused with a message, in time', async () => {
  expect(await fuzzDamf(2000)).toBeGreaterThan(100);
}, 900_000);
