import { expect, test } from 'vitest';
import { sceneLoudnessSchema } from '../../src/master/scene-loudness-schema.ts';

test('the schema knows ranges and keys', () => {
  const isValid = (document: unknown): boolean => sceneLoudnessSchema.safeParse(document).success;
  expect(isValid({})).toBe(true);
  expect(isValid({ on: ['5.1', '7.1.4'], note: 'as the label wants it' })).toBe(true);
  for (const bad of [{ on: [] }, { ceilingDbtp: 1 }, { loudnessLufs: 3 }, { limiter: { knee: 1 } }])
    expect(isValid(bad)).toBe(false);
});
