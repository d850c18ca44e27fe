import { FormatError } from '../../base/errors.ts';
import type { InputFile } from '../input-file.ts';

/**
 * The event file of a master in DAMF, read line by line: it reaches hundreds of megabytes, of which a YAML parser would
 * make a tree. What it is written in is a small part of YAML: a list of mappings of plain values, and lists of numbers.
 */

/** An event as it stands in the file: keys with their text, without quotes. The same object serves for every event. */
export interface DamfEvent {
  /** Line of its beginning, from 1. */
  line: number;
  readonly keys: string[];
  readonly values: string[];
}

/** The event file, read by position. */
export type EventInput = Pick<InputFile, 'file' | 'sizeBytes' | 'readInto'>;

/** Takes an event, and what the file says before it beside events. */
export type DamfEventHandler = (event: DamfEvent, header: ReadonlyMap<string, string>) => void;

/** What else the file says. */
export interface DamfEventFile {
  /** Keys beside the events: "sampleRate". */
  readonly header: ReadonlyMap<string, string>;
  readonly eventCount: number;
}

const pieceBytes = 1 << 20;
const space = 0x20;
const dash = 0x2d;
const newline = 0x0a;

/**
 * Reads all events in order. @param onEvent must not keep the event
 * @throws FormatError 'damf-syntax' with file and line
 */
export async function readDamfEvents(input: EventInput, onEvent: DamfEventHandler): Promise<DamfEventFile> {
  const parser = createEventParser(input.file, onEvent);
  const piece = Buffer.alloc(Math.min(pieceBytes, input.sizeBytes + 1));
  let kept = 0;
  for (let offset = 0; offset < input.sizeBytes;) {
    const given = await input.readInto(piece.subarray(kept), offset);
    if (given === 0) break;
    offset += given;
    const filled = kept + given;
    const isLast = offset >= input.sizeBytes;
    // Lines are read whole, so that no character of several bytes is cut.
    const end = isLast ? filled : piece.lastIndexOf(newline, filled - 1) + 1;
    if (end === 0) parser.fail(`is longer than ${pieceBytes} bytes`);
    parser.read(piece.toString('utf8', 0, end));
    piece.copyWithin(0, end, filled);
    kept = filled - end;
  }
  return parser.finish();
}

function createEventParser(file: string, onEvent: DamfEventHandler) {
  const event: DamfEvent = { line: 0, keys: [], values: [] };
  const header = new Map<string, string>();
  let line = 0;
  let eventCount = 0;
  /** Column of the dashes of events; -1 before the first. */
  let eventColumn = -1;
  let isInEvents = false;
  /** Whether the last key has no value in its line: a list may follow. */
  let isOpen = false;

  function fail(what: string): never {
    const message = `${file}:${line}: ${what}`;
    throw new FormatError('damf-syntax', message, { file, path: `line ${line}` });
  }

  function endEvent(): void {
    if (event.keys.length > 0) onEvent(event, header);
    event.keys.length = 0;
    event.values.length = 0;
    isOpen = false;
  }

  function readPair(pair: string): void {
    const colon = pair.indexOf(':');
    if (colon < 0 || (colon + 1 < pair.length && pair.charCodeAt(colon + 1) !== space))
      fail(`"${pair.slice(0, 40)}" is no "key: value"`);
    const key = unquoted(pair.slice(0, colon));
    const value = plainValue(pair.slice(colon + 1).trimStart());
    if (isInEvents) {
      event.keys.push(key);
      event.values.push(value);
      isOpen = value === '';
    } else if (key === 'events') {
      if (value !== '' && value !== '[]') fail(`events are "${value.slice(0, 40)}"; a list is expected`);
      isInEvents = true;
    } else header.set(key, value);
  }

  function readItem(item: string, column: number): void {
    if (eventColumn < 0) eventColumn = column;
    if (column === eventColumn && !(isOpen && isNumber(item))) {
      endEvent();
      event.line = line;
      eventCount++;
      if (item !== '') readPair(item);
    } else if (isOpen) {
      const last = event.values.length - 1;
      const before = event.values[last]!;
      event.values[last] = `${before === '' ? '[' : `${before.slice(0, -1)}, `}${item}]`;
    } else fail('a list is not expected here');
  }

  /** @param row a line without its end */
  function readLine(row: string): void {
    let column = 0;
    while (row.charCodeAt(column) === space) column++;
    const text = row.slice(column).trimEnd();
    const first = text.charCodeAt(0);
    if (text === '' || first === 0x23) return;
    if (row.charCodeAt(column) === 0x09) fail('is indented by tabs, which YAML forbids');
    if (isInEvents && first === dash && (text.length === 1 || text.charCodeAt(1) === space))
      return readItem(text.slice(1).trimStart(), column);
    if (column === 0 && /^(?:---|\.\.\.|%)/.test(text)) return;
    if (isInEvents && column === 0 && eventColumn !== 0) {
      endEvent();
      isInEvents = false;
    }
    if (isInEvents && (eventColumn < 0 || column <= eventColumn)) fail('is outside the list of events');
    readPair(text);
  }

  return {
    fail,
    read(text: string): void {
      for (let start = 0; start < text.length;) {
        const found = text.indexOf('\n', start);
        const end = found < 0 ? text.length : found;
        line++;
        readLine(text.slice(start, end));
        start = end + 1;
      }
    },
    finish(): DamfEventFile {
      endEvent();
      if (!header.has('sampleRate') && eventCount === 0 && !isInEvents)
        fail('ends without "events", so it is no event file of a master');
      return { header, eventCount };
    },
  };
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text));

function plainValue(text: string): string {
  const first = text.charCodeAt(0);
  if (first === 0x22 || first === 0x27) return unquoted(text);
  if (first === 0x23) return '';
  const comment = text.indexOf(' #');
  return comment < 0 ? text : text.slice(0, comment).trimEnd();
}

function unquoted(text: string): string {
  const quote = text[0];
  if (quote !== '"' && quote !== "'") return text.trimEnd();
  const end = text.indexOf(quote, 1);
  return end < 0 ? text : text.slice(1, end);
}
