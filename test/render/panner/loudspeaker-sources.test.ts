import { describe, expect, test } from 'vitest';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import {
  createLoudspeakerSources,
  hasDiffuseObjects,
} from '../../../src/render/panner/loudspeaker-sources.ts';
import type { GainRamp } from '../../../src/render/ramp-player.ts';
import { createScene, elementDefaults } from '../../../src/scene/make-scene.ts';
import type { ObjectBlock, Scene, SceneElement } from '../../../src/scene/scene.ts';
import { plainBlock } from './golden.ts';

const base = { ...elementDefaults, id: 'e1', name: 'e1' };
const scene = (...elements: SceneElement[]): Scene => createScene('s', elements);
const block = (
  startSec: number,
  durationSec: number,
  azimuthDeg: number,
  more: Partial<ObjectBlock> = {},
): ObjectBlock => ({
  ...plainBlock,
  startSec: rationalFromDecimal(startSec),
  durationSec: rationalFromDecimal(durationSec),
  position: { kind: 'polar', azimuthDeg, elevationDeg: 0, distance: 1 },
  ...more,
});
const layout = getLayout('5.1');
const rampsOf = (element: SceneElement, more: { startSample?: number } = {}): GainRamp[][] =>
  createLoudspeakerSources({ scene: scene(element), layout, sampleRateHz: 1000, ...more }).map((source) =>
    // Ramps may use their arrays again.
    Array.from({ [Symbol.iterator]: source }, (ramp) => structuredClone(ramp)),
  );
const rounded = (gains: Float64Array): number[] => [...gains].map((gain) => Math.round(gain * 1e6) / 1e6);

describe('createLoudspeakerSources', () => {
  test('an object moves linearly between the gains of its blocks, at the gain of its element', () => {
    const object: SceneElement = {
      ...base,
      kind: 'object',
      gainDb: -20,
      blocks: [block(0, 1, 30), block(1, 0.5, 0)],
    };
    const [ramps] = rampsOf(object);
    expect(ramps!.map(({ startSample, endSample }) => [startSample, endSample])).toEqual([
      [0, 1000],
      [1000, 1500],
    ]);
    expect(rounded(ramps![1]!.gainsStart)).toEqual([0.1, 0, 0, 0, 0, 0]);
    expect(rounded(ramps![1]!.gainsEnd)).toEqual([0, 0, 0.1, 0, 0, 0]);
  });

  test('a ramp that starts between samples has the gains that it has at its first sample', () => {
    const object: SceneElement = {
      ...base,
      kind: 'object',
      blocks: [block(0, 0.0005, 30), block(0.0005, 0.01, 0)],
    };
    const [, ramp] = rampsOf(object)[0]!;
    expect(ramp!.startSample).toBe(1);
    expect(ramp!.gainsStart[0]).toBeCloseTo(0.95, 9);
  });

  test('ramps before the start are left out', () => {
    const object: SceneElement = { ...base, kind: 'object', blocks: [block(0, 1, 30), block(1, 1, 0)] };
    expect(rampsOf(object, { startSample: 1000 })[0]).toHaveLength(1);
    expect(rampsOf(object, { startSample: 999 })[0]).toHaveLength(2);
  });

  test('mute gives no ramps on any track', () => {
    const bed: SceneElement = {
      ...base,
      kind: 'bed',
      mute: true,
      layout: '5.1',
      channels: layout.loudspeakers.map(({ label, isLfe }) => ({
        label,
        isLfe,
        position: undefined,
        gainDb: 0,
      })),
    };
    expect(rampsOf(bed)).toEqual(Array(6).fill([]));
    expect(rampsOf({ ...bed, mute: false })[3]![0]!.gainsEnd).toEqual(Float64Array.of(0, 0, 0, 1, 0, 0));
  });

  test('ambisonic beds are decoded: a source in front is louder in the centre than behind', () => {
    const tracks = rampsOf({ ...base, kind: 'ambisonic', order: 1, normalization: 'SN3D' });
    expect(tracks).toHaveLength(4);
    const [w, y, , x] = tracks.map(([ramp]) => ramp!.gainsStart);
    const front = w!.map((gain, index) => gain + x![index]!);
    expect(front[2]).toBeGreaterThan(Math.abs(front[4]!));
    expect(w![0]! + y![0]!).toBeGreaterThan(w![1]! + y![1]!);
    const n3d = rampsOf({ ...base, kind: 'ambisonic', order: 1, normalization: 'N3D' });
    expect(n3d[1]![0]!.gainsStart[0]).toBeCloseTo(y![0]! / Math.sqrt(3), 12);
  });

  test('the gains of the diffuse signal follow those of the direct one where any object is diffuse', () => {
    const object: SceneElement = {
      ...base,
      kind: 'object',
      blocks: [block(0, 1, 30, { diffuse: 0.25 }), block(1, 1, 30)],
    };
    const [ramps] = rampsOf(object);
    expect(rounded(ramps![0]!.gainsStart)).toEqual([0.866025, 0, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0]);
    expect(rounded(ramps![1]!.gainsEnd)).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(hasDiffuseObjects(scene(object))).toBe(true);
    expect(hasDiffuseObjects(scene({ ...object, mute: true }))).toBe(false);
  });

  test('impossible times are found before any audio runs', () => {
    const object: SceneElement = { ...base, kind: 'object', blocks: [block(0, 1, 30), block(0.5, 1, 30)] };
    expect(() => createLoudspeakerSources({ scene: scene(object), layout, sampleRateHz: 1000 })).toThrow(
      'before block 0 ends',
    );
  });
});
