import { expect, test } from 'vitest';
import { createOutsideSource } from '../../../src/master/scene-stage/detector-source.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { effectContext } from './effect-support.ts';

const frames = 1000;

/** A render whose channels all have a sine of 997 Hz. */
const sineRender = (channelCount: number) => {
  let at = 0;
  return {
    inputChannelCount: 1,
    outputChannelCount: channelCount,
    latencySamples: 12,
    process: (_: unknown, output: { channels: Float32Array[]; frameCount: number }) => {
      for (let n = 0; n < output.frameCount; n++, at++)
        for (const channel of output.channels) channel[n] = Math.sin((2 * Math.PI * 997 * at) / 48000);
    },
    reset: () => void (at = 0),
  };
};

test('a render is heard as BS.1770 measures it, channel by channel', async () => {
  const layout = getLayout('7.1.4');
  const asked: unknown[] = [];
  const context = await effectContext({
    startSample: -7,
    createDetectorRender: (...stated) => {
      asked.push(stated);
      return { processor: sineRender(12), layout };
    },
  });
  const source = createOutsideSource(context, { mode: 'render' }, [[]])!;
  expect(asked).toEqual([['7.1.4', -7]]);
  expect(source.latencySamples).toBe(12);
  const power = new Float32Array(frames);
  let sum = 0;
  for (let round = 0; round < 49; round++) {
    source.listen({ channels: [new Float32Array(frames)], frameCount: frames });
    source.power(0, frames, power);
    if (round > 0) for (const value of power) sum += value;
  }
  // A sine of full scale in one front channel reads -3.01 LUFS; two of the eleven have 1.41.
  expect(10 * Math.log10(sum / (48 * frames))).toBeCloseTo(-3.01 + 10 * Math.log10(9 + 2 * 1.41), 1);
});

test('a side chain is the power of its channels, in every band; an unknown one is refused', async () => {
  const context = await effectContext({ channelCount: 3, sideChains: new Map([['key.wav', [1, 2]]]) });
  const halve = { b0: 0.5, b1: 0, b2: 0, a1: 0, a2: 0 };
  const source = createOutsideSource(context, { mode: 'side-chain', file: 'key.wav' }, [[], [halve]])!;
  source.listen({ channels: [9, 3, 4].map((value) => Float32Array.of(value)), frameCount: 1 });
  const powers = [0, 1].map((band) => {
    const power = new Float32Array(1);
    source.power(band, 1, power);
    return power[0];
  });
  expect(powers).toEqual([25, 6.25]);
  expect(() => createOutsideSource(context, { mode: 'side-chain', file: 'kay.wav' }, [[]])).toThrow(
    'detector.file is "kay.wav"; the side chains are: "key.wav"',
  );
  expect(() => createOutsideSource(context, { mode: 'side-chain' }, [[]])).toThrow('no detector.file');
  expect(createOutsideSource(context, { mode: 'own' }, [[]])).toBeUndefined();
});
