/** Below this level nothing is shown. */
export const silenceDb = -80;
/** How fast a meter falls after a peak. */
const fallDbPerSec = 26;
/** Levels at which a glow begins and is full. */
const faintDb = -54;
const fullDb = -6;
/** Scale of the bars. */
const barFloorDb = -60;

/** Level of a sample's magnitude, not below `silenceDb`. */
export const peakToDb = (peak: number): number =>
  peak > 1e-4 ? Math.max(silenceDb, 20 * Math.log10(peak)) : silenceDb;

/** How brightly a level glows, 0..1. */
export function glowOf(levelDb: number): number {
  const share = Math.min(1, Math.max(0, (levelDb - faintDb) / (fullDb - faintDb)));
  return share ** 1.4;
}

/** How long the bar of a level is, 0..1: -60 to 0 dBFS. */
export const barOf = (levelDb: number): number => Math.min(1, Math.max(0, 1 - levelDb / barFloorDb));

/** Levels of channels that rise at once and fall evenly, so that the eye can follow. */
export class LevelFollower {
  /** dBFS of each channel, `silenceDb` .. */
  levelsDb = new Float32Array(0);

  /**
   * Takes the peaks since the last call.
   * @param peaks linear, one for each channel; fewer than before count as silent
   * @returns whether any level is above silence
   */
  follow(peaks: ArrayLike<number>, elapsedSec: number): boolean {
    if (this.levelsDb.length < peaks.length) {
      const grown = new Float32Array(peaks.length).fill(silenceDb);
      grown.set(this.levelsDb);
      this.levelsDb = grown;
    }
    let isSounding = false;
    for (let channel = 0; channel < this.levelsDb.length; channel++) {
      const fallenDb = this.levelsDb[channel]! - fallDbPerSec * elapsedSec;
      const levelDb = Math.max(peakToDb(peaks[channel] ?? 0), fallenDb, silenceDb);
      this.levelsDb[channel] = levelDb;
      isSounding ||= levelDb > silenceDb;
    }
    return isSounding;
  }

  /** Makes all channels silent at once: another source is heard. */
  reset(): void {
    this.levelsDb = new Float32Array(0);
  }

  /** Loudest of a run of channels. */
  loudestDb(start: number, count: number): number {
    let loudestDb = silenceDb;
    for (let channel = start; channel < start + count; channel++)
      loudestDb = Math.max(loudestDb, this.levelsDb[channel] ?? silenceDb);
    return loudestDb;
  }
}
