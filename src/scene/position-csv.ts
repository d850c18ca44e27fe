import { wrapAzimuthDeg } from '../base/coordinates.ts';
import { SceneError } from '../base/errors.ts';
import type { Issue } from '../base/errors.ts';
import { addRational, compareRational, rationalFromDecimal } from '../base/time.ts';
import type { RationalSeconds } from '../base/time.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { ObjectBlock } from './scene.ts';

/** One row of a position table. */
export interface PositionRow {
  /** Exact, from the start of the object. */
  readonly timeSec: RationalSeconds;
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly distance: number;
  readonly gainDb: number;
}

type Column = 'time' | 'azimuth' | 'elevation' | 'distance' | 'gain';

interface ColumnRule {
  readonly aliases: readonly string[];
  readonly min: number;
  readonly max: number;
}

const columnRules: Readonly<Record<Column, ColumnRule>> = {
  time: {
    aliases: ['time', 't', 'timesec', 'times', 'sec', 'seconds', 'start', 'startsec'],
    min: 0,
    max: 1e6,
  },
  azimuth: { aliases: ['azimuth', 'az', 'azi', 'azimuthdeg', 'azdeg'], min: -360, max: 360 },
  elevation: { aliases: ['elevation', 'el', 'ele', 'elev', 'elevationdeg', 'eldeg'], min: -90, max: 90 },
  distance: { aliases: ['distance', 'dist', 'd', 'r', 'radius'], min: 0, max: 100 },
  gain: { aliases: ['gain', 'gaindb', 'leveldb', 'level'], min: -200, max: 40 },
};

const columnOrder = Object.keys(columnRules) as Column[];

/**
 * Parses a table of positions. Columns time (seconds), azimuth (degrees, positive left), elevation, distance
 * and gain (dB); a header row names them in any order (case, units in brackets and the aliases "az", "el",
 * "t", "dist" ... do not matter), without one they come in this order. Time and azimuth must be there; the
 * others default to 0, 1 and 0. Cells are separated by comma, semicolon (then decimal commas are
 * understood) or tab; empty lines and lines that begin with # are skipped.
 * @param name file name, for messages
 * @throws SceneError 'path-invalid' whose issues name line and column, both from 1; at most 100 of them
 */
export function parsePositionCsv(text: string, name: string): PositionRow[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const issues: Issue[] = [];
  const report = (line: number, column: number, message: string): void => {
    if (issues.length < 100) {
      const path = `${line}:${column}`;
      issues.push({ code: 'path-cell', path, message: `line ${line}, column ${column}: ${message}` });
    }
  };
  const first = lines.findIndex(hasData);
  if (first < 0) report(1, 1, 'no rows; a time and an azimuth are the least');
  const separator = separatorOf(lines[first] ?? '');
  const header = readHeader((lines[first] ?? '').split(separator), first + 1, report);
  const rows: PositionRow[] = [];
  for (let index = header.given ? first + 1 : first; index < lines.length && issues.length < 100; index++) {
    const line = lines[index] ?? '';
    if (!hasData(line)) continue;
    const row = readRow(line.split(separator), header.columns, index + 1, separator, report);
    const before = rows.at(-1);
    if (row && before && compareRational(row.timeSec, before.timeSec) <= 0) {
      report(index + 1, 1, 'its time is not later than that of the row before');
    } else if (row) rows.push(row);
  }
  if (rows.length === 0 && issues.length === 0) report(first + 2, 1, 'no rows after the header');
  if (issues.length > 0) {
    throw new SceneError('path-invalid', `${name}: ${issues[0]?.message}`, { file: name, issues });
  }
  return rows;
}

type Report = (line: number, column: number, message: string) => void;

