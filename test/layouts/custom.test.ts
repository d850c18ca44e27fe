import { describe, expect, test } from 'vitest';
import { LayoutError } from '../../src/base/errors.ts';
import { parseLayout } from '../../src/layouts/custom.ts';

const at = (label: string, azimuthDeg: number, elevationDeg = 0) => ({ label, azimuthDeg, elevationDeg });
const quad = [at('A', 45), at('B', -45), at('C', 135), at('D', -135)];

const errorOf = (json: unknown): LayoutError => {
  try {
    parseLayout(json, 'studio.json');
  } catch (error) {
    return error as LayoutError;
  }
  throw new Error('nothing thrown');
};

describe('parseLayout', () => {
  test('takes positions as nominal and ranges as points unless told otherwise', () => {
    const layout = parseLayout(
      {
        name: 'studio',
        loudspeakers: [...quad, { ...at('E', 3, 31), nominalElevationDeg: 30, elevationRangeDeg: [30, 55] }],
      },
      'studio.json',
    );
    expect(layout).toMatchObject({ name: 'studio', aliases: [], source: 'studio.json' });
    expect(layout.loudspeakers[0]).toMatchObject({
      nominalAzimuthDeg: 45,
      azimuthRangeDeg: [45, 45],
      isLfe: false,
    });
    expect(layout.loudspeakers[4]).toMatchObject({
      elevationDeg: 31,
      nominalElevationDeg: 30,
      nominalAzimuthDeg: 3,
    });
  });

  test('knows an LFE by flag or by label', () => {
    const { loudspeakers } = parseLayout(
      { loudspeakers: [...quad, at('LFE', 0, -30), { ...at('Bass', 20, -30), lfe: true }] },
      'x',
    );
    expect(loudspeakers.map((loudspeaker) => loudspeaker.isLfe)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  test('lists every fault with its path', () => {
    const error = errorOf({
      loudspeakers: [
        { label: '', azimuthDeg: 200, elevationDeg: 0 },
        { label: 'B', azimuthDeg: 'left', elevationDeg: 0 },
      ],
      rooms: 1,
    });
    expect(error).toBeInstanceOf(LayoutError);
    expect(error.code).toBe('layout-invalid');
    for (const path of [
      'loudspeakers[0].label',
      'loudspeakers[0].azimuthDeg',
      'loudspeakers[1].azimuthDeg',
      'rooms',
    ]) {
      expect(error.message).toContain(path);
    }
  });

  test('refuses a label taken twice and loudspeakers that stand in each other', () => {
    const { message } = errorOf({ loudspeakers: [...quad, at('A', 45.5)] });
    expect(message).toContain('2 fault(s)');
    expect(message).toContain('"A" is taken by loudspeakers[0]');
    expect(message).toContain('within 1 degree of "A"');
  });

  test('refuses one that cannot surround the listener, with the gap, unless it names foldFrom', () => {
    const front = [at('L', 30), at('R', -30), at('C', 0), at('Ltf', 45, 30), at('Rtf', -45, 30)];
    expect(errorOf({ loudspeakers: front })).toMatchObject({ code: 'layout-does-not-surround' });
    expect(errorOf({ loudspeakers: front }).message).toContain(
      'between azimuth 45 and -45 (a gap of 270 degrees',
    );
    expect(parseLayout({ loudspeakers: front, foldFrom: '2+5+0' }, 'x').foldFrom).toBe('2+5+0');
    expect(errorOf({ loudspeakers: front.slice(0, 2) }).message).toContain('at least 3');
  });
});
