import { expect, test } from 'vitest';
import { loadKernels } from '../../../../src/kernels/load-kernels.ts';
import { delayFilters } from '../../../../src/render/binaural/ear-filters.ts';
import { designLateReverb } from '../../../../src/render/binaural/room/late-reverb.ts';
import { createRoomBank } from '../../../../src/render/binaural/room/room-bank.ts';
import { noise } from '../../../support.ts';

const kernels = await loadKernels();

/** Runs a bank of two inputs over noise. */
function run(hopFrames: number, lateGains: readonly number[]) {
  const network = kernels.createFeedbackDelay(designLateReverb(48_000, hopFrames));
  const hops = [0, 1].map(() => new Float32Array(hopFrames));
  const lateHop = new Float32Array(hopFrames);
  const bank = createRoomBank({
    kernels,
    inputs: hops.map((hop, i) => ({
      filters: delayFilters(100 + 400 * i, 1, -2),
      audio: { hop },
      lateGain: lateGains[i]!,
    })),
    network,
    lateHop,
    lateFilters: [delayFilters(0, 1, 0), delayFilters(0, 0, 1)],
  });
  const ears = [0, 1].map(() => new Float32Array(24_000));
  for (let from = 0; from < 24_000; from += hopFrames) {
    hops.forEach((hop, i) => hop.set(noise(24_000, i + 1).subarray(from, from + hopFrames)));
    lateHop.fill(0);
    bank.writeHop(ears[0]!.subarray(from), ears[1]!.subarray(from));
  }
  return { ears, latency: bank.latencySamples, bank };
}

test('inputs go through their filters, a hop of the bank later', () => {
  const { ears, latency } = run(480, [0, 0]);
  const [a, b] = [noise(24_000, 1), noise(24_000, 2)];
  for (let n = 0; n < 24_000; n += 7) {
    const sum = (a[n - latency - 100] ?? 0) + (b[n - latency - 500] ?? 0);
    expect(ears[0]![n]).toBeCloseTo(sum, 5);
    expect(ears[1]![n]).toBeCloseTo(-2 * sum, 5);
  }
});

test('what feeds the network comes back from it, whatever the hop of the inputs', () => {
  const whole = run(480, [1, 0.5]);
  const dry = run(480, [0, 0]);
  const network = kernels.createFeedbackDelay(designLateReverb(48_000, 24_000));
  const [a, b] = [noise(24_000, 1), noise(24_000, 2)];
  const sums = [0, 1].map(() => new Float32Array(24_000));
  network.process(
    a.map((sample, n) => sample + 0.5 * b[n]!),
    sums[0]!,
    sums[1]!,
    0,
    24_000,
  );
  for (let n = 0; n < 24_000; n += 7)
    sums.forEach((sum, ear) =>
      expect(whole.ears[ear]![n]! - dry.ears[ear]![n]!).toBeCloseTo(sum[n - whole.latency] ?? 0, 5),
    );
  for (const hopFrames of [1600, 6000]) expect(run(hopFrames, [1, 0.5]).ears).toEqual(whole.ears);
});
