import { expect, test } from 'vitest';
import { jobFolder } from '../job/scenes.ts';
import { fuzzWriting } from './written-scenes.ts';

const folder = jobFolder();

test('six hundred random scenes come back from every format, or are refused by name', async () => {
  const taken = await fuzzWriting(600, folder);
  expect(taken.stems).toBeGreaterThan(500);
}, 900_000);
