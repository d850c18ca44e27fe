import { z } from 'zod';
import { expect, test } from 'vitest';
import { findEffect, sceneEffects } from '../../../src/master/scene-stage/registry.ts';

test('every effect has a type of its own, and describes itself and its parameters', () => {
  expect(new Set(sceneEffects.map(({ type }) => type)).size).toBe(sceneEffects.length);
  for (const { type, description, parameters } of sceneEffects) {
    expect(type).toMatch(/^[a-z][a-z-]*$/);
    expect(description, type).toMatch(/\.$/);
    const { properties = {} } = z.toJSONSchema(z.strictObject(parameters), { io: 'input' });
    for (const [name, property] of Object.entries(properties))
      expect((property as { description?: string }).description, `${type}.${name}`).toMatch(/\.$/);
  }
});

test('parameters do not take the names that all entries have', () => {
  const common = ['type', 'id', 'group', 'amount', 'bypass', 'note'];
  for (const { type, parameters } of sceneEffects)
    expect(
      Object.keys(parameters).filter((name) => common.includes(name)),
      type,
    ).toEqual([]);
});

test('effects are found by their types', () => {
  expect(findEffect('gain')?.type).toBe('gain');
  expect(findEffect('gian')).toBeUndefined();
});
