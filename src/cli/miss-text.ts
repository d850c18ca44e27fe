import type { TargetReport } from '../deliver/report.ts';
import { formatNumber } from './format.ts';

/** How a level came out, of a target or of a scene. */
export type LevelOutcome = Pick<
  TargetReport,
  'status' | 'missedByLu' | 'loudnessTargetLufs' | 'maxReductionDb'
>;

/** Whether a level is not what was asked for. */
export const isMissing = ({ status }: Pick<LevelOutcome, 'status'>): boolean =>
  status === 'reduction-limited' || status === 'gate-jump' || status === 'not-converged';

/** Why a level is not what was asked for; none where it is. */
export function missTexts(name: string, outcome: LevelOutcome): string[] {
  const { status, missedByLu, loudnessTargetLufs, maxReductionDb } = outcome;
  if (!isMissing(outcome)) return [];
  const below = `${name}: ${formatNumber(missedByLu, 2)} LU below ${formatNumber(loudnessTargetLufs)} LUFS`;
  if (status === 'gate-jump')
    return [`${below}, the nearest: the gates of BS.1770 make the loudness jump over it`];
  return [
    status === 'reduction-limited'
      ? `${below}: more would need over ${formatNumber(maxReductionDb)} dB of limiting`
      : `${below} after all passes that are allowed, and as near as they came`,
  ];
}
