import type { Issue } from './errors.ts';
import { nearestName } from './nearest-name.ts';

/** What a column may hold: numbers in a range, or text. */
export type ColumnRule = {
  /** Names that a header may give it, in small letters without units. */
  readonly aliases: readonly string[];
  /** What a table without it holds; a column without fallback must be there. */
  readonly fallback?: string | undefined;
} & ({ readonly min: number; readonly max: number } | { readonly isText: true });

/** The cells of a row as they are written: numbers, with a decimal point, in their range; text without quotes. */
export type TableRow<Column extends string> = Readonly<Record<Column, string>>;

/** What was read of a table. */
export interface CsvTable<Column extends string> {
  /** Rows with their lines, from 1. */
  readonly rows: readonly { readonly line: number; readonly cells: TableRow<Column> }[];
  /** At most 100 faults; their paths are "line:column", from 1. */
  readonly issues: readonly Issue[];
}

/** More faults than this help nobody. */
const mostIssues = 100;

/**
 * Parses a table. A header row names the columns in any order (case and units in brackets do not matter),
 * without one they come in the order of the rules. Cells are separated by comma, semicolon (then decimal commas
 * are understood) or tab, and may stand in double quotes; empty lines and lines that begin with # are skipped.
 */
export function parseCsvTable<Column extends string>(
  text: string,
  rules: Readonly<Record<Column, ColumnRule>>,
): CsvTable<Column> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const issues: Issue[] = [];
  const report = (line: number, column: number, message: string): void => {
    if (issues.length < mostIssues) {
      const path = `${line}:${column}`;
      issues.push({ code: 'path-cell', path, message: `line ${line}, column ${column}: ${message}` });
    }
  };
  const first = lines.findIndex(hasData);
  if (first < 0)
    report(1, 1, `no rows; the least is ${neededOf(rules).map(withArticle).join(' and ') || 'one'}`);
  const separator = separatorOf(lines[first] ?? '');
  const header = readHeader(rules, splitCells(lines[first] ?? '', separator), first + 1, report);
  const rows: { line: number; cells: TableRow<Column> }[] = [];
  for (
    let index = header.given ? first + 1 : first;
    index < lines.length && issues.length < mostIssues;
    index++
  ) {
    const line = lines[index] ?? '';
    if (!hasData(line)) continue;
    const cells = readRow(rules, splitCells(line, separator), header.columns, index + 1, separator, report);
    if (cells) rows.push({ line: index + 1, cells });
  }
  if (rows.length === 0 && issues.length === 0) report(first + 2, 1, 'no rows after the header');
  return { rows, issues };
}

/** The fault of a row whose time is not later than that of the row before. */
export const notLaterIssue = (line: number): Issue => ({
  code: 'path-cell',
  path: `${line}:1`,
  message: `line ${line}, column 1: its time is not later than that of the row before`,
});

type Report = (line: number, column: number, message: string) => void;

/** Position of each column within a row. */
type Columns<Column extends string> = Readonly<Partial<Record<Column, number>>>;

const hasData = (line: string): boolean => /^\s*[^\s#]/.test(line) && /[^,;\s]/.test(line);

const separatorOf = (line: string): string =>
  line.includes(';') ? ';' : line.includes('\t') && !line.includes(',') ? '\t' : ',';

/** Cells of a line; a separator inside double quotes is part of its cell. */
function splitCells(line: string, separator: string): string[] {
  const cells: string[] = [];
  let isOpen = false;
  for (const part of line.split(separator)) {
    if (isOpen) cells[cells.length - 1] += separator + part;
    else cells.push(part);
    if (part.split('"').length % 2 === 0) isOpen = !isOpen;
  }
  return cells;
}

const columnsOf = <Column extends string>(rules: Readonly<Record<Column, ColumnRule>>): Column[] =>
  Object.keys(rules) as Column[];

const neededOf = <Column extends string>(rules: Readonly<Record<Column, ColumnRule>>): Column[] =>
  columnsOf(rules).filter((column) => rules[column].fallback === undefined);

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function readHeader<Column extends string>(
  rules: Readonly<Record<Column, ColumnRule>>,
  cells: readonly string[],
  line: number,
  report: Report,
): { given: boolean; columns: Columns<Column> } {
  const order = columnsOf(rules);
  // Letters where without a header a number would stand.
  const given = cells.some((cell, index) => {
    const column = order[index];
    return /^\s*"?\p{L}/u.test(cell) && !(column !== undefined && 'isText' in rules[column]);
  });
  const columns: Partial<Record<Column, number>> = {};
  if (!given) order.slice(0, cells.length).forEach((column, index) => (columns[column] = index));
  for (const [index, cell] of given ? cells.entries() : []) {
    const plain = cell
      .replace(/[([].*$/, '')
      .replace(/[^\p{L}]/gu, '')
      .toLowerCase();
    const column = order.find((candidate) => rules[candidate].aliases.includes(plain));
    if (column === undefined) {
      const near = nearestName(plain, order);
      report(
        line,
        index + 1,
        `unknown column ${JSON.stringify(cell.trim())}; ` +
          (near ? `did you mean "${near}"?` : `allowed: ${order.join(', ')}`),
      );
    } else if (columns[column] !== undefined) report(line, index + 1, `a second column "${column}"`);
    else columns[column] = index;
  }
  for (const column of neededOf(rules))
    if (columns[column] === undefined) report(line, 1, `no column "${column}"`);
  return { given, columns };
}

function readRow<Column extends string>(
  rules: Readonly<Record<Column, ColumnRule>>,
  cells: readonly string[],
  columns: Columns<Column>,
  line: number,
  separator: string,
  report: Report,
): TableRow<Column> | undefined {
  let faulty = false;
  const cell = (column: Column): string => {
    const rule = rules[column];
    const { fallback } = rule;
    const index = columns[column];
    if (index === undefined) {
      // Without a column that must be there no row can be used; the header's fault says so.
      faulty ||= fallback === undefined;
      return fallback ?? '';
    }
    const raw = (cells[index] ?? '').trim().replace(/^"(.*)"$/, '$1');
    if ('isText' in rule) return raw.replaceAll('""', '"');
    const { min, max } = rule;
    const text = separator === ';' ? raw.replace(',', '.') : raw;
    const value = text === '' ? Number.NaN : Number(text);
    if (/^[+-]?[\d.]+(?:e[+-]?\d{1,3})?$/i.test(text) && value >= min && value <= max) return text;
    report(line, index + 1, `${column} is ${JSON.stringify(raw)}; allowed: a number from ${min} to ${max}`);
    faulty = true;
    return '';
  };
  const row = Object.fromEntries(columnsOf(rules).map((column) => [column, cell(column)])) as Record<
    Column,
    string
  >;
  return faulty ? undefined : row;
}
