import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { polarToCartesian } from '../../../src/base/coordinates.ts';
import { LayoutError } from '../../../src/base/errors.ts';
import { builtInLayouts, getLayout } from '../../../src/layouts/built-in.ts';
import { parseLayout } from '../../../src/layouts/custom.ts';
import type { Layout } from '../../../src/layouts/layout.ts';
import { createPointSourcePanner } from '../../../src/render/panner/point-source.ts';
import { mirrorLabel } from '../../../src/render/panner/mapping-rules.ts';

/** Figures of the reference renderer are compared in test/conformance/bs2127.test.ts. */

const gainsOf = (layout: Layout) => {
  const panner = createPointSourcePanner(layout);
  return (azimuthDeg: number, elevationDeg: number): Float64Array => {
    const gains = new Float64Array(layout.loudspeakers.length);
    panner.pan(polarToCartesian(azimuthDeg, elevationDeg), gains);
    return gains;
  };
};
const power = (gains: Float64Array): number => gains.reduce((sum, gain) => sum + gain * gain, 0);
const surrounding = builtInLayouts.filter((layout) => layout.foldFrom === undefined);
const direction = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

describe.each(surrounding)('$name', (layout) => {
  const pan = gainsOf(layout);
  const mirror = layout.loudspeakers.map(({ label }) =>
    layout.loudspeakers.findIndex((other) => other.label === mirrorLabel(label)),
  );

  test('power 1 (stereo: down to 1/2), nothing negative, LFE silent, left mirrors right', () => {
    fc.assert(
      fc.property(direction, ([azimuthDeg, elevationDeg]) => {
        const gains = pan(azimuthDeg, elevationDeg);
        const mirrored = pan(-azimuthDeg, elevationDeg);
        const least = layout.name === '0+2+0' ? 0.5 : 1;
        expect(power(gains)).toBeGreaterThan(least - 1e-9);
        expect(power(gains)).toBeLessThan(1 + 1e-9);
        layout.loudspeakers.forEach(({ isLfe }, index) => {
          expect(gains[index]).toBeGreaterThanOrEqual(0);
          if (isLfe) expect(gains[index]).toBe(0);
          else expect(Math.abs(gains[index]! - mirrored[mirror[index]!]!)).toBeLessThan(1e-9);
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

test('custom layouts: five loudspeakers without ceiling, and a dome with a hexagon', () => {
  const ring = (count: number, elevationDeg: number, name: string) =>
    Array.from({ length: count }, (_, n) => ({
      label: `${name}${n}`,
      azimuthDeg: -170 + (360 / count) * n,
      elevationDeg,
    }));
  for (const loudspeakers of [ring(5, 0, 'a'), [...ring(6, 5, 'a'), ...ring(6, 60, 'b')], ring(3, 20, 'a')]) {
    const pan = gainsOf(parseLayout({ loudspeakers }, 'custom'));
    for (let elevationDeg = -90; elevationDeg <= 90; elevationDeg += 15) {
      for (let azimuthDeg = -180; azimuthDeg < 180; azimuthDeg += 15) {
        expect(power(pan(azimuthDeg, elevationDeg))).toBeCloseTo(1, 9);
      }
    }
    loudspeakers.forEach(({ azimuthDeg, elevationDeg }, index) =>
      expect(pan(azimuthDeg, elevationDeg)[index]).toBeCloseTo(1, 6),
    );
  }
});

test('3+7+0 with M+-090 behind M+-135, which their ranges allow, is panned all the same', () => {
  const layout = getLayout('3+7+0');
  const crossed = {
    ...layout,
    loudspeakers: layout.loudspeakers.map((loudspeaker) => {
      const azimuthDeg = { 'M+090': 140, 'M-090': -140, 'M+135': 80, 'M-135': -80 }[loudspeaker.label];
      return azimuthDeg === undefined ? loudspeaker : { ...loudspeaker, azimuthDeg };
    }),
  };
  const pan = gainsOf(crossed);
  crossed.loudspeakers.forEach(({ azimuthDeg, elevationDeg, isLfe }, index) => {
    if (!isLfe) expect(pan(azimuthDeg, elevationDeg)[index]).toBeCloseTo(1, 6);
  });
  for (let azimuthDeg = -180; azimuthDeg < 180; azimuthDeg += 5) {
    expect(power(pan(azimuthDeg, 0))).toBeCloseTo(1, 9);
  }
});

test('a layout that has to be folded to is refused with a hint', () => {
  expect(() => createPointSourcePanner(getLayout('3.1.2'))).toThrow(LayoutError);
});
