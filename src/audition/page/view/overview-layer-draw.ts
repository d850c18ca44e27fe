import type { LoopRegion } from '../engine/engine.ts';
import type { Picture } from './canvas.tsx';
import { overviewMargins } from './overview-draw.ts';

/** What lies above the waveform and changes with the listener. */
export interface OverviewLayer {
  readonly frameCount: number;
  readonly loop: LoopRegion | undefined;
  readonly isLooping: boolean;
  /** Where notes are, in frames. */
  readonly flagFrames: readonly number[];
  /** Where the pointer is, in pixels. */
  readonly hoverX: number | undefined;
}

/** Draws loop, flags of notes and the line under the pointer. */
export const drawOverviewLayer = (picture: Picture, layer: OverviewLayer): void => {
  const { context, width, height, palette } = picture;
  const perFrame = (width - overviewMargins.right) / layer.frameCount;
  const { loop, hoverX } = layer;
  if (loop) {
    const [start, end] = [loop.startFrame * perFrame, loop.endFrame * perFrame];
    context.fillStyle = layer.isLooping ? palette.accentSoft : palette.line;
    context.globalAlpha = layer.isLooping ? 1 : 0.4;
    context.fillRect(start, 0, end - start, height);
    context.globalAlpha = 1;
    context.fillStyle = layer.isLooping ? palette.accent : palette.muted;
    context.fillRect(start, 0, end - start, 3);
    for (const x of [start, end]) context.fillRect(Math.round(x) - 1, 0, 2, height);
  }
  for (const frame of layer.flagFrames) {
    const x = Math.round(frame * perFrame);
    context.fillStyle = palette.text;
    context.globalAlpha = 0.3;
    context.fillRect(x, overviewMargins.top - 5, 1, height);
    context.globalAlpha = 1;
    context.fillRect(x, overviewMargins.top - 16, 1, 11);
    context.beginPath();
    context.moveTo(x, overviewMargins.top - 16);
    context.lineTo(x + 9, overviewMargins.top - 12);
    context.lineTo(x, overviewMargins.top - 8);
    context.fill();
  }
  if (hoverX !== undefined) {
    context.fillStyle = palette.muted;
    context.fillRect(Math.round(hoverX), 0, 1, height);
  }
};
