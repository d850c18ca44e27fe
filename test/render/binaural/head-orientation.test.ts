import { expect, test } from 'vitest';
import { cartesianToPolar, polarToCartesian } from '../../../src/base/coordinates.ts';
import { createEarResponses, createHrtfInterpolator } from '../../../src/hrtf/hrtf-interpolator.ts';
import { rotateVector } from '../../../src/math/rotation.ts';
import {
  createHeadOrientation,
  turnHrtf,
  turnPlacement,
  turnTrack,
  type HeadPose,
} from '../../../src/render/binaural/head-orientation.ts';
import { createRestingTrack } from '../../../src/render/binaural/object-track.ts';
import { isSamePlacement, placementOf, spreadDirections } from '../../../src/render/binaural/placement.ts';
import { toySet } from '../../hrtf/sets.ts';
import { blockAt } from './scenes.ts';

const pose = (timeSec: number, yawDeg: number, pitchDeg = 0, rollDeg = 0): HeadPose => ({
  timeSec,
  yawDeg,
  pitchDeg,
  rollDeg,
});
const still = (yawDeg: number, pitchDeg = 0, rollDeg = 0) =>
  createHeadOrientation([pose(0, yawDeg, pitchDeg, rollDeg)], 1000).matrixAt(0);

test('to a head that turns left, what is in front is on the right', () => {
  const seen = (azimuthDeg: number, elevationDeg: number, matrix: Float64Array) =>
    cartesianToPolar(rotateVector(matrix, polarToCartesian(azimuthDeg, elevationDeg)));
  expect(seen(0, 0, still(30)).azimuthDeg).toBeCloseTo(-30, 9);
  expect(seen(0, 0, still(0, 20)).elevationDeg).toBeCloseTo(-20, 9);
  // Towards the right shoulder: what lies at the right is above the right ear.
  expect(seen(-90, 0, still(0, 0, 20)).elevationDeg).toBeCloseTo(20, 9);
});

test('the head goes from pose to pose at even speed, and rests before and behind', () => {
  const { matrixAt } = createHeadOrientation([pose(1, 0), pose(2, 40), pose(3, -80)], 1000);
  const frontAt = (sample: number) => cartesianToPolar(rotateVector(matrixAt(sample), [0, 1, 0])).azimuthDeg;
  for (const [sample, yawDeg] of [
    [0, 0],
    [1000, 0],
    [1250, 10],
    [2000, 40],
    [2500, -20],
    [3000, -80],
    [9000, -80],
    [1500, 20],
  ] as const)
    expect(frontAt(sample)).toBeCloseTo(-yawDeg, 9);
  expect(matrixAt(4000)).toBe(matrixAt(5000));
});

test('a set that is turned gives the responses of the direction that the head sees', () => {
  const set = toySet(15);
  const [plain, turned] = [set, turnHrtf(set, { yawDeg: 30, pitchDeg: 10, rollDeg: -5 })].map(
    createHrtfInterpolator,
  );
  const matrix = still(30, 10, -5);
  const [expected, found] = [createEarResponses(set.tapCount), createEarResponses(set.tapCount)];
  for (const [azimuthDeg, elevationDeg] of [
    [50, 0],
    [-100, 20],
    [171, -33],
  ] as const) {
    const direction = polarToCartesian(azimuthDeg, elevationDeg);
    plain!.interpolate(rotateVector(matrix, direction), expected);
    turned!.interpolate(direction, found);
    for (let ear = 0; ear < 2; ear++)
      expect(found.arrivalSamples[ear]).toBeCloseTo(expected.arrivalSamples[ear]!, 1);
    for (let n = 0; n < set.tapCount; n++) expect(found.left[n]).toBeCloseTo(expected.left[n]!, 1);
  }
});

test('spread placements turn as a whole', () => {
  const wide = placementOf(blockAt(0, 0, { width: 90, height: 0 }));
  const rolled = turnPlacement(wide, still(0, 0, 90));
  expect(isSamePlacement(wide, rolled)).toBe(false);
  const { directions, powers } = spreadDirections(rolled);
  expect(powers).toEqual(spreadDirections(wide).powers);
  // What lay from left to right lies from below to above.
  for (const [x] of directions) expect(x).toBeCloseTo(0, 9);
  expect(Math.max(...directions.map(([, , z]) => z))).toBeGreaterThan(0.5);
});

test('a track that rests moves for a head that turns', () => {
  const placement = placementOf(blockAt(0));
  const track = turnTrack(
    createRestingTrack(placement),
    createHeadOrientation([pose(0, 0), pose(1, 90)], 1000),
  );
  expect(track.isStatic).toBe(false);
  expect(cartesianToPolar(track.placementAt(500).direction).azimuthDeg).toBeCloseTo(-45, 9);
});
