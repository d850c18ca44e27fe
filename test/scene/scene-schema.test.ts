import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sceneDocumentSchema, sceneJsonSchema } from '../../src/scene/scene-schema.ts';

test('the committed JSON Schema is current (node scripts/build-schema.mjs writes it)', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../schema/scene.schema.json', import.meta.url), 'utf8'),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(sceneJsonSchema())));
});

test('every property is described', () => {
  const bare: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'properties') {
        for (const [name, property] of Object.entries(value as Record<string, { description?: string }>)) {
          if (!property.description) bare.push(`${path}.${name}`);
        }
      }
      visit(value, `${path}.${key}`);
    }
  };
  visit(sceneJsonSchema(), '');
  expect(bare).toEqual([]);
});

test('the smallest documents and $schema are of the schema; unknown keys are not', () => {
  const smallest = { version: 1, objects: [{ name: 'a', file: 'a.wav', position: { azimuthDeg: 30 } }] };
  expect(sceneDocumentSchema.safeParse(smallest).success).toBe(true);
  expect(sceneDocumentSchema.safeParse({ $schema: './scene.schema.json', ...smallest }).success).toBe(true);
  expect(sceneDocumentSchema.safeParse({ ...smallest, mood: 'blue' }).success).toBe(false);
});
