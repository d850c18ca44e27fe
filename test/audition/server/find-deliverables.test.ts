import { expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import { findDeliverables, isSceneTarget } from '../../../src/audition/server/find-deliverables.ts';

const find = (names: readonly string[], programme?: string, warnings: Warning[] = []) =>
  findDeliverables({ path: '/x', names }, [], programme, (warning) => void warnings.push(warning)).map(
    ({ name, programme: of, target, variant }) => [name, of, target, variant],
  );

test('names say programme, target and variant', () => {
  expect(
    find([
      'song.7.1.4.wav',
      'song.5.1.2.spotify.wav',
      'song.ambix3.wav',
      'song.adm.wav',
      'report.json',
      'x.wav',
    ]),
  ).toEqual([
    ['song.7.1.4.wav', 'song', '7.1.4', ''],
    ['song.5.1.2.spotify.wav', 'song', '5.1.2', 'spotify'],
    ['song.ambix3.wav', 'song', 'ambix3', ''],
    ['song.adm.wav', 'song', 'adm', ''],
  ]);
  expect(find(['one.stems.scene.json', 'one.damf.atmos'])).toMatchObject([
    ['one.stems.scene.json', 'one', 'stems', ''],
    ['one.damf.atmos', 'one', 'damf', ''],
  ]);
});

test('without deliverables all audio is heard', () => {
  expect(find(['a.wav', 'b.flac', 'notes.txt'])).toEqual([
    ['a.wav', 'a', undefined, ''],
    ['b.flac', 'b', undefined, ''],
  ]);
});

test('of several programmes one is heard, and the others are named', () => {
  const names = ['a.binaural.wav', 'a.stereo.wav', 'b.stereo.wav'];
  const warnings: Warning[] = [];
  expect(find(names, undefined, warnings).map(([name]) => name)).toEqual(['a.binaural.wav', 'a.stereo.wav']);
  expect(warnings).toMatchObject([{ code: 'several-programmes' }]);
  expect(warnings[0]!.message).toContain('"b"');
  expect(find(names, 'b').map(([name]) => name)).toEqual(['b.stereo.wav']);
  expect(() => find(names, 'c')).toThrow('holds no programme "c"; it holds "a", "b"');
});

test('tracks of a programme that was cut are programmes', () => {
  const names = ['a.stereo.01-One.wav', 'a.stereo.02-Two.wav', 'a.binaural.02-Two.wav'];
  expect(find(names, 'a 02-Two')).toEqual([
    ['a.stereo.02-Two.wav', 'a 02-Two', 'stereo', ''],
    ['a.binaural.02-Two.wav', 'a 02-Two', 'binaural', ''],
  ]);
});

test('a target that the name does not hold is of the programme that the name begins with', () => {
  const stated = [
    { name: 'a.studio.wav', target: 'rooms/studio.json', checks: [] },
    { name: 'a.stereo.wav', target: 'stereo', checks: [] },
  ];
  const found = findDeliverables(
    { path: '/x', names: stated.map(({ name }) => name) },
    stated,
    undefined,
    () => {
      throw new Error('no warning is due');
    },
  );
  expect(found.map(({ programme }) => programme)).toEqual(['a', 'a']);
});

test('targets that are scenes', () => {
  for (const target of ['adm', 'adm-dolby', 'adm-itu', 'damf', 'stems'])
    expect(isSceneTarget(target)).toBe(true);
  for (const target of ['stereo', '7.1.4', undefined]) expect(isSceneTarget(target)).toBe(false);
});
