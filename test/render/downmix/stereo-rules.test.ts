import { describe, expect, test } from 'vitest';
import {
  designStereoFold,
  isPhaseShifted,
  proLogicShares,
  requireStandardLevels,
  ruleOfMaster,
  stereoRuleNames,
  stereoRules,
} from '../../../src/render/downmix/stereo-rules.ts';

/** Gains into left and right [input] of an impulse in each of L R C LFE Ls Rs; turned ones in `j`. */
const columns = (rows: Float64Array): number[][] =>
  Array.from({ length: 6 }, (_, input) => [rows[input]!, rows[6 + input]!]);
const close = (pairs: number[][]) =>
  pairs.map((pair) => pair.map((gain) => expect.closeTo(gain, 4) as number));

const front = [
  [1, 0],
  [0, 1],
  [0.7071, 0.7071],
  [0, 0],
];
const silent = [
  [0, 0],
  [0, 0],
];
const nothing = [...silent, ...silent];

describe('published tables, one impulse a channel', () => {
  /** Surrounds as each rule has them without phase shift: into left and right. */
  const surrounds = {
    'lo-ro': [
      [0.7071, 0],
      [0, 0.7071],
    ],
    bs775: [
      [0.7071, 0],
      [0, 0.7071],
    ],
    'lt-rt': [
      [-0.5, 0.5],
      [-0.5, 0.5],
    ],
    // -1.2 and -6.2 dB.
    'lt-rt-pl2': [
      [-0.8718, 0.4899],
      [-0.4899, 0.8718],
    ],
  };
  test.each(['lo-ro', 'bs775', 'lt-rt', 'lt-rt-pl2'] as const)('%s', (rule) => {
    const { matrix, quadrature } = designStereoFold({ rule, phaseShift: false });
    expect(columns(matrix)).toEqual(close([...front, ...surrounds[rule]]));
    expect(quadrature).toBeUndefined();
  });

  test.each(['lo-ro', 'lt-rt', 'lt-rt-pl2'] as const)(
    '%s with phase shift: the surrounds alone lag 90 degrees behind',
    (rule) => {
      const { matrix, quadrature } = designStereoFold({ rule, phaseShift: true });
      expect(columns(matrix)).toEqual(close([...front, ...silent]));
      const lagging = surrounds[rule].map((pair) => pair.map((gain) => -gain));
      expect(columns(quadrature!)).toEqual(close([...nothing, ...lagging]));
    },
  );

  test('only Pro Logic II turns its surrounds where nothing is said of it', () => {
    const shifted = (['lo-ro', 'bs775', 'lt-rt', 'lt-rt-pl2'] as const).map(
      (rule) => designStereoFold({ rule }).quadrature !== undefined,
    );
    expect(shifted).toEqual([false, false, false, true]);
    expect(isPhaseShifted({})).toBe(false);
  });
});

test('the shares of Pro Logic II are those decibels, and unit power', () => {
  const { own, other } = proLogicShares;
  expect(20 * Math.log10(own)).toBeCloseTo(-1.2, 1);
  expect(20 * Math.log10(other)).toBeCloseTo(-6.2, 1);
  expect(own ** 2 + other ** 2).toBeCloseTo(1, 12);
});

test('levels replace the -3 dB of centre and surrounds, and bring the LFE in', () => {
  const levels = { centreDb: -6, surroundDb: -6, lfeDb: 0 };
  const loRo = columns(designStereoFold({ ...levels, rule: 'lo-ro' }).matrix);
  expect(loRo.slice(2)).toEqual(
    close([
      [0.5, 0.5],
      [1, 1],
      [0.5, 0],
      [0, 0.5],
    ]),
  );
  const ltRt = columns(designStereoFold({ ...levels, rule: 'lt-rt' }).matrix);
  expect(ltRt.slice(2)).toEqual(
    close([
      [0.5, 0.5],
      [1, 1],
      [-0.3536, 0.3536],
      [-0.3536, 0.3536],
    ]),
  );
  const turned = columns(designStereoFold({ ...levels, rule: 'lt-rt-pl2' }).quadrature!);
  expect(turned[4]).toEqual(close([[0.8718 * Math.SQRT1_2, -0.4899 * Math.SQRT1_2]])[0]);
});

test.each([
  [-1.5, 0.841],
  [-3, 0.7071],
  [-4.5, 0.5946],
  [-6, 0.5],
  [-60, 0.001],
])('lo-ro with surrounds at %d dB: %d', (surroundDb, gain) => {
  expect(designStereoFold({ surroundDb }).matrix[4]).toBeCloseTo(gain, 3);
});

test.each([
  [3, 1.4142],
  [1.5, 1.1892],
  [0, 1],
  [-6, 0.5],
])('lo-ro with the centre at %d dB: %d', (centreDb, gain) => {
  expect(designStereoFold({ centreDb }).matrix[2]).toBeCloseTo(gain, 3);
});

test('bs775 and direct refuse levels and phase shifts', () => {
  expect(() => designStereoFold({ rule: 'bs775', centreDb: -3, surroundDb: -3 })).not.toThrow();
  expect(() => designStereoFold({ rule: 'bs775', surroundDb: -6 })).toThrow(/bs775 has fixed levels/);
  expect(() => designStereoFold({ rule: 'bs775', lfeDb: 0 })).toThrow(/no LFE/);
  expect(() => designStereoFold({ rule: 'bs775', phaseShift: true })).toThrow(/no phase shift/);
  expect(() => requireStandardLevels({ rule: 'direct', centreDb: 0 })).toThrow(/direct folds nothing/);
  expect(() => requireStandardLevels({ rule: 'direct' })).not.toThrow();
});

test('masters name their rules, and all rules have names', () => {
  const stated = (['loRo', 'ltRtProLogic', 'ltRtPLII', 'directStereo', undefined] as const).map(
    (downmixType) => ruleOfMaster({ downmixType }),
  );
  expect(stated).toEqual(['lo-ro', 'lt-rt', 'lt-rt-pl2', 'direct', undefined]);
  expect(Object.keys(stereoRuleNames)).toEqual([...stereoRules]);
  expect(stereoRuleNames['lt-rt-pl2']).toMatch(/third-party/);
});
