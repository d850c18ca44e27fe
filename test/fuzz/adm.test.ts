import { expect, test } from 'vitest';
import { fuzzAdm } from './adm-mutations.ts';

test('a damaged or hostile ADM file is read or refused with a message, in time', async () => {
  const readCount = await fuzzAdm(200);
  // Mutants of all kinds are among them: some are whole enough to be read.
  expect(readCount).toBeGreaterThan(10);
  expect(readCount).toBeLessThan(190);
}, 120_000);
