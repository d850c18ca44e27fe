/** What pictures need of the browser. */
export interface Screen {
  nowMs(): number;
  /** Calls back before the next picture of the screen, with its time. */
  nextFrame(callback: (timeMs: number) => void): void;
  /** Calls back when the picture that is being made has been handed over. */
  afterFrame(callback: () => void): void;
}

/** Who waits for the next picture. */
interface Painter {
  readonly paint: (timeMs: number) => void;
  isWanted: boolean;
}

/** More time than this between two pictures is not caught up with: the tab was asleep. */
export const longestStepSec = 0.25;

/** Share of the main thread that pictures take at most; the rest is for the listener's hands and for the sound. */
const mostShare = 1 / 3;
/** How far one picture moves the mean of their costs. */
const meanShare = 0.2;
/** A single picture that was held up says little of the next. */
const mostCostMs = 60;
/** A picture of the screen comes at its time or a little before. */
const earlyMs = 4;

/**
 * Calls back for pictures: all who draw in one turn, with the screen where that is cheap, else as seldom as it takes to
 * leave the main thread free. What a picture costs is the time from its first line of code to its handing over, in which
 * browsers without a graphics card draw.
 */
export class PictureClock {
  private waiting = new Set<Painter>();
  private isAsked = false;
  private costMs = 0;
  private dueMs = -Infinity;
  private readonly screen: Screen;

  constructor(screen: Screen) {
    this.screen = screen;
  }

  /** Calls back once, for the next picture. @returns takes that back */
  next(callback: (timeMs: number) => void): () => void {
    const painter: Painter = { paint: callback, isWanted: true };
    this.waiting.add(painter);
    this.ask();
    return () => {
      painter.isWanted = false;
      this.waiting.delete(painter);
    };
  }

  private ask(): void {
    if (this.isAsked) return;
    this.isAsked = true;
    this.screen.nextFrame((timeMs) => {
      this.isAsked = false;
      if (this.waiting.size === 0) return;
      if (this.screen.nowMs() < this.dueMs) this.ask();
      else this.draw(timeMs);
    });
  }

  private draw(timeMs: number): void {
    const startMs = this.screen.nowMs();
    const painters = this.waiting;
    this.waiting = new Set();
    this.screen.afterFrame(() => {
      const costMs = Math.min(mostCostMs, this.screen.nowMs() - startMs);
      this.costMs += meanShare * (costMs - this.costMs);
      this.dueMs = startMs + this.costMs / mostShare - earlyMs;
    });
    for (const painter of painters) {
      try {
        // One painter may have sent another away.
        if (painter.isWanted) painter.paint(timeMs);
      } catch (error) {
        // One that fails does not stop the others; the console hears of it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

/** Calls back when the browser has done all that belongs to the picture: that is when a message comes. */
function createAfterFrame(): Screen['afterFrame'] {
  const { port1, port2 } = new MessageChannel();
  const queue: (() => void)[] = [];
  port1.onmessage = () => queue.shift()?.();
  return (callback) => {
    queue.push(callback);
    port2.postMessage(undefined);
  };
}

let afterFrame: Screen['afterFrame'] | undefined;

/** The pictures of the page. */
export const pictures = new PictureClock({
  nowMs: () => performance.now(),
  nextFrame: (callback) => requestAnimationFrame(callback),
  afterFrame: (callback) => (afterFrame ??= createAfterFrame())(callback),
});
