import { expect, test } from 'vitest';
import { explainDirections } from '../../../src/render/explain/explain-directions.ts';
import { createScene, elementDefaults, objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import type { SceneElement } from '../../../src/scene/scene.ts';

const channel = (label: string) => ({ label, position: undefined, isLfe: label === 'LFE1', gainDb: -1 });
const elements: SceneElement[] = [
  {
    ...elementDefaults,
    kind: 'bed',
    id: 'bed',
    name: 'bed',
    layout: '0+5+0',
    channels: [channel('M+110'), channel('LFE1')],
  },
  {
    ...elementDefaults,
    kind: 'object',
    id: 'fly',
    name: 'fly',
    blocks: [
      { ...objectBlockDefaults, position: { kind: 'cartesian', xyz: [-1, 1, 0] } },
      { ...objectBlockDefaults, gainDb: -20 },
    ],
  },
  { ...elementDefaults, kind: 'ambisonic', id: 'foa', name: 'foa', order: 1, normalization: 'SN3D' },
];

test('every track with its direction, its level, and what becomes of LFE and ambisonics', () => {
  const explained = explainDirections(createScene('s', elements), {
    verb: 'HRTF',
    lfe: 'LFE to both ears alike',
    lfeDb: -6,
    ambisonicRule: (acn) => (acn < 2 ? 'decoded' : undefined),
  });
  expect(
    explained.map(({ channel, rule, leastLevelDb, mostLevelDb }) => [
      channel,
      rule,
      leastLevelDb,
      mostLevelDb,
    ]),
  ).toEqual([
    ['M+110', 'HRTF at azimuth 110, elevation 0', -1, -1],
    ['LFE1', 'LFE to both ears alike', -7, -7],
    [undefined, 'HRTF at 2 blocks from azimuth 30, elevation 0', -20, 0],
    ['0', 'decoded', 0, 0],
    ['1', 'decoded', 0, 0],
    ['2', 'cut off: of a higher order', -Infinity, -Infinity],
    ['3', 'cut off: of a higher order', -Infinity, -Infinity],
  ]);
});
