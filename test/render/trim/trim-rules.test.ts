import { describe, expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { layoutClassOf } from '../../../src/render/trim/layout-class.ts';
import {
  automaticTrimDb,
  balanceGains,
  largestAutomaticTrimDb,
  manualTrimDb,
  warpPosition,
} from '../../../src/render/trim/trim-rules.ts';

const classOf = (name: string) => layoutClassOf(getLayout(name));
const five = classOf('5.1');

describe('automatic trims', () => {
  test.each([
    ['0+2+0', -4.5],
    ['5.1', -3],
    ['7.1', -1.5],
    ['3.1.2', -3.75],
    ['5.1.2', -2.25],
    ['7.1.2', -0.75],
    ['5.1.4', -1.5],
    ['7.1.4', 0],
  ])('%s: %d dB at most, at the back and at the ceiling', (name, largestDb) => {
    expect(largestAutomaticTrimDb(classOf(name))).toBe(largestDb);
    expect(automaticTrimDb([0, -1, 0], classOf(name))).toBe(largestDb);
    expect(automaticTrimDb([0, 1, 1], classOf(name))).toBe(largestDb);
    expect(automaticTrimDb([0.5, 1, 0], classOf(name))).toBe(0);
  });

  test('they grow with depth and height', () => {
    expect(automaticTrimDb([0, 0.4, 0], five)).toBeCloseTo(-1.5, 9);
    expect(automaticTrimDb([0, -0.2, 0], five)).toBeCloseTo(-3, 9);
    expect(automaticTrimDb([1, 1, 0.6], five)).toBeCloseTo(-1.5, 9);
    expect(automaticTrimDb([1, 1, 0.2], five)).toBe(0);
    expect(automaticTrimDb([1, 0.4, 0.6], five)).toBeCloseTo(-3, 9);
  });
});

const trim = {
  automatic: false,
  centreDb: -2,
  surroundDb: -4,
  heightDb: -6,
  overheadFloorBalance: 0,
  listenerBalance: 0,
};

test('manual trims: height, surround, and centre in 2.0 only', () => {
  expect(manualTrimDb([1, 1, 0], trim, five)).toBe(0);
  expect(manualTrimDb([0, 0, 0], trim, five)).toBe(-4);
  expect(manualTrimDb([0, -1, 1], trim, five)).toBe(-10);
  expect(manualTrimDb([0, 0.5, -0.5], trim, five)).toBe(-5);
  expect(manualTrimDb([0, 1, 0], trim, five)).toBe(0);
  expect(manualTrimDb([0, 1, 0], trim, classOf('0+2+0'))).toBe(-2);
  expect(manualTrimDb([0.5, 1, 0], trim, classOf('0+2+0'))).toBe(-1);
});

test('balances: front against back, above and at ear height apart', () => {
  const layout = getLayout('5.1.4');
  expect(balanceGains(layout, trim)).toBeUndefined();
  const gains = balanceGains(layout, { ...trim, listenerBalance: 0.5, overheadFloorBalance: -1 })!;
  // L R C LFE Ls Rs, then the heights at the corners.
  const expected = [0.5, 0.5, 0.5, 1, 1.5, 1.5, 2, 2, 0, 0].map(Math.sqrt);
  gains.forEach((gain, loudspeaker) => expect(gain).toBeCloseTo(expected[loudspeaker]!, 6));
});

test('the side loudspeakers of 7.1 stand in the middle: balances leave them alone', () => {
  const gains = balanceGains(getLayout('7.1'), { ...trim, listenerBalance: 0.5 })!;
  expect([...gains.slice(4)]).toEqual([1, 1, Math.sqrt(1.5), Math.sqrt(1.5)]);
});

test('warp: the front half takes the whole room', () => {
  expect(warpPosition([0.3, 1, 0.2])).toEqual([0.3, 1, 0.2]);
  expect(warpPosition([1, 0.5, 0])).toEqual([1, 0, 0]);
  expect(warpPosition([1, 0, 0])).toEqual([1, -1, 0]);
  expect(warpPosition([1, -0.7, 0])).toEqual([1, -1, 0]);
});
