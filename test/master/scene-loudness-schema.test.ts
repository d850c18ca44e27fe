import { expect, test } from 'vitest';
import { sceneLoudnessSchema } from '../../src/master/scene-loudness-schema.ts';

test('names of layouts may be what YAML takes for numbers', () => {
  expect(sceneLoudnessSchema.parse({ on: 5.1, renders: [7.1, '7.1.4', 22.2] })).toEqual({
    on: '5.1',
    renders: ['7.1', '7.1.4', '22.2'],
  });
});

test('the schema knows ranges and keys', () => {
  const isValid = (document: unknown): boolean => sceneLoudnessSchema.safeParse(document).success;
  expect(isValid({})).toBe(true);
  expect(isValid({ on: ['5.1', '7.1.4'], note: 'as the label wants it' })).toBe(true);
  for (const bad of [
    { on: [] },
    { on: 5.2 },
    { ceilingDbtp: 1 },
    { loudnessLufs: 3 },
    { limiter: { knee: 1 } },
  ])
    expect(isValid(bad)).toBe(false);
});
