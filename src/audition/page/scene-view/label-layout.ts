/** A name that wants a place beside its point. */
export interface LabelRequest {
  readonly key: number;
  readonly x: number;
  readonly y: number;
  /** Radius of what is drawn at the point. */
  readonly radiusPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Is drawn even where it covers others. */
  readonly isForced: boolean;
}

/** Where a name is drawn: its left edge and vertical middle. */
export interface LabelSpot {
  readonly key: number;
  readonly x: number;
  readonly y: number;
}

/** A point that names keep clear of. */
export type Obstacle = readonly [x: number, y: number, radiusPx: number];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

type Side = 0 | 1 | 2 | 3;
const sides: readonly Side[] = [0, 1, 2, 3];
const gapPx = 4;

/** Finds places for names, so that none covers another; a name keeps its side as long as it can. */
export class LabelLayout {
  #sides = new Map<number, Side>();

  /**
   * @param requests most important first
   * @returns names that have found a place
   */
  arrange(
    requests: readonly LabelRequest[],
    widthPx: number,
    heightPx: number,
    obstacles: readonly Obstacle[] = [],
  ): LabelSpot[] {
    const taken: Box[] = obstacles.map(([x, y, r]) => ({
      left: x - r,
      top: y - r,
      right: x + r,
      bottom: y + r,
    }));
    const spots: LabelSpot[] = [];
    const chosen = new Map<number, Side>();
    for (const request of requests) {
      const usual = this.#sides.get(request.key) ?? 0;
      const order = [usual, ...sides.filter((side) => side !== usual)];
      const isFree = (side: Side): boolean => {
        const box = boxOf(request, side);
        const isInside = box.left >= 0 && box.top >= 0 && box.right <= widthPx && box.bottom <= heightPx;
        return isInside && !taken.some((other) => overlap(box, other));
      };
      const side = order.find(isFree) ?? (request.isForced ? usual : undefined);
      if (side === undefined) continue;
      const box = boxOf(request, side);
      taken.push(box);
      chosen.set(request.key, side);
      const shiftX = request.isForced ? Math.min(0, widthPx - box.right) - Math.min(0, box.left) : 0;
      spots.push({ key: request.key, x: box.left + shiftX, y: (box.top + box.bottom) / 2 });
    }
    this.#sides = chosen;
    return spots;
  }
}

/** Right, left, above, below. */
function boxOf({ x, y, radiusPx, widthPx, heightPx }: LabelRequest, side: Side): Box {
  const reach = radiusPx + gapPx;
  const left = side === 0 ? x + reach : side === 1 ? x - reach - widthPx : x - widthPx / 2;
  const middle = side === 2 ? y - reach - heightPx / 2 : side === 3 ? y + reach + heightPx / 2 : y;
  return { left, top: middle - heightPx / 2, right: left + widthPx, bottom: middle + heightPx / 2 };
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
