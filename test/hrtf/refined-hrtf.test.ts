import { beforeAll, expect, test } from 'vitest';
import { polarToCartesian } from '../../src/base/coordinates.ts';
import {
  createEarResponses,
  createHrtfInterpolator,
  type HrtfInterpolator,
} from '../../src/hrtf/hrtf-interpolator.ts';
import { createNodePlace, createRefinedHrtf } from '../../src/hrtf/refined-hrtf.ts';
import { loadDefaultHrtf } from '../../src/io/packed/packed-hrtf.ts';
import { levelDbAt, toySet } from './sets.ts';

let interpolator: HrtfInterpolator;

beforeAll(async () => {
  interpolator = createHrtfInterpolator(await loadDefaultHrtf(44100));
});

const directionAt = (i: number, count: number): [azimuthDeg: number, elevationDeg: number] => [
  ((i * 137.508) % 360) - 180,
  (Math.asin(1 - (2 * i + 1) / count) * 180) / Math.PI,
];

test('mixed nodes stay within 0.1 dB (rms) and 3 us between the ears of the full interpolation', () => {
  const refined = createRefinedHrtf(interpolator);
  const full = createEarResponses(refined.tapCount);
  const node = createEarResponses(refined.tapCount);
  const place = createNodePlace();
  const mixed = new Float32Array(refined.tapCount);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < 100; i++) {
    const direction = polarToCartesian(...directionAt(i, 100));
    interpolator.interpolate(direction, full);
    refined.locate(direction, place);
    mixed.fill(0);
    place.nodes.forEach((index, j) => {
      refined.copyNode(index, node);
      node.left.forEach((tap, n) => (mixed[n]! += place.shares[j]! * tap));
    });
    const [left, right] = place.arrivalSamples.map((arrival, ear) => arrival - full.arrivalSamples[ear]!);
    expect(Math.abs(left! - right!)).toBeLessThan(3e-6 * 44100);
    for (const frequencyHz of [200, 1000, 3000, 5000, 8000, 12000]) {
      sum += (levelDbAt(mixed, frequencyHz, 44100) - levelDbAt(full.left, frequencyHz, 44100)) ** 2;
      count++;
    }
  }
  expect(Math.sqrt(sum / count)).toBeLessThan(0.1);
});

test('shares point to the direction; nodes of a sparse set are as close as those of a dense one', () => {
  for (const stepDeg of [10, 30]) {
    const set = toySet(stepDeg);
    const refined = createRefinedHrtf(createHrtfInterpolator(set));
    // Edge of equal triangles that cover the sphere with so many corners.
    const edgeDeg = (Math.sqrt((8 * Math.PI) / (Math.sqrt(3) * refined.nodeCount)) * 180) / Math.PI;
    expect(edgeDeg).toBeGreaterThan(1.5);
    expect(edgeDeg).toBeLessThan(3.1);
    const place = createNodePlace();
    for (let i = 0; i < 200; i++) {
      const [azimuthDeg, elevationDeg] = directionAt(i, 200);
      refined.locate(polarToCartesian(azimuthDeg, elevationDeg), place);
      expect(place.shares[0]! + place.shares[1]! + place.shares[2]!).toBeCloseTo(1, 10);
      expect(Math.min(...place.shares)).toBeGreaterThan(-1e-9);
    }
    // A direction of the set is a node of its own.
    for (let i = 0; i < set.directionCount; i++) {
      refined.locate(polarToCartesian(set.directionsDeg[2 * i]!, set.directionsDeg[2 * i + 1]!), place);
      const largest = place.shares.indexOf(Math.max(...place.shares));
      expect(place.shares[largest]).toBeCloseTo(1, 5);
      expect(place.nodes[largest]).toBe(i);
    }
  }
});

test('a node is the same whichever of its triangles is entered first', () => {
  const visit = (order: (count: number) => number[]) => {
    const refined = createRefinedHrtf(interpolator);
    const place = createNodePlace();
    const seen = new Map<number, number>();
    const node = createEarResponses(refined.tapCount);
    for (const i of order(300)) {
      refined.locate(polarToCartesian(...directionAt(i, 300)), place);
      for (const index of place.nodes) {
        refined.copyNode(index, node);
        seen.set(index, node.arrivalSamples[0]! + node.left.reduce((sum, tap, n) => sum + tap * (n + 1), 0));
      }
    }
    return seen;
  };
  const upward = visit((count) => Array.from({ length: count }, (_, i) => i));
  const downward = visit((count) => Array.from({ length: count }, (_, i) => count - 1 - i));
  expect(downward.size).toBe(upward.size);
  for (const [node, value] of upward) expect(downward.get(node)).toBe(value);
});
