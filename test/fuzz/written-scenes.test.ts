import { expect, test } from 'vitest';
import { jobFolder } from '../job/scenes.ts';
import { fuzzWriting } from './written-scenes.ts';

const folder = jobFolder();

test('random scenes come back from every format, or are refused by name', async () => {
  const taken = await fuzzWriting(60, folder);
  expect(taken['adm-itu']).toBeGreaterThan(50);
  expect(taken.stems).toBeGreaterThan(50);
  // Many have ambisonic beds, or 44.1 kHz.
  expect(taken['adm-dolby']).toBeGreaterThan(5);
}, 120_000);
