import type { Figures } from './figures.ts';
import type { Evidence, Normalization, Profile } from './profile.ts';
import { profiles } from './profiles.ts';

/** What a service's normalisation does to one file. */
export interface PlatformGain extends Pick<Evidence, 'confidence'> {
  /** Id of the profile that the figures come from. */
  readonly platform: string;
  /** Setting of the listener, where the service has several. */
  readonly mode: string | undefined;
  /** Gain of the player; 0 for silence, and where the service plays files as they are. */
  readonly gainDb: number;
  /** Loudness that the listener hears. */
  readonly playedLufs: number;
  /** How deep the service's own limiter works, where it has one. */
  readonly limitedDb: number;
  readonly note: string | undefined;
}

/**
 * The gain that each service's normalisation applies to a stereo or binaural file, in the order of the profiles.
 * Album modes are left out: they take the gain of the whole album.
 */
export const platformGains = (
  figures: Pick<Figures, 'integratedLufs' | 'truePeakDbtp' | 'samplePeakDbfs'>,
  among: readonly Profile[] = profiles,
): PlatformGain[] =>
  among.flatMap(({ id, normalization }) =>
    normalization.map((entry): PlatformGain => {
      const gainDb = normalizationGainDb(entry, figures);
      const { mode, confidence, note, raises, peakDbtp = 0 } = entry;
      return {
        platform: id,
        mode,
        gainDb,
        playedLufs: figures.integratedLufs + gainDb,
        limitedDb: raises === 'limited' ? Math.max(0, figures.samplePeakDbfs + gainDb - peakDbtp) : 0,
        confidence,
        note,
      };
    }),
  );

/** Gain of one way of normalising, dB. */
export function normalizationGainDb(
  { referenceLufs, raises, peakDbtp = 0 }: Pick<Normalization, 'referenceLufs' | 'raises' | 'peakDbtp'>,
  { integratedLufs, truePeakDbtp }: Pick<Figures, 'integratedLufs' | 'truePeakDbtp'>,
): number {
  if (referenceLufs === null || !Number.isFinite(integratedLufs)) return 0;
  const wantedDb = referenceLufs - integratedLufs;
  if (wantedDb <= 0 || raises === 'limited') return wantedDb;
  return raises === 'never' ? 0 : Math.max(0, Math.min(wantedDb, peakDbtp - truePeakDbtp));
}
