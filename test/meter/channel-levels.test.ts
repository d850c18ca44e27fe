import { expect, test } from 'vitest';
import { channelLevels } from '../../src/meter/channel-levels.ts';

test('a sine is 3.01 dB below its peak, a square wave at its peak; a constant is its offset', () => {
  expect(channelLevels(0, 500, 1, 1000).rmsDbfs).toBeCloseTo(-3.0103, 4);
  expect(channelLevels(0, 500, 1, 1000).crestFactorDb).toBeCloseTo(3.0103, 4);
  expect(channelLevels(0, 250, 0.5, 1000).crestFactorDb).toBeCloseTo(0, 9);
  expect(channelLevels(250, 62.5, 0.25, 1000)).toMatchObject({ dcOffset: 0.25 });
});

test('silence, and no samples at all', () => {
  for (const frameCount of [0, 1000]) {
    const silence = { rmsDbfs: -Infinity, crestFactorDb: NaN, dcOffset: 0 };
    expect(channelLevels(0, 0, 0, frameCount)).toEqual(silence);
  }
});
