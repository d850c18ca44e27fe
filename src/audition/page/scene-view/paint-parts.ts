/** Font of names and guides. */
export const planFont = (sizePx: number, weight = 400): string =>
  `${weight} ${sizePx}px system-ui, "Segoe UI", Roboto, sans-serif`;

/** A soft light around a point. */
export function paintGlow(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  radiusPx: number,
  colour: string,
  strength: number,
): void {
  if (strength <= 0.01) return;
  const gradient = context.createRadialGradient(x, y, 0, x, y, radiusPx);
  gradient.addColorStop(0, colour);
  gradient.addColorStop(0.35, fade(colour, 0.55));
  gradient.addColorStop(1, fade(colour, 0));
  context.globalAlpha = strength;
  context.fillStyle = gradient;
  context.beginPath();
  context.arc(x, y, radiusPx, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 1;
}

const fade = (colour: string, alpha: number): string =>
  /^rgb\(/.test(colour) ? colour.replace('rgb(', 'rgba(').replace(')', `, ${alpha})`) : 'transparent';
