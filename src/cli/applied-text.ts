import type { AppliedProcessing } from '../deliver/report.ts';
import { formatNumber } from './format.ts';

type EqBand = AppliedProcessing['eq'][number];
type Fade = NonNullable<AppliedProcessing['fadeIn']>;

/**
 * What was done to a programme before its loudness was solved, in one line.
 * @param sampleRateHz of the deliverable
 * @returns undefined where nothing was
 */
export function appliedText(applied: AppliedProcessing, sampleRateHz: number): string | undefined {
  const seconds = (samples: number): string => `${formatNumber(samples / sampleRateHz, 3)} s`;
  const fade = (name: string, value: Fade | undefined): string[] =>
    value ? [`${name} ${seconds(value.durationSamples)} ${value.curve}`] : [];
  const { dcRemovalHz, eq, trimHeadSamples, trimTailSamples, fadeIn, fadeOut } = applied;
  const parts = [
    ...(dcRemovalHz === undefined ? [] : ['DC removed']),
    ...(eq.length === 0 ? [] : [`EQ ${eq.map(bandText).join(' + ')}`]),
    ...(trimHeadSamples === 0 ? [] : [`${seconds(trimHeadSamples)} off the head`]),
    ...(trimTailSamples === 0 ? [] : [`${seconds(trimTailSamples)} off the tail`]),
    ...fade('fade-in', fadeIn),
    ...fade('fade-out', fadeOut),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** "bell 3000 Hz -1.5 dB", "highpass 25 Hz"; channels and steepness stand in the report. */
function bandText(band: EqBand): string {
  const { type, frequencyHz, gainDb } = band as { type: string; frequencyHz: number; gainDb?: number };
  return `${type} ${frequencyHz} Hz${gainDb === undefined ? '' : ` ${formatNumber(gainDb)} dB`}`;
}
