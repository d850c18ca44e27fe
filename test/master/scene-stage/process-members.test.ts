import { expect, test } from 'vitest';
import type { Processor } from '../../../src/base/processor.ts';
import { createSampleDelay } from '../../../src/dsp/sample-delay.ts';
import { constantMembers, type GroupMembers } from '../../../src/master/scene-stage/group-members.ts';
import { processMembers } from '../../../src/master/scene-stage/process-members.ts';
import { effectContext, runEffect } from './effect-support.ts';

/** Twice as loud, and late. */
function louder(channelCount: number, latencySamples: number): Processor {
  const delays = Array.from({ length: channelCount }, () => createSampleDelay(latencySamples));
  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples,
    process({ channels, frameCount }, output) {
      for (const [index, delay] of delays.entries()) {
        delay.process(channels[index]!, output.channels[index]!, frameCount);
        for (let n = 0; n < frameCount; n++) output.channels[index]![n]! *= 2;
      }
    },
    reset: () => delays.forEach((delay) => delay.reset()),
  };
}

const ramp = (offset: number): Float32Array => Float32Array.from({ length: 5000 }, (_, n) => n + offset);

test('others pass, partial members are a mix, whatever the latency and the blocks', async () => {
  const group = constantMembers(
    new Map([
      [0, 1],
      [2, 0.25],
    ]),
  );
  const context = await effectContext({ trackCount: 3, group });
  const effect = processMembers(context, louder(2, 70), { blendsWeights: true });
  expect(effect).toMatchObject({ latencySamples: 70, inputChannelCount: 3, outputChannelCount: 3 });
  for (const blockFrames of [5000, 37, 999]) {
    const found = runEffect(effect, [ramp(1), ramp(2), ramp(3)], blockFrames);
    expect(found[0]).toEqual(ramp(1).map((x) => 2 * x));
    expect(found[1]).toEqual(ramp(2));
    expect(found[2]).toEqual(ramp(3).map((x) => 1.25 * x));
    effect.reset();
  }
});

test('weights are those of the samples that come out', async () => {
  const moving: GroupMembers = {
    tracks: [0],
    constantWeights: [undefined],
    fillWeights(_member, startSample, frameCount, weights) {
      for (let n = 0; n < frameCount; n++) weights[n] = startSample + n < 200 ? 0 : 1;
    },
    reset: () => undefined,
  };
  const context = await effectContext({ group: moving, startSample: 100 });
  const [found] = runEffect(processMembers(context, louder(1, 70), { blendsWeights: true }), [ramp(1)], 64);
  expect(found).toEqual(ramp(1).map((x, n) => (n < 100 ? x : 2 * x)));
});

test('a processor may weigh its members itself', async () => {
  const group = constantMembers(new Map([[0, 0.5]]));
  const context = await effectContext({ trackCount: 2, group });
  const [first, second] = runEffect(processMembers(context, louder(1, 3), { blendsWeights: false }), [
    ramp(1),
    ramp(2),
  ]);
  expect(first).toEqual(ramp(1).map((x) => 2 * x));
  expect(second).toEqual(ramp(2));
});

test('a listener hears all channels of every round first', async () => {
  const context = await effectContext({ trackCount: 2, group: constantMembers(new Map([[1, 1]])) });
  const heard: number[][] = [];
  const effect = processMembers(context, louder(1, 0), {
    blendsWeights: true,
    listen: ({ channels, frameCount }) =>
      void heard.push([frameCount, ...channels.map((samples) => samples[0]!)]),
  });
  runEffect(effect, [ramp(1), ramp(2)], 5000);
  expect(heard.map(([frameCount]) => frameCount)).toEqual([1024, 1024, 1024, 1024, 904]);
  expect(heard[1]).toEqual([1024, 1025, 1026]);
});
