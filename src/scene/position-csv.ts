import { wrapAzimuthDeg } from '../base/coordinates.ts';
import { notLaterIssue, parseCsvTable, type ColumnRule } from '../base/csv-table.ts';
import { SceneError } from '../base/errors.ts';
import { addRational, compareRational, rationalFromDecimal } from '../base/time.ts';
import type { RationalSeconds } from '../base/time.ts';
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

/** Columns in the order that they have without a header. */
const columnRules = {
  time: {
    aliases: ['time', 't', 'timesec', 'times', 'sec', 'seconds', 'start', 'startsec'],
    min: 0,
    max: 1e6,
  },
  azimuth: { aliases: ['azimuth', 'az', 'azi', 'azimuthdeg', 'azdeg'], min: -360, max: 360 },
  elevation: {
    aliases: ['elevation', 'el', 'ele', 'elev', 'elevationdeg', 'eldeg'],
    min: -90,
    max: 90,
    fallback: '0',
  },
  distance: { aliases: ['distance', 'dist', 'd', 'r', 'radius'], min: 0, max: 100, fallback: '1' },
  gain: { aliases: ['gain', 'gaindb', 'leveldb', 'level'], min: -200, max: 40, fallback: '0' },
} satisfies Record<string, ColumnRule>;

/**
 * Parses a table of positions. Columns time (seconds), azimuth (degrees, positive left), elevation, distance
 * and gain (dB), as `parseCsvTable` reads them (the aliases "az", "el", "t", "dist" ... do too); time and
 * azimuth must be there, the others default to 0, 1 and 0.
 * @param name file name, for messages
 * @throws SceneError 'path-invalid' whose issues name line and column, both from 1; at most 100 of them
 */
export function parsePositionCsv(text: string, name: string): PositionRow[] {
  const table = parseCsvTable(text, columnRules);
  const issues = [...table.issues];
  const rows: PositionRow[] = [];
  for (const { line, cells } of table.rows) {
    const timeSec = rationalFromDecimal(cells.time);
    const before = rows.at(-1);
    if (before && compareRational(timeSec, before.timeSec) <= 0) issues.push(notLaterIssue(line));
    else
      rows.push({
        timeSec,
        azimuthDeg: wrapAzimuthDeg(Number(cells.azimuth)),
        elevationDeg: Number(cells.elevation),
        distance: Number(cells.distance),
        gainDb: Number(cells.gain),
      });
  }
  if (issues.length > 0) {
    throw new SceneError('path-invalid', `${name}: ${issues[0]?.message}`, { file: name, issues });
  }
  return rows;
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
