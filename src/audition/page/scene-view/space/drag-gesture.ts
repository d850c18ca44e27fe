import type { OrbitCommand } from './orbit.ts';

/** A drag of less than this is a click. */
const clickPx = 5;
/** How far a drag turns the view. */
const turnDegPerPx = 0.4;

interface Finger {
  readonly x: number;
  readonly y: number;
}

/** Turns what pointers do into what the view does: one turns it, two zoom by the distance between them. */
export class DragGesture {
  readonly #fingers = new Map<number, Finger>();
  #wayPx = 0;

  /** Whether any pointer is down. */
  get isDragging(): boolean {
    return this.#fingers.size > 0;
  }

  /** A pointer goes down. */
  down(id: number, x: number, y: number): void {
    this.#wayPx = this.#fingers.size === 0 ? 0 : Infinity;
    this.#fingers.set(id, { x, y });
  }

  /** A pointer moves. @returns what that does; undefined where it was not down */
  move(id: number, x: number, y: number): OrbitCommand | undefined {
    const from = this.#fingers.get(id);
    if (!from) return undefined;
    const spreadBefore = this.#spread();
    this.#fingers.set(id, { x, y });
    const [alongPx, downPx] = [x - from.x, y - from.y];
    this.#wayPx += Math.hypot(alongPx, downPx);
    if (spreadBefore > 0) return { kind: 'zoom', factor: spreadBefore / Math.max(1, this.#spread()) };
    // What is near follows the pointer: the eye goes the other way.
    return { kind: 'turn', rightDeg: -alongPx * turnDegPerPx, upDeg: downPx * turnDegPerPx };
  }

  /** A pointer goes up. @returns whether that was a click */
  up(id: number): boolean {
    const wasDown = this.#fingers.delete(id);
    return wasDown && this.#wayPx < clickPx;
  }

  #spread(): number {
    const [a, b] = [...this.#fingers.values()];
    return a && b ? Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) : 0;
  }
}
