import { describe, expect, test } from 'vitest';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { foldDownMatrix } from '../../../src/render/downmix/fold-down.ts';
import { explainRender } from '../../../src/render/explain/explain-render.ts';
import { createRenderer } from '../../../src/render/renderer.ts';
import { createScene, elementDefaults, objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import { sceneTracks, type Bed, type Scene, type SceneElement } from '../../../src/scene/scene.ts';

const bedOf = (name: string): Bed => {
  const layout = getLayout(name);
  return {
    ...elementDefaults,
    kind: 'bed',
    id: 'bed',
    name: 'bed',
    layout: layout.name,
    channels: layout.loudspeakers.map(({ label, isLfe }) => ({
      label,
      isLfe,
      position: undefined,
      gainDb: 0,
    })),
  };
};
const voice: SceneElement = {
  ...elementDefaults,
  kind: 'object',
  id: 'voice',
  name: 'voice',
  gainDb: -6,
  blocks: [
    { ...objectBlockDefaults, position: { kind: 'polar', azimuthDeg: 20, elevationDeg: 10, distance: 1 } },
  ],
};
const foa: SceneElement = {
  ...elementDefaults,
  kind: 'ambisonic',
  id: 'foa',
  name: 'foa',
  order: 1,
  normalization: 'SN3D',
};
const scene = createScene('s', [bedOf('7.1.4'), voice, foa]);
const loudspeakers = (name: string) => ({ kind: 'loudspeakers', layout: getLayout(name) }) as const;

/** Gains from every track to every output, read off impulses. */
async function measuredGains(of: Scene, layoutName: string): Promise<number[][]> {
  const count = sceneTracks(of).length;
  const kernels = await loadKernels();
  return Array.from({ length: count }, (_, track) => {
    const format = loudspeakers(layoutName);
    const renderer = createRenderer({ scene: of, format, sampleRateHz: 48000, kernels });
    const input = createAudioBlock(count, 8);
    const output = createAudioBlock(format.layout.loudspeakers.length, 8);
    input.channels[track]!.fill(1);
    renderer.process(input, output);
    return output.channels.map((channel) => channel[0]!);
  });
}

describe('a render to loudspeakers', () => {
  test.each(['7.1.4', '5.1', '0+2+0', '9.1.6'])('%s: what is said is what is rendered', async (name) => {
    const labels = getLayout(name).loudspeakers.map(({ label }) => label);
    const measured = await measuredGains(scene, name);
    const explained = explainRender({ scene, format: loudspeakers(name) });
    expect(explained).toHaveLength(measured.length);
    explained.forEach(({ outputs, mostLevelDb }, track) => {
      const gains = Object.fromEntries(outputs.map(({ label, gainDb }) => [label, 10 ** (gainDb / 20)]));
      labels.forEach((label, output) =>
        expect(gains[label] ?? 0).toBeCloseTo(Math.abs(measured[track]![output]!), 4),
      );
      const power = measured[track]!.reduce((sum, gain) => sum + gain * gain, 0);
      if (power > 0) expect(mostLevelDb).toBeCloseTo(10 * Math.log10(power), 2);
      else expect(mostLevelDb).toBe(-Infinity);
    });
  });

  test('names the rules', () => {
    const rules = explainRender({ scene, format: loudspeakers('0+2+0') }).map(({ rule }) => rule);
    expect(rules[0]).toBe('own loudspeaker');
    expect(rules[2]).toBe('mapping rule (BS.2127 8.4)');
    expect(rules[3]).toBe('LFE dropped: the layout has none');
    expect(rules[12]).toBe('panned (BS.2127 7.3)');
    expect(rules[13]).toBe('decoded (max-re)');
  });

  test('folds what a fold-down folds', () => {
    const five = getLayout('0+5+0');
    const stereo = getLayout('0+2+0');
    const fold = { matrix: foldDownMatrix(five, stereo), quadrature: undefined, labels: ['L', 'R'] };
    const [left, , centre, lfe] = explainRender({ scene, format: loudspeakers('5.1'), fold });
    expect(left).toMatchObject({
      rule: 'own loudspeaker, folded from 5.1',
      outputs: [{ label: 'L', gainDb: 0 }],
    });
    expect(centre!.outputs.map(({ gainDb }) => gainDb)).toEqual([
      expect.closeTo(-3.01, 2),
      expect.closeTo(-3.01, 2),
    ]);
    expect(lfe).toMatchObject({ outputs: [], mostLevelDb: -Infinity });
  });

  test('features of an object, and the range of its level over its blocks', () => {
    const blocks = [
      { ...objectBlockDefaults, width: 30, diffuse: 0.5 },
      { ...objectBlockDefaults, gainDb: -12, channelLock: { maxDistance: undefined } },
    ];
    const moving = createScene('s', [{ ...voice, gainDb: 0, blocks }]);
    const [explained] = explainRender({ scene: moving, format: loudspeakers('7.1.4') });
    expect(explained!.rule).toBe('panned (BS.2127 7.3), 2 blocks, extent, channel lock, diffuse');
    expect(explained!.leastLevelDb).toBeCloseTo(-12, 6);
    expect(explained!.mostLevelDb).toBeCloseTo(0, 6);
  });

  test('what importance leaves out is muted', () => {
    const unimportant = createScene('s', [{ ...voice, importance: 2 }]);
    const settings = { importanceThreshold: 3 };
    expect(explainRender({ scene: unimportant, format: loudspeakers('7.1.4'), settings })[0]!.rule).toBe(
      'muted',
    );
  });
});
