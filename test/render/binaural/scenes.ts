import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { Processor } from '../../../src/base/processor.ts';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { createScene, elementDefaults, objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import type { AudioObject, Bed, ObjectBlock, Scene, SceneElement } from '../../../src/scene/scene.ts';

/** A scene of these elements. */
export const sceneOf = (...elements: SceneElement[]): Scene => createScene('test', elements);

/** A block at a polar position, to the end unless a duration is given. */
export const blockAt = (
  azimuthDeg: number,
  elevationDeg = 0,
  more: Partial<ObjectBlock> = {},
): ObjectBlock => ({
  ...objectBlockDefaults,
  position: { kind: 'polar', azimuthDeg, elevationDeg, distance: 1 },
  ...more,
});

/** An object with these blocks. */
export const objectOf = (blocks: readonly ObjectBlock[], more: Partial<AudioObject> = {}): AudioObject => ({
  ...elementDefaults,
  kind: 'object',
  id: 'object',
  name: 'object',
  blocks,
  ...more,
});

/** A bed with these BS.2051 labels. */
export const bedOf = (labels: readonly string[], more: Partial<Bed> = {}): Bed => ({
  ...elementDefaults,
  kind: 'bed',
  id: 'bed',
  name: 'bed',
  layout: undefined,
  channels: labels.map((label) => ({
    label,
    position: undefined,
    isLfe: label.startsWith('LFE'),
    gainDb: 0,
  })),
  ...more,
});

/** An object that turns to the left at a constant speed, in steps of 5 degrees that are joined linearly. */
export function circlingObject(secondsPerTurn: number, turns: number): AudioObject {
  const steps = 72;
  const durationSec = rationalFromDecimal(secondsPerTurn / steps);
  return objectOf([
    blockAt(0, 0, { durationSec: rationalFromDecimal('0.001') }),
    ...Array.from({ length: steps * turns }, (_, i) =>
      blockAt((((((i + 1) * 5 + 180) % 360) + 360) % 360) - 180, 0, {
        startSec: {
          numerator: durationSec.numerator * BigInt(i) * 1000n + durationSec.denominator,
          denominator: durationSec.denominator * 1000n,
        },
        durationSec,
      }),
    ),
  ]);
}

/** Renders whole inputs in blocks of one size; as long as the inputs, latency left in. */
export function render(
  processor: Processor,
  inputs: readonly Float32Array[],
  blockFrames: number,
): [Float32Array, Float32Array] {
  const frameCount = inputs[0]!.length;
  const outputs: [Float32Array, Float32Array] = [new Float32Array(frameCount), new Float32Array(frameCount)];
  const input = createAudioBlock(inputs.length, blockFrames);
  const output = createAudioBlock(2, blockFrames);
  for (let from = 0; from < frameCount; from += blockFrames) {
    const count = Math.min(blockFrames, frameCount - from);
    input.frameCount = count;
    output.frameCount = count;
    inputs.forEach((channel, c) => input.channels[c]!.set(channel.subarray(from, from + count)));
    processor.process(input, output);
    outputs.forEach((channel, c) => channel.set(output.channels[c]!.subarray(0, count), from));
  }
  return outputs;
}

/** A unit impulse at a sample. */
export function impulse(length: number, at = 0): Float32Array {
  const signal = new Float32Array(length);
  signal[at] = 1;
  return signal;
}

/** Mean power in dB. */
export const powerDbOf = (signal: Float32Array): number =>
  10 * Math.log10(signal.reduce((sum, sample) => sum + sample * sample, 0) / signal.length);
