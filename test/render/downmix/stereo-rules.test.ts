import { describe, expect, test } from 'vitest';
import {
  designStereoFold,
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

describe('published tables, one impulse a channel', () => {
  test.each(['lo-ro', 'bs775'] as const)('%s: ITU-R BS.775-3 Table 2', (rule) => {
    const { matrix, quadrature } = designStereoFold({ rule });
    expect(columns(matrix)).toEqual(close([...front, [0.7071, 0], [0, 0.7071]]));
    expect(quadrature).toBeUndefined();
  });

  test('lt-rt: the surrounds go out of phase to both sides', () => {
    const { matrix, quadrature } = designStereoFold({ rule: 'lt-rt' });
    expect(columns(matrix)).toEqual(close([...front, [-0.5, 0.5], [-0.5, 0.5]]));
    expect(quadrature).toBeUndefined();
  });

  test('lt-rt-pl2: the surrounds are turned, 0.8165 and 0.5774', () => {
    const { matrix, quadrature } = designStereoFold({ rule: 'lt-rt-pl2' });
    expect(columns(matrix)).toEqual(close([...front, ...silent]));
    expect(columns(quadrature!)).toEqual(
      close([[0, 0], [0, 0], ...silent, [0.8165, -0.5774], [0.5774, -0.8165]]),
    );
  });
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
  expect(turned[4]).toEqual(close([[0.8165 * Math.SQRT1_2, -0.5774 * Math.SQRT1_2]])[0]);
});

test('bs775 refuses levels', () => {
  expect(() => designStereoFold({ rule: 'bs775', centreDb: -3, surroundDb: -3 })).not.toThrow();
  expect(() => designStereoFold({ rule: 'bs775', surroundDb: -6 })).toThrow(/bs775 has fixed levels/);
  expect(() => designStereoFold({ rule: 'bs775', lfeDb: 0 })).toThrow(/no LFE/);
});

test('masters name their rules, and all rules have names', () => {
  const stated = (['loRo', 'ltRtProLogic', 'ltRtPLII', undefined] as const).map((downmixType) =>
    ruleOfMaster({ downmixType }),
  );
  expect(stated).toEqual(['lo-ro', 'lt-rt', 'lt-rt-pl2', undefined]);
  expect(stereoRules.every((rule) => /fold-down$/.test(stereoRuleNames[rule]))).toBe(true);
  expect(stereoRuleNames['lt-rt-pl2']).toMatch(/third parties/);
});
