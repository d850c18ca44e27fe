import { expect, test } from 'vitest';
import { getLayout } from '../../src/layouts/built-in.ts';
import { foldDownMatrix } from '../../src/render/downmix/fold-down.ts';

/** ITU-R BS.775-3 Annex 4, Table 2: downmix of 3/2 to 2/0 and 1/0; the LFE is left out. */

const half = Math.SQRT1_2;
const closeTo = (values: Float64Array, expected: number[]): void =>
  expected.forEach((value, index) => expect(values[index]).toBeCloseTo(value, 12));

test('3/2 to 2/0: L + 0.7071 C + 0.7071 Ls', () => {
  // L R C LFE Ls Rs
  closeTo(foldDownMatrix(getLayout('5.1'), getLayout('0+2+0')), [
    1,
    0,
    half,
    0,
    half,
    0,
    0,
    1,
    half,
    0,
    0,
    half,
  ]);
});

test('3/2 to 1/0: 0.7071 L + 0.7071 R + C + 0.5 Ls + 0.5 Rs', () => {
  closeTo(foldDownMatrix(getLayout('5.1'), getLayout('mono')), [half, half, 1, 0, 0.5, 0.5]);
});
