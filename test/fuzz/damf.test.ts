import { expect, test } from 'vitest';
import { fuzzDamf } from './damf-mutations.ts';

test('a damaged or hostile master in DAMF is read or refused with a message, in time', async () => {
  const readCount = await fuzzDamf(200);
  // Mutants of all kinds are among them: some are whole enough to be read.
  expect(readCount).toBeGreaterThan(10);
  expect(readCount).toBeLessThan(190);
}, 120_000);
