import { describe, expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import { builtInLayouts, getLayout } from '../../src/layouts/built-in.ts';
import type { Layout } from '../../src/layouts/layout.ts';
import {
  cubeExtentToPolar,
  cubeToPolar,
  polarExtentToCube,
  polarToCube,
} from '../../src/base/cube-coordinates.ts';
import { designDecorrelators } from '../../src/render/panner/decorrelators.ts';
import { createSpeakerRouter } from '../../src/render/panner/direct-speakers.ts';
import { createPointSourcePanner } from '../../src/render/panner/point-source.ts';
import {
  createBlockGains,
  largestDifference,
  plainBlock,
  readGolden,
  toBlock,
  toDirectSpeaker,
  toScreen,
  type GoldenBlock,
  type GoldenScreen,
  type GoldenSpeaker,
  type SparseGains,
} from '../render/panner/golden.ts';

/** ITU-R BS.2127-1 against the figures of its reference renderer (origin and tolerance stand in the files). */

interface DirectionSet {
  readonly name: string;
  readonly positions?: readonly (readonly [number, number])[];
  readonly cases: readonly (readonly [azimuthDeg: number, elevationDeg: number, gains: SparseGains])[];
}

function worstDirection(layout: Layout, { cases }: DirectionSet): number {
  const channels = layout.loudspeakers.flatMap(({ isLfe }, index) => (isLfe ? [] : [index]));
  const panner = createPointSourcePanner(layout);
  const gains = new Float64Array(layout.loudspeakers.length);
  return Math.max(
    ...cases.map(([azimuthDeg, elevationDeg, golden]) => {
      panner.pan(polarToCartesian(azimuthDeg, elevationDeg), gains);
      return largestDifference(
        channels.map((channel) => gains[channel]!),
        golden,
      );
    }),
  );
}

function withPositions(layout: Layout, positions: readonly (readonly [number, number])[]): Layout {
  const loudspeakers = layout.loudspeakers.map((loudspeaker, index) => ({
    ...loudspeaker,
    azimuthDeg: positions[index]![0],
    elevationDeg: positions[index]![1],
  }));
  return { ...layout, loudspeakers };
}

describe('clause 6.1, point-source panner', () => {
  const nominal = readGolden<{ layouts: readonly DirectionSet[] }>('point-source.json');
  test.each(nominal.layouts)('$name: 420 directions', (set) => {
    expect(set.cases).toHaveLength(420);
    expect(worstDirection(getLayout(set.name), set)).toBeLessThan(nominal.tolerance);
  });

  const real = readGolden<{ layouts: readonly DirectionSet[] }>('point-source-real-positions.json');
  test.each(real.layouts)('$name with loudspeakers elsewhere in their ranges', (set) => {
    const layout = withPositions(getLayout(set.name), set.positions!);
    expect(worstDirection(layout, set)).toBeLessThan(real.tolerance);
  });

  const surrounding = builtInLayouts.filter((layout) => layout.foldFrom === undefined);
  test.each(surrounding)('$name: an object on a loudspeaker sounds there alone at gain 1', (layout) => {
    const gainsOf = createBlockGains(layout);
    layout.loudspeakers.forEach(({ isLfe, azimuthDeg, elevationDeg }, index) => {
      if (isLfe) return;
      const { direct } = gainsOf({
        ...plainBlock,
        position: { kind: 'polar', azimuthDeg, elevationDeg, distance: 1 },
      });
      expect(largestDifference(direct, [index, 1])).toBeLessThan(1e-6);
    });
  });
});

interface ObjectSet {
  readonly screens: Readonly<Record<string, GoldenScreen | null>>;
  readonly cases: readonly (readonly [
    block: GoldenBlock,
    outputs: readonly (readonly [
      layout: string,
      screen: string,
      direct: SparseGains,
      diffuse: SparseGains,
    ])[],
  ])[];
}

/**
 * The reference renderer sorts loudspeakers at equal distance (from T+000 to the upper layer of 9+10+3) by the
 * rounding noise of their distances; the key that clause 7.3.12 has next, the distance from front to back,
 * decides here.
 */
const tiesByNoise = [16, 18, 72, 84, 88, 94, 266].map((index) => `${index} 9+10+3 default`);

describe('clause 7.3, gains of objects', () => {
  const calculators = new Map<string, ReturnType<typeof createBlockGains>>();
  const calculatorFor = (set: ObjectSet, layout: string, screen: string, reference?: GoldenScreen) => {
    const key = JSON.stringify([layout, screen, reference]);
    const known = calculators.get(key);
    if (known) return known;
    const reproduction = set.screens[screen];
    const made = createBlockGains(
      { ...getLayout(layout), screen: reproduction ? toScreen(reproduction) : null },
      { referenceScreen: reference && toScreen(reference) },
    );
    calculators.set(key, made);
    return made;
  };

  /** The reference reads cartesian height along y and depth along z: the golden figures are for that. */
  const axesOfReference = (block: GoldenBlock): GoldenBlock =>
    block.cartesian ? { ...block, height: block.depth, depth: block.height } : block;

  function differing(set: ObjectSet, tolerance: number, read: (block: GoldenBlock) => GoldenBlock): string[] {
    return set.cases.flatMap(([golden, outputs], index) =>
      outputs.flatMap(([layout, screen, direct, diffuse]) => {
        const gains = calculatorFor(set, layout, screen, golden.referenceScreen)(toBlock(read(golden)));
        const difference = Math.max(
          largestDifference(gains.direct, direct),
          golden.diffuse === undefined && diffuse.length === 0
            ? 0
            : largestDifference(gains.diffuse, diffuse),
        );
        return difference < tolerance ? [] : [`${index} ${layout} ${screen}`];
      }),
    );
  }

  const gains = readGolden<ObjectSet>('object-gains.json');
  const extent = readGolden<ObjectSet>('object-extent.json');

  test('300 blocks with all features, on four layouts and three screens', () => {
    expect(differing(gains, gains.tolerance, axesOfReference)).toEqual(tiesByNoise);
  });

  test('120 extents on 4+7+0', () => {
    expect(differing(extent, extent.tolerance, axesOfReference)).toEqual([]);
  });

  test('read as BS.2076 has it, only cartesian blocks whose height and depth differ come out otherwise', () => {
    const identity = (block: GoldenBlock): GoldenBlock => block;
    const others = [gains, extent].flatMap((set) =>
      differing(set, set.tolerance, identity)
        .filter((name) => set !== gains || !tiesByNoise.includes(name))
        .map((name) => set.cases[Number(name.split(' ')[0])]![0]),
    );
    expect(others.length).toBeGreaterThan(0);
    for (const block of others) {
      expect(block.cartesian).toBe(true);
      expect(block.height ?? 0).not.toBe(block.depth ?? 0);
    }
  });
});

test('clause 8, gains of DirectSpeakers: 222 channels on ten layouts', () => {
  const golden = readGolden<{
    cases: readonly (readonly [GoldenSpeaker, readonly (readonly [string, SparseGains])[]])[];
  }>('direct-speakers.json');
  const calculators = new Map<string, ReturnType<typeof createSpeakerRouter>>();
  let compared = 0;
  for (const [speaker, outputs] of golden.cases) {
    for (const [name, expected] of outputs) {
      const gainsOf = calculators.get(name) ?? createSpeakerRouter(getLayout(name));
      calculators.set(name, gainsOf);
      const gains = gainsOf(toDirectSpeaker(speaker))!.gains.map((gain) => gain * (speaker.gain ?? 1));
      expect(largestDifference(gains, expected)).toBeLessThan(golden.tolerance);
      compared++;
    }
  }
  expect(compared).toBe(2220);
});

test('clause 10, conversion between polar and cartesian: 200 positions and sizes, both ways', () => {
  type Six = readonly [number, number, number, number, number, number];
  const golden = readGolden<{ cases: readonly (readonly [polar: Six, cube: Six, back: Six])[] }>(
    'conversion.json',
  );
  const toPolar = ([azimuthDeg, elevationDeg, distance]: Six) => ({ azimuthDeg, elevationDeg, distance });
  for (const [polar, cube, back] of golden.cases) {
    const extent = { widthDeg: polar[3], heightDeg: polar[4], depth: polar[5] };
    const converted = [...polarToCube(toPolar(polar)), ...polarExtentToCube(toPolar(polar), extent)];
    converted.forEach((value, index) =>
      expect(Math.abs(value - cube[index]!)).toBeLessThan(golden.tolerance),
    );
    const position = cubeToPolar([cube[0], cube[1], cube[2]]);
    const size = cubeExtentToPolar(position, [cube[3], cube[4], cube[5]]);
    const reverted = [
      position.azimuthDeg,
      position.elevationDeg,
      position.distance,
      size.widthDeg,
      size.heightDeg,
      size.depth,
    ];
    reverted.forEach((value, index) => expect(Math.abs(value - back[index]!)).toBeLessThan(golden.tolerance));
  }
});

test('clause 7.4, decorrelation filters of two layouts', () => {
  const golden = readGolden<{
    layouts: readonly { readonly name: string; readonly filters: readonly number[] }[];
    filters: readonly (readonly number[])[];
  }>('decorrelators.json');
  for (const { name, filters } of golden.layouts) {
    const designed = designDecorrelators(getLayout(name));
    expect(designed).toHaveLength(filters.length);
    filters.forEach((index, loudspeaker) => {
      const differences = golden.filters[index]!.map((tap, i) => Math.abs(tap - designed[loudspeaker]![i]!));
      expect(Math.max(...differences)).toBeLessThan(golden.tolerance);
    });
  }
});
