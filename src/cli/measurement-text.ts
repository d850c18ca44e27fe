import type { FileMeasurement, SceneRender } from '../job/file-measurement.ts';
import { formatDuration, formatNumber, formatTable, formatTime, type Column } from './format.ts';

/** What of a measurement is printed. */
export interface MeasurementTextOptions {
  /** Peaks of every channel, of mono and stereo too. */
  readonly everyChannel: boolean;
  /** All that was measured. */
  readonly details: boolean;
}

/** Overs and clipped runs that are printed; JSON has more. */
const printedEvents = 5;

/** The figures of one file for people: a paragraph, and the channels of more than stereo below it. */
export function measurementText(file: FileMeasurement, options: MeasurementTextOptions): string {
  const lines = [
    `${file.file}  (${renderText(file.layout, file.render)}, ${formatDuration(file.durationSec)})`,
    `  integrated ${formatNumber(file.integratedLufs, 2)} LUFS   max momentary ${formatNumber(file.momentaryMaxLufs)}   max short-term ${formatNumber(file.shortTermMaxLufs)}   range ${formatNumber(file.loudnessRangeLu)} LU`,
    `  true peak ${formatNumber(file.truePeakDbtp, 2)} dBTP   sample peak ${formatNumber(file.samplePeakDbfs, 2)} dBFS   PLR ${formatNumber(file.plrDb)}   DR ${formatNumber(file.dynamicRange, 0)}`,
  ];
  lines.push(...reRenderLines(file));
  if (options.details) return [...lines, ...detailLines(file)].join('\n');
  if (file.channels.length <= 2 && !options.everyChannel) return lines.join('\n');
  const columns = ['channel', 'dBTP', 'dBFS'];
  const rows = file.channels.map(({ label, truePeakDbtp, samplePeakDbfs }) => [
    label,
    formatNumber(truePeakDbtp, 2),
    formatNumber(samplePeakDbfs, 2),
  ]);
  return [...lines, ...table(columns, rows)].join('\n');
}

/** Figures of a scene on smaller layouts. */
const reRenderLines = ({ reRenders = {}, render }: FileMeasurement): string[] =>
  render === undefined
    ? []
    : Object.entries(reRenders).map(
        ([name, figures]) =>
          `  rendered to ${name}: integrated ${formatNumber(figures.integratedLufs, 2)} LUFS   true peak ${formatNumber(figures.truePeakDbtp, 2)} dBTP`,
      );

/** What a file is and was measured on: "ADM BWF rendered to 7.1.4 by periphon 0.1.0, ITU-R BS.2127". */
export const renderText = (layout: string, render: SceneRender | undefined): string =>
  render ? `${render.source} rendered to ${layout} by ${render.renderer}` : layout;

/** A table set in, its first columns to the left and the others to the right. */
function table(titles: readonly string[], rows: readonly (readonly string[])[], leftCount = 1): string[] {
  const columns = titles.map((title, index): Column => ({
    title,
    align: index < leftCount ? 'left' : 'right',
  }));
  return formatTable(columns, rows)
    .split('\n')
    .map((line) => `  ${line}`);
}

function detailLines(file: FileMeasurement): string[] {
  return [
    ...maximaLines(file),
    `  PSR at least ${formatNumber(file.psrMinDb)} dB, at ${formatTime(file.psrMinEndSec)}`,
    ...silenceLines(file),
    ...eventLines(file),
    '',
    ...channelTable(file),
    ...pairTable(file),
    '',
    ...bandTable(file),
  ];
}

function maximaLines({ maximaOf100Ms: coarse, ...file }: FileMeasurement): string[] {
  const of = (lufs: number, endSec: number): string =>
    `${formatNumber(lufs, 2)} LUFS, window to ${formatTime(endSec)}`;
  return [
    `  max momentary ${of(file.momentaryMaxLufs, file.momentaryMaxEndSec)}; on a grid of 100 ms ${of(coarse.momentaryMaxLufs, coarse.momentaryMaxEndSec)}`,
    `  max short-term ${of(file.shortTermMaxLufs, file.shortTermMaxEndSec)}; on a grid of 100 ms ${of(coarse.shortTermMaxLufs, coarse.shortTermMaxEndSec)}`,
    ...(file.truePeakChannel === ''
      ? []
      : [`  true peak at ${formatTime(file.truePeakSec)} in ${file.truePeakChannel}`]),
  ];
}

function silenceLines({ silence }: FileMeasurement): string[] {
  const part = (durationSec: number, samples: number, place: string): string =>
    `${formatNumber(durationSec, 3)} s (${samples} samples) at the ${place}`;
  return [
    `  silence below ${silence.thresholdDbfs} dBFS: ${part(silence.headSec, silence.headSamples, 'head')}, ${part(silence.tailSec, silence.tailSamples, 'tail')}`,
  ];
}

function eventLines({ overs, clippedRuns }: FileMeasurement): string[] {
  const some = (count: number, texts: readonly string[]): string =>
    count === 0
      ? 'none'
      : `${count}: ${texts.slice(0, printedEvents).join(', ')}${count > printedEvents ? ' ...' : ''}`;
  const overTexts = overs.list.map(
    ({ channel, startSec, truePeakDbtp }) =>
      `${channel} ${formatTime(startSec)} (${formatNumber(truePeakDbtp, 2)})`,
  );
  const runTexts = clippedRuns.list.map(
    ({ channel, startSec, lengthSamples }) => `${channel} ${formatTime(startSec)} (${lengthSamples} samples)`,
  );
  return [
    `  overs above ${overs.ceilingDbtp} dBTP: ${some(overs.count, overTexts)}`,
    `  clipped runs: ${some(clippedRuns.count, runTexts)}`,
  ];
}

function channelTable({ channels }: FileMeasurement): string[] {
  const rows = channels.map((channel) => [
    channel.label,
    formatNumber(channel.truePeakDbtp, 2),
    formatTime(channel.truePeakSec),
    formatNumber(channel.samplePeakDbfs, 2),
    formatNumber(channel.rmsDbfs, 2),
    formatNumber(channel.crestFactorDb, 2),
    formatNumber(channel.dcOffset, 6),
    formatNumber(channel.dynamicRangeDb),
  ]);
  return table(['channel', 'dBTP', 'at', 'dBFS', 'RMS', 'crest', 'DC', 'DR'], rows);
}

function pairTable({ pairs }: FileMeasurement): string[] {
  if (pairs.length === 0) return [];
  const rows = pairs.map((pair) => [
    `${pair.left} ${pair.right}`,
    formatNumber(pair.correlation, 3),
    formatNumber(pair.correlationMin, 3),
    formatTime(pair.correlationMinEndSec),
    pair.monoFoldDb === -Infinity ? 'cancels' : formatNumber(pair.monoFoldDb, 2),
  ]);
  return ['', ...table(['pair', 'correlation', 'lowest', 'at', 'mono fold dB'], rows)];
}

/** Octaves by the names of their bands, which are rounded. */
function bandTable({ channels, octaveBandsHz }: FileMeasurement): string[] {
  const names = ['31.5', '63', '125', '250', '500', '1k', '2k', '4k', '8k', '16k'];
  const rows = channels.map(({ label, octaveBandsDbfs }) => [
    label,
    ...octaveBandsDbfs.map((levelDbfs) => formatNumber(levelDbfs)),
  ]);
  return table(['RMS dBFS', ...names.slice(0, octaveBandsHz.length)], rows);
}
