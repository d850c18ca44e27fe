/**
 * Writes the JSON Schemas that editors use, from the built package: `node scripts/build-schema.mjs`.
 * A test fails while a committed schema differs from its source.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { recipeJsonSchema } from '../dist/master/recipe-schema.js';
import { sceneJsonSchema } from '../dist/scene/scene-schema.js';

/** Every schema: file name in schema/, and what makes it. */
const schemas = { 'scene.schema.json': sceneJsonSchema, 'recipe.schema.json': recipeJsonSchema };

/** Writes all schemas into schema/. @returns {string[]} the paths written */
export function buildSchemas() {
  const folder = new URL('../schema/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  return Object.entries(schemas).map(([name, create]) => {
    const url = new URL(name, folder);
    writeFileSync(url, `${JSON.stringify(create(), null, 2)}\n`);
    return fileURLToPath(url);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of buildSchemas()) console.log(path);
}
