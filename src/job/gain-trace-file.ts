import { traceRateHz } from '../master/gain-trace.ts';
import { deliverableName } from './scene-job.ts';

/** Name of the file with the limiter's reductions, beside its deliverable. */
export const gainTraceName = (sceneName: string, suffix: string): string =>
  deliverableName(sceneName, `${suffix}.limiter`, 'csv');

/** What a limiter did, interval by interval. */
export interface TracedLimiter {
  readonly groups: readonly { readonly name: string }[];
  /** Deepest reduction in dB in each 100 ms [group][interval]. */
  readonly traceDb: readonly Float32Array[];
}

/**
 * Text of that file: a row for each 100 ms with its start in seconds and the deepest reduction of each group of
 * channels in dB. Opens in any spreadsheet.
 */
export function formatGainTrace({ groups, traceDb }: TracedLimiter): string {
  const header = ['time_sec', ...groups.map(({ name }) => `${name}_db`)];
  const rows = Array.from({ length: traceDb[0]?.length ?? 0 }, (_, interval) => [
    (interval / traceRateHz).toFixed(1),
    ...traceDb.map((trace) => trace[interval].toFixed(2)),
  ]);
  return [header, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}
