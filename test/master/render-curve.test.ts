import { expect, test } from 'vitest';
import { getLayout } from '../../src/layouts/built-in.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createRenderCurve, heardChannels, heldSettings } from '../../src/master/render-curve.ts';

const kernels = await loadKernels();
const settings = { lookaheadMs: 5, holdMs: 0, releaseMs: 1 };
const frameCount = 4800;

test('a peak is turned down to the ceiling, and so are 10 ms on both sides of it', () => {
  const curve = createRenderCurve({
    kernels,
    sampleRateHz: 48_000,
    settings,
    ceilingGain: 0.25,
    foldsLfe: false,
  });
  const row = new Float32Array(frameCount).fill(0.25);
  row[1000] = 0.5;
  const lfe = new Float32Array(frameCount);
  curve.process([row, lfe], frameCount, [row, lfe]);
  expect(lfe.every((gain) => gain === 1)).toBe(true);
  const gainAt = (frame: number): number => row[frame + curve.latencySamples]!;
  for (const frame of [1000 - 480, 1000, 1001, 1001 + 480 - 1]) expect(gainAt(frame)).toBeCloseTo(0.5, 6);
  expect(gainAt(1000 - 480 - 240 - 2)).toBe(1);
  expect(gainAt(1000 - 480 - 120)).toBeGreaterThan(0.5);
  expect(gainAt(3000)).toBeGreaterThan(0.95);
  for (const gain of row) expect(gain).toBeGreaterThanOrEqual(0.5 - 1e-6);
});

test.each([true, false])(
  'the LFE ducks nothing; it follows the others where a render has none: %s',
  (foldsLfe) => {
    const curve = createRenderCurve({ kernels, sampleRateHz: 48_000, settings, ceilingGain: 0.25, foldsLfe });
    const rows = [0, 1].map(() => new Float32Array(frameCount));
    rows[0]![1000] = rows[1]![3000] = 1;
    curve.process(rows, frameCount, rows);
    const gainsAt = (frame: number): number[] => rows.map((row) => row[frame + curve.latencySamples]!);
    expect(gainsAt(1000)[0]).toBeCloseTo(0.25, 6);
    expect(gainsAt(1000)[1]).toBeCloseTo(foldsLfe ? 0.25 : 1, 6);
    expect(gainsAt(3000)[1]).toBeCloseTo(0.25, 6);
    expect(gainsAt(3000)[0]).toBeGreaterThan(0.9);
  },
);

test('channels of a render that are heard together', () => {
  expect(heardChannels(getLayout('5.1'), 6)).toEqual([
    { row: 0, channels: [0, 1, 2, 4, 5] },
    { row: 1, channels: [3] },
  ]);
  expect(heardChannels(undefined, 2)).toEqual([{ row: 0, channels: [0, 1] }]);
});

test('after a reset nothing is left of what was', () => {
  const curve = createRenderCurve({
    kernels,
    sampleRateHz: 48_000,
    settings,
    ceilingGain: 0.25,
    foldsLfe: false,
  });
  const once = new Float32Array(400).fill(1);
  curve.process([once, once], 400, [once, once.slice()]);
  curve.reset();
  const again = new Float32Array(frameCount);
  curve.process([again, again], frameCount, [again, again.slice()]);
  expect(again.every((gain) => gain === 1)).toBe(true);
});

test('what foretells limiters counts the response on both sides as held', () => {
  expect(heldSettings({ ...settings, holdMs: 10 })).toEqual({ ...settings, holdMs: 30 });
});
