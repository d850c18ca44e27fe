import type { EngineLevels } from '../engine/engine.ts';
import { FrameLoop, type FrameClock } from './frame-loop.ts';
import type { LevelBars } from './level-bars.ts';
import type { LiveScene } from './live-scene.ts';
import type { Looks } from './picture.ts';
import type { Painter } from './plan-painter.ts';

/** What a controller draws from. */
export interface ControllerParts {
  readonly live: LiveScene;
  readonly levels: () => EngineLevels;
  /** How the scene is looked at now; undefined while colours are not known. */
  readonly looks: () => Looks | undefined;
  readonly bars: LevelBars;
  /** Called with every picture, for words that go with it. */
  readonly onPicture: () => void;
  readonly clock: FrameClock;
}

/** Brings live scene, view and bars together, once a picture; nothing is drawn that has not changed. */
export class ViewController {
  readonly #parts: ControllerParts;
  readonly #loop: FrameLoop;
  #painter: Painter | undefined;
  #size = { widthPx: 0, heightPx: 0, pixelRatio: 1 };
  #isStale = true;

  constructor(parts: ControllerParts) {
    this.#parts = parts;
    this.#loop = new FrameLoop(parts.clock, (elapsedSec) => this.#step(elapsedSec));
  }

  /** Takes the painter of the view that is shown. */
  setPainter(painter: Painter | undefined): void {
    this.#painter = painter;
    this.invalidate();
  }

  /** Takes the size of the view. */
  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    this.#size = { widthPx, heightPx, pixelRatio };
    this.invalidate();
  }

  /** Starts, or rests while nobody sees the view. */
  show(isShown: boolean): void {
    this.#isStale = true;
    this.#loop.show(isShown);
  }

  /** Draws the next picture though the scene has not changed: how it is looked at has. */
  invalidate(): void {
    this.#isStale = true;
    this.#loop.wake();
  }

  #step(elapsedSec: number): boolean {
    const { live, levels, looks, bars, onPicture } = this.#parts;
    const change = live.advance(elapsedSec, levels());
    if (change === 'still' && !this.#isStale) return false;
    this.#isStale = false;
    bars.paint(live);
    onPicture();
    const look = looks();
    const { widthPx, heightPx } = this.#size;
    if (look && widthPx > 0 && heightPx > 0) this.#painter?.paint({ live, looks: look, ...this.#size });
    return change === 'moving';
  }
}
