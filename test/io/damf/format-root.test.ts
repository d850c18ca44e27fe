import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatDamfRoot } from '../../../src/io/damf/format-root.ts';
import { planDamfElements } from '../../../src/io/damf/plan-damf.ts';
import { bedOf, objectOf, sceneOf } from '../adm/write-scenes.ts';

const format = (names: readonly string[]) => {
  const scene = sceneOf(bedOf('2.0', { name: 'bed' }), ...names.map((name) => objectOf(name)));
  const options = { file: 'a.atmos', sampleRateHz: 48_000, frameCount: 48_000, onWarning() {} };
  const files = { metadata: 'a b.atmos.metadata', audio: 'a: b.atmos.audio' };
  return formatDamfRoot(scene, planDamfElements(scene, options), files, {
    name: 'periphon',
    version: [0, 1, 2],
  });
};

test('the whole of a small root file', () => {
  expect(format(['lead'])).toBe(`version: 0.5.1
presentations:
  - type: home
    simplified: false
    metadata: a b.atmos.metadata
    audio: "a: b.atmos.audio"
    offset: 0.0
    fps: 24
    creationTool: periphon
    creationToolVersion: 0.1.2
    bedInstances:
      - description: bed
        channels:
          - channel: L
            ID: 0
          - channel: R
            ID: 1
    objects:
      - description: lead
        ID: 10
`);
});

test.each(['1.1', '1.2'] as const)('any name comes back through YAML %s', (version) => {
  const names = [
    'off',
    'No',
    '1e3',
    '12:30',
    'a # b',
    "it's",
    '"q"',
    '- x',
    'ä\nb',
    '~',
    '',
    '{x}',
    '2001-01-01',
  ];
  const { presentations } = parse(format(names), { version }) as {
    presentations: { objects: { description: string }[] }[];
  };
  expect(presentations[0]!.objects.map(({ description }) => description)).toEqual(names);
});
