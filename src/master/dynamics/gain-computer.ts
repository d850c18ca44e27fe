import type { DynamicsRow, LimiterRelease } from '../../kernels/interfaces/gains.ts';
import { limiterRelease } from '../limiter.ts';

/** How a level turns something down, and how fast. */
export interface GainComputerSettings {
  /** In the middle of the knee; dB re full scale, where a constant of 1 is 0 and a sine of full scale -3 in RMS. */
  readonly thresholdDb: number;
  /** dB at the input for one at the output beyond the knee; 1 and up, Infinity keeps the level. */
  readonly ratio: number;
  readonly kneeDb: number;
  /** Time constant: after it a reduction has come to 63 % (1 - 1/e) of what a step asks for, in dB. */
  readonly attackMs: number;
  /** Time constant: after it 37 % (1/e) of a reduction that has ended are left, in dB. */
  readonly releaseMs: number;
  /** Whether the release goes by the programme: lone peaks are over in releaseMs, dense ones take up to ten times that. */
  readonly isAutoRelease: boolean;
  readonly detection: 'peak' | 'rms';
  /** Time constant of the mean of the power, of which RMS is the root. */
  readonly windowMs: number;
  /** Most that is turned down. */
  readonly rangeDb: number;
  /** Side of the threshold on which something happens. */
  readonly side: 'above' | 'below';
}

/** Settings where none are given. */
export const gainComputerDefaults = Object.freeze({
  ratio: 2,
  kneeDb: 6,
  attackMs: 10,
  releaseMs: 150,
  isAutoRelease: false,
  detection: 'rms',
  windowMs: 10,
  rangeDb: 60,
  side: 'above',
} satisfies Omit<GainComputerSettings, 'thresholdDb'>);

/** Settings of which all but the threshold may be left out. */
export type StatedGainComputer = Pick<GainComputerSettings, 'thresholdDb'> & {
  readonly [Name in keyof typeof gainComputerDefaults]?: GainComputerSettings[Name] | undefined;
};

/** Fills in what is left out. */
export const withDefaults = <Settings extends object, Defaults extends object>(
  settings: Settings,
  defaults: Defaults,
): Settings & Defaults => {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { ...defaults, ...(Object.fromEntries(given) as Settings) };
};

/** Designs a row of a `DynamicsGainKernel`. What is left out has its default. */
export function designGainComputer(stated: StatedGainComputer, sampleRateHz: number): DynamicsRow {
  const settings = withDefaults(stated, gainComputerDefaults) as GainComputerSettings;
  const { thresholdDb, kneeDb, rangeDb, side, ratio } = settings;
  return {
    ...{ thresholdDb, kneeDb, rangeDb, side },
    slope: 1 - 1 / ratio,
    meanShare: settings.detection === 'rms' ? 1 - factorIn(settings.windowMs, sampleRateHz) : 1,
    attackFactor: factorIn(settings.attackMs, sampleRateHz),
    release: releaseOf(settings, sampleRateHz),
  };
}

/** Factor per sample that leaves 1/e after a time; 0 for no time. */
const factorIn = (timeMs: number, sampleRateHz: number): number =>
  timeMs > 0 ? Math.exp(-1000 / (timeMs * sampleRateHz)) : 0;

const releaseOf = (
  { releaseMs, isAutoRelease }: GainComputerSettings,
  sampleRateHz: number,
): LimiterRelease =>
  isAutoRelease
    ? limiterRelease(releaseMs, sampleRateHz)
    : { factor: factorIn(releaseMs, sampleRateHz), charge: 0, discharge: 0 };

/** Reduction in dB, 0 and up, that the static curve of a row has for a level that stays. */
export function staticReductionDb(
  { thresholdDb, kneeDb, slope, side, rangeDb }: DynamicsRow,
  levelDb: number,
): number {
  const beyondDb = side === 'above' ? levelDb - thresholdDb : thresholdDb - levelDb;
  if (2 * beyondDb <= -kneeDb) return 0;
  const reductionDb =
    2 * beyondDb < kneeDb ? (slope * (beyondDb + kneeDb / 2) ** 2) / (2 * kneeDb) : slope * beyondDb;
  return Math.min(rangeDb, reductionDb);
}
