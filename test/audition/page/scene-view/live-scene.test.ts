import { expect, test } from 'vitest';
import { LiveScene } from '../../../../src/audition/page/scene-view/live-scene.ts';
import { fakeEngine, levelsOf, liveAt, sceneOf, smallScene, testSession } from './fixtures.ts';

const rate = 48_000;

test('objects are where the engine is', () => {
  const { live, engine } = liveAt(smallScene(), 1.5 * rate);
  const [mover, short, wide] = live.spots;
  expect(mover!.point!.map((value) => Number(value.toFixed(6)))).toEqual([-0.707107, 0.707107, 0]);
  expect(short!.point).toBeUndefined();
  expect(wide!.extent).toMatchObject({ widthDeg: 60, heightDeg: 20 });
  engine.frame = 0.5 * rate;
  live.advance(0.1, levelsOf(0));
  expect(short!.height).toBeCloseTo(0.5);
  expect(mover!.trail.flat().length).toBeGreaterThan(10);
  expect(wide!.trail).toEqual([]);
});

test('levels of elements are those of their loudest tracks', () => {
  const { live } = liveAt(smallScene(), 0);
  const levels = levelsOf(0);
  levels.trackPeaks[2] = 0.1;
  levels.trackPeaks[6] = 1;
  live.advance(0, levels);
  expect(live.elementLevelDb(0)).toBeCloseTo(-20);
  expect(live.spots[0]!.levelDb).toBe(0);
  expect(live.channelLevelDb(2)).toBeCloseTo(-20);
});

test('another source brings its loudspeakers and its own levels', () => {
  const { live, engine } = liveAt(smallScene(), 0);
  expect(live.places).toHaveLength(6);
  engine.set({ sourceId: 'stereo' });
  const levels = levelsOf(0);
  levels.channelPeaks[1] = 1;
  expect(live.advance(0, levels)).toBe('moving');
  expect(live.places.map(({ label }) => label)).toEqual(['L', 'R']);
  expect([0, 1].map((channel) => live.channelLevelDb(channel))).toEqual([-80, 0]);
});

test('nothing is drawn anew while nothing changes; a turn of the head and a seek are changes', () => {
  const { live, engine } = liveAt(smallScene(), 0);
  expect(live.advance(0.1, levelsOf(0))).toBe('still');
  engine.set({ head: { yawDeg: 10, pitchDeg: 0, rollDeg: 0 } });
  expect(live.advance(0.1, levelsOf(0))).toBe('changed');
  engine.frame = rate;
  expect(live.advance(0.1, levelsOf(0))).toBe('changed');
  expect(live.advance(0.1, levelsOf(0))).toBe('still');
  engine.set({ isPlaying: true });
  expect(live.advance(0.1, levelsOf(0))).toBe('moving');
});

test('an LFE stands on the floor in front, clear of the others', () => {
  const { live } = liveAt(undefined, 0, 0, '5.1');
  const [x, y, z] = live.places[3]!.point;
  expect(z).toBe(0);
  expect(y).toBeGreaterThan(0.5);
  expect(Math.abs(x)).toBeLessThan(0.3);
});

test('paths are worked out bit by bit', () => {
  const objects = Array.from({ length: 3 }, (_, index) => ({
    name: `o${index}`,
    file: 'o.wav',
    channel: index + 1,
    position: { azimuthDeg: 10 },
  }));
  const engine = fakeEngine();
  let nowMs = 0;
  const live = new LiveScene(testSession(), sceneOf({ objects }), engine, () => (nowMs += 100));
  live.advance(0, levelsOf(0));
  expect(live.spots.filter(({ point }) => point)).toHaveLength(1);
  live.advance(0, levelsOf(0));
  live.advance(0, levelsOf(0));
  expect(live.spots.filter(({ point }) => point)).toHaveLength(3);
  expect(live.advance(0, levelsOf(0))).toBe('changed');
  expect(live.advance(0, levelsOf(0))).toBe('still');
});

test('far objects widen the reach of the plan, the farthest do not', () => {
  const at = (distance: number) =>
    liveAt(sceneOf({ objects: [{ name: 'o', file: 'o.wav', position: { azimuthDeg: 0, distance } }] }), 0)
      .live.reach;
  expect([0.5, 1.5, 40].map(at)).toEqual([1, 1.5, 2.5]);
});

test('position offsets count', () => {
  const object = {
    name: 'o',
    file: 'o.wav',
    position: { azimuthDeg: 0 },
    positionOffset: { azimuthDeg: 90 },
  };
  expect(liveAt(sceneOf({ objects: [object] }), 0).live.spots[0]!.point![0]).toBeCloseTo(-1);
});
