import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** How fast the machine was over some time, 0..1; at other times it is taken for fast. */
export interface MachineSpeed {
  /** Time that [startMs, endMs) would have taken at the usual speed. @param startMs and endMs since 1970 */
  usualMs(startMs: number, endMs: number): number;
}

/** [end in ms since 1970, CPU time in us] */
type Probe = readonly [number, number];

/**
 * Watches how fast the machine computes, in a process of its own. Virtual machines stand nearly still now and then, for a
 * tenth of a second: their host has other things to do, and no clock inside tells. The CPU time of one piece of work
 * tells, however many others run beside it.
 * @returns ends the watch; the same each time
 */
export function watchMachine(): () => Promise<MachineSpeed> {
  const script = fileURLToPath(new URL('speed-probe.mjs', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const told = text(child.stdout);
  return async () => {
    if (!child.stdin.writableEnded) child.stdin.end();
    return speedOf(JSON.parse(await told) as Probe[]);
  };
}

/** The speed that probes tell; the median is the usual one. Between two of them the faster one counts. */
export function speedOf(probes: readonly Probe[]): MachineSpeed {
  const median = probes.map(([, cpuUs]) => cpuUs).sort((a, b) => a - b)[probes.length >> 1] ?? 0;
  const speeds = probes.map(([, cpuUs]) => (cpuUs > 0 && median > 0 ? Math.min(1, median / cpuUs) : 1));
  return {
    usualMs(startMs, endMs) {
      let lostMs = 0;
      for (let index = 1; index < probes.length; index++) {
        const from = Math.max(startMs, probes[index - 1]![0]);
        const to = Math.min(endMs, probes[index]![0]);
        if (to > from) lostMs += (to - from) * (1 - Math.max(speeds[index - 1]!, speeds[index]!));
      }
      return endMs - startMs - lostMs;
    },
  };
}
