import { expect, test } from 'vitest';
import { paintRoom, placeNamePixel } from '../../../../src/audition/page/scene-view/paint-room.ts';
import { fitPlan } from '../../../../src/audition/page/scene-view/room-geometry.ts';
import { liveAt, recordingContext, smallScene, testLooks } from './fixtures.ts';

const frame = fitPlan(300, 300, 1, 40);
const paint = (sourceId: string, looks = testLooks(), peak = 0) => {
  const { live } = liveAt(smallScene(), 0, peak, sourceId);
  const recording = recordingContext();
  paintRoom(recording.context, { live, looks, widthPx: 300, heightPx: 300, pixelRatio: 1 }, frame);
  return { live, recording };
};

test('every loudspeaker is drawn at its place, the left one at the left, with its name', () => {
  const { live, recording } = paint('5.1');
  const places = recording.of('translate');
  for (const { point } of live.places)
    expect(places).toContainEqual([150 + point[0] * 110, 150 - point[1] * 110]);
  expect(recording.of('fillText').map(([text]) => text)).toEqual(['FRONT', 'L', 'R', 'C', 'LFE', 'Ls', 'Rs']);
  const leftX = recording.of('fillText')[1]![1] as number;
  expect(leftX).toBeLessThan(150);
});

test('names can be left out', () => {
  const { recording } = paint('5.1', testLooks({ hasNames: false }));
  expect(recording.of('fillText').map(([text]) => text)).toEqual(['FRONT']);
});

test('loudspeakers glow with their levels, those of muted beds do not', () => {
  expect(paint('5.1', testLooks(), 0.5).recording.of('createRadialGradient')).toHaveLength(6);
  expect(paint('scene', testLooks(), 0.5).recording.of('createRadialGradient')).toHaveLength(6);
  const muted = testLooks({ audible: [false] });
  expect(paint('scene', muted, 0.5).recording.of('createRadialGradient')).toHaveLength(0);
});

test('ambisonics are a ring around the listener', () => {
  const rings = paint('ambix', testLooks(), 0.5)
    .recording.of('arc')
    .filter(([, , radius]) => radius === 110 * 0.93);
  expect(rings).toHaveLength(3);
});

test('names stand outside of the wall, those of loudspeakers above inside', () => {
  const { live } = paint('5.1');
  const centre = live.places[2]!;
  expect(placeNamePixel(frame, centre)[1]).toBeLessThan(150 - 110);
  const above = { ...centre, elevationDeg: 45, point: [0, 0.7, 0.7] as const };
  expect(placeNamePixel(frame, above)[1]).toBeGreaterThan(150 - 77);
});
