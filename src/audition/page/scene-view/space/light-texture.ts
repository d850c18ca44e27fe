import { DataTexture, LinearFilter } from 'three';

const sizePx = 64;

/** A soft white disc, the picture of a light: bright in the middle, nothing at its edge. */
export function lightTexture(): DataTexture {
  const pixels = new Uint8Array(sizePx * sizePx * 4).fill(255);
  for (let pixel = 0; pixel < sizePx * sizePx; pixel++) {
    const [x, y] = [pixel % sizePx, Math.floor(pixel / sizePx)];
    const away = Math.hypot(x + 0.5 - sizePx / 2, y + 0.5 - sizePx / 2) / (sizePx / 2);
    pixels[4 * pixel + 3] = Math.round(255 * Math.max(0, 1 - away) ** 1.8);
  }
  const texture = new DataTexture(pixels, sizePx, sizePx);
  texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}
