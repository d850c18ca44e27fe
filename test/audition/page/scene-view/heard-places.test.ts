import { expect, test } from 'vitest';
import { heardPlaces, trackRanges } from '../../../../src/audition/page/scene-view/heard-places.ts';
import { sceneOf, smallScene, testSession } from './fixtures.ts';

const session = testSession();
const left = { label: 'M+030', azimuthDeg: 30, elevationDeg: 0, isLfe: false };

test('a loudspeaker bed shows its layout in its order', () => {
  const heard = heardPlaces(session, undefined, '5.1');
  expect(heard.places.map(({ label, channel }) => `${channel} ${label}`)).toEqual([
    '0 M+030',
    '1 M-030',
    '2 M+000',
    '3 LFE1',
    '4 M+110',
    '5 M-110',
  ]);
  expect(heard.isScene).toBe(false);
  expect(heard.description).toBe('6 loudspeakers of 5.1');
});

test('stereo stands at 30 degrees, binaural at the ears, ambisonics everywhere', () => {
  expect(heardPlaces(session, undefined, 'stereo').places.map(({ azimuthDeg }) => azimuthDeg)).toEqual([
    30, -30,
  ]);
  expect(heardPlaces(session, undefined, 'binaural').earChannels).toEqual([0, 1]);
  expect(heardPlaces(session, undefined, 'ambix').fields).toEqual([
    { label: 'ambix', channel: 0, elementIndex: undefined },
  ]);
});

test('the scene shows the channels of its beds by the tracks of the scene', () => {
  const scene = sceneOf({
    beds: [
      { name: 'a', layout: '2.0', file: 'a.wav' },
      { name: 'b', layout: '5.1', file: 'b.wav' },
    ],
    objects: [{ name: 'o', file: 'o.wav', position: { azimuthDeg: 0 } }],
    ambisonics: [{ name: 'hall', order: 1, file: 'h.wav' }],
  });
  const beds = [
    { elementIndex: 0, speakers: [left, left] },
    { elementIndex: 1, speakers: [left, left, left, { ...left, isLfe: true }, left, left] },
  ];
  const source = { ...session.sources.at(-1)!, beds };
  const heard = heardPlaces({ ...session, sources: [source] }, scene, 'scene');
  expect(heard.isScene).toBe(true);
  expect(heard.places).toHaveLength(8);
  expect(heard.places[2]).toMatchObject({ label: 'M+030', azimuthDeg: 30, channel: 2, elementIndex: 1 });
  expect(heard.places[5]!.isLfe).toBe(true);
  const field = heard.fields[0]!;
  const ranges = trackRanges(scene);
  expect(field.channel).toBe(ranges[field.elementIndex!]!.first);
  expect(heard.description).toBe('2 beds, 1 object, 1 ambisonic bed');
});

test('tracks of elements follow each other', () => {
  expect(trackRanges(smallScene())).toEqual([
    { first: 0, count: 6 },
    { first: 6, count: 1 },
    { first: 7, count: 1 },
    { first: 8, count: 1 },
  ]);
});

test('what is not known shows nothing', () => {
  expect(heardPlaces(session, undefined, 'gone').places).toEqual([]);
  expect(heardPlaces(session, undefined, 'scene').places).toEqual([]);
});
