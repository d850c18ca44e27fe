import { spawnSync } from 'node:child_process';

/** Loaded into the measured process: at its end it says what it used, on the last line of standard error. */
const probe = `data:text/javascript,${encodeURIComponent(`
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write('\\n' + JSON.stringify({ cpuSec: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: maxRSS * 1024 / 1e6 }));
  });`)}`;

/**
 * Runs a Node.js script in a process of its own. Wall and CPU time in seconds, peak resident memory in MB
 * (10^6 bytes), worker threads included. Throws when the script fails.
 */
export function runMeasured(args, options = {}) {
  const started = performance.now();
  const result = spawnSync(process.execPath, ['--import', probe, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });
  const wallSec = (performance.now() - started) / 1000;
  const lines = result.stderr.trimEnd().split('\n');
  if (result.status !== 0) throw new Error(`ended with ${result.status}: ${lines.slice(0, -1).join('\n')}`);
  return { wallSec, stdout: result.stdout, ...JSON.parse(lines.at(-1)) };
}
