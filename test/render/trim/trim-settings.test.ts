import { expect, test } from 'vitest';
import type { LayoutClass } from '../../../src/render/trim/layout-class.ts';
import { layoutTrimsOf } from '../../../src/render/trim/trim-settings.ts';
import type { LayoutTrim, TrimLayout } from '../../../src/scene/scene.ts';

const classOf = (name: TrimLayout): LayoutClass => ({ name, surroundCount: 0, topCount: 0 });
const manual: LayoutTrim = {
  automatic: false,
  centreDb: 0,
  surroundDb: -3,
  heightDb: -6,
  overheadFloorBalance: 0,
  listenerBalance: 0,
};
const stated = { ...manual, automatic: true };
const master = { trims: { '5.1': manual, '7.1': stated }, warpMode: 'warping' } as const;
const silent = { trims: {}, warpMode: undefined };

test('the master decides, for the classes that it states', () => {
  expect(layoutTrimsOf(classOf('5.1'), master)).toEqual({ trim: manual, isWarped: true });
  expect(layoutTrimsOf(classOf('7.1'), master)).toEqual({ trim: 'automatic', isWarped: false });
  expect(layoutTrimsOf(classOf('5.1.4'), master)).toEqual({ trim: undefined, isWarped: true });
  expect(layoutTrimsOf(classOf('5.1'), silent)).toEqual({ trim: undefined, isWarped: false });
});

test('settings override it', () => {
  expect(layoutTrimsOf(classOf('5.1'), master, { trim: 'off', surround: 'direct' })).toEqual({
    trim: undefined,
    isWarped: false,
  });
  expect(layoutTrimsOf(classOf('5.1'), master, { trim: 'auto' }).trim).toBe('automatic');
  expect(layoutTrimsOf(classOf('7.1'), master, { trim: 'manual' }).trim).toBe(stated);
  expect(layoutTrimsOf(classOf('5.1.2'), silent, { surround: 'room-balance' }).isWarped).toBe(true);
  expect(layoutTrimsOf(classOf('5.1'), silent, { surround: 'pl2x' }).isWarped).toBe(false);
  expect(layoutTrimsOf(classOf('7.1.2'), silent, { surround: 'room-balance' }).isWarped).toBe(false);
});
