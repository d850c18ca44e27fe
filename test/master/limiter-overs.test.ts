import { expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createLimiter } from '../../src/master/limiter.ts';
import { deepenDips, type LimiterDip } from '../../src/master/limiter-dips.ts';
import { createOverMeter, type Overs } from '../../src/master/limiter-overs.ts';
import { createLargestPeakMeter } from '../../src/meter/true-peak-meter.ts';
import { denseMix, truePeak32 } from './limiter-battery.ts';

const kernels = await loadKernels();
const groups = [
  { name: 'front', channels: [2, 0] },
  { name: 'lfe', channels: [1] },
] as const;

function oversOf(channels: readonly Float32Array[], size = 4096): Overs {
  const meter = createOverMeter({ kernels, channelCount: 3, groups, ceilingDbtp: -1 });
  const length = channels[0]!.length;
  for (let from = 0; from < length; from += size) {
    const to = Math.min(length, from + size);
    meter.process({ channels: channels.map((row) => row.slice(from, to)), frameCount: to - from });
  }
  return meter.finish();
}

/** A burst at a quarter of the rate whose crests lie between its samples. */
function burstAt(frame: number, peak: number): Float32Array {
  return Float32Array.from({ length: 20000 }, (_, n) => {
    const d = n - frame - 0.5;
    return peak * Math.cos((Math.PI / 2) * d) * Math.exp(-((d / 40) ** 2));
  });
}

test('finds what is over between the samples, group by group, to the last frame', () => {
  const quiet = new Float32Array(20000).fill(0.1);
  const over = burstAt(19996, 0.95);
  const channels = [burstAt(7000, 0.93), over, quiet];
  for (const size of [20000, 4096, 777]) {
    const { truePeakDbtp, dips } = oversOf(channels, size);
    expect(truePeakDbtp).toBeCloseTo(20 * Math.log10(truePeak32(over)), 1);
    expect(dips.map(({ group }) => group)).toEqual([0, 1]);
    expect(Math.abs(dips[0]!.frame - 7000)).toBeLessThanOrEqual(1);
    // The filter of Annex 2 reads such a burst a little higher than it is.
    const exactDb = 20 * Math.log10(0.93) + 1;
    expect(dips[0]!.depthDb).toBeGreaterThan(exactDb);
    expect(dips[0]!.depthDb).toBeLessThan(exactDb + 0.06);
  }
  expect(oversOf([quiet, quiet, burstAt(500, 0.88)])).toEqual({ truePeakDbtp: undefined, dips: [] });
});

test('what only Annex 2 reads is found once its meter is over, with the same frames for any cut', () => {
  // At a quarter of the rate Annex 2 reads 0.04 dB more than there is.
  const channels = [9000, 15000].map((frame) => burstAt(frame, 10 ** (-1.015 / 20)));
  const quiet = new Float32Array(20000);
  const search = (size: number, isWaiting: boolean): Overs => {
    const standard = createLargestPeakMeter({ kernels, channelCount: 3 });
    const standardPeak = isWaiting ? () => standard.largestPeak : undefined;
    const meter = createOverMeter({ kernels, channelCount: 3, groups, ceilingDbtp: -1, standardPeak });
    for (let from = 0; from < 20000; from += size) {
      const to = Math.min(20000, from + size);
      const block = {
        channels: [...channels, quiet].map((row) => row.slice(from, to)),
        frameCount: to - from,
      };
      standard.process(block);
      meter.process(block);
    }
    return meter.finish();
  };
  const always = search(4096, false);
  expect(always.dips.map(({ group }) => group)).toEqual([0, 1]);
  expect(oversOf([...channels, quiet]).truePeakDbtp).toBe(always.truePeakDbtp);
  for (const size of [11, 512, 4096]) expect(search(size, true)).toEqual(always);
});

test('passes with dips where the meter saw overs come to none: a limiter whose ceiling is too high', () => {
  const signal = denseMix(20000).map((x) => 2 * x);
  const channels = [signal, signal.toReversed(), signal.map((x) => -0.9 * x)];
  let dips: LimiterDip[] = [];
  const pass = (): { overs: Overs; outputs: Float32Array[] } => {
    // Its margin covers all that a limiter does: without it there is something to mend.
    const limiter = createLimiter({
      ...{ kernels, sampleRateHz: 48000, channelCount: 3, groups, dips, ceilingDbtp: -0.95 },
    });
    const frameCount = 20000 + limiter.latencySamples;
    const padded = channels.map((row) => {
      const copy = new Float32Array(frameCount);
      copy.set(row);
      return copy;
    });
    const outputs = padded.map(() => new Float32Array(frameCount));
    limiter.process({ channels: padded, frameCount }, { channels: outputs, frameCount });
    const finished = outputs.map((row) => row.slice(limiter.latencySamples));
    return { overs: oversOf(finished), outputs: finished };
  };
  const first = pass();
  expect(first.overs.dips.length).toBeGreaterThan(10);
  dips = deepenDips(dips, first.overs.dips);
  const second = pass();
  expect(second.overs).toEqual({ truePeakDbtp: undefined, dips: [] });
  for (const output of second.outputs) expect(20 * Math.log10(truePeak32(output))).toBeLessThanOrEqual(-1);
});
