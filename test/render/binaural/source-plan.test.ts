import { expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import { createHrtfInterpolator } from '../../../src/hrtf/hrtf-interpolator.ts';
import { planSources } from '../../../src/render/binaural/source-plan.ts';
import { toySet } from '../../hrtf/sets.ts';
import { bedOf, blockAt, circlingObject, objectOf, sceneOf } from './scenes.ts';

const interpolator = createHrtfInterpolator(toySet(30));
const tracks = Array.from({ length: 20 }, () => new Float32Array(64));
const warnings: Warning[] = [];

const plan = (...elements: Parameters<typeof sceneOf>) =>
  planSources(
    { scene: sceneOf(...elements), sampleRateHz: 48000, onWarning: (warning) => warnings.push(warning) },
    interpolator,
    tracks,
    30,
  );

test('sorts the elements by what they take', () => {
  const result = plan(
    bedOf(['M+030', 'LFE1', 'M-030']),
    { ...circlingObject(4, 1), mute: true },
    objectOf([blockAt(20)]),
    circlingObject(4, 1),
    { ...circlingObject(4, 1), binauralMode: 'off' },
  );
  expect(result.fixed).toHaveLength(3);
  expect(result.lfes).toEqual([{ trackIndex: 1, gain: expect.closeTo(Math.SQRT1_2, 9) }]);
  expect(result.moving.map(({ trackIndex }) => trackIndex)).toEqual([5]);
  expect(result.panned.map(({ trackIndex }) => trackIndex)).toEqual([6]);
  expect(result.baseDelaySamples).toBe(30);
});

test('ambisonic beds bring the delay of their decoder, in any normalization', () => {
  const bed = { ...objectOf([]), kind: 'ambisonic', order: 1, normalization: 'SN3D' } as const;
  const peaksOf = (normalization: 'SN3D' | 'N3D' | 'FuMa'): number[] => {
    const result = plan({ ...bed, normalization } as never);
    expect(result.baseDelaySamples).toBeGreaterThan(30);
    return result.ambisonic.map(({ filters }) => Math.max(...filters.left.map(Math.abs)));
  };
  const [w, y, z, x] = peaksOf('SN3D') as [number, number, number, number];
  const close = (values: number[]) => values.map((value) => expect.closeTo(value, 6) as number);
  expect(peaksOf('N3D')).toEqual(close([w, ...[y, z, x].map((peak) => peak / Math.sqrt(3))]));
  // Furse-Malham: W X Y Z, W at -3 dB.
  expect(peaksOf('FuMa')).toEqual(close([w * Math.SQRT2, x, y, z]));
});

test('diffuse objects have a direct part and a diffuse one, unless they are panned', () => {
  const object = objectOf([blockAt(0, 0, { diffuse: 0.4 })]);
  const result = plan(object, objectOf([blockAt(0)]), { ...object, binauralMode: 'off' });
  expect(result.fixed).toHaveLength(3);
  expect(result.diffuse.map(({ trackIndex, gain }) => [trackIndex, gain])).toEqual([
    [0, expect.closeTo(Math.SQRT1_2, 9)],
  ]);
});

test('a channel of a bed may have a mode of its own', () => {
  const bed = bedOf(['M+030', 'M-030'], { binauralMode: 'off' });
  const [same, other] = bed.channels;
  const mixed = { ...bed, channels: [same!, { ...other!, binauralMode: 'near' as const }] };
  const levelsOf = (element: typeof bed): number[] =>
    plan(element).fixed.map(({ filters }) => Math.hypot(...filters.left));
  const panned = levelsOf(bed);
  const filtered = levelsOf({ ...bed, binauralMode: undefined });
  expect(levelsOf(mixed)).toEqual([panned[0], filtered[1]]);
  expect(panned[1]).not.toBe(filtered[1]);
});

test('what sounds in the room is there alone, but for the direct sound of what moves', () => {
  const inRoom = (room: 'off' | 'scene') =>
    planSources(
      {
        scene: sceneOf(
          bedOf(['M+030', 'LFE1'], { binauralMode: 'near', gainDb: -6 }),
          objectOf([blockAt(20)], { binauralMode: 'far', gainDb: -20 }),
          { ...circlingObject(4, 1), binauralMode: 'mid' },
          objectOf([blockAt(20)]),
        ),
        sampleRateHz: 48000,
        room,
      },
      interpolator,
      tracks,
      30,
    );
  const off = inRoom('off');
  expect([off.fixed.length, off.moving.length, off.room.length]).toEqual([3, 1, 0]);
  const on = inRoom('scene');
  expect([on.fixed.length, on.moving.length, on.lfes.length]).toEqual([1, 1, 1]);
  expect(on.room.map(({ mode, direct }) => [mode, direct !== undefined])).toEqual([
    ['near', true],
    ['far', true],
    ['mid', false],
  ]);
  expect(on.room.map(({ gain }) => gain)).toEqual(
    [0.5012, 0.1, 1].map((gain) => expect.closeTo(gain, 4) as number),
  );
  expect(on.room[0]!.audio.hop).toBe(tracks[0]);
  expect(on.room[0]!.direct).toEqual(off.fixed[0]!.filters);
});
