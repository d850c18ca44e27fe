import { expect, test } from 'vitest';
import { ObjectPath } from '../../../../src/audition/page/scene-view/object-path.ts';
import { objectsOf } from '../../../../src/scene/queries.ts';
import { sceneOf, smallScene } from './fixtures.ts';

const rate = 48_000;
const pathOf = (object: object, shape: 'sphere' | 'cube' = 'sphere') =>
  new ObjectPath(objectsOf(sceneOf({ objects: [{ name: 'o', file: 'o.wav', ...object }] }))[0]!, rate, shape);
const azimuthOf = (path: ObjectPath, sec: number) => {
  const [x, y] = path.at(sec * rate)!.point;
  return (Math.atan2(-x, y) * 180) / Math.PI;
};

test('a block moves from the one before over its whole length, along the circle', () => {
  const path = new ObjectPath(objectsOf(smallScene())[0]!, rate, 'sphere');
  expect(path.isStill).toBe(false);
  expect(azimuthOf(path, 0.5)).toBeCloseTo(0);
  expect(azimuthOf(path, 1.5)).toBeCloseTo(45);
  expect(azimuthOf(path, 1.75)).toBeCloseTo(67.5);
  expect(azimuthOf(path, 60)).toBeCloseTo(90);
});

test('jumpPosition stands still after its interpolation length', () => {
  const blocks = [
    { startSec: 0, durationSec: 1, position: { azimuthDeg: 0 } },
    { startSec: 1, position: { azimuthDeg: 80 }, jumpPosition: true, interpolationLengthSec: 0.5 },
  ];
  const path = pathOf({ blocks });
  expect(azimuthOf(path, 1.25)).toBeCloseTo(40);
  expect(azimuthOf(path, 1.5)).toBeCloseTo(80);
  expect(azimuthOf(path, 5)).toBeCloseTo(80);
});

test('an object is nowhere before it begins, in gaps and after its end', () => {
  const blocks = [
    { startSec: 1, durationSec: 1, position: { azimuthDeg: 0 } },
    { startSec: 3, durationSec: 1, position: { azimuthDeg: 30 } },
  ];
  const path = pathOf({ blocks });
  expect([0.5, 2.5, 4.5].map((sec) => path.at(sec * rate))).toEqual([undefined, undefined, undefined]);
  expect(azimuthOf(path, 1.5)).toBeCloseTo(0);
  // After a gap there is nothing to move from.
  expect(azimuthOf(path, 3.01)).toBeCloseTo(30);
  expect(path.at(4 * rate)).toBeUndefined();
});

test('positions are found in any order of frames', () => {
  const path = new ObjectPath(objectsOf(smallScene())[0]!, rate, 'sphere');
  const sec = [3, 0.1, 1.9, 1.1, 2.5, 0];
  const first = sec.map((at) => azimuthOf(path, at));
  expect([...sec].reverse().map((at) => azimuthOf(path, at))).toEqual([...first].reverse());
});

test('extent and gain go with the position', () => {
  const blocks = [
    { startSec: 0, durationSec: 1, position: { azimuthDeg: 0 }, width: 0, gainDb: 0 },
    { startSec: 1, durationSec: 1, position: { azimuthDeg: 0 }, width: 60, gainDb: -6.0206 },
  ];
  const moment = pathOf({ blocks }).at(1.5 * rate)!;
  expect(moment.extent).toMatchObject({ widthDeg: 30 });
  // Half way between 1 and 1/2, linear.
  expect(moment.gainDb).toBeCloseTo(20 * Math.log10(0.75), 3);
});

test('cartesian paths are straight in the cube', () => {
  const blocks = [
    { startSec: 0, durationSec: 1, position: { x: -1, y: 1, z: 0 } },
    { startSec: 1, durationSec: 1, position: { x: 1, y: 1, z: 1 } },
  ];
  expect(pathOf({ blocks }, 'cube').at(1.5 * rate)!.point).toEqual([0, 1, 0.5]);
});

test('a trail has a point about every step, from its first frame to its last', () => {
  const path = new ObjectPath(objectsOf(smallScene())[0]!, rate, 'sphere');
  const runs = path.between(1 * rate, 2 * rate, rate / 10);
  expect(runs).toHaveLength(1);
  const frames = runs[0]!.map(({ frame }) => frame / rate);
  expect(frames[0]).toBe(1);
  expect(frames.at(-1)).toBe(2);
  expect(frames).toHaveLength(11);
  const [x, y] = runs[0]![5]!.point;
  expect([x, y]).toEqual([expect.closeTo(-Math.SQRT1_2), expect.closeTo(Math.SQRT1_2)]);
});

test('jumps and gaps break a trail', () => {
  const blocks = [
    { startSec: 0, durationSec: 1, position: { azimuthDeg: 0 } },
    { startSec: 1, durationSec: 1, position: { azimuthDeg: 90 }, jumpPosition: true },
    {
      startSec: 2,
      durationSec: 1,
      position: { azimuthDeg: -90 },
      jumpPosition: true,
      interpolationLengthSec: 0.005,
    },
    { startSec: 4, durationSec: 1, position: { azimuthDeg: -90 } },
  ];
  const runs = pathOf({ blocks }).between(0, 5 * rate, rate / 10);
  expect(runs).toHaveLength(4);
  for (const run of runs) {
    const xs = run.map(({ point }) => point[0]);
    expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(0.01);
  }
});

test('a dense path is thinned to its steps, and its last point is there', () => {
  const blocks = Array.from({ length: 400 }, (_, index) => ({
    startSec: `${index}/100`,
    durationSec: '1/100',
    position: { azimuthDeg: index / 10 },
  }));
  const runs = pathOf({ blocks }).between(0, 3 * rate, rate / 10);
  expect(runs).toHaveLength(1);
  expect(runs[0]!.length).toBeLessThan(65);
  expect(runs[0]!.at(-1)!.frame).toBe(3 * rate);
});

test('the whole path is drawn in lines short enough to be round, once', () => {
  const path = new ObjectPath(objectsOf(smallScene())[0]!, rate, 'sphere');
  const [run] = path.whole();
  expect(path.whole()).toHaveLength(1);
  expect(run!.length).toBeGreaterThan(12);
  for (const { point } of run!) expect(Math.hypot(...point)).toBeCloseTo(1);
  expect(path.whole()).toBe(path.whole());
});

test('what stands still has no whole path of its own', () => {
  const path = pathOf({ position: { azimuthDeg: 20 } });
  expect(path.isStill).toBe(true);
  expect(path.whole().flat().length).toBeLessThanOrEqual(2);
});
