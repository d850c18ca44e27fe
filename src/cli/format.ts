import type { PeriphonError } from '../base/errors.ts';

/** A number with fixed decimals and a true minus sign kept plain; silence and absent values are a dash. */
export function formatNumber(value: number | undefined, decimals = 1): string {
  if (value === undefined || !Number.isFinite(value)) return '-';
  const text = value.toFixed(decimals);
  // What rounds to nothing has no sign.
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** Seconds as "3:05.2". */
export function formatDuration(durationSec: number): string {
  const tenths = Math.round(durationSec * 10);
  const minutes = Math.floor(tenths / 600);
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

/** A place in time as "3:05.250"; what is nowhere is a dash. */
export function formatTime(timeSec: number): string {
  if (!Number.isFinite(timeSec)) return '-';
  const milliseconds = Math.round(timeSec * 1000);
  const minutes = Math.floor(milliseconds / 60000);
  return `${minutes}:${((milliseconds % 60000) / 1000).toFixed(3).padStart(6, '0')}`;
}

/** Bytes as "1.2 GB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let index = 0;
  let value = bytes;
  while (value >= 1000 && index < units.length - 1) {
    value /= 1000;
    index++;
  }
  return `${index === 0 ? value : value.toFixed(1)} ${units[index]}`;
}

/** One column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Plain-text table: a title line, then a line a row, columns two spaces apart. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => row[index].length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, index) =>
        columns[index].align === 'right' ? cell.padStart(widths[index]) : cell.padEnd(widths[index]),
      )
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...rows.map(line)].join('\n');
}

const shownIssues = 50;

/** What a command prints of an error: what it is about, what is wrong, every fault of a list, and the hint. */
export function formatError(error: PeriphonError): string {
  const place = [error.file, error.path].filter((part) => part !== undefined && part !== '').join(', ');
  const { issues } = error;
  // Errors with a list repeat it in their message, for those who see nothing else.
  const message = issues.length > 0 ? error.message.split('\n', 1)[0] : error.message;
  const lines = [`periphon: ${place && !message.includes(place) ? `${place}: ` : ''}${message}`];
  for (const issue of issues.slice(0, shownIssues)) {
    lines.push(`  ${issue.path === '' ? '(document)' : issue.path}: ${issue.message}`);
  }
  if (issues.length > shownIssues) lines.push(`  ... and ${issues.length - shownIssues} more`);
  if (error.hint) lines.push(`  ${error.hint}`);
  return lines.join('\n');
}
