import { expect, test } from 'vitest';
import {
  GraphicsPace,
  type FencedGraphics,
} from '../../../../../src/audition/page/scene-view/space/graphics-pace.ts';

/** A card that is done with its work when it is told to be. */
function fakeCard() {
  const state = { isDone: false, isLost: false, fences: 0, nowMs: 0 };
  const graphics: FencedGraphics = {
    SYNC_GPU_COMMANDS_COMPLETE: 37143,
    SYNC_STATUS: 37140,
    SIGNALED: 37145,
    fenceSync: () => {
      state.fences++;
      state.isDone = false;
      return {};
    },
    getSyncParameter: () => (state.isDone ? 37145 : 37144),
    deleteSync: () => void state.fences--,
    flush: () => undefined,
    isContextLost: () => state.isLost,
  };
  return { state, pace: new GraphicsPace(graphics, () => state.nowMs) };
}

test('the card is busy from the work that it is given until it is done', async () => {
  const { state, pace } = fakeCard();
  expect(pace.isFree()).toBe(true);
  pace.sent(false);
  pace.sent(false);
  expect(pace.isFree()).toBe(false);
  setTimeout(() => (state.isDone = true), 20);
  await pace.free();
  expect(pace.isFree()).toBe(true);
  expect(state.fences).toBe(0);
});

test('a card that is lost is not waited for', () => {
  const { state, pace } = fakeCard();
  pace.sent(true);
  state.isLost = true;
  expect(pace.isFree()).toBe(true);
});

test('slow pictures, and nothing else, lower the resolution to a half at least', () => {
  const { state, pace } = fakeCard();
  const draw = (takesMs: number, isPicture = true): number => {
    pace.sent(isPicture);
    state.nowMs += takesMs;
    state.isDone = true;
    expect(pace.isFree()).toBe(true);
    return pace.resolution;
  };
  expect([200, 200, 20, 200, 200].map((takesMs) => draw(takesMs))).toEqual([1, 1, 1, 1, 1]);
  expect(draw(3000, false)).toBe(1);
  expect(draw(200)).toBe(0.75);
  for (let picture = 0; picture < 20; picture++) draw(200);
  expect(pace.resolution).toBe(0.5);
});
