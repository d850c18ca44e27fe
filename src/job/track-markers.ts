import { readFile } from 'node:fs/promises';
import { parseCsvTable, type ColumnRule } from '../base/csv-table.ts';
import { ConfigError, FormatError } from '../base/errors.ts';

/** Where a track begins, from the start of what is mastered: in seconds, or in samples of the scene. */
export type TrackMarker = { readonly name: string } & (
  { readonly timeSec: number } | { readonly timeSamples: number }
);

/** A part of a programme, in frames of the deliverable. */
export interface Track {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly startFrame: number;
  readonly frameCount: number;
}

/** Columns in the order that they have without a header. */
const columnRules = {
  time: { aliases: ['time', 't', 'timesec', 'sec', 'seconds', 'start'], min: 0, max: 1e6, fallback: '' },
  name: { aliases: ['name', 'title', 'track'], isText: true, fallback: '' },
  samples: { aliases: ['samples', 'sample', 'frames', 'frame'], min: 0, max: 1e12, fallback: '' },
} satisfies Record<string, ColumnRule>;

/**
 * Reads the markers of an album: a CSV table, as `parseCsvTable` reads it, of where each track begins (`time` in
 * seconds, or `samples` of the scene) and its `name`, which may be left out.
 * @throws FormatError 'track-markers'
 */
export async function readTrackMarkers(file: string): Promise<TrackMarker[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new FormatError('track-markers', `${file}: cannot be read: ${(error as Error).message}`, { file });
  });
  return parseTrackMarkers(text, file);
}

/** Parses the text of a table of markers. @param file its name, for messages */
export function parseTrackMarkers(text: string, file: string): TrackMarker[] {
  const { rows, issues } = parseCsvTable(text, columnRules);
  const fail = (message: string): never => {
    throw new FormatError('track-markers', `${file}: ${message}`, { file });
  };
  const more = issues.length > 1 ? `, and ${issues.length - 1} more faults` : '';
  if (issues[0]) fail(issues[0].message + more);
  let last = -1;
  return rows.map(({ line, cells: { time, samples, name } }) => {
    const start = Number(samples === '' ? time : samples);
    if (start <= last) fail(`line ${line}: ${start} is not later than the row before, ${last}`);
    last = start;
    if (samples !== '' && !Number.isInteger(Number(samples))) {
      fail(`line ${line}: ${samples} samples; a whole number is allowed`);
    }
    if (samples !== '') return { name, timeSamples: Number(samples) };
    return time === '' ? fail('no column "time" or "samples"') : { name, timeSec: Number(time) };
  });
}

/** What markers are laid over. */
export interface TrackPlan {
  readonly sceneRateHz: number;
  /** Rate and length of the deliverable. */
  readonly sampleRateHz: number;
  readonly frameCount: number;
  /** Where the markers were read; for messages. */
  readonly file?: string | undefined;
}

/**
 * Cuts a programme at its markers, each rounded to the nearest frame of the deliverable. A track ends where the
 * next begins, the last one with the programme.
 * @throws ConfigError 'track-markers' where there are none, or one is not behind the one before or behind the end
 */
export function planTracks(markers: readonly TrackMarker[], plan: TrackPlan): Track[] {
  const { sceneRateHz, sampleRateHz, frameCount } = plan;
  if (markers.length === 0) throw new ConfigError('track-markers', 'no markers; one track is the least');
  const starts = markers.map((marker) =>
    Math.round(
      'timeSec' in marker ? marker.timeSec * sampleRateHz : (marker.timeSamples * sampleRateHz) / sceneRateHz,
    ),
  );
  return markers.map(({ name }, index) => {
    const startFrame = starts[index];
    const endFrame = starts[index + 1] ?? frameCount;
    const track = `track ${index + 1}${name && ` "${name}"`}`;
    const seconds = (frame: number): string => `${Number((frame / sampleRateHz).toFixed(6))} s`;
    if (startFrame >= frameCount || startFrame <= (starts[index - 1] ?? -1)) {
      const allowed =
        index === 0 ? '' : `later than ${seconds(starts[index - 1])}, where the one before begins, and `;
      throw new ConfigError(
        'track-markers',
        `${track} begins at ${seconds(startFrame)}; it must begin ${allowed}before the end at ${seconds(frameCount)}`,
        { file: plan.file },
      );
    }
    return { number: index + 1, name, startFrame, frameCount: endFrame - startFrame };
  });
}

/** What stands in a track's file name behind the target: "01-opening", or "01" where it has no name. */
export function trackSuffix({ number, name }: Track, trackCount: number): string {
  const digits = String(number).padStart(Math.max(2, String(trackCount).length), '0');
  return name === '' ? digits : `${digits}-${name}`;
}
