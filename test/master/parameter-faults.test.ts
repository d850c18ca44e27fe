import { expect, test } from 'vitest';
import { boundsFaults, faultsUnder, highBandFaults } from '../../src/master/parameter-faults.ts';

test('bounds of a band: the lower is below the upper, where both are stated', () => {
  const faults = (lowerHz?: number, upperHz?: number) =>
    boundsFaults('band', ['fromHz', lowerHz], ['toHz', upperHz]);
  expect([faults(100, 200), faults(300), faults(undefined, 20), faults()]).toEqual([[], [], [], []]);
  const message = 'found 200, and toHz is 200: nothing lies between; allowed: below toHz';
  expect(faults(200, 200)).toEqual([{ code: 'band', path: ['fromHz'], message }]);
});

test('bands lie below 0.475 of the rate', () => {
  const bands = [{ frequencyHz: 100 }, { frequencyHz: 20_948 }];
  expect(highBandFaults(bands, 48_000)).toEqual([]);
  expect(highBandFaults(bands, undefined)).toEqual([]);
  const message = 'found 20948; allowed at 44100 Hz: 20947 or less';
  expect(faultsUnder('bands', highBandFaults(bands, 44_100))).toEqual([
    { code: 'eq-frequency', path: ['bands', 1, 'frequencyHz'], message },
  ]);
});
