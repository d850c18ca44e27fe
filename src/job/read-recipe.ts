import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, type Document } from 'yaml';
import { ConfigError, type Issue } from '../base/errors.ts';
import { parseRecipe, type Recipe } from '../master/recipe.ts';
import type { DocumentPath } from '../scene/document-issues.ts';

/**
 * Reads a recipe file, YAML 1.2 or JSON.
 * @param sampleRateHz of the scene, where it is known
 * @throws ConfigError with line and column of every fault, syntax errors included
 */
export async function readRecipe(file: string, sampleRateHz?: number): Promise<Recipe> {
  const refuse = (why: string): never => {
    throw new ConfigError('recipe-unreadable', `${file}: ${why}`, { file });
  };
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) =>
    refuse(error.code === 'ENOENT' ? 'no such file' : `cannot be read: ${error.message}`),
  );
  if (!isUtf8(bytes) || bytes.includes(0))
    refuse('found bytes that are no text; a recipe is YAML or JSON, in UTF-8');
  return parseRecipeText(bytes.toString('utf8'), file, sampleRateHz);
}

/** Reads the text of a recipe. @param file for errors @param sampleRateHz of the scene, where it is known */
export function parseRecipeText(text: string, file: string, sampleRateHz?: number): Recipe {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0) {
    const issues = document.errors.map((error): Issue => {
      const { line, column } = placeAt(error.pos[0]);
      return { code: 'recipe-syntax', path: `line ${line}, column ${column}`, message: error.message };
    });
    throw new ConfigError('recipe-syntax', 'recipe is not valid YAML or JSON', { file, issues });
  }
  if (document.contents === null)
    throw new ConfigError('invalid-recipe', 'the recipe is empty; it begins with "version: 1"', { file });
  try {
    return parseRecipe(valueOf(document, file), (path) => locate(document, path, placeAt), sampleRateHz);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.code, error.message, {
      file,
      hint: error.hint,
      issues: error.issues,
      cause: error,
    });
  }
}

/** @throws ConfigError 'recipe-syntax' for aliases that stand for nothing, for too much, or for what they stand in */
function valueOf(document: Document, file: string): unknown {
  const refuse = (why: string): never => {
    throw new ConfigError('recipe-syntax', `recipe is not valid YAML: ${why}`, { file });
  };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    refuse(error.message);
  }
  if (holdsItself(value, [], new Set())) refuse('an alias (*) stands in what it stands for');
  return value;
}

/** @param around what the value stands in @param known what was found to be without a circle */
function holdsItself(value: unknown, around: readonly unknown[], known: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || known.has(value)) return false;
  if (around.includes(value)) return true;
  if (Object.values(value).some((inner) => holdsItself(inner, [...around, value], known))) return true;
  known.add(value);
  return false;
}

/** Place in a text, counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** Place of the value at a path, or of the nearest thing around it that exists. */
function locate(
  document: Document,
  path: DocumentPath,
  placeAt: (offset: number) => Place,
): Place | undefined {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
    if (range) return placeAt(range[0]);
  }
  return undefined;
}
