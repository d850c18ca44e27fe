import { planOutline, type PlanOutline } from './extent.ts';
import { glowOf } from './level-glow.ts';
import { trailFutureSec, trailPastSec, type LiveScene, type ObjectSpot } from './live-scene.ts';
import type { PathRun } from './object-path.ts';
import { paintGlow } from './paint-parts.ts';
import { drawnGlow, type Looks, type Picture } from './picture.ts';
import { toPlan, type PlanFrame } from './room-geometry.ts';
import { heightColour } from './theme-colours.ts';

/** An object with its place in the picture. */
export interface DrawnObject {
  readonly spot: ObjectSpot;
  readonly x: number;
  readonly y: number;
  readonly radiusPx: number;
}

/** Objects that are there, in the order in which they are drawn: what is looked at comes last. */
export function drawnObjects({ live, looks }: Picture, frame: PlanFrame): DrawnObject[] {
  const radiusPx = isCrowd(live) ? 4 : 5.5;
  const drawn: DrawnObject[] = [];
  for (const spot of live.spots) {
    if (!spot.point) continue;
    const [x, y] = toPlan(frame, spot.point[0], spot.point[1]);
    drawn.push({ spot, x, y, radiusPx });
  }
  const rank = ({ spot }: DrawnObject): number =>
    spot.elementIndex === looks.hovered
      ? 3
      : spot.elementIndex === looks.selected
        ? 2
        : isLetThrough(looks, spot)
          ? spot.point![2] / 10
          : -1;
  return drawn.sort((a, b) => rank(a) - rank(b));
}

/** Whether there are so many objects that each is drawn smaller, and finer: lines of one pixel are drawn fast. */
export const isCrowd = (live: LiveScene): boolean => live.spots.length > 24;

/** Whether an object is neither muted nor shut out by a solo. */
export const isLetThrough = (looks: Looks, { elementIndex }: ObjectSpot): boolean =>
  looks.audible[elementIndex] !== false;

/** Glow of an object, 0..1; nothing where it is not heard. */
export const objectGlow = (looks: Looks, spot: ObjectSpot): number =>
  looks.isLive && isLetThrough(looks, spot) ? drawnGlow(glowOf(spot.levelDb), looks.isCalm) : 0;

/** The objects: their paths, extents, and the dots with rings that show the height. */
export function paintObjects(
  context: CanvasRenderingContext2D,
  picture: Picture,
  frame: PlanFrame,
  drawn: readonly DrawnObject[],
): void {
  const { live, looks } = picture;
  for (const index of new Set([looks.selected, looks.hovered]))
    if (index !== undefined) paintWholePath(context, picture, frame, live.wholePath(index), index);
  for (const { spot } of drawn) paintTrail(context, live, looks, frame, spot);
  for (const { spot } of drawn) paintExtent(context, looks, frame, spot);
  for (const { spot, x, y, radiusPx } of drawn) {
    const glow = objectGlow(looks, spot);
    const colour = heightColour(looks.colours, spot.height);
    const reachPx = isCrowd(live) ? 2 + 9 * glow : 5 + 18 * glow;
    paintGlow(context, x, y, radiusPx + reachPx, colour, (isCrowd(live) ? 0.6 : 0.8) * glow);
  }
  for (const object of drawn) paintDot(context, looks, object);
}

