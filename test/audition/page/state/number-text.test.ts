import { expect, test } from 'vitest';
import { formatFigure, formatNumber, formatSigned } from '../../../../src/audition/page/state/number-text.ts';

test('numbers have a true minus sign, and none in front of zero', () => {
  expect(formatNumber(-16.04)).toBe('\u221216.0');
  expect(formatNumber(-0.04)).toBe('0.0');
  expect(formatNumber(3.25, 2)).toBe('3.25');
  expect(formatSigned(3.2)).toBe('+3.2');
  expect(formatSigned(0.01)).toBe('0.0');
  expect(formatSigned(-3.2)).toBe('\u22123.2');
});

test('silence and what is not known yet look different', () => {
  expect(formatFigure(null)).toBe('\u2212\u221e');
  expect(formatFigure(-Infinity)).toBe('\u2212\u221e');
  expect(formatFigure(undefined)).toBe('\u2026');
  expect(formatFigure(-1.02)).toBe('\u22121.0');
});
