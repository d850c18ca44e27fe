import { expect, test } from 'vitest';
import { createSampleDelay } from '../../../src/dsp/sample-delay.ts';
import { constantMembers } from '../../../src/master/scene-stage/group-members.ts';
import { processSides } from '../../../src/master/scene-stage/side-processor.ts';
import { noise } from '../../support.ts';
import { effectContext, runEffect } from './effect-support.ts';

test('sides change, what a pair has in common does not, and all others pass, late by as much', async () => {
  const group = constantMembers(new Map([0, 1, 2, 4].map((track) => [track, 1])));
  const context = await effectContext({ trackCount: 6, group });
  const inputs = Array.from({ length: 6 }, (_, track) => noise(3000, track + 1));
  const effect = processSides(context, (pairCount) => {
    expect(pairCount).toBe(1);
    const delay = createSampleDelay(20);
    return {
      inputChannelCount: 1,
      outputChannelCount: 1,
      latencySamples: 20,
      process(input, output) {
        delay.process(input.channels[0]!, output.channels[0]!, input.frameCount);
        for (let n = 0; n < input.frameCount; n++) output.channels[0]![n]! *= 3;
      },
      reset: () => delay.reset(),
    };
  });
  const found = runEffect(effect, inputs);
  for (const track of [2, 3, 4, 5]) expect(found[track]).toEqual(inputs[track]);
  for (let n = 0; n < 3000; n++) {
    const [left, right] = [inputs[0]![n]!, inputs[1]![n]!];
    expect(found[0]![n]! + found[1]![n]!).toBeCloseTo(left + right, 5);
    expect(found[0]![n]! - found[1]![n]!).toBeCloseTo(3 * (left - right), 5);
  }
  effect.reset();
  expect(runEffect(effect, inputs, 333)).toEqual(found);
});

test('a group without pairs is warned of', async () => {
  const warnings: string[] = [];
  const context = await effectContext({
    trackCount: 3,
    group: constantMembers(new Map([[2, 1]])),
    onWarning: ({ code }) => void warnings.push(code),
  });
  const input = noise(100, 1);
  const effect = processSides(context, (pairCount) => ({
    inputChannelCount: pairCount,
    outputChannelCount: pairCount,
    latencySamples: 0,
    process: () => undefined,
    reset: () => undefined,
  }));
  expect(runEffect(effect, [input, input, input])).toEqual([input, input, input]);
  expect(warnings).toEqual(['no-pairs']);
});
