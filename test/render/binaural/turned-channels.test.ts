import { expect, test } from 'vitest';
import { sphericalHarmonics } from '../../../src/math/spherical-harmonics.ts';
import { createHeadOrientation } from '../../../src/render/binaural/head-orientation.ts';
import { createTurnedChannels } from '../../../src/render/binaural/turned-channels.ts';

const hopFrames = 64;
const order = 3;

/** Channels of a plane wave of constant pressure. */
const waveFrom = (azimuthDeg: number) =>
  [...sphericalHarmonics(order, azimuthDeg, 0, 'SN3D')].map((value, acn) => ({
    acn,
    gain: 1,
    track: new Float32Array(hopFrames).fill(value),
  }));

const turned = (channels: ReturnType<typeof waveFrom>, yaws: readonly number[], startSample: number) => {
  const poses = yaws.map((yawDeg, i) => ({ timeSec: i * hopFrames, yawDeg, pitchDeg: 0, rollDeg: 0 }));
  return createTurnedChannels(order, channels, createHeadOrientation(poses, 1)).map((fill) => {
    const hop = new Float32Array(hopFrames);
    fill(startSample, hop);
    return hop;
  });
};

test('a wave from 50 degrees comes from 20 to a head that looks to 30', () => {
  const expected = sphericalHarmonics(order, 20, 0, 'SN3D');
  turned(waveFrom(50), [30], 0).forEach((hop, acn) => {
    expect(hop[0]).toBeCloseTo(expected[acn]!, 6);
    expect(hop[hopFrames - 1]).toBeCloseTo(expected[acn]!, 6);
  });
});

test('over a hop it goes evenly from one orientation to the next', () => {
  const [from, to] = [20, 14].map((azimuthDeg) => sphericalHarmonics(order, azimuthDeg, 0, 'SN3D'));
  turned(waveFrom(50), [30, 36], 0).forEach((hop, acn) => {
    expect(hop[0]).toBeCloseTo(from![acn]!, 6);
    expect(hop[hopFrames / 2]).toBeCloseTo((from![acn]! + to![acn]!) / 2, 6);
  });
  expect(turned(waveFrom(50), [30, 36], hopFrames)[3]![0]).toBeCloseTo(to![3]!, 6);
});

test('channels may arrive in another order and normalization', () => {
  const channels = waveFrom(50).reverse();
  const louder = channels.map(({ track, ...rest }) => ({
    ...rest,
    gain: 0.5,
    track: track.map((x) => 2 * x),
  }));
  const [plain, scaled] = [turned(waveFrom(50), [30], 0), turned(louder, [30], 0)];
  scaled.forEach((hop, acn) => expect(hop[5]).toBeCloseTo(plain[acn]![5]!, 6));
});
