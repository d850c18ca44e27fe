import { expect, test } from 'vitest';
import { createDetector, type Detector } from '../../../src/master/scene-stage/detector.ts';
import type { DetectorSettings } from '../../../src/master/scene-stage/detector-schema.ts';
import { createUnitWeights, detectorUnits } from '../../../src/master/scene-stage/detector-units.ts';
import { constantMembers } from '../../../src/master/scene-stage/group-members.ts';
import { lateRender } from './dynamics-support.ts';
import { effectContext } from './effect-support.ts';

async function detectorOf(
  settings: DetectorSettings,
  bandCount = 1,
  stated: Parameters<typeof effectContext>[0] = {},
): Promise<Detector> {
  const context = await effectContext({ trackCount: 4, ...stated });
  const units = detectorUnits(context, settings.linkLfe ?? false);
  const weights = createUnitWeights(context, units);
  const halves = Array.from({ length: bandCount }, (_, band) =>
    band === 0 ? [] : [{ b0: 0.5, b1: 0, b2: 0, a1: 0, a2: 0 }],
  );
  return createDetector({ context, settings, units, weights, bands: halves });
}

/** Powers after three frames of 1, 2, 3 and 4 in the channels. */
function powersOf(detector: Detector): number[] {
  detector.listen({ channels: [1, 2, 3, 4].map((value) => new Float32Array(3).fill(value)), frameCount: 3 });
  return detector.powers.map((row) => row[2]!);
}

test('the strongest, or all, of those that are not apart; then those who go by themselves', async () => {
  expect(powersOf(await detectorOf({ mode: 'group-max' }))).toEqual([9, 16]);
  expect(powersOf(await detectorOf({ mode: 'group-sum' }))).toEqual([14, 16]);
  expect(powersOf(await detectorOf({ mode: 'group-sum', linkLfe: true }))).toEqual([30]);
  expect(powersOf(await detectorOf({ mode: 'group-sum', linkPercent: 0 }))).toEqual([1, 4, 9, 16]);
  expect(powersOf(await detectorOf({ mode: 'own' }))).toEqual([1, 4, 9, 16]);
  expect(powersOf(await detectorOf({ mode: 'group-max', linkPercent: 30 }))).toEqual([9, 1, 4, 9, 16]);
});

test('shares of the rows, band after band', async () => {
  const detector = await detectorOf({ mode: 'group-max', linkPercent: 25 }, 2);
  expect(powersOf(detector)).toEqual([9, 1, 4, 9, 16, 2.25, 0.25, 1, 2.25, 4]);
  expect(detector.bandOfRow).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  expect(detector.sharesOf(1, 2)).toEqual([
    { row: 5, share: 0.25 },
    { row: 8, share: 0.75 },
  ]);
  expect(detector.sharesOf(1, 3)).toEqual([{ row: 9, share: 1 }]);
  expect((await detectorOf({ mode: 'group-max' })).sharesOf(0, 1)).toEqual([{ row: 0, share: 1 }]);
});

test('members count by the square of their weights', async () => {
  const group = constantMembers(
    new Map([
      [1, 1],
      [2, 0.5],
    ]),
  );
  expect(powersOf(await detectorOf({ mode: 'group-sum' }, 1, { group }))).toEqual([4 + 9 / 4]);
});

test('what members have of their own waits for a render that lags', async () => {
  const detector = await detectorOf({ mode: 'render', linkPercent: 50, highpassHz: 20 }, 1, {
    createDetectorRender: () => lateRender(4, 2),
  });
  expect(detector.latencySamples).toBe(2);
  const impulse = Float32Array.of(1, 0, 0, 0);
  detector.listen({ channels: [impulse, impulse, impulse, impulse], frameCount: 4 });
  for (const row of detector.powers) {
    expect([...row.subarray(0, 2)]).toEqual([0, 0]);
    expect(row[2]).toBeGreaterThan(0.5);
  }
  detector.reset();
  detector.listen({ channels: [0, 1, 2, 3].map(() => new Float32Array(4)), frameCount: 4 });
  for (const row of detector.powers) expect([...row.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
});
