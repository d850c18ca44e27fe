import type { Overview } from '../../protocol/session.ts';
import type { CurveName } from '../state/audition-state.ts';
import {
  curvePoints,
  envelopeColumns,
  loudnessFraction,
  loudnessRange,
  rulerTimes,
} from '../state/overview-geometry.ts';
import type { LoudnessRange } from '../state/overview-geometry.ts';
import { formatNumber } from '../state/number-text.ts';
import { formatWholeTime } from '../state/time-text.ts';
import type { Picture } from './canvas.tsx';

/** Height of the strip with times and flags, and width of the axis of loudness, in pixels. */
export const overviewMargins = Object.freeze({ top: 20, right: 40 });

/** What the still part of the overview shows. */
export interface OverviewDrawing {
  readonly overview: Overview | undefined;
  readonly frameCount: number;
  readonly durationSec: number;
  readonly targetLufs: number | undefined;
  readonly curves: ReadonlySet<CurveName>;
}

/** Lines and names of times. */
const drawRuler = ({ context, width, height, palette }: Picture, durationSec: number): void => {
  const across = width - overviewMargins.right;
  context.font = `11px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  for (const timeSec of rulerTimes(durationSec, across, 84)) {
    const x = Math.round((timeSec / durationSec) * across) + 0.5;
    context.strokeStyle = palette.line;
    context.beginPath();
    context.moveTo(x, 4);
    context.lineTo(x, height);
    context.stroke();
    context.fillStyle = palette.muted;
    if (x + 36 < across) context.fillText(formatWholeTime(timeSec), x + 5, overviewMargins.top / 2);
  }
};

/** The waveform, as one filled shape with a column for each pixel of the screen. */
const drawEnvelope = (
  { context, width, height, scale, palette }: Picture,
  drawing: OverviewDrawing,
): void => {
  const across = width - overviewMargins.right;
  const columnCount = Math.max(1, Math.floor(across * scale));
  const columns = envelopeColumns(drawing.overview!, drawing.frameCount, columnCount);
  const middle = (overviewMargins.top + height) / 2;
  const half = (height - overviewMargins.top) / 2 - 2;
  context.fillStyle = palette.wave;
  context.beginPath();
  for (let column = 0; column < columnCount; column++) {
    const top = middle - columns[column * 2 + 1]! * half;
    const bottom = middle - columns[column * 2]! * half;
    context.rect(column / scale, top - 0.5, 1 / scale, bottom - top + 1);
  }
  context.fill();
};

/** The axis of loudness on the right, in steps of 6 LU. */
const drawAxis = ({ context, width, height, palette }: Picture, range: LoudnessRange): void => {
  const { top } = overviewMargins;
  context.textAlign = 'right';
  context.fillStyle = palette.muted;
  for (let lufs = range.topLufs - 6; lufs > range.bottomLufs; lufs -= 6) {
    const y = top + loudnessFraction(lufs, range) * (height - top);
    context.fillText(formatNumber(lufs, 0), width - 8, y);
  }
};

const drawCurve = (
  { context, width, height }: Picture,
  drawing: OverviewDrawing,
  curve: readonly (number | null)[],
  range: LoudnessRange,
): void => {
  const { top, right } = overviewMargins;
  const points = curvePoints(curve, drawing.overview!.curveStepSec, drawing.durationSec, width - right);
  let isDown = false;
  context.beginPath();
  for (let k = 0; k < points.length; k += 2) {
    const lufs = points[k + 1]!;
    if (Number.isNaN(lufs) || lufs < range.bottomLufs) {
      isDown = false;
      continue;
    }
    const y = top + loudnessFraction(lufs, range) * (height - top);
    if (isDown) context.lineTo(points[k]!, y);
    else context.moveTo(points[k]!, y);
    isDown = true;
  }
  context.stroke();
};

const drawTarget = (
  { context, width, height, palette }: Picture,
  lufs: number,
  range: LoudnessRange,
): void => {
  const { top, right } = overviewMargins;
  const y = Math.round(top + loudnessFraction(lufs, range) * (height - top)) + 0.5;
  context.strokeStyle = palette.muted;
  context.lineWidth = 1;
  context.setLineDash([5, 4]);
  context.beginPath();
  context.moveTo(0, y);
  context.lineTo(width - right, y);
  context.stroke();
  context.setLineDash([]);
};

/** Draws all that does not move: times, waveform, curves of loudness. */
export const drawOverview = (picture: Picture, drawing: OverviewDrawing): void => {
  const { context, palette } = picture;
  const { overview, curves, targetLufs } = drawing;
  context.lineWidth = 1;
  drawRuler(picture, drawing.durationSec);
  if (!overview) return;
  drawEnvelope(picture, drawing);
  const range = loudnessRange(overview, targetLufs);
  drawAxis(picture, range);
  if (curves.has('target') && targetLufs !== undefined) drawTarget(picture, targetLufs, range);
  context.lineJoin = 'round';
  const lines = [
    ['momentary', overview.momentaryLufs, palette.muted, 1],
    ['short-term', overview.shortTermLufs, palette.accent, 1.75],
    ['integrated', overview.integratedCurveLufs, palette.text, 1.5],
  ] as const;
  for (const [name, curve, colour, lineWidth] of lines) {
    if (!curves.has(name)) continue;
    context.strokeStyle = colour;
    context.lineWidth = lineWidth;
    drawCurve(picture, drawing, curve, range);
  }
};
