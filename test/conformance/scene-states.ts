import { expect } from 'vitest';
import { polarToCube } from '../../src/base/cube-coordinates.ts';
import { dbToGain } from '../../src/base/units.ts';
import { objectSegments } from '../../src/scene/object-timing.ts';
import type { AudioObject, SceneElement } from '../../src/scene/scene.ts';

/** What of scenes is heard: where objects are, how loud bed channels are. */

/** Place in the cube and linear gain that an object is at, or goes to, at a sample; undefined where it is silent. */
function stateAt(object: AudioObject, sampleRateHz: number, sample: number): number[] | undefined {
  for (const { startSample, endSample, to } of objectSegments(object, sampleRateHz)()) {
    if (sample < startSample || sample >= endSample) continue;
    const { position } = to;
    const xyz = position.kind === 'polar' ? polarToCube(position) : position.xyz;
    // Masters hold no places outside the room.
    const inside = xyz.map((coordinate) => Math.max(-1, Math.min(1, coordinate)));
    return [...inside, object.mute ? 0 : dbToGain(object.gainDb + to.gainDb)];
  }
  return undefined;
}

/** Times of masters are 1/100000 s; so many samples before its end an object is at the place of its block. */
const marginSamples = 3;

/** Objects are where they were at the end of every block. */
export function expectSamePlaces(
  before: AudioObject,
  after: AudioObject,
  { sampleRateHz, frameCount }: { readonly sampleRateHz: number; readonly frameCount: number },
): void {
  for (const { endSample } of objectSegments(before, sampleRateHz)()) {
    // The end of the scene may cut a glide in the middle.
    if (endSample > frameCount && endSample !== Infinity) continue;
    const sample = Math.min(endSample, frameCount) - marginSamples;
    const wanted = stateAt(before, sampleRateHz, sample);
    const found = stateAt(after, sampleRateHz, sample);
    // It lies behind the end of the scene.
    if (!wanted) continue;
    if (wanted[3] === 0) expect(found?.[3] ?? 0).toBe(0);
    else for (const [axis, value] of wanted.entries()) expect(found?.[axis]).toBeCloseTo(value, 6);
  }
}

/** Labels and levels of the channels of a bed, in millionths of a dB. */
export const levelsOf = (bed: SceneElement): Record<string, number> =>
  bed.kind !== 'bed'
    ? {}
    : Object.fromEntries(
        bed.channels.map(({ label, gainDb }) => [label, Math.round((bed.gainDb + gainDb) * 1e6)]),
      );

/** The bytes of samples, to be compared bit by bit. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
