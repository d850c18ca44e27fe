import type { Figures } from './figures.ts';
import type { Normalization, Profile } from './profile.ts';
import { profiles } from './profiles.ts';
import type { PlatformGain } from './report.ts';

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
