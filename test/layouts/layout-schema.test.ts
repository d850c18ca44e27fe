import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { layoutSchema, loudspeakerSchema } from '../../src/layouts/layout-schema.ts';

const folder = resolve(import.meta.dirname, '../../layouts');

const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

test.each(files)('layouts/%s obeys the schema and names its source', (file) => {
  const document = layoutSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
  expect(`${document.name}.json`).toBe(file);
  expect(document.source).toMatch(/BS\.|IAMF|Dolby/);
});

test('unknown keys and angles out of range are faults', () => {
  expect(loudspeakerSchema.safeParse({ label: 'A', azimuthDeg: 181, elevationDeg: 0 }).success).toBe(false);
  expect(
    loudspeakerSchema.safeParse({ label: 'A', azimuthDeg: 0, elevationDeg: 0, azimuth: 1 }).success,
  ).toBe(false);
});

test('becomes a JSON Schema in which every loudspeaker field is described', () => {
  const json = z.toJSONSchema(layoutSchema) as unknown as {
    properties: { loudspeakers: { items: { properties: Record<string, { description?: string }> } } };
  };
  for (const field of Object.values(json.properties.loudspeakers.items.properties)) {
    expect(field.description).toBeTruthy();
  }
});
