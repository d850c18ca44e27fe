import { formatNumber } from '../state/number-text.ts';
import {
  formatFrequency,
  frequencyFraction,
  spectrumMarksHz,
  spectrumRange,
} from '../state/spectrum-curve.ts';
import type { Picture } from './canvas.tsx';

const axisHeight = 16;

/** Draws a spectrum on its logarithmic grid. @param curve dB for each column, spread over the width */
export const drawSpectrum = (picture: Picture, curve: Float32Array): void => {
  const { context, width, height, palette } = picture;
  const down = height - axisHeight;
  const yOf = (db: number): number =>
    Math.min(
      down + 2,
      Math.max(0, ((spectrumRange.topDb - db) / (spectrumRange.topDb - spectrumRange.bottomDb)) * down),
    );
  context.font = `10.5px ${palette.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.lineWidth = 1;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.muted;
  for (const frequencyHz of spectrumMarksHz) {
    const x = Math.round(frequencyFraction(frequencyHz) * width) + 0.5;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, down);
    context.stroke();
    context.fillText(formatFrequency(frequencyHz), x, height - 6);
  }
  for (let db = spectrumRange.topDb; db >= spectrumRange.bottomDb; db -= 12) {
    const y = Math.round(yOf(db)) + 0.5;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(width, y);
    context.stroke();
  }
  context.textAlign = 'left';
  for (const db of [-30, -54, -78]) context.fillText(formatNumber(db, 0), 3, yOf(db) - 6);
  const trace = (): void => {
    context.beginPath();
    for (let column = 0; column < curve.length; column++) {
      const x = (column / (curve.length - 1)) * width;
      if (column === 0) context.moveTo(x, yOf(curve[column]!));
      else context.lineTo(x, yOf(curve[column]!));
    }
  };
  if (!curve.some((db) => db > spectrumRange.bottomDb)) return;
  trace();
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.5;
  context.stroke();
  trace();
  context.lineTo(width, down);
  context.lineTo(0, down);
  context.fillStyle = palette.accentSoft;
  context.fill();
};
