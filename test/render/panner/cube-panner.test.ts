import { expect, test } from 'vitest';
import { builtInLayouts, getLayout } from '../../../src/layouts/built-in.ts';
import { parseLayout } from '../../../src/layouts/custom.ts';
import {
  balanceGain,
  cubePositions,
  findNeighbours,
  panInCube,
} from '../../../src/render/panner/cube-panner.ts';

const full = (name: string) => {
  const layout = getLayout(name);
  return { ...layout, loudspeakers: layout.loudspeakers.filter(({ isLfe }) => !isLfe) };
};

test('positions of 4+7+0 and 9+10+3 as BS.2127-1 tabulates them', () => {
  const place = (name: string, label: string) =>
    cubePositions(getLayout(name))[getLayout(name).loudspeakers.findIndex((one) => one.label === label)];
  expect(place('4+7+0', 'M-030')).toEqual([1, 1, 0]);
  expect(place('4+7+0', 'M+090')).toEqual([-1, 0, 0]);
  expect(place('4+7+0', 'U-135')).toEqual([1, -1, 1]);
  expect(place('9+10+3', 'M+060')).toEqual([-1, 0.414214, 0]);
  expect(place('9+10+3', 'T+000')).toEqual([0, 0, 1]);
  expect(place('9+10+3', 'LFE2')).toEqual([1, 1, -1]);
  expect(place('3+7+0', 'UH+180')).toEqual([0, -1, 1]);
});

test('screen loudspeakers stand on the front wall, or on the sides where they are wide', () => {
  const wide = full('4+9+0');
  const at = (azimuthDeg: number) =>
    cubePositions({
      ...wide,
      loudspeakers: [{ ...wide.loudspeakers.find(({ label }) => label === 'M+SC')!, azimuthDeg }],
    })[0]!;
  expect(at(15)[1]).toBe(1);
  expect(at(15)[0]).toBeLessThan(0);
  expect(at(45)[0]).toBe(-1);
  expect(at(45)[1]).toBeLessThan(1);
});

test('no two loudspeakers of a built-in layout share a place; own labels are converted', () => {
  for (const layout of builtInLayouts) {
    const positions = cubePositions(full(layout.name)).map(String);
    expect(new Set(positions).size).toBe(positions.length);
  }
  const custom = parseLayout(
    {
      loudspeakers: [0, 120, -120].map((azimuthDeg) => ({
        label: `s${azimuthDeg}`,
        azimuthDeg,
        elevationDeg: 0,
      })),
    },
    'x',
  );
  expect(cubePositions(custom)[0]).toEqual([0, 1, 0]);
});

test('balanceGain is a sine and cosine law between neighbours, and stops at the ends', () => {
  expect(balanceGain(0, [0, 1], 0.5)).toBeCloseTo(Math.SQRT1_2, 12);
  expect(balanceGain(1, [0, 1], 0.5)).toBeCloseTo(Math.SQRT1_2, 12);
  expect(balanceGain(-1, [-1, 0, 1], 0.5)).toBe(0);
  expect(balanceGain(1, [-1, 0, 1], 2)).toBe(1);
  expect(balanceGain(0, [0], -0.7)).toBe(1);
});

test('power 1 everywhere in the cube; a loudspeaker sounds alone', () => {
  for (const name of ['0+2+0', '0+5+0', '4+7+0', '9+10+3']) {
    const positions = cubePositions(full(name));
    const neighbours = findNeighbours(positions);
    for (const x of [-1, -0.3, 0, 0.8]) {
      for (const y of [-1, 0.2, 1]) {
        for (const z of [-1, 0, 0.6, 1]) {
          expect(panInCube(neighbours, [x, y, z]).reduce((sum, gain) => sum + gain * gain, 0)).toBeCloseTo(
            1,
            12,
          );
        }
      }
    }
    positions.forEach((position, index) => expect(panInCube(neighbours, position)[index]).toBeCloseTo(1, 12));
  }
});

test('loudspeakers of a free layout that share a place in the cube share its power', () => {
  const gains = panInCube(
    findNeighbours([
      [0, 1, 0],
      [0, 1, 0],
      [-1, -1, 0],
      [1, -1, 0],
    ]),
    [0, 1, 0],
  );
  expect([...gains]).toEqual([Math.SQRT1_2, Math.SQRT1_2, 0, 0]);
});
