/** What a bar of a meter shows, in dBFS. */
export interface MeterBar {
  readonly levelDb: number;
  /** Largest level of the last while; falls after `holdSec`. */
  readonly holdDb: number;
  readonly holdAgeSec: number;
  /** Largest level since the last reset. */
  readonly maxDb: number;
}

/** Fall of bars: 20 dB in 1.7 s, as a peak programme meter of type I of IEC 60268-10 does. */
const fallDbPerSec = 20 / 1.7;
/** How long a peak is held. */
const holdSec = 1.5;

/** Bottom of the scale. */
export const meterFloorDb = -60;

/** A bar that has seen nothing. */
export const emptyBar: MeterBar = { levelDb: -Infinity, holdDb: -Infinity, holdAgeSec: 0, maxDb: -Infinity };

/** Moves a bar on by some time. @param peak largest sample since the last call, linear */
export const moveBar = (bar: MeterBar, peak: number, elapsedSec: number): MeterBar => {
  const peakDb = peak > 0 ? 20 * Math.log10(peak) : -Infinity;
  const fallen = bar.levelDb - fallDbPerSec * elapsedSec;
  const levelDb = Math.max(peakDb, fallen < 2 * meterFloorDb ? -Infinity : fallen);
  const isOld = bar.holdAgeSec + elapsedSec > holdSec;
  const isRenewed = peakDb >= bar.holdDb || isOld;
  return {
    levelDb,
    holdDb: isRenewed ? levelDb : bar.holdDb,
    holdAgeSec: peakDb >= bar.holdDb ? 0 : isOld ? holdSec : bar.holdAgeSec + elapsedSec,
    maxDb: Math.max(bar.maxDb, peakDb),
  };
};

/** Share of the height of the scale: 0 at the floor, 1 at 0 dBFS; the upper 20 dB take half of it. */
export const meterFraction = (levelDb: number): number => {
  if (!(levelDb > meterFloorDb)) return 0;
  if (levelDb >= 0) return 1;
  return levelDb > -20 ? 1 + levelDb / 40 : (0.5 * (levelDb - meterFloorDb)) / (-20 - meterFloorDb);
};

/** Levels with a line on the scale. */
export const meterMarksDb: readonly number[] = [0, -6, -12, -20, -40, -60];
