import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import type { FeedbackDelayOptions } from '../../src/kernels/interfaces/convolvers.ts';
import { noise } from '../support.ts';
import {
  cut,
  emptyRows,
  feedbackOptions,
  largestDifference,
  leastTimeMs,
  scalar,
  sets,
  simd,
  slack,
} from './contract-support.ts';

describe('feedback delays', () => {
  const run = (kernels: Kernels, pieceFrames: number, input: Float32Array): Float32Array[] => {
    const network = kernels.createFeedbackDelay(feedbackOptions(4096));
    const outputs = emptyRows(2, input.length);
    cut(input.length, pieceFrames, (from, to) => {
      const [first, second] = outputs.map((output) => output.subarray(from - (from % 1024)));
      const at = from % 1024;
      network.process(input.subarray(from - at), first!, second!, at, at + to - from);
    });
    return outputs;
  };
  const input = noise(4096, 5);

  test('both sets agree', () => {
    const [expected, found] = [run(scalar, 1024, input), run(simd, 1024, input)];
    for (const output of [0, 1])
      expect(largestDifference(found[output]!, expected[output]!)).toBeLessThan(2e-6);
  });

  test.each(sets)('%s: the length of pieces changes nothing', (_, kernels) => {
    const whole = run(kernels, 4096, input);
    for (const pieceFrames of [8, 72, 512]) expect(run(kernels, pieceFrames, input)).toEqual(whole);
  });

  test.each(sets)('%s: reset forgets, and what dies away costs no more than sound', (_, kernels) => {
    const network = kernels.createFeedbackDelay(feedbackOptions(1024));
    const [first, second] = emptyRows(2, 1024);
    const round = (sound: Float32Array) => network.process(sound, first!, second!, 0, 1024);
    round(noise(1024, 1));
    network.reset();
    round(new Float32Array(1024));
    expect(first).toEqual(new Float32Array(1024));
    const soundMs = leastTimeMs(() => round(input.subarray(0, 1024)));
    for (let hop = 0; hop < 60; hop++) round(new Float32Array(1024));
    const silentMs = leastTimeMs(() => round(new Float32Array(1024)));
    expect(silentMs).toBeLessThan(slack * soundMs);
  });

  test.each(sets)('%s: lines that are too short or too few are refused', (_, kernels) => {
    const options = feedbackOptions(64);
    const make = (more: Partial<FeedbackDelayOptions>) => () =>
      kernels.createFeedbackDelay({ ...options, ...more });
    expect(make({ lineSamples: options.lineSamples.map(() => 65) })).toThrow(/lineSamples is 65/);
    expect(make({ lineSamples: [100] })).toThrow(/lines is 1/);
    expect(make({ hopFrames: 100 })).toThrow(/an eighth of hopFrames/);
    const sound = new Float32Array(64);
    expect(() => make({})().process(sound, sound, sound, 0, 60)).toThrow(/an eighth of a piece/);
  });
});
