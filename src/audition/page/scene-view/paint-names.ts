import type { LabelLayout, LabelRequest, Obstacle } from './label-layout.ts';
import { isLetThrough, type DrawnObject } from './paint-objects.ts';
import { planFont } from './paint-parts.ts';
import type { Picture } from './picture.ts';

const nameHeightPx = 14;
const longestName = 22;

/**
 * Writes the names of objects where there is room: first of those that are looked at, then of the loudest.
 * @param obstacles what names keep clear of beside the objects
 */
export function paintNames(
  context: CanvasRenderingContext2D,
  { looks, widthPx, heightPx }: Picture,
  drawn: readonly DrawnObject[],
  layout: LabelLayout,
  obstacles: readonly Obstacle[],
): void {
  const isLooked = ({ spot }: DrawnObject): boolean =>
    spot.elementIndex === looks.selected || spot.elementIndex === looks.hovered;
  const wanted = looks.hasNames ? [...drawn] : drawn.filter(isLooked);
  // Levels in wide steps, so that names do not jump for a breath.
  const rank = (object: DrawnObject): number =>
    (isLooked(object) ? 1000 : 0) +
    (isLetThrough(looks, object.spot) ? 100 : 0) +
    Math.round(object.spot.levelDb / 20);
  wanted.sort((a, b) => rank(b) - rank(a) || a.spot.elementIndex - b.spot.elementIndex);
  const requests = wanted.map((object): LabelRequest => {
    return {
      key: object.spot.elementIndex,
      x: object.x,
      y: object.y,
      radiusPx: object.radiusPx + (isLooked(object) ? 5 : 2),
      widthPx: widthOf(context, shortName(object.spot.name), isLooked(object) ? 600 : 400),
      heightPx: nameHeightPx,
      isForced: isLooked(object),
    };
  });
  const dots = drawn.map(({ x, y, radiusPx }) => [x, y, radiusPx] as const);
  const byKey = new Map(wanted.map((object) => [object.spot.elementIndex, object]));
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const { key, x, y } of layout.arrange(requests, widthPx, heightPx, [...dots, ...obstacles])) {
    const object = byKey.get(key)!;
    const isLoud = isLooked(object);
    const text = shortName(object.spot.name);
    context.font = planFont(11, isLoud ? 600 : 400);
    context.strokeStyle = looks.colours.floor;
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.fillStyle = isLoud || isLetThrough(looks, object.spot) ? looks.colours.text : looks.colours.dim;
    context.fillText(text, x, y);
  }
}

const widthsPx = new Map<string, number>();

/** Width of a name, measured once: measuring all with every picture takes longer than drawing them. */
function widthOf(context: CanvasRenderingContext2D, text: string, weight: number): number {
  const key = `${weight} ${text}`;
  let widthPx = widthsPx.get(key);
  if (widthPx === undefined) {
    context.font = planFont(11, weight);
    widthPx = context.measureText(text).width;
    widthsPx.set(key, widthPx);
  }
  return widthPx;
}

const shortName = (name: string): string =>
  name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
