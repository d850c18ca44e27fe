import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SceneError } from '../../src/base/errors.ts';
import { formatJsonText, parseJsonText } from '../../src/scene/json-text.ts';

function faultOf(text: string): SceneError {
  try {
    parseJsonText(text, { file: 'x.json' });
  } catch (error) {
    if (error instanceof SceneError) return error;
    throw error;
  }
  throw new Error('no fault');
}

test('JSON is parsed, a byte order mark ignored', () => {
  expect(parseJsonText('\uFEFF{"a": [1, "x", null]}')).toEqual({ a: [1, 'x', null] });
});

test.each([
  ['', '1:1', /the text ends; allowed here: a value/],
  ['{"a": 1,\n  b: 2}', '2:3', /found "b"; allowed here: a key in double quotes/],
  ['{"a": 1,\n}', '2:1', /allowed here: a key in double quotes/],
  ['[1,\n2,\n]', '3:1', /found "]"; allowed here: a value/],
  ['[1 2]', '1:4', /allowed here: , or \]/],
  ['{"a" 1}', '1:6', /allowed here: :/],
  ["{'a': 1}", '1:2', /found "'"/],
  ['{"a": 01}', '1:7', /a value/],
  ['{"a": tru}', '1:7', /a value/],
  ['{} x', '1:4', /nothing more/],
  ['// comment\n{}', '1:1', /a value/],
  ['{"a": "b\nc"}', '1:7', /a value/],
  ['{"a": [1}', '1:9', /, or \]/],
])('%j fails at %s', (text, place, message) => {
  const error = faultOf(text);
  expect(error).toMatchObject({ code: 'json-syntax', path: place, file: 'x.json' });
  expect(error.message).toMatch(message);
});

test('what is usual gets a hint', () => {
  expect(faultOf('{"a": 1,}').hint).toBe('remove the comma before it');
  expect(faultOf('/* */ {}').hint).toBe('JSON has no comments');
});

test('the place is found wherever valid JSON is cut', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, at) => {
      const text = json.slice(0, at % (json.length + 1));
      try {
        JSON.parse(text);
      } catch {
        const error = faultOf(text);
        const [line, column] = error.path!.split(':').map(Number);
        expect(line! >= 1 && column! >= 1 && column! <= text.length + 1).toBe(true);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('deep nesting is no trouble', () => {
  expect(faultOf('['.repeat(200_000)).message).toMatch(/the text ends/);
});

test('documents are written with what fits a line on one', () => {
  const document = { name: 'a', skipped: undefined, empty: [], list: [1, { b: null }], text: 'x'.repeat(90) };
  const text = formatJsonText(document);
  expect(text).toBe(
    `{\n  "name": "a",\n  "empty": [],\n  "list": [1, { "b": null }],\n  "text": "${'x'.repeat(90)}"\n}\n`,
  );
  expect(parseJsonText(text)).toEqual(JSON.parse(JSON.stringify(document)));
});
