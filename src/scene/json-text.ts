import { SceneError } from '../base/errors.ts';

/** Options of `parseJsonText`. */
export interface JsonTextOptions {
  /** File that the text comes from, for messages. */
  readonly file?: string | undefined;
}

/**
 * Parses JSON text (a byte order mark is ignored).
 * @throws SceneError 'json-syntax' with the line and column, both from 1, of the first character that is wrong
 */
export function parseJsonText(text: string, { file }: JsonTextOptions = {}): unknown {
  const source = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(source);
  } catch (cause) {
    const { offset, expected } = firstFault(source);
    const before = source.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    const found =
      offset < source.length ? `found ${JSON.stringify(source.slice(offset, offset + 1))}` : 'the text ends';
    throw new SceneError(
      'json-syntax',
      `line ${line}, column ${column}: ${found}; allowed here: ${expected}`,
      {
        file,
        path: `${line}:${column}`,
        hint: hintFor(source, offset),
        cause,
      },
    );
  }
}

function hintFor(source: string, offset: number): string | undefined {
  if (source.startsWith('//', offset) || source.startsWith('/*', offset)) return 'JSON has no comments';
  if (source[offset] === "'") return 'JSON uses double quotes';
  if (/[\]}]/.test(source[offset] ?? '') && /,\s*$/.test(source.slice(0, offset))) {
    return 'remove the comma before it';
  }
  return undefined;
}

const token =
  /\s*(?:([{}[\],:])|("[\u0020\u0021\u0023-\u005b\u005d-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[\u0020\u0021\u0023-\u005b\u005d-\uffff]*)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)\b))/y;

type Expectation =
  'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or ]' | 'comma or }' | 'end';

const expectationWords: Record<Expectation, string> = {
  value: 'a value',
  'value or ]': 'a value or ]',
  key: 'a key in double quotes',
  'key or }': 'a key in double quotes or }',
  colon: ':',
  'comma or ]': ', or ]',
  'comma or }': ', or }',
  end: 'nothing more',
};

/** Where JSON text stops being JSON. Engines name the place in different ways, or not at all. */
function firstFault(source: string): { offset: number; expected: string } {
  const open: string[] = [];
  let state: Expectation = 'value';
  let position = 0;
  for (;;) {
    token.lastIndex = position;
    const match = token.exec(source);
    const next: Expectation | undefined = match ? nextState(state, match, open) : undefined;
    if (!match || !next) {
      const blank = /\s*/y;
      blank.lastIndex = position;
      return { offset: position + blank.exec(source)![0].length, expected: expectationWords[state] };
    }
    state = next;
    position = token.lastIndex;
  }
}

/** The expectation after one token, or undefined if the token is not allowed. Keeps the open brackets. */
function nextState(state: Expectation, match: RegExpExecArray, open: string[]): Expectation | undefined {
  const [, mark, string, other] = match;
  const afterValue = (): Expectation =>
    open.length === 0 ? 'end' : open.at(-1) === '[' ? 'comma or ]' : 'comma or }';
  const close = (): Expectation => {
    open.pop();
    return afterValue();
  };
  if (
    (mark === ']' && (state === 'value or ]' || state === 'comma or ]')) ||
    (mark === '}' && (state === 'key or }' || state === 'comma or }'))
  ) {
    return close();
  }
  switch (state) {
    case 'value':
    case 'value or ]':
      if (string !== undefined || other !== undefined) return afterValue();
      if (mark !== '{' && mark !== '[') return undefined;
      open.push(mark);
      return mark === '[' ? 'value or ]' : 'key or }';
    case 'key':
    case 'key or }':
      return string === undefined ? undefined : 'colon';
    case 'colon':
      return mark === ':' ? 'value' : undefined;
    case 'comma or ]':
      return mark === ',' ? 'value' : undefined;
    case 'comma or }':
      return mark === ',' ? 'key' : undefined;
    case 'end':
      return undefined;
  }
}

const lineLength = 110;

/**
 * Text of a JSON document as people like to read it: what fits a line stands on one, the rest one entry a line, indented
 * by two spaces.
 */
export const formatJsonText = (value: unknown): string => `${formatEntry(value, '', 0)}\n`;

/** @param reserved characters of its line that are taken */
function formatEntry(value: unknown, indent: string, reserved: number): string {
  const line = oneLine(value);
  const isContainer = typeof value === 'object' && value !== null;
  if (!isContainer || line.length + reserved <= lineLength) return line;
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const entries = Object.entries(value)
    .filter(([, entry]) => isList || entry !== undefined)
    .map(([key, entry]) => {
      const name = isList ? '' : `${JSON.stringify(key)}: `;
      return `${inner}${name}${formatEntry(entry, inner, inner.length + name.length + 1)}`;
    });
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${indent}${close}`;
}

/** JSON with a space behind commas and colons, and inside braces. */
function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .map(([key, entry]) => `${JSON.stringify(key)}: ${oneLine(entry)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
