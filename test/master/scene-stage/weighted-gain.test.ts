import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { resolveGroup } from '../../../src/master/scene-stage/resolve-group.ts';
import { createWeightedGain } from '../../../src/master/scene-stage/weighted-gain.ts';
import { noise } from '../../support.ts';
import { bedOf, blockAt, objectOf, sceneOf } from '../../render/binaural/scenes.ts';
import { effectContext, runEffect } from './effect-support.ts';

const seconds = rationalFromDecimal;
const scene = sceneOf(
  bedOf(['M+030', 'M+090']),
  objectOf([
    blockAt(0, 0, { durationSec: seconds(0.5) }),
    blockAt(90, 0, { startSec: seconds(0.5), durationSec: seconds(0.5) }),
  ]),
);

const contextOf = async (startSample = 0) => {
  const make = (name: 'all' | 'front' | 'surround') =>
    resolveGroup(name, { scene, sampleRateHz: 48000, onWarning: () => undefined });
  const context = await effectContext({ scene, group: make('all'), startSample });
  return { context, front: make('front'), surround: make('surround') };
};

test('the dB of a member that moves through regions are those of its weights at each time', async () => {
  const { context, front, surround } = await contextOf();
  const ones = new Float32Array(48000).fill(1);
  const gain = createWeightedGain(context, [
    { gainDb: 6, region: front },
    { gainDb: -6, region: surround },
    { gainDb: 1 },
  ]);
  const [left, side, object] = runEffect(gain, [ones, ones, ones]).map((samples) =>
    samples.map((sample) => 20 * Math.log10(sample)),
  );
  expect(left![100]).toBeCloseTo(7, 5);
  expect(side![100]).toBeCloseTo(-5, 5);
  // In front up to 60 degrees; 75 degrees, half of each, at 0.5 + 0.5 * 75 / 90 s; at the side in the end.
  expect(object![38000]).toBeCloseTo(7, 5);
  expect(object![44000]).toBeCloseTo(1, 1);
  expect(object![47999]).toBeCloseTo(-5, 2);
});

test('blocks of any size, a reset and a start within the scene give the same bits', async () => {
  const input = noise(48000);
  const run = async (blockFrames: number, startSample: number) => {
    const { context, front } = await contextOf(startSample);
    const gain = createWeightedGain(context, [{ gainDb: 6, region: front }]);
    const part = input.subarray(startSample);
    const first = runEffect(gain, [part, part, part], blockFrames);
    gain.reset();
    expect(runEffect(gain, [part, part, part], 333)).toEqual(first);
    return first[2]!;
  };
  const whole = await run(4096, 0);
  expect(await run(17, 0)).toEqual(whole);
  expect(await run(1000, 36001)).toEqual(whole.subarray(36001));
});
