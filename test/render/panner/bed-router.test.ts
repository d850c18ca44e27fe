import { describe, expect, test } from 'vitest';
import { SceneError } from '../../../src/base/errors.ts';
import { builtInLayouts, getLayout } from '../../../src/layouts/built-in.ts';
import { createBedRouter, dividesBeds } from '../../../src/render/panner/bed-router.ts';
import type { Layout } from '../../../src/layouts/layout.ts';
import { bedScene, createScene, elementDefaults } from '../../../src/scene/make-scene.ts';
import type { Bed, BedChannel } from '../../../src/scene/scene.ts';

const channel = (label: string, more: Partial<BedChannel> = {}): BedChannel => ({
  label,
  position: undefined,
  isLfe: /LFE/.test(label),
  gainDb: 0,
  ...more,
});
const bed = (layout: string | undefined, channels: readonly BedChannel[]): Bed => ({
  ...elementDefaults,
  kind: 'bed',
  id: 'bed1',
  name: 'bed1',
  layout,
  channels,
});

const gainsOfBeds = (layout: Layout) => (bed: Bed) => createBedRouter(layout)(bed).map(({ gains }) => gains);

describe('createBedRouter', () => {
  test.each(builtInLayouts.filter((layout) => !layout.foldFrom))(
    '$name to itself is the identity, exactly',
    (layout) => {
      const gains = gainsOfBeds(layout)(
        bed(
          layout.name,
          layout.loudspeakers.map(({ label }) => channel(label)),
        ),
      );
      gains.forEach((row, index) =>
        expect([...row]).toEqual([...row].map((_, output) => (output === index ? 1 : 0))),
      );
    },
  );

  test('7.1.4 to 5.1: sides split, rears and heights go to their neighbours', () => {
    const to = getLayout('5.1');
    const gains = gainsOfBeds(to)(
      bed(
        '7.1.4',
        getLayout('7.1.4').loudspeakers.map(({ label }) => channel(label)),
      ),
    );
    const targets = gains.map((row) =>
      to.loudspeakers.flatMap(({ label }, i) => (row[i] ? [label] : [])).join(' '),
    );
    expect(targets).toEqual([
      'M+030',
      'M-030',
      'M+000',
      'LFE1',
      'M+030 M+110',
      'M-030 M-110',
      'M+110',
      'M-110',
      'M+030',
      'M-030',
      'M+110',
      'M-110',
    ]);
  });

  test('"Ls" is read in the layout of the bed; channel gain is in', () => {
    const to = getLayout('7.1.4');
    const side = gainsOfBeds(to)(bed('7.1', [channel('Ls', { gainDb: -20 })]))[0]!;
    expect(side[4]).toBeCloseTo(0.1, 12);
    const surround = gainsOfBeds(to)(bed('5.1', [channel('Ls')]))[0]!;
    expect(surround[6]).toBe(1);
  });

  test('a channel with a position of its own is panned there', () => {
    const position = { azimuthDeg: 90, elevationDeg: 0, distance: 1 };
    expect(gainsOfBeds(getLayout('7.1.4'))(bed(undefined, [channel('Booth', { position })]))[0]![4]).toBe(1);
  });

  test('a channel that nothing places is an error with its path', () => {
    expect(() => gainsOfBeds(getLayout('5.1'))(bed(undefined, [channel('L'), channel('Booth')]))).toThrow(
      SceneError,
    );
  });
});

describe('fronts and surrounds that meet in a fold-down', () => {
  test('the sides of 7.1 go to the surrounds alone, and say so', () => {
    const sides = bed('7.1', [channel('Lss'), channel('Lrs'), channel('L')]);
    const routes = createBedRouter(getLayout('5.1'), true)(sides);
    expect(routes.map(({ rule }) => rule)).toEqual(['undivided', 'mapping rule', 'own loudspeaker']);
    expect([...routes[0]!.gains]).toEqual([0, 0, 0, 0, 1, 0]);
    const divided = createBedRouter(getLayout('5.1'))(sides)[0]!;
    expect(divided.rule).toBe('mapping rule');
    expect(divided.gains[0]).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test('scenes that have such channels', () => {
    const divides = ['2.0', '5.1', '5.1.4', '7.1', '7.1.2', '7.1.4', '9.1.6'].map((name) =>
      dividesBeds(bedScene(getLayout(name))),
    );
    expect(divides).toEqual([false, false, false, true, true, true, true]);
    const muted = { ...bed('7.1', [channel('Lss')]), mute: true };
    const position = { azimuthDeg: 90, elevationDeg: 0, distance: 1 };
    const placed = bed('7.1', [channel('Lss', { position })]);
    expect(dividesBeds(createScene('s', [muted, placed]))).toBe(false);
  });
});
