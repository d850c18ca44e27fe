import type { HeadOrientation } from '../engine/engine.ts';
import { glowOf } from './level-glow.ts';
import { paintGlow } from './paint-parts.ts';
import { drawnGlow, type Picture } from './picture.ts';
import type { PlanFrame } from './room-geometry.ts';
import type { Colours } from './theme-colours.ts';

/** The listener from above, turned as the engine turns the head; what was made for headphones glows at the ears. */
export function paintHead(
  context: CanvasRenderingContext2D,
  { live, looks }: Picture,
  frame: PlanFrame,
): void {
  const { colours } = looks;
  const radiusPx = headRadiusPx(frame);
  context.save();
  context.translate(frame.centreX, frame.centreY);
  context.rotate(headAngleRad(live.head));
  paintGaze(context, colours, frame.scale, live.head);
  for (const side of [0, 1] as const) {
    const ear = live.heard.earChannels?.[side];
    const x = (side === 0 ? -1 : 1) * (radiusPx + 1);
    if (ear !== undefined) {
      const glow = drawnGlow(glowOf(live.channelLevelDb(ear)), looks.isCalm);
      paintGlow(context, x, 0, radiusPx * (1.2 + 1.6 * glow), colours.sound, glow);
    }
    context.beginPath();
    context.ellipse(x, 0, 2.5, radiusPx * 0.35, 0, 0, 2 * Math.PI);
    context.fillStyle = ear === undefined ? colours.dim : colours.sound;
    context.fill();
  }
  const noseLength = radiusPx * 0.5 * Math.cos((live.head.pitchDeg * Math.PI) / 180);
  context.beginPath();
  context.moveTo(-radiusPx * 0.28, -radiusPx * 0.92);
  context.lineTo(0, -radiusPx - noseLength);
  context.lineTo(radiusPx * 0.28, -radiusPx * 0.92);
  context.arc(0, 0, radiusPx, -Math.PI / 2 + 0.3, 1.5 * Math.PI - 0.3);
  context.closePath();
  context.fillStyle = colours.panel;
  context.fill();
  context.strokeStyle = colours.text;
  context.lineWidth = 1.5;
  context.stroke();
  context.restore();
}

/** Radius of the head. */
export const headRadiusPx = ({ scale }: PlanFrame): number => Math.min(17, Math.max(9, scale * 0.1));

/** Angle by which the canvas turns for a head: the head's yaw goes to the left, the canvas clockwise. */
export const headAngleRad = ({ yawDeg }: HeadOrientation): number => (-yawDeg * Math.PI) / 180;

/** Where a turned head looks. */
function paintGaze(
  context: CanvasRenderingContext2D,
  colours: Colours,
  scale: number,
  { yawDeg, pitchDeg, rollDeg }: HeadOrientation,
): void {
  if (yawDeg === 0 && pitchDeg === 0 && rollDeg === 0) return;
  const lengthPx = scale * 0.8 * Math.abs(Math.cos((pitchDeg * Math.PI) / 180));
  context.beginPath();
  context.moveTo(0, 0);
  context.arc(0, 0, lengthPx, -Math.PI / 2 - 0.35, -Math.PI / 2 + 0.35);
  context.closePath();
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.14;
  context.fill();
  context.globalAlpha = 1;
}
