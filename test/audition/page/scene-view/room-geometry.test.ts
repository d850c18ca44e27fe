import { expect, test } from 'vitest';
import {
  fitPlan,
  heightOf,
  onSphere,
  placeInRoom,
  placeSpeaker,
  positionBetween,
  roomShapeOf,
  toPlan,
} from '../../../../src/audition/page/scene-view/room-geometry.ts';
import type { ObjectPosition } from '../../../../src/scene/scene.ts';
import { sceneOf, smallScene } from './fixtures.ts';

const polar = (azimuthDeg: number, elevationDeg = 0, distance = 1): ObjectPosition => ({
  kind: 'polar',
  azimuthDeg,
  elevationDeg,
  distance,
});
const cube = (x: number, y: number, z: number): ObjectPosition => ({ kind: 'cartesian', xyz: [x, y, z] });

test('front is at the top, azimuth +90 at the left, behind at the bottom', () => {
  const frame = fitPlan(400, 300, 1, 30);
  expect(frame).toEqual({ centreX: 200, centreY: 150, scale: 120 });
  const pixelOf = (azimuthDeg: number) =>
    toPlan(frame, ...(onSphere(azimuthDeg).slice(0, 2) as [number, number]));
  const close = (azimuthDeg: number, x: number, y: number) => {
    expect(pixelOf(azimuthDeg)[0]).toBeCloseTo(x);
    expect(pixelOf(azimuthDeg)[1]).toBeCloseTo(y);
  };
  close(0, 200, 30);
  close(90, 80, 150);
  close(-90, 320, 150);
  close(180, 200, 270);
});

test('far objects make the plan smaller, near ones not larger', () => {
  expect(fitPlan(300, 300, 2, 0).scale).toBe(75);
  expect(fitPlan(300, 300, 0.2, 0).scale).toBe(150);
});

test('a scene is drawn in the shape that most of its objects are written in', () => {
  expect(roomShapeOf(undefined)).toBe('sphere');
  expect(roomShapeOf(smallScene())).toBe('sphere');
  const cartesian = { file: 'a.wav', position: { x: 1, y: 1, z: 0 } };
  expect(roomShapeOf(sceneOf({ objects: [{ name: 'a', ...cartesian }] }))).toBe('cube');
});

test('loudspeakers of 4+5+0 stand in the corners of the cube (BS.2127-1 clause 10)', () => {
  expect(placeSpeaker(30, 0, 'cube').map((value) => Number(value.toFixed(9)))).toEqual([-1, 1, 0]);
  expect(placeSpeaker(-110, 30, 'cube').map((value) => Number(value.toFixed(9)))).toEqual([1, -1, 1]);
});

test('a corner of the cube is drawn on the sphere where its loudspeaker stands', () => {
  const [x, y, z] = placeInRoom(cube(-1, 1, 0), 'sphere');
  expect(x).toBeCloseTo(-0.5);
  expect(y).toBeCloseTo(Math.sqrt(0.75));
  expect(z).toBeCloseTo(0);
});

test('positions of their own shape stay as they are written', () => {
  expect(placeInRoom(cube(0.2, -0.3, 0.4), 'cube')).toEqual([0.2, -0.3, 0.4]);
  expect(placeInRoom(polar(90, 0, 0.5), 'sphere')[0]).toBeCloseTo(-0.5);
});

test('half the way between polar positions lies on the circle, that between cartesian ones on the line', () => {
  const round = positionBetween(polar(0), polar(90, 0, 0.5), 0.5);
  expect(round.kind === 'polar' && round.azimuthDeg).toBeCloseTo(45);
  expect(round.kind === 'polar' && round.distance).toBeCloseTo(0.75);
  expect(positionBetween(cube(-1, 1, 0), cube(1, -1, 1), 0.5)).toEqual(cube(0, 0, 0.5));
});

test('the way over the back does not go through the front', () => {
  const middle = positionBetween(polar(170), polar(-170), 0.5);
  expect(middle.kind === 'polar' && Math.abs(middle.azimuthDeg)).toBeCloseTo(180);
});

test('heights go from -1 below to 1 overhead', () => {
  expect(heightOf(onSphere(10, 90), 'sphere')).toBeCloseTo(1);
  expect(heightOf(onSphere(10, -45), 'sphere')).toBeCloseTo(-0.5);
  expect(heightOf([0, 0, 0], 'sphere')).toBe(0);
  expect(heightOf([1, 1, 0.4], 'cube')).toBe(0.4);
});
