import { clearInterval, setInterval } from 'node:timers';

/**
 * Measures how fast the machine computes, a few hundred times a second: the CPU time of a small piece of work. Prints
 * [end in ms since 1970, CPU time in us] of each as one JSON array when its input ends.
 */
const pauseMs = 3;
const probes = [];

function work() {
  let x = 1.1;
  for (let i = 0; i < 40_000; i++) x = x * 1.000_000_1 + 1e-9;
  return x;
}

function probe() {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  probes.push([performance.timeOrigin + performance.now(), user + system]);
}

for (let i = 0; i < 200; i++) work();
const ticking = setInterval(probe, pauseMs);
process.stdin.resume().on('end', () => {
  clearInterval(ticking);
  process.stdout.write(JSON.stringify(probes));
});
