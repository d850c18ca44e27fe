import { expect, test } from 'vitest';
import { dbToGain } from '../../src/base/units.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createSceneGain, type SceneGainOptions } from '../../src/master/scene-gain.ts';

const kernels = await loadKernels();
const frameCount = 9600;

/** Gains of all frames, and what the limiter did, with peaks at some frames. */
function gainsFor(peaks: Readonly<Record<number, number>>, options: Partial<SceneGainOptions>) {
  const gain = createSceneGain({
    ...{ kernels, sampleRateHz: 48_000, gainDb: 0, ceilingDbtp: -1, dips: [], foldsLfe: false },
    programmeFrames: frameCount,
    settings: { lookaheadMs: 5, holdMs: 10, releaseMs: 60 },
    ...options,
  });
  const row = new Float32Array(frameCount + gain.latencySamples).fill(0.1);
  const lfe = new Float32Array(row.length);
  for (const [frame, peak] of Object.entries(peaks)) row[Number(frame)] = peak;
  for (let from = 0; from < row.length; from += 1000) {
    const parts = [row, lfe].map((own) => own.subarray(from, from + 1000));
    gain.process(parts, parts[0]!.length, parts);
  }
  const [gains, lfeGains] = [row, lfe].map((own) => own.subarray(gain.latencySamples));
  expect(gain.reductions).toHaveLength(2);
  return { gains: gains!, lfeGains: lfeGains!, traceDb: gain.traceDb, ...gain.reductions[0]! };
}

test('below the ceiling there is one gain', () => {
  const { gains, maxReductionDb, meanReductionDb } = gainsFor({}, { gainDb: 6 });
  expect(new Set(gains)).toEqual(new Set([Math.fround(dbToGain(6))]));
  expect([maxReductionDb, meanReductionDb]).toEqual([0, 0]);
});

test('peaks count at the gain that they will have, and end a little below the ceiling', () => {
  const { gains, lfeGains, maxReductionDb, meanReductionDb } = gainsFor({ 4000: 1 }, { gainDb: 3 });
  const reachedDb = 20 * Math.log10(gains[4000]!);
  expect(reachedDb).toBeLessThanOrEqual(-1.05 + 1e-6);
  expect(reachedDb).toBeGreaterThan(-1.06);
  expect(maxReductionDb).toBeCloseTo(3 + 1.05, 3);
  expect(meanReductionDb).toBeGreaterThan(0.5);
  expect(gains[0]).toBe(Math.fround(dbToGain(3)));
  expect(new Set(lfeGains)).toEqual(new Set([Math.fround(dbToGain(3))]));
});

test('what the limiter did is told for each 100 ms', () => {
  const { traceDb, maxReductionDb } = gainsFor({ 4800: 1 }, {});
  expect(traceDb.map(({ length }) => length)).toEqual([2, 2]);
  // The peak is the first frame of the second interval; the gain comes down to it in the first.
  expect(traceDb[0]![1]).toBeCloseTo(maxReductionDb, 5);
  expect(traceDb[0]![0]).toBeGreaterThan(0.5);
  expect([...traceDb[1]!]).toEqual([0, 0]);
});

test('without a ceiling nothing is limited', () => {
  const { gains, maxReductionDb } = gainsFor({ 4000: 5 }, { gainDb: -2, ceilingDbtp: undefined });
  expect(new Set(gains)).toEqual(new Set([Math.fround(dbToGain(-2))]));
  expect(maxReductionDb).toBe(0);
});

test('it dips where an earlier pass was over the ceiling', () => {
  const { gains, maxReductionDb } = gainsFor({}, { dips: [{ group: 0, frame: 4000, depthDb: 0.5 }] });
  expect(20 * Math.log10(gains[4000]!)).toBeCloseTo(-0.5, 3);
  expect(gains[4001]).toBe(gains[4000]);
  expect(gains[3000]).toBe(1);
  expect(maxReductionDb).toBeCloseTo(0.5, 3);
});
