import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recipeJsonSchema } from '../../src/master/recipe-schema.ts';

test('has a JSON Schema in which every setting is described and nothing else is allowed', () => {
  const schema = recipeJsonSchema() as {
    properties: Record<string, { additionalProperties: unknown }>;
  };
  expect(Object.keys(schema.properties)).toEqual(['$schema', 'version', 'scene', 'sceneLoudness', 'targets']);
  expect(schema).toMatchObject({ additionalProperties: false, required: ['version'] });
  const target = schema.properties.targets!.additionalProperties as {
    additionalProperties: boolean;
    properties: Record<string, { description: string }>;
  };
  expect(target.additionalProperties).toBe(false);
  expect(Object.keys(target.properties)).toEqual([
    'loudnessLufs',
    'loudnessRule',
    'ceilingDbtp',
    'sampleRateHz',
    'bitDepth',
    'dither',
    'limiter',
    'dcRemoval',
    'eq',
    'trimHead',
    'trimTail',
    'fadeIn',
    'fadeOut',
  ]);
  for (const { description } of Object.values(target.properties)) expect(description).toMatch(/\.$/);
});

test('the committed JSON Schema is current (npm run build:schema writes it)', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../schema/recipe.schema.json', import.meta.url), 'utf8'),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(recipeJsonSchema())));
});
