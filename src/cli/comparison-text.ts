import type { AudioComparison } from '../job/compare-audio.ts';
import type { CompareResult } from '../job/compare-files.ts';
import { formatNumber, formatTable } from './format.ts';

/** A comparison as a table, a line for each layout, and what it has no column for. */
export function comparisonText(result: CompareResult): string {
  const table = formatTable(
    [
      { title: 'layout' },
      { title: 'null' },
      { title: 'peak dBFS', align: 'right' },
      { title: 'RMS dBFS', align: 'right' },
      { title: 'matched RMS', align: 'right' },
      { title: 'worst 1/3 octave, matched' },
      { title: 'LU', align: 'right' },
      { title: 'LRA', align: 'right' },
      { title: 'dBTP', align: 'right' },
    ],
    result.comparisons.map((comparison) => {
      const { name, difference, first, second } = comparison;
      return [
        name,
        comparison.isIdentical ? 'identical' : difference.isIdentical ? 'but for its place' : 'no',
        formatNumber(difference.peakDbfs),
        formatNumber(difference.rmsDbfs),
        formatNumber(difference.matchedRmsDbfs),
        bandText(comparison),
        signed(second.integratedLufs - first.integratedLufs),
        signed(second.loudnessRangeLu - first.loudnessRangeLu),
        signed(second.truePeakDbtp - first.truePeakDbtp),
      ];
    }),
  );
  const only = (files: readonly string[], folder: string): string[] =>
    files.length > 0 ? [`only in ${folder}: ${files.join(', ')}`] : [];
  return [
    table,
    ...result.comparisons.flatMap(placeTexts),
    ...loudnessTexts(result.comparisons),
    ...only(result.onlyFirst, result.first),
    ...only(result.onlySecond, result.second),
  ].join('\n');
}

/** The difference of every channel. */
export function channelDifferenceText({ name, difference }: AudioComparison): string {
  return formatTable(
    [
      { title: name },
      { title: 'peak dBFS', align: 'right' },
      { title: 'RMS dBFS', align: 'right' },
      { title: 'matched RMS', align: 'right' },
    ],
    difference.channels.map(({ label, peakDbfs, rmsDbfs, matchedRmsDbfs }) => [
      label,
      formatNumber(peakDbfs),
      formatNumber(rmsDbfs),
      formatNumber(matchedRmsDbfs),
    ]),
  );
}

function bandText({ difference: { worstBand } }: AudioComparison): string {
  if (!worstBand || Math.abs(worstBand.differenceDb) < 0.005) return '-';
  const { centreHz, channel, differenceDb } = worstBand;
  const frequencyText = centreHz < 1000 ? `${centreHz.toFixed(0)} Hz` : `${(centreHz / 1000).toFixed(1)} kHz`;
  return `${signed(differenceDb)} dB at ${frequencyText}, ${channel}`;
}

/** Where the programmes lie, as far as they do not lie together. */
function placeTexts({
  name,
  first,
  second,
  offsetSamples,
  correlation,
  sampleRateHz,
}: AudioComparison): string[] {
  const lengths = second.lengthSamples - first.lengthSamples;
  const place = `${Math.abs(offsetSamples)} samples (${formatNumber(Math.abs(offsetSamples / sampleRateHz) * 1000, 2)} ms)`;
  return [
    ...(offsetSamples === 0
      ? []
      : [
          `${name}: the second comes ${place} ${offsetSamples > 0 ? 'later' : 'earlier'}, correlation ${correlation.toFixed(4)}`,
        ]),
    ...(lengths === 0
      ? []
      : [`${name}: the second is ${Math.abs(lengths)} samples ${lengths > 0 ? 'longer' : 'shorter'}`]),
  ];
}

/** Programmes that are so near in loudness are heard as equally loud. */
const equalLu = 0.1;

/** Whether the ear may compare them as they are: the louder of two is heard as the better. */
function loudnessTexts(comparisons: readonly AudioComparison[]): string[] {
  const different = comparisons.filter(({ isIdentical }) => !isIdentical);
  const gapOf = ({ first, second }: AudioComparison): number => second.integratedLufs - first.integratedLufs;
  const heard = different.filter((comparison) => Number.isFinite(gapOf(comparison)));
  const apart = heard.filter((comparison) => Math.abs(gapOf(comparison)) > equalLu);
  const texts = apart.map((comparison) => {
    const gapText = formatNumber(Math.abs(gapOf(comparison)), 2);
    const [which, direction] = gapOf(comparison) > 0 ? ['louder', 'down'] : ['softer', 'up'];
    return `${comparison.name}: the second is ${gapText} LU ${which}; turn it ${direction} by ${gapText} dB before you listen`;
  });
  const silent = different.filter((comparison) => !heard.includes(comparison));
  return [
    ...texts,
    ...(heard.length > 0 && apart.length === 0
      ? [`at the same loudness, within ${equalLu} LU: ${heard.map(({ name }) => name).join(', ')}`]
      : []),
    ...silent.map(({ name }) => `${name}: without loudness, so compared as it is`),
  ];
}

/** A difference with its sign; none of two silences. */
function signed(difference: number): string {
  const text = formatNumber(difference, 2);
  return difference > 0 && Number(text) > 0 ? `+${text}` : text;
}
