import { longestStepSec, pictures } from '../state/picture-clock.ts';

/** What a loop of pictures needs of the browser. */
export interface FrameClock {
  nowMs(): number;
  /** Calls back before the next picture. @returns cancels that */
  nextFrame(callback: () => void): () => void;
  /** Calls back after a while. @returns cancels that */
  later(callback: () => void, delayMs: number): () => void;
}

/** How often a still picture looks whether something has changed. */
const idleMs = 100;

/** Paints as long as it is shown: every picture while something moves, else a few times a second. */
export class FrameLoop {
  readonly #clock: FrameClock;
  readonly #paint: (elapsedSec: number) => boolean;
  #cancel: (() => void) | undefined;
  #lastMs: number;
  #isShown = false;

  /** @param paint draws what has changed; tells whether anything moves */
  constructor(clock: FrameClock, paint: (elapsedSec: number) => boolean) {
    this.#clock = clock;
    this.#paint = paint;
    this.#lastMs = clock.nowMs();
  }

  /** Starts, or stops while nobody sees it. */
  show(isShown: boolean): void {
    this.#isShown = isShown;
    this.#cancel?.();
    this.#cancel = undefined;
    if (isShown) this.wake();
  }

  /** Paints with the next picture: something has changed. */
  wake(): void {
    if (!this.#isShown) return;
    this.#cancel?.();
    this.#cancel = this.#clock.nextFrame(this.#step);
  }

  #step = (): void => {
    const nowMs = this.#clock.nowMs();
    const elapsedSec = Math.min(longestStepSec, Math.max(0, (nowMs - this.#lastMs) / 1000));
    this.#lastMs = nowMs;
    this.#cancel = undefined;
    const isMoving = this.#paint(elapsedSec);
    // What is painted may have woken or stopped the loop.
    if (!this.#isShown || this.#cancel) return;
    this.#cancel = isMoving
      ? this.#clock.nextFrame(this.#step)
      : this.#clock.later(() => (this.#cancel = this.#clock.nextFrame(this.#step)), idleMs);
  };
}

/** The clock of the browser. */
export const browserClock: FrameClock = {
  nowMs: () => performance.now(),
  nextFrame: (callback) => pictures.next(callback),
  later: (callback, delayMs) => {
    const id = setTimeout(callback, delayMs);
    return () => clearTimeout(id);
  },
};
