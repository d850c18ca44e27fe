import { expect, test, vi } from 'vitest';
import {
  heightColour,
  mixColours,
  plainColour,
  readColours,
} from '../../../../src/audition/page/scene-view/theme-colours.ts';
import { testColours } from './fixtures.ts';

test('colours are mixed channel by channel; what is no rgb is taken as it is', () => {
  expect(mixColours('rgb(0, 100, 200)', 'rgb(100, 0, 200)', 0.25)).toBe('rgb(25, 75, 200)');
  expect(mixColours('red', 'rgb(1, 2, 3)', 0.2)).toBe('red');
});

test('heights go through the colours of below, ears, middle and above', () => {
  const { low, ear, mid, high } = testColours;
  expect([-1, 0, 0.5, 1, 3].map((height) => heightColour(testColours, height))).toEqual([
    low,
    ear,
    mid,
    high,
    high,
  ]);
});

test('mixed colours of CSS become plain ones', () => {
  expect(plainColour('color(srgb 1 0.5 0)')).toBe('rgb(255, 128, 0)');
  expect(plainColour('rgb(1, 2, 3)')).toBe('rgb(1, 2, 3)');
});

test('colours are read as the probe shows them, and the probe goes', () => {
  const probe = { hidden: false, style: { color: '' }, remove: vi.fn() };
  const element = { ownerDocument: { createElement: () => probe }, append: vi.fn() };
  vi.stubGlobal('getComputedStyle', () => ({ color: probe.style.color }));
  const colours = readColours(element as unknown as HTMLElement);
  vi.unstubAllGlobals();
  expect(colours.panel).toBe('var(--sv-panel)');
  expect(probe.remove).toHaveBeenCalled();
});
