import { expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../../src/base/time.ts';
import { delayEffect } from '../../../../src/master/scene-stage/effects/delay.ts';
import { constantMembers } from '../../../../src/master/scene-stage/group-members.ts';
import { resolveGroup } from '../../../../src/master/scene-stage/resolve-group.ts';
import { blockAt, objectOf, sceneOf } from '../../../render/binaural/scenes.ts';
import { noise } from '../../../support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

const later = (samples: Float32Array, delay: number) =>
  Float32Array.from(samples, (_, n) => samples[n - delay] ?? 0);
const inputs = [noise(2000, 1), noise(2000, 2), noise(2000, 3)];

test('members come later by the delay, partial ones by their share, others at once', async () => {
  const group = constantMembers(
    new Map([
      [0, 1],
      [2, 0.5],
    ]),
  );
  const context = await effectContext({ trackCount: 3, group });
  const outputs = runEffect(delayEffect.create({ delaySamples: 101 }, context), inputs, 300);
  expect(outputs).toEqual([later(inputs[0]!, 101), inputs[1], later(inputs[2]!, 51)]);
  const halved = runEffect(delayEffect.create({ delayMs: 2 }, { ...context, amount: 0.5 }), inputs);
  expect(halved[0]).toEqual(later(inputs[0]!, 48));
});

test('a negative delay is latency that all others wait for', async () => {
  const group = constantMembers(
    new Map([
      [1, 1],
      [2, 0.25],
    ]),
  );
  const context = await effectContext({ trackCount: 3, group });
  const delay = delayEffect.create({ delaySamples: -100 }, context);
  expect(delay.latencySamples).toBe(100);
  const outputs = runEffect(delay, inputs, 77);
  expect(outputs).toEqual([inputs[0], later(inputs[1]!, -100), later(inputs[2]!, -25)]);
});

test('what moves through the edge of the group crosses over, on time', async () => {
  const seconds = rationalFromDecimal;
  const object = objectOf([
    blockAt(0, 0, { durationSec: seconds(0.01) }),
    blockAt(180, 0, { startSec: seconds(0.01), durationSec: seconds(1), jumpPosition: true }),
  ]);
  const scene = sceneOf(object);
  const group = resolveGroup('front', { scene, sampleRateHz: 48000, onWarning: () => undefined });
  const context = await effectContext({ scene, group });
  const outputs = runEffect(delayEffect.create({ delaySamples: -20 }, context), [inputs[0]!]);
  expect(outputs[0]!.subarray(0, 448)).toEqual(later(inputs[0]!, -20).subarray(0, 448));
  expect(outputs[0]!.subarray(512)).toEqual(inputs[0]!.subarray(512));
});

test('one length is needed', () => {
  const messages = (parameters: { delayMs?: number; delaySamples?: number }): string[] =>
    delayEffect.faultsOf!(parameters, 48_000).map(({ message }) => message);
  expect(messages({})).toEqual([expect.stringContaining('neither delayMs nor delaySamples')]);
  expect(messages({ delayMs: 1, delaySamples: 1 })).toEqual([expect.stringContaining('both')]);
  expect([messages({ delayMs: 1 }), messages({ delaySamples: 1 })]).toEqual([[], []]);
});