const hasData = (line: string): boolean => /^\s*[^\s#]/.test(line) && /[^,;\s]/.test(line);

const separatorOf = (line: string): string =>
  line.includes(';') ? ';' : line.includes('\t') && !line.includes(',') ? '\t' : ',';

/** Position of each column within a row. */
type Columns = Readonly<Partial<Record<Column, number>>>;

function readHeader(
  cells: readonly string[],
  line: number,
  report: Report,
): { given: boolean; columns: Columns } {
  const given = cells.some((cell) => /^\s*"?\p{L}/u.test(cell));
  const columns: Partial<Record<Column, number>> = {};
  if (!given) {
    columnOrder.slice(0, cells.length).forEach((column, index) => (columns[column] = index));
  }
  for (const [index, cell] of given ? cells.entries() : []) {
    const plain = cell
      .replace(/[([].*$/, '')
      .replace(/[^\p{L}]/gu, '')
      .toLowerCase();
    const column = columnOrder.find((candidate) => columnRules[candidate].aliases.includes(plain));
    if (column === undefined) {
      const near = nearestName(plain, columnOrder);
      report(
        line,
        index + 1,
        `unknown column ${JSON.stringify(cell.trim())}; ` +
          (near ? `did you mean "${near}"?` : `allowed: ${columnOrder.join(', ')}`),
      );
    } else if (columns[column] !== undefined) report(line, index + 1, `a second column "${column}"`);
    else columns[column] = index;
  }
  for (const column of ['time', 'azimuth'] as const) {
    if (columns[column] === undefined) report(line, 1, `no column "${column}"`);
  }
  return { given, columns };
}

function readRow(
  cells: readonly string[],
  columns: Columns,
  line: number,
  separator: string,
  report: Report,
): PositionRow | undefined {
  let faulty = false;
  const cell = (column: Column, fallback: string): string => {
    const index = columns[column];
    if (index === undefined) return fallback;
    const raw = (cells[index] ?? '').trim().replace(/^"(.*)"$/, '$1');
    const text = separator === ';' ? raw.replace(',', '.') : raw;
    const { min, max } = columnRules[column];
    const value = text === '' ? Number.NaN : Number(text);
    if (/^[+-]?[\d.]+(?:e[+-]?\d{1,3})?$/i.test(text) && value >= min && value <= max) return text;
    report(line, index + 1, `${column} is ${JSON.stringify(raw)}; allowed: a number from ${min} to ${max}`);
    faulty = true;
    return fallback;
  };
  const time = cell('time', '0');
  const row = {
    azimuthDeg: wrapAzimuthDeg(Number(cell('azimuth', '0'))),
    elevationDeg: Number(cell('elevation', '0')),
    distance: Number(cell('distance', '1')),
    gainDb: Number(cell('gain', '0')),
  };
  return faulty ? undefined : { timeSec: rationalFromDecimal(time), ...row };
}

/** Largest turn, in degrees, that one block of a path makes. */
const maxTurnDeg = 5;

/** What all blocks of a path share. */
export type BlockDefaults = Omit<
  ObjectBlock,
  'startSec' | 'durationSec' | 'position' | 'gainDb' | 'jumpPosition' | 'interpolationLengthSec'
>;

/**
 * Turns a table of positions into blocks. The object rests at the first row until its time, travels from
 * row to row at even speed (the short way round) and rests at the last. Since blocks cross-fade between
 * the gains of their ends (BS.2127 clause 6.2), a stretch that turns by more than 5 degrees is cut into
 * several, so that the object passes through all directions on its way.
 * @param rows at least one, in order of time
 */
export function blocksFromPositions(rows: readonly PositionRow[], defaults: BlockDefaults): ObjectBlock[] {
  const zero = rationalFromDecimal(0);
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) throw new RangeError('a path has at least one row');
  const block = (
    startSec: RationalSeconds,
    durationSec: RationalSeconds | undefined,
    row: PositionRow,
    jumpPosition: boolean,
  ): ObjectBlock => ({
    startSec,
    durationSec,
    position: {
      kind: 'polar',
      azimuthDeg: row.azimuthDeg,
      elevationDeg: row.elevationDeg,
      distance: row.distance,
    },
    gainDb: row.gainDb,
    jumpPosition,
    interpolationLengthSec: undefined,
    ...defaults,
  });
  if (rows.length === 1) return [block(zero, undefined, first, false)];
  // A ramp starts where the block before it ended, so a path that starts at 0 begins with an empty block.
  const blocks = [block(zero, first.timeSec, first, false)];
  for (const [index, to] of rows.entries()) {
    const from = rows[index - 1];
    if (from) addStretch(blocks, from, to, block);
  }
  blocks.push(block(last.timeSec, undefined, last, true));
  return blocks;
}

function addStretch(
  blocks: ObjectBlock[],
  from: PositionRow,
  to: PositionRow,
  block: (
    startSec: RationalSeconds,
    durationSec: RationalSeconds,
    row: PositionRow,
    jump: boolean,
  ) => ObjectBlock,
): void {
  const turnDeg = wrapAzimuthDeg(to.azimuthDeg - from.azimuthDeg);
  const riseDeg = to.elevationDeg - from.elevationDeg;
  const count = Math.max(1, Math.ceil(Math.max(Math.abs(turnDeg), Math.abs(riseDeg)) / maxTurnDeg - 1e-9));
  const length = addRational(to.timeSec, { ...from.timeSec, numerator: -from.timeSec.numerator });
  const part = { numerator: length.numerator, denominator: length.denominator * BigInt(count) };
  for (let step = 1; step <= count; step++) {
    const startSec = addRational(from.timeSec, { ...part, numerator: part.numerator * BigInt(step - 1) });
    const share = step / count;
    const between = (a: number, b: number): number => (step === count ? b : a + (b - a) * share);
    const row = {
      timeSec: startSec,
      azimuthDeg: step === count ? to.azimuthDeg : wrapAzimuthDeg(from.azimuthDeg + turnDeg * share),
      elevationDeg: between(from.elevationDeg, to.elevationDeg),
      distance: between(from.distance, to.distance),
      gainDb: between(from.gainDb, to.gainDb),
    };
    blocks.push(block(count === 1 ? from.timeSec : startSec, part, row, false));
  }
}
