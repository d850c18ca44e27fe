import fc from 'fast-check';
import { expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import { builtInLayouts } from '../../src/layouts/built-in.ts';
import { parseLayout } from '../../src/layouts/custom.ts';
import { whyNotSurrounding } from '../../src/layouts/surrounding.ts';
import type { Layout } from '../../src/layouts/layout.ts';
import { createObjectGains, type ObjectGainWriter } from '../../src/render/panner/object-gains.ts';
import { objectBlockDefaults } from '../../src/scene/make-scene.ts';
import type { ExclusionZone, ObjectBlock, ObjectPosition } from '../../src/scene/scene.ts';

/** Properties that the gains of any object on any layout have, searched for exceptions. */

const runs = { seed: 1, numRuns: 250 };
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const bounds = (min: number, max: number) =>
  fc.tuple(between(min, max), between(min, max)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

const edgeLock = maybe(
  fc.record({
    horizontal: maybe(fc.constantFrom('left', 'right')),
    vertical: maybe(fc.constantFrom('top', 'bottom')),
  }),
);
const position: fc.Arbitrary<ObjectPosition> = fc.oneof(
  fc.record({
    kind: fc.constant('polar' as const),
    azimuthDeg: between(-180, 180),
    elevationDeg: between(-90, 90),
    distance: between(0, 3),
    screenEdgeLock: edgeLock,
  }),
  fc.record({
    kind: fc.constant('cartesian' as const),
    xyz: fc.tuple(between(-1, 1), between(-1, 1), between(-1, 1)),
    screenEdgeLock: edgeLock,
  }),
);
const zone: fc.Arbitrary<ExclusionZone> = fc.oneof(
  fc.record({
    kind: fc.constant('polar' as const),
    azimuthDeg: bounds(-180, 180),
    elevationDeg: bounds(-90, 90),
  }),
  fc.tuple(bounds(-1, 1), bounds(-1, 1), bounds(-1, 1)).map(([x, y, z]): ExclusionZone => ({
    kind: 'cartesian',
    min: [x[0], y[0], z[0]],
    max: [x[1], y[1], z[1]],
  })),
);

/** Sizes are degrees for polar positions, shares of the room for cartesian ones. */
const block: fc.Arbitrary<ObjectBlock> = position.chain((at) => {
  const size = fc.oneof(fc.constant(0), at.kind === 'polar' ? between(0, 360) : between(0, 1));
  const features = fc.record({
    position: fc.constant(at),
    width: size,
    height: size,
    depth: fc.oneof(fc.constant(0), between(0, 1)),
    diffuse: between(0, 1),
    channelLock: maybe(fc.record({ maxDistance: maybe(between(0, 2)) })),
    divergence: maybe(
      fc.record({
        value: between(0, 1),
        azimuthRangeDeg: maybe(between(0, 180)),
        positionRange: maybe(between(0, 1)),
      }),
    ),
    zoneExclusion: fc.array(zone, { maxLength: 3 }),
    screenRef: fc.boolean(),
  });
  return features.map((stated): ObjectBlock => ({ ...objectBlockDefaults, ...stated }));
});

const surrounding = builtInLayouts.filter(({ foldFrom }) => foldFrom === undefined);

/** A ring with no gap of half a turn, and anything else anywhere; loudspeakers too near to each other are left out. */
const customLayout: fc.Arbitrary<Layout> = fc
  .record({
    turnDeg: between(-180, 180),
    ringCount: fc.integer({ min: 3, max: 12 }),
    others: fc.array(fc.tuple(between(-179, 180), between(-85, 85)), { maxLength: 20 }),
  })
  .map(({ turnDeg, ringCount, others }) => {
    const places: [number, number][] = [];
    const wrap = (angle: number): number => ((((angle + 180) % 360) + 360) % 360) - 180;
    const ring = Array.from(
      { length: ringCount },
      (_, i) => [wrap(turnDeg + (360 * i) / ringCount), 0] as const,
    );
    for (const [azimuthDeg, elevationDeg] of [...ring, ...others]) {
      const here = polarToCartesian(azimuthDeg, elevationDeg);
      const isFree = places.every(([a, e]) => {
        const there = polarToCartesian(a, e);
        return here[0] * there[0] + here[1] * there[1] + here[2] * there[2] < Math.cos((3 * Math.PI) / 180);
      });
      if (isFree) places.push([azimuthDeg, elevationDeg]);
    }
    const loudspeakers = places.map(([azimuthDeg, elevationDeg], i) => ({
      label: `S${i}`,
      azimuthDeg,
      elevationDeg,
    }));
    return parseLayout({ name: 'random', loudspeakers }, 'random');
  });
const layout = fc.oneof(fc.constantFrom(...surrounding), customLayout);

const writers = new WeakMap<Layout, ObjectGainWriter>();
function gainsOf(of: Layout, at: ObjectBlock): Float64Array {
  const known = writers.get(of) ?? createObjectGains(of);
  writers.set(of, known);
  const gains = new Float64Array(2 * of.loudspeakers.length);
  known(at, 1, gains);
  return gains;
}
const powerOf = (gains: Float64Array): number => gains.reduce((sum, gain) => sum + gain * gain, 0);

test('gains are finite, none is negative, LFEs get nothing, and the power is 1 (1/2 to 1 in stereo)', () => {
  fc.assert(
    fc.property(layout, block, (on, at) => {
      const gains = gainsOf(on, at);
      expect(gains.every((gain) => Number.isFinite(gain) && gain >= 0)).toBe(true);
      on.loudspeakers.forEach(({ isLfe }, i) => isLfe && expect(gains[i]).toBe(0));
      const power = powerOf(gains);
      expect(power).toBeLessThan(1 + 1e-9);
      // Stereo is lowered towards the rear. In the cube, positions outside of the loudspeakers keep their power too.
      expect(power).toBeGreaterThan(on.name === '0+2+0' ? 0.5 - 1e-9 : 1 - 1e-9);
    }),
    runs,
  );
});

const mirrorAngles = ([from, to]: readonly [number, number]): readonly [number, number] => [-to, -from];
function mirrored(at: ObjectBlock): ObjectBlock {
  const { position: here } = at;
  const lock = here.screenEdgeLock;
  const other = { left: 'right', right: 'left' } as const;
  const screenEdgeLock = lock && { ...lock, horizontal: lock.horizontal && other[lock.horizontal] };
  return {
    ...at,
    position:
      here.kind === 'polar'
        ? { ...here, azimuthDeg: -here.azimuthDeg, screenEdgeLock }
        : { ...here, xyz: [-here.xyz[0], here.xyz[1], here.xyz[2]], screenEdgeLock },
    zoneExclusion: at.zoneExclusion.map((excluded) =>
      excluded.kind === 'polar'
        ? { ...excluded, azimuthDeg: mirrorAngles(excluded.azimuthDeg) }
        : {
            ...excluded,
            min: [-excluded.max[0], excluded.min[1], excluded.min[2]],
            max: [-excluded.min[0], excluded.max[1], excluded.max[2]],
          },
    ),
  };
}

test('what is mirrored sounds mirrored; ties of channel lock aside', () => {
  const mirrorIndex = (on: Layout): number[] =>
    on.loudspeakers.map(({ azimuthDeg, elevationDeg, isLfe }, own) =>
      on.loudspeakers.findIndex(
        (other, index) =>
          other.isLfe === isLfe &&
          other.elevationDeg === elevationDeg &&
          (other.azimuthDeg === -azimuthDeg || (Math.abs(azimuthDeg) === 180 && index === own)),
      ),
    );
  fc.assert(
    fc.property(fc.constantFrom(...surrounding), block, (on, anywhere) => {
      const at = { ...anywhere, channelLock: undefined };
      const gains = gainsOf(on, at);
      const other = gainsOf(on, mirrored(at));
      const count = on.loudspeakers.length;
      mirrorIndex(on).forEach((twin, i) => {
        if (on.loudspeakers[i]!.isLfe) return;
        expect(Math.abs(gains[i]! - other[twin]!)).toBeLessThan(1e-9);
        expect(Math.abs(gains[count + i]! - other[count + twin]!)).toBeLessThan(1e-9);
      });
    }),
    runs,
  );
});

test('gains move continuously with position and size; channel lock, zones and screen edges aside', () => {
  const step = 1e-7;
  fc.assert(
    fc.property(layout, block, between(-1, 1), between(-1, 1), (on, anywhere, dx, dy) => {
      // An edge of the screen is held by changing one angle, and overhead the other one is not defined.
      const here = { ...anywhere.position, screenEdgeLock: undefined };
      const at = { ...anywhere, position: here, channelLock: undefined, zoneExclusion: [] };
      const moved: ObjectBlock = {
        ...at,
        // BS.2127-1 clause 7.3.8.3 itself has a step from no size to the smallest one, in the cube.
        width: at.width === 0 ? 0 : Math.max(step, at.width + step * dx),
        position:
          here.kind === 'polar'
            ? {
                ...here,
                azimuthDeg: here.azimuthDeg + step * dx,
                elevationDeg: here.elevationDeg + step * dy,
              }
            : { ...here, xyz: [here.xyz[0] + step * dx, here.xyz[1] + step * dy, here.xyz[2]] },
      };
      const before = gainsOf(on, at);
      const after = gainsOf(on, moved);
      // A step of 1e-7 may not change a gain by more than square roots make of it.
      before.forEach((gain, i) => expect(Math.abs(gain - after[i]!)).toBeLessThan(5e-3));
    }),
    runs,
  );
});

test('a layout that leaves half of the horizon open is refused, any other is panned to', () => {
  fc.assert(
    fc.property(customLayout, (on) => {
      expect(whyNotSurrounding(on)).toBeUndefined();
      expect(powerOf(gainsOf(on, objectBlockDefaults))).toBeCloseTo(1, 9);
    }),
    { ...runs, numRuns: 60 },
  );
});
