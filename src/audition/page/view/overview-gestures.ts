import type { LoopRegion } from '../engine/engine.ts';
import { gripAt, makeLoop } from '../state/loop-region.ts';

/** What a press, a drag and a release on the overview mean. */
export interface OverviewGestures {
  /** @param x in pixels from the start of the programme @param wantsLoop Shift is held */
  press(x: number, wantsLoop: boolean): void;
  move(x: number): void;
  release(x: number): void;
  cancel(): void;
}

/** What the gestures work on. */
export interface OverviewSurface {
  /** Width of the programme in pixels. */
  width(): number;
  readonly frameCount: number;
  readonly sampleRateHz: number;
  loop(): LoopRegion | undefined;
  /** Frames of notes: a press on a flag means its time exactly. */
  flagFrames(): readonly number[];
  seek(frame: number): void;
  setLoop(loop: LoopRegion | undefined): void;
}

/** Pixels that a pointer may move and still mean a click, and from which an edge or a flag is reached. */
const slack = { click: 4, edge: 7, flag: 8 };

/** A click goes there, a drag makes a loop, an edge of the loop can be moved. */
export const createOverviewGestures = (surface: OverviewSurface): OverviewGestures => {
  let pressed: { readonly x: number; readonly anchorFrame: number; isDrag: boolean } | undefined;
  const perFrame = (): number => surface.width() / surface.frameCount;
  const frameAt = (x: number): number =>
    Math.min(surface.frameCount, Math.max(0, Math.round(x / perFrame())));
  return {
    press(x, wantsLoop) {
      const loop = surface.loop();
      const grip = wantsLoop ? 'new' : gripAt(x, loop, perFrame(), slack.edge);
      const anchorFrame =
        grip === 'new' || !loop ? frameAt(x) : grip === 'start' ? loop.endFrame : loop.startFrame;
      pressed = { x, anchorFrame, isDrag: false };
    },
    move(x) {
      if (!pressed) return;
      pressed.isDrag ||= Math.abs(x - pressed.x) > slack.click;
      if (!pressed.isDrag) return;
      const loop = makeLoop(pressed.anchorFrame, frameAt(x), surface.frameCount, surface.sampleRateHz);
      if (loop) surface.setLoop(loop);
    },
    release(x) {
      if (pressed && !pressed.isDrag) {
        const flag = surface.flagFrames().find((frame) => {
          const past = x - frame * perFrame();
          return past > -slack.flag / 2 && past < slack.flag + 2;
        });
        surface.seek(flag ?? frameAt(x));
      }
      pressed = undefined;
    },
    cancel() {
      pressed = undefined;
    },
  };
};
