import { describe, expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { parseLayout } from '../../../src/layouts/custom.ts';
import type { Layout } from '../../../src/layouts/layout.ts';
import {
  foldDownDefaults,
  foldDownMatrix,
  type FoldDownOptions,
} from '../../../src/render/downmix/fold-down.ts';

/** Non-zero gains as "from>to". */
const gains = (from: Layout, to: Layout, options?: FoldDownOptions) => {
  const matrix = foldDownMatrix(from, to, options);
  return Object.fromEntries(
    to.loudspeakers.flatMap((output, row) =>
      from.loudspeakers.flatMap((input, column) => {
        const gain = matrix[row * from.loudspeakers.length + column]!;
        return gain === 0 ? [] : [[`${input.label}>${output.label}`, Math.round(gain * 1e4) / 1e4]];
      }),
    ),
  );
};

describe('foldDownMatrix (5.1 to stereo and mono: test/conformance/bs775.test.ts)', () => {
  test('levels are those of A/52: 3 dB are sqrt(2)', () => {
    const folded = gains(getLayout('5.1'), getLayout('2.0'), { centreDb: -4.5, surroundDb: -6, lfeDb: -3 });
    expect(folded).toMatchObject({
      'M+000>M+030': 0.5946,
      'M+110>M+030': 0.5,
      'LFE1>M+030': 0.7071,
      'LFE1>M-030': 0.7071,
    });
    expect(gains(getLayout('5.1'), getLayout('2.0'), { surroundDb: -Infinity })).not.toHaveProperty(
      'M+110>M+030',
    );
    expect(foldDownDefaults).toEqual({ centreDb: -3, surroundDb: -3 });
  });

  test('3.1.2 from 5.1.2: surrounds go to the front at -3 dB, the rest stays', () => {
    expect(gains(getLayout('5.1.2'), getLayout('3.1.2'))).toEqual({
      'M+030>M+030': 1,
      'M-030>M-030': 1,
      'M+000>M+000': 1,
      'LFE1>LFE1': 1,
      'U+030>U+030': 1,
      'U-030>U-030': 1,
      'M+110>M+030': 0.7071,
      'M-110>M-030': 0.7071,
    });
  });

  test('mono from 5.1.2: heights as the front below them', () => {
    expect(gains(getLayout('5.1.2'), getLayout('mono'))).toEqual({
      'M+030>M+000': 0.7071,
      'M-030>M+000': 0.7071,
      'M+000>M+000': 1,
      'M+110>M+000': 0.5,
      'M-110>M+000': 0.5,
      'U+030>M+000': 0.7071,
      'U-030>M+000': 0.7071,
    });
  });

  test('a custom layout takes what its loudspeakers are called; the unknown goes to the nearest', () => {
    const bar = parseLayout(
      {
        foldFrom: '2+5+0',
        loudspeakers: [
          ['L', 20, 0],
          ['R', -20, 0],
          ['up', 0, 50],
        ].map(([label, azimuthDeg, elevationDeg]) => ({ label, azimuthDeg, elevationDeg })),
      },
      'bar',
    );
    const folded = gains(getLayout('2+5+0'), bar);
    expect(folded).toMatchObject({ 'M+030>L': 1, 'M+000>L': 0.7071, 'M+000>R': 0.7071, 'U+030>L': 1 });
    const odd = parseLayout(
      {
        loudspeakers: [
          ['x', 100],
          ['y', -100],
          ['z', 0],
        ].map(([label, azimuthDeg]) => ({ label, azimuthDeg, elevationDeg: 0 })),
      },
      'odd',
    );
    expect(gains(odd, bar)).toMatchObject({ 'x>L': 1, 'y>R': 1, 'z>L': 0.7071, 'z>R': 0.7071 });
  });
});
