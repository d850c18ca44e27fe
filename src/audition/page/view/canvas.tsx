import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { onFrames } from './frames.ts';
import { readPalette } from './palette.ts';
import type { Palette } from './palette.ts';

/** What is drawn on: units are pixels of CSS, the picture is as sharp as the screen. */
export interface Picture {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen for each of CSS. */
  readonly scale: number;
  readonly palette: Palette;
  /** Time since the last picture of a live canvas. */
  readonly elapsedSec: number;
}

interface CanvasProps {
  readonly class: string;
  readonly theme: ReadonlySignal<'dark' | 'light'>;
  /** Draws on a cleared canvas. */
  readonly draw: (picture: Picture) => void;
  /** Drawn for every picture of the screen; else when it is rendered, or its size or theme changes. */
  readonly isLive?: boolean;
  /** For those who cannot see it; without, it is decoration. */
  readonly label?: string;
}

/** Fits the pixels of a canvas to its place on the screen and clears it. */
const prepare = (canvas: HTMLCanvasElement, palette: Palette, elapsedSec: number): Picture | undefined => {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0) return undefined;
  const scale = window.devicePixelRatio || 1;
  const [pixelsAcross, pixelsDown] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== pixelsAcross) canvas.width = pixelsAcross;
  if (canvas.height !== pixelsDown) canvas.height = pixelsDown;
  context.setTransform(pixelsAcross / width, 0, 0, pixelsDown / height, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height, scale, palette, elapsedSec };
};

/** A canvas that is crisp on every screen and follows its size and the theme. */
export const Canvas = ({ class: name, theme, draw, isLive, label }: CanvasProps): JSX.Element => {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;
  const shownTheme = theme.value;
  useEffect(() => {
    const canvas = ref.current!;
    let palette = readPalette(canvas);
    const paint = (elapsedSec: number): void => {
      const picture = prepare(canvas, palette, elapsedSec);
      if (picture) latest.current(picture);
    };
    const observer = new ResizeObserver(() => {
      palette = readPalette(canvas);
      paint(0);
    });
    observer.observe(canvas);
    const stop = isLive ? onFrames(paint) : undefined;
    return () => {
      observer.disconnect();
      stop?.();
    };
  }, [shownTheme, isLive]);
  useEffect(() => {
    const canvas = ref.current!;
    if (isLive) return;
    const picture = prepare(canvas, readPalette(canvas), 0);
    if (picture) latest.current(picture);
  });
  return label === undefined ? (
    <canvas ref={ref} class={name} aria-hidden="true" />
  ) : (
    <canvas ref={ref} class={name} role="img" aria-label={label} />
  );
};
