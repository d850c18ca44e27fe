import { formatFigure, formatSigned } from '../state/number-text.ts';
import { meterFraction, meterMarksDb } from '../state/meter-ballistics.ts';
import type { MeterBar } from '../state/meter-ballistics.ts';
import type { Picture } from './canvas.tsx';

/** How a row of bars is drawn. */
export interface MeterOptions {
  readonly labels: readonly string[];
  /** Whether the scale is written on the left. */
  readonly hasScale: boolean;
  /** Whether the largest level is written above each bar. */
  readonly hasMaxima: boolean;
}

/** Heights of what stands above and below the bars, the same for all meters so that their scales are level. */
const rows = { maxima: 18, labels: 27, scale: 24, lineOfText: 11.5, widestPitch: 44 };

/** Lines of the scale, and their levels where wanted. */
const drawScale = (picture: Picture, left: number, top: number, height: number, hasText: boolean): void => {
  const { context, width, palette } = picture;
  context.textAlign = 'right';
  context.fillStyle = palette.muted;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  for (const levelDb of meterMarksDb) {
    const y = Math.round(top + (1 - meterFraction(levelDb)) * height) + 0.5;
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(width, y);
    context.stroke();
    if (hasText) context.fillText(String(Math.abs(levelDb)), left - 6, y);
  }
};

const drawBar = (
  picture: Picture,
  bar: MeterBar,
  x: number,
  across: number,
  top: number,
  down: number,
): void => {
  const { context, palette } = picture;
  const share = meterFraction(bar.levelDb);
  context.fillStyle = palette.raised;
  context.fillRect(x, top, across, down);
  context.fillStyle = palette.accent;
  context.fillRect(x, top + (1 - share) * down, across, share * down);
  if (bar.holdDb > meterMarksDb.at(-1)!) {
    const y = top + (1 - meterFraction(bar.holdDb)) * down;
    context.fillStyle = bar.holdDb > -0.1 ? palette.bad : palette.text;
    context.fillRect(x, Math.min(top + down - 1.5, Math.max(top, y - 0.75)), across, 1.5);
  }
};

/** Names under the bars: where they would touch in one row, they take turns in two. Of numbers some are left out, else all. */
const drawLabels = (picture: Picture, labels: readonly string[], left: number, pitch: number): void => {
  const { context, height, palette } = picture;
  const widest = Math.max(0, ...labels.map((label) => context.measureText(label).width));
  const turns = Math.ceil((widest + 4) / pitch);
  if (turns > 2 && !labels.every((label) => /^\d+$/.test(label))) return;
  context.textAlign = 'center';
  context.fillStyle = palette.muted;
  labels.forEach((label, index) => {
    const row = turns === 1 ? 0 : index % 2;
    if (turns > 2 && index % turns > 0) return;
    const y = height - rows.labels + 9 + (turns === 2 ? row * rows.lineOfText : 0);
    const half = context.measureText(label).width / 2;
    context.fillText(label, Math.min(picture.width - half, left + (index + 0.5) * pitch), y);
  });
};

/** Draws bars side by side, with their names. */
export const drawMeter = (picture: Picture, bars: readonly MeterBar[], options: MeterOptions): void => {
  const { context, width, height, palette } = picture;
  context.font = `10.5px ${palette.font}`;
  context.textBaseline = 'middle';
  const left = options.hasScale ? rows.scale : 0;
  const pitch = Math.min(rows.widestPitch, (width - left) / Math.max(1, bars.length));
  const down = Math.max(10, height - rows.maxima - rows.labels);
  drawScale(picture, left, rows.maxima, down, options.hasScale);
  const across = Math.min(22, Math.max(1.5, pitch - Math.min(6, pitch * 0.25)));
  bars.forEach((bar, index) => {
    const x = left + index * pitch + (pitch - across) / 2;
    drawBar(picture, bar, x, across, rows.maxima, down);
    if (!options.hasMaxima) return;
    context.textAlign = 'center';
    context.fillStyle = bar.maxDb > -0.1 ? palette.bad : palette.text;
    context.fillText(formatFigure(bar.maxDb), x + across / 2, 7);
  });
  drawLabels(picture, options.labels.slice(0, bars.length), left, pitch);
};

/** Draws the correlation: a mark between -1 and 1, from the middle. */
export const drawCorrelation = (picture: Picture, correlation: number): void => {
  const { context, width, height, palette } = picture;
  const middle = width / 2;
  const y = 4;
  context.fillStyle = palette.raised;
  context.fillRect(0, y, width, 6);
  if (!Number.isNaN(correlation)) {
    const x = middle + (Math.min(1, Math.max(-1, correlation)) * width) / 2;
    context.fillStyle = correlation < 0 ? palette.bad : palette.accent;
    context.fillRect(Math.min(x, middle), y, Math.abs(x - middle), 6);
    context.fillRect(Math.min(width - 2, Math.max(0, x - 1)), y - 3, 2, 12);
  }
  context.fillStyle = palette.muted;
  context.fillRect(Math.round(middle), y - 2, 1, 10);
  context.font = `10.5px ${palette.font}`;
  context.textBaseline = 'middle';
  for (const [text, x, align] of [
    ['\u22121', 0, 'left'],
    [`Correlation ${Number.isNaN(correlation) ? '' : formatSigned(correlation, 2)}`, middle, 'center'],
    ['+1', width, 'right'],
  ] as const) {
    context.textAlign = align;
    context.fillText(text, x, height - 6);
  }
};
