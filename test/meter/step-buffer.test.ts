import { expect, test } from 'vitest';
import { createStepBuffer, stepStart } from '../../src/meter/step-buffer.ts';

test('steps start at the nearest sample of every 100 ms', () => {
  expect([0, 1, 2, 10].map((step) => stepStart(step, 44100))).toEqual([0, 4410, 8820, 44100]);
  expect([1, 2, 3].map((step) => stepStart(step, 22055))).toEqual([2206, 4411, 6617]);
});

test.each([1, 77, 4096, 100000])(
  'blocks of %i frames give the same steps, and the last one is short',
  (size) => {
    const signal = Float32Array.from({ length: 5000 }, (_, n) => n);
    const steps: [number, number[]][] = [];
    const buffer = createStepBuffer(2, 22055, ({ channels, frameCount }, start) => {
      expect(channels[1]!.subarray(0, frameCount)).toEqual(channels[0]!.subarray(0, frameCount));
      steps.push([start, [...channels[0]!.subarray(0, frameCount)]]);
    });
    for (let from = 0; from < 5000; from += size) {
      const part = signal.subarray(from, from + size);
      buffer.process({ channels: [part, part], frameCount: part.length });
    }
    buffer.finish();
    buffer.finish();
    expect(steps.map(([start]) => start)).toEqual([0, 2206, 4411]);
    expect(steps.flatMap(([, samples]) => samples)).toEqual([...signal]);
  },
);