function paintWholePath(
  context: CanvasRenderingContext2D,
  { live, looks }: Picture,
  frame: PlanFrame,
  runs: readonly PathRun[],
  elementIndex: number,
): void {
  const height = live.spots.find((spot) => spot.elementIndex === elementIndex)?.height ?? 0;
  context.strokeStyle = heightColour(looks.colours, height);
  context.lineWidth = 1.25;
  context.globalAlpha = 0.55;
  context.setLineDash([1, 3]);
  context.beginPath();
  for (const run of runs) tracePath(context, frame, run, 0, run.length - 1);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function tracePath(
  context: CanvasRenderingContext2D,
  frame: PlanFrame,
  run: PathRun,
  first: number,
  last: number,
): void {
  for (let index = first; index <= last; index++) {
    const { point } = run[index]!;
    const [x, y] = toPlan(frame, point[0], point[1]);
    if (index === first) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
}

/** Pieces of a trail by age, as a share of its length, oldest first; each is drawn in one stroke. */
const trailBands = [
  { from: -1, to: -0.6, alpha: 0.16 },
  { from: -0.6, to: -0.25, alpha: 0.34 },
  { from: -0.25, to: 0, alpha: 0.65 },
  { from: 0, to: 0.5, alpha: 0.26 },
  { from: 0.5, to: 1, alpha: 0.12 },
] as const;

function paintTrail(
  context: CanvasRenderingContext2D,
  live: LiveScene,
  looks: Looks,
  frame: PlanFrame,
  spot: ObjectSpot,
): void {
  if (spot.trail.length === 0) return;
  const isDim = !isLetThrough(looks, spot);
  context.strokeStyle = isDim ? looks.colours.dim : heightColour(looks.colours, spot.height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const band of trailBands) {
    context.globalAlpha = band.alpha * (isDim ? 0.4 : isCrowd(live) ? 0.7 : 1);
    context.lineWidth = isCrowd(live) ? 1 : band.from < 0 ? 2.25 : 1.25;
    context.beginPath();
    for (const run of spot.trail) traceBand(context, live, frame, run, band);
    context.stroke();
  }
  context.lineCap = 'butt';
  context.globalAlpha = 1;
}

/** The part of a run that lies in a band, to the next point, so that bands meet; the present cuts a line. */
function traceBand(
  context: CanvasRenderingContext2D,
  { positionFrames, sampleRateHz }: LiveScene,
  frame: PlanFrame,
  run: PathRun,
  band: { readonly from: number; readonly to: number },
): void {
  const frameOf = (share: number): number =>
    positionFrames + share * sampleRateHz * (share < 0 ? trailPastSec : trailFutureSec);
  const [start, end] = [frameOf(band.from), frameOf(band.to)];
  let isOpen = false;
  for (let index = 1; index < run.length; index++) {
    const [a, b] = [run[index - 1]!, run[index]!];
    if (b.frame <= start || a.frame >= end) continue;
    const cut = (share: number): readonly [number, number] =>
      toPlan(
        frame,
        a.point[0] + (b.point[0] - a.point[0]) * share,
        a.point[1] + (b.point[1] - a.point[1]) * share,
      );
    const length = b.frame - a.frame;
    if (!isOpen) context.moveTo(...cut(Math.max(0, (start - a.frame) / length)));
    context.lineTo(...cut(Math.min(1, (end - a.frame) / length)));
    isOpen = true;
  }
}

function paintExtent(
  context: CanvasRenderingContext2D,
  looks: Looks,
  frame: PlanFrame,
  spot: ObjectSpot,
): void {
  if (!spot.extent || !spot.point) return;
  const isDim = !isLetThrough(looks, spot);
  const isLooked = spot.elementIndex === looks.selected || spot.elementIndex === looks.hovered;
  const colour = isDim ? looks.colours.dim : heightColour(looks.colours, spot.height);
  traceOutline(context, planOutline(spot.point, spot.extent, frame), frame);
  context.fillStyle = colour;
  context.globalAlpha = (isLooked ? 0.24 : 0.13) + 0.16 * objectGlow(looks, spot);
  context.fill();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.globalAlpha = isLooked ? 0.8 : 0.4;
  context.stroke();
  context.globalAlpha = 1;
}

/** Draws the outline of an extent as a path. */
function traceOutline(context: CanvasRenderingContext2D, outline: PlanOutline, frame: PlanFrame): void {
  context.beginPath();
  if (outline.kind === 'box') {
    const { leftPx, topPx, widthPx, heightPx } = outline;
    context.roundRect(leftPx, topPx, widthPx, heightPx, Math.min(8, widthPx / 2, heightPx / 2));
    return;
  }
  const { innerPx, outerPx, startRad, endRad } = outline;
  const { centreX, centreY } = frame;
  const isRing = endRad - startRad >= 2 * Math.PI - 1e-6;
  context.arc(centreX, centreY, outerPx, startRad, endRad);
  if (isRing) context.moveTo(centreX + innerPx * Math.cos(endRad), centreY + innerPx * Math.sin(endRad));
  context.arc(centreX, centreY, innerPx, endRad, startRad, true);
  context.closePath();
}

/** Heights below this are at the ears. */
const levelHeight = 0.06;

/** A dot; the ring around it closes as the object rises, and is dashed below the ears. */
function paintDot(
  context: CanvasRenderingContext2D,
  looks: Looks,
  { spot, x, y, radiusPx }: DrawnObject,
): void {
  const { colours } = looks;
  const isDim = !isLetThrough(looks, spot);
  const colour = isDim ? colours.dim : heightColour(colours, spot.height);
  context.beginPath();
  context.arc(x, y, radiusPx, 0, 2 * Math.PI);
  context.fillStyle = isDim ? colours.floor : colour;
  context.fill();
  context.strokeStyle = isDim ? colours.dim : colours.floor;
  context.lineWidth = 1.25;
  context.stroke();
  if (Math.abs(spot.height) > levelHeight) {
    const halfRad = Math.PI * Math.min(1, Math.abs(spot.height));
    const middleRad = spot.height > 0 ? -Math.PI / 2 : Math.PI / 2;
    context.beginPath();
    context.arc(x, y, radiusPx + 2.75, middleRad - halfRad, middleRad + halfRad);
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    if (spot.height < 0) context.setLineDash([2, 2]);
    context.stroke();
    context.setLineDash([]);
  }
  const isSelected = spot.elementIndex === looks.selected;
  if (!isSelected && spot.elementIndex !== looks.hovered) return;
  context.beginPath();
  context.arc(x, y, radiusPx + 6.5, 0, 2 * Math.PI);
  context.strokeStyle = isSelected ? colours.accent : colours.text;
  context.lineWidth = isSelected ? 2 : 1.25;
  context.stroke();
}
