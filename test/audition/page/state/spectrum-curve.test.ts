import { expect, test } from 'vitest';
import {
  designSpectrumColumns,
  formatFrequency,
  frequencyFraction,
  settleSpectrum,
  spectrumCurve,
} from '../../../../src/audition/page/state/spectrum-curve.ts';

const shape = { maxHz: 24000, binCount: 4096 };

test('the axis is logarithmic from 20 Hz to 20 kHz', () => {
  expect(frequencyFraction(20)).toBe(0);
  expect(frequencyFraction(200)).toBeCloseTo(1 / 3, 12);
  expect(frequencyFraction(20000)).toBeCloseTo(1, 12);
  expect([50, 1000, 20000].map(formatFrequency)).toEqual(['50', '1k', '20k']);
});

test('a level that all bins have is the level of every column', () => {
  const curve = new Float32Array(300);
  spectrumCurve(new Float32Array(shape.binCount).fill(-40), designSpectrumColumns(300, shape), curve);
  for (const db of curve) expect(db).toBeCloseTo(-40, 3);
});

test('a single bin stands where its frequency is', () => {
  const bins = new Float32Array(shape.binCount).fill(-200);
  bins[Math.round((1000 / shape.maxHz) * (shape.binCount - 1))] = -10;
  const curve = new Float32Array(301);
  spectrumCurve(bins, designSpectrumColumns(301, shape), curve);
  const top = curve.indexOf(Math.max(...curve));
  expect(Math.abs(top - frequencyFraction(1000) * 300)).toBeLessThan(9);
});

test('silence stays silent, and what was there falls slowly', () => {
  const curve = new Float32Array(10);
  spectrumCurve(new Float32Array(shape.binCount).fill(-Infinity), designSpectrumColumns(10, shape), curve);
  expect(Array.from(curve)).toEqual(Array(10).fill(-Infinity));
  const shown = Float32Array.of(-30, -50, -Infinity);
  settleSpectrum(shown, Float32Array.of(-60, -20, -Infinity), 0.5);
  expect(Array.from(shown)).toEqual([-42, -20, -Infinity]);
});
