import type { Issue, WarningHandler } from '../../base/errors.ts';
import { rationalToSamplesCeil } from '../../base/time.ts';
import { findLayout } from '../../layouts/built-in.ts';
import { trackCountOf } from '../../scene/scene.ts';
import type { Bed, Scene, SceneElement } from '../../scene/scene.ts';
import type { AudioReader } from '../audio-file.ts';
import { fileOrder } from '../channel-order.ts';
import type { LocatedStem } from './locate-stems.ts';
import type { PlacedStem } from './stem-player.ts';

/** An element's files with their readers. */
export interface OpenStem extends LocatedStem {
  /** One for each of `files`. */
  readonly readers: readonly AudioReader[];
}

/** A channel of a file, set on the time line of a scene and joined to one of its tracks. */
interface PlacedChannel {
  readonly reader: AudioReader;
  readonly channel: number;
  readonly track: number;
  readonly startSample: number;
}

/** The scene with the starts that its files' time stamps give, and its files on its time line. */
export interface StemPlacement {
  readonly scene: Scene;
  readonly placed: readonly PlacedStem[];
  readonly issues: readonly Issue[];
}

/**
 * Joins the channels of files to the tracks of a scene and sets them on its time line. An element starts
 * where its document says; without that, where the time stamp (bext) of its file says, counted from the
 * earliest time stamp among such files; without either, at 0.
 * @returns faults of channel counts in `issues`
 */
export function placeStems(
  scene: Scene,
  stems: readonly OpenStem[],
  sampleRateHz: number,
  onWarning: WarningHandler,
): StemPlacement {
  const issues: Issue[] = [];
  const channels: PlacedChannel[] = [];
  const startOf = fileStarts(stems, onWarning);
  const elements = [...scene.elements];
  let track = 0;
  for (const stem of stems) {
    const { elementIndex, startIsGiven } = stem.reference;
    const element = scene.elements[elementIndex]!;
    const starts = startIsGiven
      ? stem.readers.map(() => rationalToSamplesCeil(element.startSec, sampleRateHz))
      : stem.readers.map(startOf);
    for (const [index, picked] of pickChannels(stem, element, issues, onWarning).entries()) {
      const startSample = starts[picked.file] ?? 0;
      channels.push({
        reader: stem.readers[picked.file]!,
        channel: picked.channel,
        track: track + index,
        startSample,
      });
    }
    if (!startIsGiven) elements[elementIndex] = startingAt(element, Math.min(...starts), sampleRateHz);
    track += trackCountOf(element);
  }
  return { scene: { ...scene, elements }, placed: groupByFile(channels), issues };
}

const startingAt = (element: SceneElement, startSample: number, sampleRateHz: number): SceneElement => ({
  ...element,
  startSec: { numerator: BigInt(startSample), denominator: BigInt(sampleRateHz) },
});

/** Start of each file by its time stamp, where its element leaves the start to it. */
function fileStarts(stems: readonly OpenStem[], onWarning: WarningHandler): (reader: AudioReader) => number {
  const free = stems.filter(({ reference }) => !reference.startIsGiven).flatMap(({ readers }) => readers);
  const stamps = free.flatMap(({ timeReferenceSamples }) => timeReferenceSamples ?? []);
  const earliest = Math.min(...stamps);
  const longest = Math.max(...free.map(({ frameCount }) => frameCount));
  const late = free.find(({ timeReferenceSamples = earliest }) => timeReferenceSamples - earliest > longest);
  if (late) {
    const message = `${late.file}: its time stamp places it ${((late.timeReferenceSamples ?? 0) - earliest) / late.sampleRateHz} s after the earliest file, beyond the end of every other; "startSec" of its element overrides it`;
    onWarning({ code: 'stem-far', message, file: late.file });
  }
  return ({ timeReferenceSamples = earliest }) =>
    stamps.length === 0 ? 0 : Math.max(0, timeReferenceSamples - earliest);
}

/** File (index) and channel of every track of an element; empty if the channel counts do not fit. */
function pickChannels(
  { reference, files, readers }: OpenStem,
  element: SceneElement,
  issues: Issue[],
  onWarning: WarningHandler,
): { file: number; channel: number }[] {
  const { source, path } = reference;
  const fault = (at: string, message: string): [] => {
    issues.push({ code: 'stem-channels', path: at, message });
    return [];
  };
  const [reader] = readers;
  if (!reader) return [];
  const count = reader.channelCount;
  if (source.kind === 'channel') {
    if (source.channel === undefined && count > 1) {
      return fault(path, `"${source.file}" has ${count} channels; say which with "channel": 1 to ${count}`);
    }
    const channel = source.channel ?? 0;
    const at = path.replace(/file$/, 'channel');
    if (channel >= count) return fault(at, `found ${channel + 1}; "${source.file}" has ${count} channel(s)`);
    return [{ file: 0, channel }];
  }
  if (source.kind === 'interleaved') {
    const wanted = trackCountOf(element);
    if (count !== wanted) {
      return fault(path, `"${source.file}" has ${count} channels; "${element.name}" has ${wanted}`);
    }
    const order = source.inSceneOrder
      ? undefined
      : fileChannels(element as Bed, reader, source.channelOrder, onWarning);
    return Array.from({ length: wanted }, (_, index) => ({ file: 0, channel: order?.[index] ?? index }));
  }
  const thick = readers.findIndex(({ channelCount }) => channelCount !== 1);
  if (thick >= 0) {
    const { file, path: at } = files[thick]!;
    return fault(at, `"${file}" has ${readers[thick]!.channelCount} channels; allowed: mono`);
  }
  return readers.map((_, file) => ({ file, channel: 0 }));
}

/** Channel of the file for every channel of a bed: by stated order, by the file's own labels, or as they lie. */
function fileChannels(
  bed: Bed,
  reader: AudioReader,
  channelOrder: 'itu' | 'wav' | 'film' | undefined,
  onWarning: WarningHandler,
): number[] {
  const labels = bed.channels.map(({ label }) => label);
  const layout = bed.layout === undefined ? undefined : findLayout(bed.layout);
  if (channelOrder !== undefined && layout) {
    const { order } = fileOrder(layout, channelOrder);
    return labels.map((_, index) => order.indexOf(index));
  }
  const stated = reader.channelLabels;
  if (stated && labels.every((label) => stated.includes(label))) {
    return labels.map((label) => stated.indexOf(label));
  }
  if (stated) {
    const message = `${reader.file}: its channel mask says ${stated.join(', ')}, the bed "${bed.name}" ${labels.join(', ')}; the order of the bed is taken`;
    onWarning({ code: 'stem-mask', message, file: reader.file });
  }
  return labels.map((_, index) => index);
}

/** One entry for each file and start; a file that several elements share is read once. */
function groupByFile(channels: readonly PlacedChannel[]): PlacedStem[] {
  const groups: { reader: AudioReader; startSample: number; tracks: number[][] }[] = [];
  for (const { reader, channel, track, startSample } of channels) {
    let group = groups.find((other) => other.reader === reader && other.startSample === startSample);
    if (!group) {
      group = { reader, startSample, tracks: Array.from({ length: reader.channelCount }, () => []) };
      groups.push(group);
    }
    group.tracks[channel]!.push(track);
  }
  return groups;
}
