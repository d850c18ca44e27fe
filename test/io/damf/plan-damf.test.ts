import { expect, test } from 'vitest';
import { planDamfElements } from '../../../src/io/damf/plan-damf.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { bedOf, blockOf, objectOf, sceneOf } from '../adm/write-scenes.ts';

const planOf = (scene: Scene) => {
  const codes: string[] = [];
  const onWarning = ({ code }: { code: string }): void => void codes.push(code);
  const options = { file: 'a.atmos', sampleRateHz: 48_000, frameCount: 96_000, onWarning };
  return { planned: planDamfElements(scene, options), codes };
};

test('gains and mutes of beds, modes of channels', () => {
  const bed = bedOf('2.0', { gainDb: -6, binauralMode: 'far', importance: 3 });
  const channels = bed.channels.map((channel, index) =>
    index === 0 ? channel : { ...channel, gainDb: -6, binauralMode: 'off' as const },
  );
  const [planned] = planOf(sceneOf({ ...bed, channels })).planned;
  expect(planned!.tracks).toMatchObject([
    { id: 0, gain: expect.closeTo(0.5012, 4) as number, modes: { binauralMode: 'far' }, importance: 3 },
    { id: 1, gain: expect.closeTo(0.2512, 4) as number, modes: { binauralMode: 'off' } },
  ]);
  expect(planOf(sceneOf({ ...bed, mute: true })).planned[0]!.tracks[0]!.gain).toBe(0);
});

test('objects of a bed ignore trims and stand in the corners; their moves can be asked for', () => {
  const { planned, codes } = planOf(sceneOf(bedOf('7.1.4')));
  expect(codes).toEqual(['damf-bed-divided']);
  const parts = planned.slice(1);
  expect(parts.map(({ name }) => name)).toEqual(
    ['U+045', 'U-045', 'U+135', 'U-135'].map((label) => `4+7+0 bed 1 ${label}`),
  );
  expect(parts.map(({ tracks }) => [tracks[0]!.id, tracks[0]!.modes.trimBypass])).toEqual(
    [10, 11, 12, 13].map((id) => [id, true]),
  );
  expect([...parts[3]!.tracks[0]!.moves!()]).toMatchObject([
    { ticks: 0, state: { xyz: [1, -1, 1], gain: 1 } },
  ]);
});

test('what a master does not say is told when it is planned', () => {
  const { planned, codes } = planOf(sceneOf(objectOf('a', [blockOf(0, undefined, { screenRef: true })])));
  expect(codes).toEqual(['damf-lossy']);
  expect([...planned[0]!.tracks[0]!.moves!()]).toHaveLength(1);
});
