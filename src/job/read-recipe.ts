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
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'no such file' : `cannot be read: ${(error as Error).message}`;
    throw new ConfigError('recipe-unreadable', `${file}: ${why}`, { file });
  }
  return parseRecipeText(text, file, sampleRateHz);
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
  try {
    return parseRecipe(
      document.toJS({ maxAliasCount: 100 }),
      (path) => locate(document, path, placeAt),
      sampleRateHz,
    );
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
