import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  formatPath,
  issueAt,
  quoteValue,
  schemaIssues,
  withoutFaults,
} from '../../src/scene/document-issues.ts';

const schema = z.strictObject({
  name: z.string(),
  list: z.array(z.union([z.number(), z.strictObject({ value: z.number().max(1) })])).min(1),
  mode: z.enum(['near', 'far']).optional(),
});
const faultsOf = (document: unknown) =>
  schemaIssues(schema, document).map(({ path, message }) => `${path}: ${message}`);

test('paths are written as people do', () => {
  expect(formatPath(['objects', 3, 'blocks', 2, 'position'])).toBe('objects[3].blocks[2].position');
  expect(formatPath(['trims', '7.1.4'])).toBe('trims["7.1.4"]');
  expect(formatPath([])).toBe('');
});

test('faults say what was found and what is allowed', () => {
  expect(faultsOf({ name: 1, list: [], mode: 'naer' })).toEqual([
    'name: found 1; allowed: text',
    'list: found []; allowed: at least 1 entry',
    'mode: found "naer"; allowed: "near", "far" (did you mean "near"?)',
  ]);
  expect(faultsOf({ list: [1], Name: 'x', other: 1 })).toEqual([
    'name: is missing; allowed: text',
    'Name: unknown key "Name"; did you mean "name"?',
    'other: unknown key "other"; allowed: name, list, mode',
  ]);
  expect(faultsOf(null)).toEqual([': found null; allowed: an object {...}']);
});

test('of a union the nearest alternative is reported', () => {
  expect(faultsOf({ name: '', list: [{ value: 2 }] })).toEqual([
    'list[0].value: found 2; allowed: 1 or less',
  ]);
  expect(faultsOf({ name: '', list: ['x'] })).toEqual([
    'list[0]: found "x"; allowed: a number, or an object {...}',
  ]);
});

test('values are cut to a readable length', () => {
  expect(quoteValue(undefined)).toBe('nothing');
  expect(quoteValue('x'.repeat(100))).toHaveLength(60);
});

test('faulty values are taken out, list entries keep their places', () => {
  const document = { a: 1, list: [1, 2, { b: 3 }] };
  const issues = [
    issueAt(['a'], 'x', ''),
    issueAt(['list', 1], 'x', ''),
    issueAt(['list', 2, 'c', 'd'], 'x', ''),
  ];
  expect(withoutFaults(document, issues)).toEqual({ list: [1, undefined, { b: 3 }] });
  expect(document.list[1]).toBe(2);
  expect(withoutFaults('text', [])).toBeUndefined();
  expect(withoutFaults({}, [issueAt([], 'x', '')])).toBeUndefined();
});
