import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createCubeExtentPanner } from '../../../src/render/panner/cube-extent.ts';
import { cubePositions, findNeighbours } from '../../../src/render/panner/cube-panner.ts';

/** Figures of the reference renderer are compared in test/conformance/bs2127.test.ts. */

const layout = getLayout('4+7+0');
const loudspeakers = layout.loudspeakers.filter(({ isLfe }) => !isLfe);
const panner = createCubeExtentPanner(findNeighbours(cubePositions({ ...layout, loudspeakers })));
const gain = (gains: Float64Array, label: string): number =>
  gains[loudspeakers.findIndex((one) => one.label === label)]!;

test('power is 1, left is as right', () => {
  for (const size of [
    [0.1, 0, 0],
    [0.5, 0.5, 0.5],
    [1, 1, 1],
    [0, 0.8, 0.2],
  ] as const) {
    const gains = panner.pan([0, 0.4, 0.3], size);
    expect(gains.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
    expect(gain(gains, 'M+090')).toBeCloseTo(gain(gains, 'M-090'), 12);
  }
});

test('each size spreads along its own axis', () => {
  const small = panner.pan([-1, 1, 0], [0.05, 0.05, 0.05]);
  expect(gain(panner.pan([-1, 1, 0], [0.8, 0, 0]), 'M-030')).toBeGreaterThan(gain(small, 'M-030') + 0.1);
  expect(gain(panner.pan([-1, 1, 0], [0, 0.8, 0]), 'M+135')).toBeGreaterThan(gain(small, 'M+135') + 0.1);
  expect(gain(panner.pan([-1, 1, 0], [0, 0, 0.8]), 'U+045')).toBeGreaterThan(gain(small, 'U+045') + 0.1);
});

test('a single loudspeaker plays everything', () => {
  const alone = createCubeExtentPanner(findNeighbours([[1, -1, 0]]));
  expect([...alone.pan([0, 0, 0.5], [0.5, 0.5, 0])]).toEqual([1]);
});
