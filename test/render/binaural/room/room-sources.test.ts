import { expect, test } from 'vitest';
import { createTrackSource } from '../../../../src/render/binaural/fixed-input.ts';
import { createObjectTrack } from '../../../../src/render/binaural/object-track.ts';
import { movesThroughRoom, roomModeOf } from '../../../../src/render/binaural/room/room-sources.ts';
import { bedOf, blockAt, circlingObject, objectOf } from '../scenes.ts';

test('what has a mode is in the room; ambisonic beds, dry and muted elements are not', () => {
  expect(roomModeOf(bedOf(['M+030'], { binauralMode: 'near' }))).toBe('near');
  const object = objectOf([blockAt(10)]);
  expect(roomModeOf({ ...object, binauralMode: 'far' })).toBe('far');
  expect(roomModeOf({ ...object, binauralMode: 'far', mute: true })).toBeUndefined();
  expect(roomModeOf({ ...object, binauralMode: 'off' })).toBeUndefined();
  expect(roomModeOf(object)).toBeUndefined();
  expect(roomModeOf({ ...object, kind: 'ambisonic', binauralMode: 'far' } as never)).toBeUndefined();
});

test('objects with more than one place move', () => {
  const sourceOf = (object: ReturnType<typeof objectOf>) => ({
    audio: createTrackSource(new Float32Array(8)),
    mode: 'mid' as const,
    gain: 1,
    track: createObjectTrack(object, 48000, 1),
    direct: undefined,
  });
  expect(movesThroughRoom(sourceOf(objectOf([blockAt(10)])))).toBe(false);
  expect(movesThroughRoom(sourceOf(circlingObject(1, 1)))).toBe(true);
});
