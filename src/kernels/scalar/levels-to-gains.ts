import { requireFrames } from '../kernel-options.ts';

/** The scalar `levelsToGains`. */
export function levelsToGains(
  levelsDb: Float32Array,
  frameCount: number,
  share: number,
  gains: Float32Array,
): void {
  requireFrames('levelsDb and gains', [levelsDb, gains], frameCount);
  for (let n = 0; n < frameCount; n++) {
    const levelDb = Math.max(-700, Math.min(700, levelsDb[n]!));
    gains[n] = 1 - share + share * 10 ** (levelDb / 20);
  }
}
