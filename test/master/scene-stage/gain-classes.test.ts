import { expect, test } from 'vitest';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { createClassGains } from '../../../src/master/scene-stage/gain-classes.ts';

const kernels = await loadKernels();
const units = ['a', 'b', 'c', 'd'].map((name, member) => ({
  name,
  members: [member],
  isApart: member === 3,
}));
const scale = { gainPerDb: -0.5, makeUpDb: 3, wetShare: 1 };
const group = [{ row: 0, share: 1 }];

test('classes by rows and weights; weights that move come later by the latency', () => {
  const moving = Float32Array.of(1, 0, 0);
  const empty = new Float32Array(0);
  const gains = createClassGains({
    kernels,
    units,
    weights: {
      constants: [1, 1, undefined, 0.5],
      rows: [empty, empty, moving, empty],
      fill: () => undefined,
      reset: () => undefined,
    },
    latencySamples: 1,
    scale,
    shares: [group, group, group, [{ row: 1, share: 1 }]],
    name: 'low',
  });
  expect(gains.classes.map(({ members }) => members)).toEqual([[0, 1], [2], [3]]);
  gains.process([Float32Array.of(18, 18, 18), Float32Array.of(0, 6, 0)], 3);
  const levelsDb = gains.classes.map(({ gains: found }) =>
    [...found.subarray(0, 3)].map((gain) => 20 * Math.log10(gain)),
  );
  const wantedDb = [
    [-6, -6, -6],
    [0, -6, 0],
    [1.5, 0, 1.5],
  ];
  for (const [index, wanted] of wantedDb.entries())
    for (const [n, levelDb] of wanted.entries()) expect(levelsDb[index]![n]).toBeCloseTo(levelDb, 5);
  expect(gains.reductions()).toEqual([
    { name: 'low', maxReductionDb: 9, meanReductionDb: 9 },
    { name: 'low, d', maxReductionDb: 3, meanReductionDb: 1 },
  ]);
  gains.reset();
  expect(gains.reductions()[0]).toEqual({ name: 'low', maxReductionDb: 0, meanReductionDb: 0 });
});

test('partly linked members have both parts, and names of their own', () => {
  const constants = units.map(() => 1);
  const gains = createClassGains({
    kernels,
    units,
    weights: {
      constants,
      rows: units.map(() => new Float32Array(0)),
      fill: () => undefined,
      reset: () => undefined,
    },
    latencySamples: 0,
    scale: { gainPerDb: -1, makeUpDb: 0, wetShare: 0.5 },
    shares: units.map((_, unit) => [
      { row: 0, share: 0.25 },
      { row: 1 + unit, share: 0.75 },
    ]),
    name: undefined,
  });
  gains.process(
    [8, 0, 4, 8, 12].map((reductionDb) => Float32Array.of(reductionDb)),
    1,
  );
  expect(gains.reductions().map(({ name, maxReductionDb }) => [name, maxReductionDb])).toEqual([
    ['a', 2],
    ['b', 5],
    ['c', 8],
    ['d', 11],
  ]);
  expect(gains.classes[0]!.gains[0]).toBeCloseTo(0.5 + 0.5 * 10 ** -0.1, 6);
});
