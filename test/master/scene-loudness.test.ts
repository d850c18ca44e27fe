import { describe, expect, test } from 'vitest';
import { resolveSceneLoudness, sceneLoudnessFaults } from '../../src/master/scene-loudness.ts';

test('nothing given is what immersive music is delivered at', () => {
  expect(resolveSceneLoudness()).toEqual({
    ...{ on: ['5.1'], loudnessRule: 'at-most', loudnessLufs: -18, ceilingDbtp: -1 },
    renders: ['5.1', 'stereo', '7.1.4', 'binaural'],
    limiter: { lookaheadMs: 5, holdMs: 10, releaseMs: 60 },
  });
});

test('later layers stand over earlier ones; renders are named once, by their common names', () => {
  const settled = resolveSceneLoudness(
    { loudnessLufs: -27, loudnessRule: 'target', on: ['0+5+0'], ceilingDbtp: -2, limiter: { holdMs: 3 } },
    { loudnessLufs: -24, renders: ['4+7+0', '5.1', '7.1.4'], limiter: { releaseMs: 100 } },
  );
  expect(settled).toEqual({
    ...{ on: ['5.1'], loudnessRule: 'target', loudnessLufs: -24, ceilingDbtp: -2 },
    renders: ['5.1', '7.1.4'],
    limiter: { lookaheadMs: 5, holdMs: 3, releaseMs: 100 },
  });
});

test('rules about peaks alone have no loudness, and a loudness that is given over one brings the usual rule back', () => {
  expect(resolveSceneLoudness({ loudnessLufs: null })).toMatchObject({
    loudnessRule: 'none',
    loudnessLufs: undefined,
  });
  expect(resolveSceneLoudness({ loudnessRule: 'peak' }).loudnessLufs).toBeUndefined();
  expect(resolveSceneLoudness({ loudnessRule: 'peak' }, { loudnessLufs: -20 })).toMatchObject({
    loudnessRule: 'at-most',
    loudnessLufs: -20,
  });
});

describe('faults', () => {
  const faultsOf = (document: unknown): string[] =>
    sceneLoudnessFaults(document).map(({ path, message }) => `${path}: ${message}`);

  test('renders that are not known, or have no loudness', () => {
    expect(faultsOf({ on: '5.1', renders: ['7.1.4', 'binaural', 'stereo', '0+2+0'] })).toEqual([]);
    const [unknown, ambisonics, ...others] = faultsOf({ on: '7.1.5', renders: ['5.1', 'ambix3'] });
    expect(unknown).toMatch(/^sceneLoudness\.on: unknown target "7\.1\.5".*did you mean/);
    expect(ambisonics).toMatch(/^sceneLoudness\.renders\[1\]: ambix3 has no loudness of its own/);
    expect(others).toEqual([]);
    expect(faultsOf({ on: ['5.1', 'x'] })).toEqual([expect.stringMatching(/^sceneLoudness\.on\[1\]/)]);
  });

  test('a rule that contradicts the loudness', () => {
    expect(faultsOf({ loudnessRule: 'peak', loudnessLufs: -18 })).toEqual([
      expect.stringMatching(
        /loudnessRule: the rule "peak" and a loudness of -18 LUFS were asked for; target, at-most/,
      ),
    ]);
    expect(faultsOf({ loudnessRule: 'target', loudnessLufs: null })).toHaveLength(1);
    expect(faultsOf({ loudnessRule: 'none', loudnessLufs: null })).toEqual([]);
  });

  test('a limiter where nothing is limited', () => {
    for (const idle of [{ loudnessRule: 'peak' }, { loudnessLufs: null }])
      expect(faultsOf({ ...idle, limiter: { holdMs: 3 } })).toEqual([
        expect.stringMatching(/^sceneLoudness\.limiter: says nothing where no loudness is to be met/),
      ]);
    expect(faultsOf({ loudnessLufs: -18, limiter: { holdMs: 3 } })).toEqual([]);
  });

  test('nothing to find in what is no object', () => {
    for (const document of [undefined, null, 3, 'x', []]) expect(faultsOf(document)).toEqual([]);
  });
});
