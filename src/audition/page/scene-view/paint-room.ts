import { glowOf } from './level-glow.ts';
import type { PlaceSpot } from './live-scene.ts';
import { headRadiusPx, paintHead } from './paint-head.ts';
import { paintGlow, planFont } from './paint-parts.ts';
import { drawnGlow, type Picture } from './picture.ts';
import { onSphere, toPlan, type PlanFrame } from './room-geometry.ts';
import type { Colours } from './theme-colours.ts';

/** The floor with its guides, what comes from everywhere, loudspeakers and the listener. */
export function paintRoom(context: CanvasRenderingContext2D, picture: Picture, frame: PlanFrame): void {
  const { live, looks } = picture;
  paintFloor(context, picture, frame);
  for (const field of live.heard.fields)
    paintField(
      context,
      frame,
      looks.colours,
      drawnGlow(glowOf(live.channelLevelDb(field.channel)), looks.isCalm),
    );
  paintHead(context, picture, frame);
  for (const place of live.places) paintPlace(context, picture, frame, place);
}

function paintFloor(context: CanvasRenderingContext2D, { live, looks }: Picture, frame: PlanFrame): void {
  const { colours } = looks;
  const { centreX, centreY, scale } = frame;
  const outline = (share: number): void => {
    context.beginPath();
    if (live.shape === 'sphere') context.arc(centreX, centreY, scale * share, 0, 2 * Math.PI);
    else context.rect(centreX - scale * share, centreY - scale * share, 2 * scale * share, 2 * scale * share);
  };
  outline(1);
  context.fillStyle = colours.floor;
  context.fill();
  context.strokeStyle = colours.edge;
  context.lineWidth = 1.25;
  context.stroke();
  context.lineWidth = 1;
  context.setLineDash([2, 4]);
  // Seen from above, a circle of elevation 30 or 60 degrees lies inside; in the cube, half the way.
  const shares = live.shape === 'sphere' ? [Math.cos(Math.PI / 6), 0.5] : [0.5];
  for (const share of shares) {
    outline(share);
    context.stroke();
  }
  context.beginPath();
  context.moveTo(centreX - scale, centreY);
  context.lineTo(centreX + scale, centreY);
  context.moveTo(centreX, centreY - scale);
  context.lineTo(centreX, centreY + scale);
  context.stroke();
  context.setLineDash([]);
  if (live.shape === 'sphere') paintTicks(context, frame);
  paintSides(context, colours, frame);
}

function paintTicks(context: CanvasRenderingContext2D, frame: PlanFrame): void {
  context.beginPath();
  for (let azimuthDeg = 0; azimuthDeg < 360; azimuthDeg += 15) {
    const [x, y] = onSphere(azimuthDeg);
    const inner = azimuthDeg % 90 === 0 ? 0.95 : azimuthDeg % 30 === 0 ? 0.97 : 0.985;
    context.moveTo(...toPlan(frame, x * inner, y * inner));
    context.lineTo(...toPlan(frame, x, y));
  }
  context.stroke();
}

/** How far over the front wall its name stands: there is room for that of a loudspeaker. */
const frontPx = 29;

function paintSides(context: CanvasRenderingContext2D, colours: Colours, frame: PlanFrame): void {
  context.font = planFont(10, 600);
  context.fillStyle = colours.dim;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText('FRONT', frame.centreX, frame.centreY - frame.scale - frontPx);
}

