import { expect, test } from 'vitest';
import { limiterGroups } from '../../src/master/limiter-groups.ts';
import { albumMeasure, albumProblem, joinResults } from '../../src/job/album-problem.ts';

const powersOf = (...lufs: number[]): Float64Array =>
  Float64Array.from(lufs, (block) => 10 ** ((block + 0.691) / 10));
const members = [
  { unlimited: { blockPowers: powersOf(-20, -20, -20), truePeakDbtp: -9 } },
  { unlimited: { blockPowers: powersOf(-26), truePeakDbtp: -3 } },
  { unlimited: { blockPowers: powersOf(-40, -40), truePeakDbtp: -12 } },
];

const limiter = { ceilingDbtp: -1, groups: limiterGroups(undefined, 1) };

test('together: one gate over all blocks; the quiet programme is below it', () => {
  const { unlimited, measureLufs, estimateDb } = albumProblem(members, limiter);
  expect(unlimited.truePeakDbtp).toBe(-3);
  expect(unlimited.blockPowers).toHaveLength(6);
  const expected = 10 * Math.log10((3 * 10 ** -2 + 10 ** -2.6) / 4);
  expect(measureLufs!(unlimited.blockPowers)).toBeCloseTo(expected, 9);
  // Ambisonics have no levels to foretell a limiter from.
  expect(estimateDb).toBeUndefined();
});

test('loudest: no programme is above what is measured', () => {
  const { unlimited, measureLufs } = albumProblem(members, limiter, 'loudest');
  expect(measureLufs!(unlimited.blockPowers)).toBeCloseTo(-20, 9);
});

test('limiting is foretold for each programme by its own levels', () => {
  const bins = 40;
  const traced = [0.5, 2].map((peak) => ({
    unlimited: {
      blockPowers: powersOf(-20),
      truePeakDbtp: 20 * Math.log10(peak),
      trace: [{ energies: new Float32Array(bins).fill(1), peaks: new Float32Array(bins).fill(peak) }],
    },
  }));
  const reductionsDb = albumProblem(traced, { ...limiter, ceilingDbtp: 0.02 }).estimateDb!(0);
  expect(reductionsDb[0]).toBe(0);
  expect(reductionsDb[1]).toBeCloseTo(6.02, 2);
});

test('a pass is as high and as deep as the worst of its programmes', () => {
  const results = [
    { blockPowers: powersOf(-20), integratedLufs: -20, truePeakDbtp: -3, maxReductionDb: 0 },
    { blockPowers: powersOf(-26), integratedLufs: -26, truePeakDbtp: -1, maxReductionDb: 2 },
  ];
  const joined = joinResults(results, albumMeasure(members.slice(0, 2)));
  expect(joined).toMatchObject({ truePeakDbtp: -1, maxReductionDb: 2 });
  expect(joined.integratedLufs).toBeCloseTo(10 * Math.log10((10 ** -2 + 10 ** -2.6) / 2), 9);
});
