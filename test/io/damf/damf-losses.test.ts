import { expect, test } from 'vitest';
import { warnOfDamfLosses } from '../../../src/io/damf/damf-losses.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { bedOf, objectOf, sceneOf } from '../adm/write-scenes.ts';

const lossesOf = (scene: Scene): (readonly [string | undefined, string])[] => {
  const found: (readonly [string | undefined, string])[] = [];
  const onWarning = ({ path, message }: { path?: string | undefined; message: string }): void =>
    void found.push([path, message]);
  warnOfDamfLosses(scene, { file: 'a.atmos', sampleRateHz: 48_000, frameCount: 1, onWarning });
  return found;
};

test('what a master has no place for is told by name; a plain scene loses nothing', () => {
  const plain = sceneOf(bedOf('5.1'), objectOf('a'));
  expect(lossesOf(plain)).toEqual([]);
  const muted = sceneOf(objectOf('a', undefined, { mute: true, importance: 3 }));
  const told = lossesOf({
    ...muted,
    programme: { name: 'Main', language: undefined },
    extras: { adm: {}, damf: {} },
  });
  expect(told.map(([path]) => path)).toEqual(['programme', 'extras', 'a']);
  expect(told.map(([, message]) => message).join()).toMatch(/"Main".*"adm".*its mute.*its own importance/);
});
