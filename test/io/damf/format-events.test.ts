import { expect, test } from 'vitest';
import { formatTrackEvents } from '../../../src/io/damf/format-events.ts';
import { planDamfElements } from '../../../src/io/damf/plan-damf.ts';
import type { KeptValue } from '../../../src/io/damf/damf-extras.ts';
import type { ObjectBlock } from '../../../src/scene/scene.ts';
import { blockOf, objectOf, sceneOf } from '../adm/write-scenes.ts';

function eventsOf(blocks: readonly ObjectBlock[], kept: readonly KeptValue[] = [], sampleRateHz = 48_000) {
  const options = { file: 'a', sampleRateHz, frameCount: 2 * sampleRateHz, onWarning() {} };
  const [planned] = planDamfElements(sceneOf(objectOf('a', blocks)), options);
  return [...formatTrackEvents(planned!.tracks[0]!, { sampleRateHz, kept })];
}
const at = (x: number, values: Partial<ObjectBlock> = {}): Partial<ObjectBlock> => ({
  position: { kind: 'cartesian', xyz: [x, 0, 0] },
  jumpPosition: true,
  ...values,
});

test('numbers have ten decimals at most, no exponent, and no sign before nothing', () => {
  const [, second] = eventsOf([
    blockOf(0, 1, at(0)),
    blockOf(1, undefined, at(1 / 3, { gainDb: -100 / 3, width: 1 / 3, height: 1 / 3, depth: 1 / 3 })),
  ]);
  expect(second).toEqual({
    samplePos: 48_000,
    text: '    pos: [0.3333333333, 0, 0]\n    size: 0.3333333333\n    gain: -33.3333333333\n',
  });
  expect(eventsOf([blockOf(0, 1, at(-2e-7))])[0]!.text).toContain('pos: [-0.0000002, 0, 0]\n');
  expect(eventsOf([blockOf(0, 1, at(-1e-11))])[0]!.text).toContain('pos: [0, 0, 0]\n');
});

test('zones by their names, the ceiling by elevation', () => {
  const box = (minY: number, maxY: number) => ({
    kind: 'cartesian' as const,
    min: [-1, minY, -0.499] as const,
    max: [1, maxY, 0.499] as const,
  });
  const text = (zoneExclusion: ObjectBlock['zoneExclusion']) =>
    eventsOf([blockOf(0, undefined, at(0, { zoneExclusion }))])[0]!.text;
  expect(text([box(-1, 0.83871)])).toContain('    elevation: true\n    zones: screen only\n');
  expect(text([box(0.5, 1), { kind: 'cartesian', min: [-1, -1, 0.4995], max: [1, 1, 1] }])).toContain(
    '    elevation: false\n    zones: surround only\n',
  );
});

test('what was kept comes at its time, and in the place of what is said otherwise', () => {
  const blocks = [blockOf(0, 1, at(0)), blockOf(1, undefined, at(1))];
  const events = eventsOf(blocks, [
    [0, 'dialog', '2'],
    [100, 'newKey', 'x y'],
    [48_000, 'music', '3'],
    [60_000, 'newKey', 'z'],
  ]);
  expect(events[0]!.text).toContain('    dialog: 2\n    music: -1\n');
  expect(events.slice(1)).toEqual([
    { samplePos: 100, text: '    newKey: x y\n' },
    { samplePos: 48_000, text: '    pos: [1, 0, 0]\n    music: 3\n' },
    { samplePos: 60_000, text: '    newKey: z\n' },
  ]);
});

test('ramps of the scene, cut where they are longer than masters have them, at any rate', () => {
  for (const rateHz of [48_000, 96_000]) {
    const events = eventsOf(
      [blockOf(0, 1, at(0)), blockOf(1, 1, at(1, { jumpPosition: false }))],
      [],
      rateHz,
    );
    expect(events).toHaveLength(25);
    const ramps = events
      .slice(1)
      .flatMap(({ text }) => [...text.matchAll(/rampLength: (\d+)/g)].map(([, ramp]) => Number(ramp)));
    expect(Math.max(...ramps)).toBeLessThanOrEqual((2048 * rateHz) / 48_000);
  }
});
