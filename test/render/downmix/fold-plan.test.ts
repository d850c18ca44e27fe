import { describe, expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { planLayout, planStereo } from '../../../src/render/downmix/fold-plan.ts';

const five = getLayout('5.1');
const seven = getLayout('7.1');

/** Gains into left and right of an impulse in each channel. */
const columns = (matrix: Float64Array) =>
  Array.from({ length: matrix.length / 2 }, (_, input) =>
    [matrix[input]!, matrix[matrix.length / 2 + input]!].map((gain) => Math.round(gain * 1e4) / 1e4),
  );

describe('planLayout', () => {
  test('layouts are rendered, those that cannot be are folded', () => {
    expect(planLayout(five, { fold: {} })).toEqual({
      format: { kind: 'loudspeakers', layout: five },
      fold: undefined,
      description: 'rendered directly (ITU-R BS.2127)',
    });
    expect(planLayout(getLayout('3.1.2'), { fold: {}, hasDividedBeds: true })).toMatchObject({
      format: { layout: getLayout('5.1.2'), meetsInFold: true },
      description: 'folded from the 5.1.2 render',
    });
  });

  test('5.1 from 7.1 has the trims of 5.1, and a bed may be divided in it', () => {
    const planned = planLayout(five, { fold: {}, surround: 'pl2x', hasDividedBeds: true });
    expect(planned.format).toEqual({ kind: 'loudspeakers', layout: seven, trimsOf: five });
    expect(planned.fold!.matrix).toHaveLength(48);
    expect(planned.description).toMatch(/^folded from 7\.1 by Pro Logic IIx/);
    expect(planLayout(five, { fold: {}, surround: 'room-balance' }).fold).toBeUndefined();
    expect(planLayout(seven, { fold: {}, surround: 'pl2x' }).fold).toBeUndefined();
  });

  test('3.1.2 and mono of 5.1.2 from 7.1', () => {
    const planned = planLayout(getLayout('3.1.2'), { fold: {}, surround: 'lo-ro' });
    expect(planned.format.layout.loudspeakers).toHaveLength(10);
    expect(planned.description).toMatch(/^folded from 5\.1\.2, folded from 7\.1 by Lo\/Ro/);
    const mono = planLayout(getLayout('mono'), { fold: {}, surround: 'lo-ro' }).fold!.matrix;
    // L R C LFE, sides and rears at half: 0.707 by the surround and 0.707 by mono.
    expect([...mono.slice(0, 8)].map((gain) => Math.round(gain * 1e4) / 1e4)).toEqual([
      0.7071, 0.7071, 1, 0, 0.5, 0.5, 0.5, 0.5,
    ]);
  });
});

describe('planStereo', () => {
  test('folded from the 5.1 render', () => {
    const planned = planStereo({ fold: {} });
    expect(planned.format).toEqual({ kind: 'loudspeakers', layout: five });
    expect(planned.description).toBe('Lo/Ro fold-down of the 5.1 render');
    expect(planStereo({ fold: { phaseShift: true } }).description).toBe(
      'Lo/Ro fold-down, surrounds turned by 90 degrees, of the 5.1 render',
    );
    expect(planStereo({ fold: {}, hasDividedBeds: true }).format.meetsInFold).toBe(true);
  });

  test('the way of 5.1 colours it: Lo/Ro of 7.1 in one matrix', () => {
    const planned = planStereo({ fold: { rule: 'lo-ro' }, surround: 'lo-ro' });
    expect(planned.format).toEqual({ kind: 'loudspeakers', layout: seven, trimsOf: five });
    expect(columns(planned.fold!.matrix)).toEqual([
      [1, 0],
      [0, 1],
      [0.7071, 0.7071],
      [0, 0],
      [0.7071, 0],
      [0, 0.7071],
      [0.7071, 0],
      [0, 0.7071],
    ]);
    expect(planned.description).toBe(
      'Lo/Ro fold-down of 5.1, folded from 7.1 by Lo/Ro (third-party figures)',
    );
  });

  test('Pro Logic II of Pro Logic IIx: turned sides and rears', () => {
    const { matrix, quadrature } = planStereo({ fold: { rule: 'lt-rt-pl2' }, surround: 'pl2x' }).fold!;
    expect(columns(matrix).slice(4)).toEqual(Array.from({ length: 4 }, () => [0, 0]));
    // Rears: 0.8718 x 0.8718 + 0.4899 x 0.4899 = 1, and twice 0.8718 x 0.4899.
    expect(columns(quadrature!).slice(4)).toEqual([
      [0.8718, -0.4899],
      [0.4899, -0.8718],
      [1, -0.8542],
      [0.8542, -1],
    ]);
  });

  test('direct: rendered to two loudspeakers', () => {
    expect(planStereo({ fold: { rule: 'direct' }, surround: 'lo-ro' })).toEqual({
      format: { kind: 'loudspeakers', layout: getLayout('0+2+0') },
      fold: undefined,
      description: 'rendered directly (ITU-R BS.2127)',
    });
    expect(() => planStereo({ fold: { rule: 'direct', surroundDb: -6 } })).toThrow(/has no levels/);
  });
});
