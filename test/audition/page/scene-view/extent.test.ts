import { expect, test } from 'vitest';
import {
  extentBetween,
  extentOf,
  extentText,
  planOutline,
} from '../../../../src/audition/page/scene-view/extent.ts';
import { fitPlan, onSphere } from '../../../../src/audition/page/scene-view/room-geometry.ts';
import { objectsOf } from '../../../../src/scene/queries.ts';
import { sceneOf } from './fixtures.ts';

const blockOf = (object: object) =>
  objectsOf(sceneOf({ objects: [{ name: 'o', file: 'o.wav', ...object }] }))[0]!.blocks[0]!;
const polarBlock = blockOf({ position: { azimuthDeg: 90 }, width: 60, height: 20, depth: 0.5 });
const cubeBlock = blockOf({ position: { x: 0, y: 1, z: 0 }, width: 0.5, depth: 0.25, height: 0.1 });
const frame = fitPlan(200, 200, 1, 0);

test('a point has no extent', () => {
  expect(extentOf(blockOf({ position: { azimuthDeg: 0 } }), 'sphere')).toBeUndefined();
});

test('extents keep the measures they are written in where the room has that shape', () => {
  expect(extentOf(polarBlock, 'sphere')).toEqual({
    shape: 'sphere',
    widthDeg: 60,
    heightDeg: 20,
    depth: 0.5,
  });
  expect(extentOf(cubeBlock, 'cube')).toEqual({ shape: 'cube', sizes: [0.5, 0.25, 0.1] });
});

test('a width of 60 degrees in front is a size of sin 30 degrees along x (BS.2127-1 clause 10)', () => {
  const front = blockOf({ position: { azimuthDeg: 0 }, width: 60 });
  const extent = extentOf(front, 'cube');
  expect(extent?.shape === 'cube' && extent.sizes[0]).toBeCloseTo(0.5);
});

test('an extent grows evenly out of a point', () => {
  const point = blockOf({ position: { azimuthDeg: 90 } });
  expect(extentBetween(point, polarBlock, 0.5, 'sphere')).toEqual({
    shape: 'sphere',
    widthDeg: 30,
    heightDeg: 10,
    depth: 0.25,
  });
  expect(extentBetween(point, point, 0.5, 'sphere')).toBeUndefined();
});

test('on the left, an arc lies around the left of the plan, as wide as the extent', () => {
  const outline = planOutline(
    onSphere(90),
    { shape: 'sphere', widthDeg: 60, heightDeg: 0, depth: 0.4 },
    frame,
  );
  if (outline.kind !== 'arc') throw new Error('not an arc');
  expect(outline.endRad - outline.startRad).toBeCloseTo(Math.PI / 3);
  // Canvas angles: pi points to the left.
  expect(Math.abs((outline.endRad + outline.startRad) / 2)).toBeCloseTo(Math.PI);
  expect(outline.innerPx).toBeCloseTo(80);
  expect(outline.outerPx).toBeCloseTo(120);
});

test('height reaches inwards as it is seen from above', () => {
  const outline = planOutline(
    onSphere(0),
    { shape: 'sphere', widthDeg: 10, heightDeg: 120, depth: 0 },
    frame,
  );
  if (outline.kind !== 'arc') throw new Error('not an arc');
  expect(outline.innerPx).toBeCloseTo(50);
  expect(outline.outerPx).toBeCloseTo(100);
});

test('an extent over the zenith reaches to the middle; a thin one can still be seen', () => {
  const over = planOutline(
    onSphere(0, 80),
    { shape: 'sphere', widthDeg: 10, heightDeg: 40, depth: 0 },
    frame,
  );
  expect(over.kind === 'arc' && over.innerPx).toBe(0);
  const thin = planOutline(onSphere(0), { shape: 'sphere', widthDeg: 10, heightDeg: 0, depth: 0 }, frame);
  expect(thin.kind === 'arc' && thin.outerPx - thin.innerPx).toBeCloseTo(7);
});

test('in the cube it is a rectangle that ends at the walls', () => {
  expect(planOutline([0, 1, 0], { shape: 'cube', sizes: [0.5, 0.25, 0.1] }, frame)).toEqual({
    kind: 'box',
    leftPx: 50,
    topPx: 0,
    widthPx: 100,
    heightPx: 25,
  });
});

test('extents are told in words', () => {
  expect(extentText(extentOf(polarBlock, 'sphere')!)).toBe('60° × 20°, 0.5 deep');
  expect(extentText(extentOf(cubeBlock, 'cube')!)).toBe('0.5 × 0.25 × 0.1');
});
