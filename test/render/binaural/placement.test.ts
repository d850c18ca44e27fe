import { describe, expect, test } from 'vitest';
import { polarToCartesian } from '../../../src/base/coordinates.ts';
import {
  isPoint,
  isSamePlacement,
  placementBetween,
  placementOf,
  spreadDirections,
} from '../../../src/render/binaural/placement.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';
import { blockAt } from './scenes.ts';

const cubeBlock = (x: number, y: number, z: number): ObjectBlock =>
  blockAt(0, 0, { position: { kind: 'cartesian', xyz: [x, y, z] } });

const between = (from: ObjectBlock, to: ObjectBlock, weight: number) =>
  placementBetween(from, to, placementOf(from), placementOf(to), weight).direction;

describe('placementOf', () => {
  test('takes polar positions as they are, and cartesian ones through clause 10 of BS.2127', () => {
    expect(placementOf(blockAt(30, 10)).direction).toEqual(polarToCartesian(30, 10));
    const corner = placementOf(cubeBlock(-1, 1, 0)).direction;
    polarToCartesian(30, 0).forEach((value, axis) => expect(corner[axis]).toBeCloseTo(value, 9));
  });

  test('tells points from spread objects', () => {
    expect(isPoint(placementOf(blockAt(30)))).toBe(true);
    expect(isPoint(placementOf(blockAt(30, 0, { width: 20 })))).toBe(false);
    expect(isSamePlacement(placementOf(blockAt(30)), placementOf(blockAt(30)))).toBe(true);
    expect(isSamePlacement(placementOf(blockAt(30)), placementOf(blockAt(31)))).toBe(false);
  });
});

describe('placementBetween', () => {
  test('goes the shortest way over the sphere', () => {
    const over = between(blockAt(0, 60), blockAt(180, 60), 0.5);
    polarToCartesian(0, 90).forEach((value, axis) => expect(over[axis]).toBeCloseTo(value, 9));
    const aside = between(blockAt(170), blockAt(-170), 0.5);
    polarToCartesian(180, 0).forEach((value, axis) => expect(aside[axis]).toBeCloseTo(value, 9));
  });

  test('opposite directions turn through their azimuths', () => {
    const front = between(blockAt(90), blockAt(-90), 0.5);
    polarToCartesian(0, 0).forEach((value, axis) => expect(front[axis]).toBeCloseTo(value, 9));
  });

  test('cartesian positions go straight', () => {
    const middle = between(cubeBlock(-1, 1, 0), cubeBlock(1, 1, 0), 0.5);
    polarToCartesian(0, 0).forEach((value, axis) => expect(middle[axis]).toBeCloseTo(value, 9));
  });
});

describe('spreadDirections', () => {
  const total = (powers: readonly number[]) => powers.reduce((sum, power) => sum + power, 0);

  test('a point is one direction; powers always sum to 1', () => {
    expect(spreadDirections(placementOf(blockAt(30))).powers).toEqual([1]);
    const block = blockAt(30, 0, {
      width: 90,
      diffuse: 0.3,
      divergence: { value: 0.5, azimuthRangeDeg: 20, positionRange: undefined },
    });
    const { directions, powers } = spreadDirections(placementOf(block));
    expect(total(powers)).toBeCloseTo(1, 12);
    for (const direction of directions) expect(Math.hypot(...direction)).toBeCloseTo(1, 9);
  });

  test('full divergence leaves the pair, at the given angle to both sides', () => {
    const divergence = { value: 1, azimuthRangeDeg: 30, positionRange: undefined };
    const { directions, powers } = spreadDirections(placementOf(blockAt(0, 0, { divergence })));
    expect(powers).toEqual([0, 0.5, 0.5]);
    polarToCartesian(30, 0).forEach((value, axis) => expect(directions[1]![axis]).toBeCloseTo(value, 9));
  });

  test('an extent stays within its width and height', () => {
    const { directions } = spreadDirections(placementOf(blockAt(0, 0, { width: 60, height: 20 })));
    for (const [x, , z] of directions) {
      expect(Math.abs(x)).toBeLessThan(Math.sin(Math.PI / 6));
      expect(Math.abs(z)).toBeLessThan(Math.sin(Math.PI / 18));
    }
  });
});
