import { LabelLayout, type Obstacle } from './label-layout.ts';
import { headRadiusPx } from './paint-head.ts';
import { paintNames } from './paint-names.ts';
import { drawnObjects, paintObjects, type DrawnObject } from './paint-objects.ts';
import { paintRoom, placeNamePixel } from './paint-room.ts';
import type { Picture } from './picture.ts';
import { fitPlan } from './room-geometry.ts';

/** Draws pictures of the scene and tells what lies under the pointer. */
export interface Painter {
  paint(picture: Picture): void;
  /** Index of the element at a pixel of the view. */
  pick(x: number, y: number): number | undefined;
  dispose(): void;
}

/** Room around the plan for the names of loudspeakers. */
const marginPx = 38;
/** Half the size of such a name. */
const placeNamePx = 7;

/** Draws the room from above. */
export class PlanPainter implements Painter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #labels = new LabelLayout();
  #drawn: readonly DrawnObject[] = [];

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d')!;
  }

  paint(picture: Picture): void {
    const context = this.#context;
    clearCanvas(this.#canvas, context, picture);
    const { live, looks, widthPx, heightPx } = picture;
    const frame = fitPlan(widthPx, heightPx, live.reach, marginPx);
    paintRoom(context, picture, frame);
    this.#drawn = drawnObjects(picture, frame);
    paintObjects(context, picture, frame, this.#drawn);
    const placeNames = looks.hasNames ? live.places.map((place) => placeNamePixel(frame, place)) : [];
    const obstacles: Obstacle[] = placeNames.map(([x, y]) => [x, y, placeNamePx]);
    obstacles.push([frame.centreX, frame.centreY, headRadiusPx(frame)]);
    paintNames(context, picture, this.#drawn, this.#labels, obstacles);
  }

  pick(x: number, y: number): number | undefined {
    return pickObject(this.#drawn, x, y);
  }

  dispose(): void {
    this.#drawn = [];
  }
}

/** Fits a canvas to its picture, in pixels of the screen, and clears it; drawing goes on in CSS pixels. */
export function clearCanvas(
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
  { widthPx, heightPx, pixelRatio }: Picture,
): void {
  const [width, height] = [Math.round(widthPx * pixelRatio), Math.round(heightPx * pixelRatio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(0, 0, widthPx, heightPx);
}

/** How near the pointer must come. */
const pickPx = 14;

/** The nearest object to a pixel, if it is near enough; of two that are equally near, the one on top. */
export function pickObject(drawn: readonly DrawnObject[], x: number, y: number): number | undefined {
  let nearestPx = pickPx;
  let picked: number | undefined;
  for (const object of drawn) {
    const awayPx = Math.hypot(object.x - x, object.y - y);
    if (awayPx > nearestPx) continue;
    nearestPx = awayPx;
    picked = object.spot.elementIndex;
  }
  return picked;
}