function paintField(
  context: CanvasRenderingContext2D,
  { centreX, centreY, scale }: PlanFrame,
  colours: Colours,
  glow: number,
): void {
  context.strokeStyle = colours.sound;
  for (const [widthPx, alpha] of [
    [3, 0.25 + 0.5 * glow],
    [8, 0.1 + 0.25 * glow],
    [18, 0.16 * glow],
  ] as const) {
    context.globalAlpha = alpha;
    context.lineWidth = widthPx;
    context.beginPath();
    context.arc(centreX, centreY, scale * 0.93, 0, 2 * Math.PI);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/** Elevation from which on a loudspeaker counts as hung above. */
const aboveDeg = 15;

function paintPlace(
  context: CanvasRenderingContext2D,
  { live, looks }: Picture,
  frame: PlanFrame,
  place: PlaceSpot,
): void {
  const { colours } = looks;
  const [x, y] = placePixel(frame, place);
  const isAudible = place.elementIndex === undefined || looks.audible[place.elementIndex] !== false;
  const isSelected = place.elementIndex !== undefined && place.elementIndex === looks.selected;
  const glow = isAudible ? drawnGlow(glowOf(live.channelLevelDb(place.channel)), looks.isCalm) : 0;
  paintGlow(context, x, y, 12 + 14 * glow, colours.sound, 0.75 * glow);
  context.save();
  context.translate(x, y);
  context.globalAlpha = isAudible ? 1 : 0.45;
  context.fillStyle = glow > 0.02 ? colours.sound : colours.dim;
  context.strokeStyle = isSelected ? colours.accent : glow > 0.02 ? colours.sound : colours.dim;
  context.lineWidth = isSelected ? 2 : 1.5;
  context.beginPath();
  if (place.isLfe) context.roundRect(-5, -5, 10, 10, 2);
  else if (Math.abs(place.elevationDeg) > aboveDeg) context.arc(0, 0, 5, 0, 2 * Math.PI);
  else cabinet(context, Math.atan2(frame.centreY - y, frame.centreX - x));
  context.fillStyle = colours.panel;
  context.fill();
  context.globalAlpha *= 0.25 + 0.75 * glow;
  context.fillStyle = glow > 0.02 ? colours.sound : colours.dim;
  context.fill();
  context.globalAlpha = isAudible ? 1 : 0.45;
  if (place.elevationDeg < -aboveDeg) context.setLineDash([2, 2]);
  context.stroke();
  context.restore();
  if (looks.hasNames) paintPlaceName(context, colours, frame, place);
}

/** A loudspeaker from above, its narrow side to the listener. */
function cabinet(context: CanvasRenderingContext2D, towardsRad: number): void {
  context.rotate(towardsRad);
  context.moveTo(-5, -4);
  context.lineTo(0, -4);
  context.lineTo(5, -7);
  context.lineTo(5, 7);
  context.lineTo(0, 4);
  context.lineTo(-5, 4);
  context.closePath();
}

/** Pixel of a loudspeaker. Those below would lie under those above: they are drawn farther inside. */
function placePixel(frame: PlanFrame, { point, elevationDeg, isLfe }: PlaceSpot): readonly [number, number] {
  const share = elevationDeg < -aboveDeg && !isLfe ? belowShare : 1;
  return toPlan(frame, point[0] * share, point[1] * share);
}

const belowShare = 0.84;

/** Middle of the name of a loudspeaker: outside of those at the wall, inside of all others. */
export function placeNamePixel(frame: PlanFrame, place: PlaceSpot): readonly [number, number] {
  const [x, y] = placePixel(frame, place);
  const [awayX, awayY] = [x - frame.centreX, y - frame.centreY];
  const away = Math.hypot(awayX, awayY);
  if (away < 1) return [x, y + headRadiusPx(frame) + 10];
  const isInside = place.isLfe || Math.abs(place.elevationDeg) > aboveDeg;
  const shift = isInside ? -innerNamePx : outerNamePx;
  return [x + (awayX / away) * shift, y + (awayY / away) * shift];
}

const innerNamePx = 14;
const outerNamePx = 17;

function paintPlaceName(
  context: CanvasRenderingContext2D,
  colours: Colours,
  frame: PlanFrame,
  place: PlaceSpot,
): void {
  context.font = planFont(10);
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.fillStyle = colours.dim;
  context.fillText(place.label, ...placeNamePixel(frame, place));
}
