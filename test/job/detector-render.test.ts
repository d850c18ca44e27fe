import { expect, test } from 'vitest';
import { createDetectorRenderer } from '../../src/job/detector-render.ts';
import { loadHrtf } from '../../src/job/listening.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { noise } from '../support.ts';
import { runEffect } from '../master/scene-stage/effect-support.ts';
import { bedOf, circlingObject, sceneOf } from '../render/binaural/scenes.ts';

const scene = sceneOf(bedOf(['M+030', 'M-030', 'M+000']), circlingObject(0.5, 4));
const make = async () =>
  createDetectorRenderer({
    ...{ scene, sampleRateHz: 48000, kernels: await loadKernels({}) },
    hrtf: await loadHrtf(undefined, 48000, undefined),
    rendering: undefined,
    plan: { channelOrder: 'wav', fold: {} },
  });
const inputs = [noise(6000, 1), noise(6000, 2), noise(6000, 3), noise(6000, 4)];

test('renders have the channels of their layouts; a 5.1 bed channel comes out where it stands', async () => {
  const renderer = await make();
  const of = (render: string) => {
    const { processor, layout } = renderer(render, 0);
    return [processor.outputChannelCount, layout?.name];
  };
  expect(['7.1.4', '5.1', 'stereo', 'binaural'].map(of)).toEqual([
    [12, '4+7+0'],
    [6, '0+5+0'],
    [2, '0+2+0'],
    [2, undefined],
  ]);
  const silent = new Float32Array(6000);
  const { processor } = renderer('5.1', 0);
  expect(runEffect(processor, [inputs[0]!, inputs[1]!, inputs[2]!, silent]).slice(0, 3)).toEqual(
    inputs.slice(0, 3),
  );
});

test('other names are refused', async () => {
  const renderer = await make();
  expect(() => renderer('9.1.6', 0)).toThrow(/"9.1.6"; allowed: 7.1.4, 5.1, stereo, binaural/);
});

// Filters of sources that move for headphones are chosen in steps, which then lie elsewhere.
test.each([
  ['7.1.4', 1e-6],
  ['stereo', 1e-6],
  ['binaural', 0.03],
] as const)(
  'a %s render that begins before the scene, where effects before it have latency, is the same but later',
  async (render, mostError) => {
    const early = 700;
    const renderer = await make();
    const whole = runEffect(renderer(render, 0).processor, inputs);
    const delayed = inputs.map((samples) =>
      Float32Array.from({ length: 6000 + early }, (_, n) => samples[n - early] ?? 0),
    );
    const late = runEffect(renderer(render, -early).processor, delayed);
    const power = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0);
    for (const [channel, samples] of whole.entries()) {
      const error = samples.map((sample, n) => late[channel]![n + early]! - sample);
      expect(Math.sqrt(power(error))).toBeLessThanOrEqual(mostError * Math.sqrt(power(samples)));
    }
    expect(whole.some((samples) => power(samples) > 1)).toBe(true);
  },
);
