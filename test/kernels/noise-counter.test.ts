import { expect, test } from 'vitest';
import { advanceCounter, counterStep, hashCounter } from '../../src/kernels/noise-counter.ts';

test('many steps at once are as many single ones', () => {
  let state = -5;
  for (let step = 0; step < 1000; step++) state = advanceCounter(state, 1);
  expect(advanceCounter(-5, 1000)).toBe(state);
  expect(counterStep % 2).toBe(1);
});

test('the hash is that of its author, and even in all its bits', () => {
  // lowbias32(1), computed by hand with unsigned arithmetic.
  let x = 1n;
  const mask = 0xffffffffn;
  x = ((x ^ (x >> 16n)) * 0x7feb352dn) & mask;
  x = ((x ^ (x >> 15n)) * 0x846ca68bn) & mask;
  expect(BigInt(hashCounter(1) >>> 0)).toBe(x ^ (x >> 16n));
  const ones = new Float64Array(32);
  for (let n = 0; n < 20000; n++)
    for (let bit = 0; bit < 32; bit++) ones[bit]! += (hashCounter(n) >>> bit) & 1;
  for (const count of ones) expect(Math.abs(count / 20000 - 0.5)).toBeLessThan(0.015);
});
