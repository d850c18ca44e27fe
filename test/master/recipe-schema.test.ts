import { expect, test } from 'vitest';
import { z } from 'zod';
import { recipeSchema } from '../../src/master/recipe-schema.ts';

test('has a JSON Schema in which every setting is described and nothing else is allowed', () => {
  const schema = z.toJSONSchema(recipeSchema) as {
    properties: Record<string, { additionalProperties: unknown }>;
  };
  expect(Object.keys(schema.properties)).toEqual(['version', 'scene', 'targets']);
  expect(schema).toMatchObject({ additionalProperties: false, required: ['version'] });
  const target = schema.properties.targets!.additionalProperties as {
    additionalProperties: boolean;
    properties: Record<string, { description: string }>;
  };
  expect(target.additionalProperties).toBe(false);
  expect(Object.keys(target.properties)).toEqual([
    'loudnessLufs',
    'ceilingDbtp',
    'sampleRateHz',
    'bitDepth',
    'dither',
    'eq',
  ]);
  for (const { description } of Object.values(target.properties)) expect(description).toMatch(/\.$/);
});
