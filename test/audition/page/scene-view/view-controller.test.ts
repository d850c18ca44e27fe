import { expect, test, vi } from 'vitest';
import type { FrameClock } from '../../../../src/audition/page/scene-view/frame-loop.ts';
import { LevelBars } from '../../../../src/audition/page/scene-view/level-bars.ts';
import { ViewController } from '../../../../src/audition/page/scene-view/view-controller.ts';
import { levelsOf, liveAt, smallScene, testLooks } from './fixtures.ts';

function controllerOf() {
  const { live, engine } = liveAt(smallScene(), 0);
  let next: (() => void) | undefined;
  const wait = (callback: () => void) => {
    next = callback;
    return () => (next = undefined);
  };
  const clock: FrameClock = { nowMs: () => 0, nextFrame: wait, later: wait };
  const painter = { paint: vi.fn(), pick: () => undefined, dispose: () => {} };
  const onPicture = vi.fn();
  const controller = new ViewController({
    live,
    levels: () => levelsOf(0),
    looks: testLooks,
    bars: new LevelBars(),
    onPicture,
    clock,
  });
  return { controller, painter, engine, onPicture, step: () => next?.() };
}

test('a picture is painted once the view has a size and is shown, and again only after a change', () => {
  const { controller, painter, engine, onPicture, step } = controllerOf();
  controller.setPainter(painter);
  step();
  controller.show(true);
  step();
  expect(painter.paint).not.toHaveBeenCalled();
  controller.resize(300, 200, 2);
  step();
  expect(painter.paint).toHaveBeenCalledTimes(1);
  expect(painter.paint.mock.lastCall![0]).toMatchObject({ widthPx: 300, heightPx: 200, pixelRatio: 2 });
  step();
  step();
  expect(painter.paint).toHaveBeenCalledTimes(1);
  engine.frame = 4800;
  step();
  step();
  expect(painter.paint).toHaveBeenCalledTimes(2);
  controller.invalidate();
  step();
  expect(painter.paint).toHaveBeenCalledTimes(3);
  expect(onPicture.mock.calls.length).toBeGreaterThanOrEqual(3);
});

test('a hidden view does nothing, and is painted when it comes back', () => {
  const { controller, painter, step } = controllerOf();
  controller.setPainter(painter);
  controller.resize(300, 200, 1);
  controller.show(true);
  step();
  controller.show(false);
  controller.invalidate();
  step();
  expect(painter.paint).toHaveBeenCalledTimes(1);
  controller.show(true);
  step();
  expect(painter.paint).toHaveBeenCalledTimes(2);
});
