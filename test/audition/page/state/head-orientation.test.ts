import { expect, test } from 'vitest';
import {
  headMatrix,
  headOfDevice,
  turnHead,
  wrapDeg,
} from '../../../../src/audition/page/state/head-orientation.ts';

const column = (matrix: readonly (readonly number[])[], index: number): number[] =>
  matrix.map((row) => Math.round(row[index]! * 1e6) / 1e6 + 0);

test('yaw goes round, pitch and roll end', () => {
  expect([190, -190, 180, 540, 0].map(wrapDeg)).toEqual([-170, 170, 180, 180, 0]);
  const head = { yawDeg: 175, pitchDeg: 80, rollDeg: -85 };
  expect(turnHead(head, { yawDeg: 10, pitchDeg: 20, rollDeg: -10 })).toEqual({
    yawDeg: -175,
    pitchDeg: 90,
    rollDeg: -90,
  });
});

test('yaw looks to the left, pitch up, roll lowers the right ear', () => {
  expect(column(headMatrix({ yawDeg: 90, pitchDeg: 0, rollDeg: 0 }), 1)).toEqual([-1, 0, 0]);
  expect(column(headMatrix({ yawDeg: 0, pitchDeg: 90, rollDeg: 0 }), 1)).toEqual([0, 0, 1]);
  expect(column(headMatrix({ yawDeg: 0, pitchDeg: 0, rollDeg: 90 }), 0)).toEqual([0, 0, -1]);
  const matrix = headMatrix({ yawDeg: 30, pitchDeg: -20, rollDeg: 50 });
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b < 3; b++) {
      const dot =
        matrix[0][a]! * matrix[0][b]! + matrix[1][a]! * matrix[1][b]! + matrix[2][a]! * matrix[2][b]!;
      expect(dot).toBeCloseTo(a === b ? 1 : 0, 12);
    }
  }
});

test('a device held upright is a straight head; turning it turns the head', () => {
  const expectHead = (head: object, yawDeg: number, pitchDeg: number, rollDeg: number): void => {
    const rounded = Object.values(head).map((value: number) => Math.round(value * 1e6) / 1e6 + 0);
    expect(rounded).toEqual([yawDeg, pitchDeg, rollDeg]);
  };
  // W3C: beta 90 holds the screen upright, alpha counts to the left.
  expectHead(headOfDevice(0, 90, 0, 0, 0), 0, 0, 0);
  expectHead(headOfDevice(40, 90, 0, 0, 0), 40, 0, 0);
  expectHead(headOfDevice(350, 90, 0, 10, 0), -20, 0, 0);
  // Screen tipped back by 30 degrees: the back looks down.
  expectHead(headOfDevice(0, 60, 0, 0, 0), 0, -30, 0);
  // Landscape: the device lies on its left side, its top to the left, its picture turned back by 90 degrees.
  expectHead(headOfDevice(90, 0, -90, 0, 90), 0, 0, 0);
});
