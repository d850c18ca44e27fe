import { describe, expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createObjectGains } from '../../../src/render/panner/object-gains.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';
import { createBlockGains, plainBlock } from './golden.ts';

/** Figures of the reference renderer are compared in test/conformance/bs2127.test.ts. */

const layout = getLayout('4+7+0');
const gainsOf = createBlockGains(layout);
const active = (block: Partial<ObjectBlock>) => {
  const { direct } = gainsOf({ ...plainBlock, ...block });
  return Object.fromEntries(
    layout.loudspeakers.flatMap(({ label }, i) =>
      direct[i]! > 1e-9 ? [[label, Math.round(direct[i]! * 1e6) / 1e6]] : [],
    ),
  );
};

describe('createObjectGains', () => {
  test('gain scales, minus infinity silences', () => {
    expect(active({ gainDb: -6 })).toEqual({ 'M+000': 0.501187 });
    expect(active({ gainDb: -Infinity })).toEqual({});
  });

  test('polar and cartesian positions of a loudspeaker agree', () => {
    expect(active({ position: { kind: 'polar', azimuthDeg: 135, elevationDeg: 30, distance: 1 } })).toEqual({
      'U+135': 1,
    });
    expect(active({ position: { kind: 'cartesian', xyz: [-1, -1, 1] } })).toEqual({ 'U+135': 1 });
    expect(active({ position: { kind: 'cartesian', xyz: [-3, -1, 1] } })).toEqual({ 'U+135': 1 });
  });

  test('diffuse splits the power into two paths', () => {
    const { direct, diffuse } = gainsOf({ ...plainBlock, diffuse: 0.25 });
    expect(direct[2]).toBeCloseTo(Math.sqrt(0.75), 12);
    expect(diffuse[2]).toBeCloseTo(0.5, 12);
  });

  test('cartesian sizes: height along z, depth along y (BS.2076)', () => {
    const corner = { kind: 'cartesian', xyz: [-1, 1, 0] } as const;
    expect(Object.keys(active({ position: corner, height: 0.6 }))).toContain('U+045');
    expect(active({ position: corner, height: 0.6 })['M+090'] ?? 0).toBeLessThan(0.2);
    expect(active({ position: corner, depth: 0.6 })['M+090']).toBeGreaterThan(0.2);
  });

  test('channel lock, divergence and zones take part', () => {
    const near = { kind: 'polar', azimuthDeg: 40, elevationDeg: 0, distance: 1 } as const;
    expect(active({ position: near, channelLock: { maxDistance: undefined } })).toEqual({ 'M+030': 1 });
    const divergence = { value: 1, azimuthRangeDeg: 30, positionRange: undefined };
    expect(active({ divergence })).toEqual({ 'M+030': 0.707107, 'M-030': 0.707107 });
    const front = { kind: 'polar', azimuthDeg: [-10, 10], elevationDeg: [-10, 10] } as const;
    expect(active({ zoneExclusion: [front] })).toEqual({ 'M+030': 0.707107, 'M-030': 0.707107 });
  });
});

test('without room for the diffuse gains, the direct ones keep the power; levels count', () => {
  const gains = new Float64Array(layout.loudspeakers.length);
  createObjectGains(layout)({ ...plainBlock, diffuse: 0.25, gainDb: -20 }, 0.5, gains);
  expect(gains[2]).toBeCloseTo(0.05, 12);
});
