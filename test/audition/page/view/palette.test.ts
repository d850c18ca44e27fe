import { afterEach, expect, test, vi } from 'vitest';
import { readPalette } from '../../../../src/audition/page/view/palette.ts';

afterEach(() => void vi.unstubAllGlobals());

test('pictures have the colours of the style sheet', () => {
  vi.stubGlobal('getComputedStyle', () => ({
    fontFamily: 'system-ui',
    getPropertyValue: (name: string) => ` ${name.slice(2)}!`,
  }));
  expect(readPalette({} as Element)).toMatchObject({
    accent: 'accent!',
    accentSoft: 'accent-soft!',
    wave: 'wave!',
    font: 'system-ui',
  });
});
