import { expect, test } from 'vitest';
import { fuzzAdm } from './adm-mutations.ts';

test('two thousand damaged or hostile ADM files are read or refused with a message, in time', async () => {
  expect(await fuzzAdm(2000)).toBeGreaterThan(100);
}, 900_000);
