import { compareRational, type RationalSeconds } from '../base/time.ts';
import { formatPath, type DocumentPath } from './document-issues.ts';
import type { Scene } from './scene.ts';

/**
 * Places where two scenes differ, such as "elements[3].blocks[2].position"; the innermost that both have. Times that
 * are equal may be written differently; leaving out is the same as undefined.
 */
export function sceneDifferences(a: Scene, b: Scene): string[] {
  const paths: string[] = [];
  compare(a, b, [], paths);
  return paths;
}

function compare(a: unknown, b: unknown, path: DocumentPath, paths: string[]): void {
  if (a === b) return;
  if (isTime(a) && isTime(b) && compareRational(a, b) === 0) return;
  if (!isContainer(a) || !isContainer(b) || isTime(a) || isTime(b)) {
    paths.push(formatPath(path));
    return;
  }
  const isList = Array.isArray(a);
  if (isList && (!Array.isArray(b) || a.length !== b.length)) {
    paths.push(formatPath(path));
    return;
  }
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
    compare(a[key], b[key], [...path, isList ? Number(key) : key], paths);
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isTime = (value: unknown): value is RationalSeconds =>
  isContainer(value) && typeof value.numerator === 'bigint' && typeof value.denominator === 'bigint';
