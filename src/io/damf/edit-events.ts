import type { BinauralMode } from '../../scene/scene.ts';
import type { InputFile } from '../input-file.ts';
import type { RiffPiece } from '../wav/rewrite-riff.ts';
import { eventInteger } from './damf-events.ts';
import { readDamfEvents } from './event-stream.ts';

/** A binaural mode, or that there is none. */
export type DamfBinauralMode = BinauralMode | 'undefined';

const modeKey = 'binauralRenderMode';

/** An event that a change of binaural modes touches. */
interface ModeEvent {
  readonly id: number;
  /** Of its first line, from 1. */
  readonly line: number;
  /** Of the event behind it. */
  endLine: number;
  /** What it says of the mode, if anything. */
  readonly mode: string | undefined;
}

/** Where the events of a master say binaural modes. */
export interface DamfModeEvents {
  /** The first event of each ID, and those that say a mode; in the order of the file. */
  readonly events: readonly ModeEvent[];
  /** Mode at the beginning of each ID that has events; a bare "off" has become "false" in some files. */
  readonly modes: ReadonlyMap<number, string>;
  /** IDs whose mode changes later. */
  readonly changing: ReadonlySet<number>;
}

/** Finds the events that say binaural modes. @throws FormatError 'damf-syntax', 'damf-event' with file and line */
export async function findModeEvents(input: InputFile): Promise<DamfModeEvents> {
  const events: ModeEvent[] = [];
  const modes = new Map<number, string>();
  const changing = new Set<number>();
  let last: ModeEvent | undefined;
  let id = 0;
  await readDamfEvents(input, ({ line, keys, values }) => {
    const valueOf = (key: string): string | undefined => values[keys.indexOf(key)];
    const stated = valueOf('ID') ?? valueOf('objectID');
    if (stated !== undefined) id = eventInteger(stated, 'ID', { file: input.file, line });
    if (last) last.endLine = line;
    last = undefined;
    const text = valueOf(modeKey);
    const mode = text === 'false' ? 'off' : text;
    const before = modes.get(id);
    if (before !== undefined && mode === undefined) return;
    last = { id, line, endLine: Infinity, mode };
    events.push(last);
    if (before === undefined) modes.set(id, mode ?? 'undefined');
    else if (mode !== before) changing.add(id);
  });
  return { events, modes, changing };
}

/**
 * Plans an event file in which some IDs have other binaural modes, from their beginning to their end; every other byte
 * stays. IDs without events get one.
 */
export async function planModeEdits(
  input: InputFile,
  { events, modes }: DamfModeEvents,
  wanted: ReadonlyMap<number, DamfBinauralMode>,
): Promise<RiffPiece[]> {
  if (wanted.size === 0) return piecesOf(input.sizeBytes, []);
  const byLine = new Map(events.filter(({ id }) => wanted.has(id)).map((event) => [event.line, event]));
  const missing = [...wanted].filter(([id]) => !modes.has(id));
  const splices: Splice[] = [];
  let open: ModeEvent | undefined;
  /** Whether the open event is to say its mode before its next line. */
  let isDue = false;
  for await (const { text, byteOffset, number } of linesOf(input)) {
    const starting = byLine.get(number);
    if (open && number >= open.endLine) open = undefined;
    open = starting ?? open;
    if (missing.length > 0 && (events.length > 0 ? number === events[0]!.line : /^events:/.test(text))) {
      const sizeBytes = events.length > 0 ? 0 : Buffer.byteLength(text);
      const indent = events.length > 0 ? /^\s*/.exec(text)![0] : '  ';
      const made = newEvents(missing, indent);
      splices.push({ byteOffset, sizeBytes, text: events.length > 0 ? made : `events:\n${made.trimEnd()}` });
      missing.length = 0;
    }
    if (!open) continue;
    const line = `${modeKey}: ${wanted.get(open.id)!}`;
    if (isDue) {
      splices.push({ byteOffset, sizeBytes: 0, text: `${/^\s*/.exec(text)![0]}${line}\n` });
      isDue = false;
    } else if (starting && starting.mode === undefined) {
      const dash: string | undefined = /^\s*-\s+(?=\S)/.exec(text)?.[0];
      const end = byteOffset + Buffer.byteLength(text);
      if (dash === undefined) isDue = true;
      else splices.push({ byteOffset: end, sizeBytes: 0, text: `\n${' '.repeat(dash.length)}${line}` });
    }
    const said = /^(\s*(?:-\s+)?["']?binauralRenderMode["']?:\s*)(.*?)(\s*(?:\s#.*)?\r?)$/.exec(text);
    if (said && !isSame(said[2]!, wanted.get(open.id)!))
      splices.push({
        byteOffset: byteOffset + Buffer.byteLength(said[1]!),
        sizeBytes: Buffer.byteLength(said[2]!),
        text: wanted.get(open.id)!,
      });
  }
  return piecesOf(input.sizeBytes, splices);
}

/** Quotes, and the "false" that a bare "off" has become, are no difference. */
const isSame = (text: string, mode: string): boolean =>
  text.replaceAll(/["']/g, '') === mode || (text === 'false' && mode === 'off');

const newEvents = (missing: readonly (readonly [number, string])[], indent: string): string =>
  missing
    .map(([id, mode]) => `${indent}- ID: ${id}\n${indent}  samplePos: 0\n${indent}  ${modeKey}: ${mode}\n`)
    .join('');

interface Splice {
  readonly byteOffset: number;
  /** Of what it takes the place of. */
  readonly sizeBytes: number;
  readonly text: string;
}

function piecesOf(totalBytes: number, splices: readonly Splice[]): RiffPiece[] {
  const pieces: RiffPiece[] = [];
  let from = 0;
  const keep = (to: number): void => {
    // Hashed block by block as audio is: it may be long.
    if (to > from) pieces.push({ byteOffset: from, sizeBytes: to - from, isAudio: true });
  };
  for (const { byteOffset, sizeBytes, text } of splices) {
    keep(byteOffset);
    pieces.push({ bytes: new TextEncoder().encode(text) });
    from = byteOffset + sizeBytes;
  }
  keep(totalBytes);
  return pieces;
}

interface Line {
  /** Without its end. */
  readonly text: string;
  readonly byteOffset: number;
  /** From 1. */
  readonly number: number;
}

const pieceBytes = 1 << 20;
const newline = 0x0a;

/** The lines of a file that was read as events before, so that none is longer than a piece. */
async function* linesOf(input: InputFile): AsyncGenerator<Line> {
  let number = 0;
  for (let offset = 0; offset < input.sizeBytes;) {
    const piece = Buffer.from(await input.readBytes(offset, pieceBytes));
    const isLast = offset + piece.length >= input.sizeBytes;
    let start = 0;
    while (start < piece.length) {
      const found = piece.indexOf(newline, start);
      if (found < 0 && !isLast) break;
      const end = found < 0 ? piece.length : found;
      number++;
      yield { text: piece.toString('utf8', start, end), byteOffset: offset + start, number };
      start = found < 0 ? end : end + 1;
    }
    if (start === 0) return;
    offset += start;
  }
}
