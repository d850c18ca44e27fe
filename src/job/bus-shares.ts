import type { PlannedBus } from './plan.ts';

/** Work of a bus, roughly: convolving a track costs as much as mixing and metering some channels. */
function costOf(bus: PlannedBus, trackCount: number): number {
  switch (bus.format.kind) {
    case 'loudspeakers':
      return bus.channelCount;
    case 'binaural':
      return 2 * trackCount;
    case 'ambisonics':
      return 3 * bus.channelCount;
  }
}

/** Shares buses out among threads, the costliest first to the one with the least; the first thread also reads. */
export function shareBuses<Task extends { readonly bus: PlannedBus }>(
  tasks: readonly Task[],
  threadCount: number,
  trackCount: number,
): Task[][] {
  const shares: Task[][] = Array.from({ length: Math.max(1, Math.min(threadCount, tasks.length)) }, () => []);
  const loads = shares.map((_, index) => (index === 0 ? trackCount / 2 : 0));
  const sorted = [...tasks].sort((a, b) => costOf(b.bus, trackCount) - costOf(a.bus, trackCount));
  for (const task of sorted) {
    const least = loads.indexOf(Math.min(...loads));
    shares[least].push(task);
    loads[least] += costOf(task.bus, trackCount);
  }
  return shares;
}
