import { basename } from 'node:path';
import { ConfigError, type WarningHandler } from '../base/errors.ts';
import type { AudioReader } from '../io/audio-file.ts';
import { fileOrder, labelsOfFile } from '../io/channel-order.ts';
import { normalizationInName } from '../io/stems/infer-channels.ts';
import { builtInLayouts, getLayout } from '../layouts/built-in.ts';
import { isLfeLabel, nominalPosition } from '../layouts/labels.ts';
import type { Layout, Loudspeaker } from '../layouts/layout.ts';
import { shChannelCount } from '../math/spherical-harmonics.ts';
import type { AmbisonicContent } from '../scene/make-scene.ts';
import type { MeasureOptions } from './file-measurement.ts';
import { resolveLayout } from './scene-job.ts';

/** What is said of a file's channels; see `MeasureOptions`. */
export type ChannelOptions = Pick<MeasureOptions, 'layout' | 'channelOrder' | 'onWarning'>;

/** What the channels of a finished file are: the loudspeakers of a layout in file order, or ambisonics. */
export type FileChannels =
  | { readonly layout: Layout; readonly ambisonic?: undefined }
  | { readonly layout?: undefined; readonly ambisonic: MeasuredAmbisonics };

/**
 * Finds out what the channels of a finished file are, by what is asked for, else by what the file or its name says.
 * @throws ConfigError 'layout-channels' where the layout that is asked for does not fit
 */
export function fileChannels(reader: AudioReader, options: ChannelOptions): FileChannels {
  const ambisonic = ambisonicContentOf(reader, options.layout);
  return ambisonic ? { ambisonic } : { layout: layoutOfFile(reader, options) };
}

/** What an ambisonic file holds. */
export interface MeasuredAmbisonics extends AmbisonicContent {
  readonly order: number;
}

/**
 * The ambisonics that a layout ("ambix3") or, without one, the file's name says; it must fit the channels, two more
 * of which are a head-locked pair.
 */
function ambisonicContentOf(
  { file, channelCount }: AudioReader,
  layout: string | undefined,
): MeasuredAmbisonics | undefined {
  const digit =
    /^ambix([1-7])$/i.exec(layout ?? '')?.[1] ??
    (layout === undefined ? /ambix([1-7])/i.exec(basename(file))?.[1] : undefined);
  if (digit === undefined) return undefined;
  const order = Number(digit);
  const spare = channelCount - shChannelCount(order);
  if (spare === 0 || spare === 2)
    return { order, normalization: normalizationInName(basename(file), order), isHeadLocked: spare === 2 };
  if (layout === undefined) return undefined;
  throw new ConfigError(
    'layout-channels',
    `${file} has ${channelCount} channels, but ${layout} has ${shChannelCount(order)}`,
  );
}

/** The loudspeakers of a file's channels, in file order. */
function layoutOfFile(reader: AudioReader, options: ChannelOptions): Layout {
  const onWarning: WarningHandler = options.onWarning ?? (() => {});
  if (options.layout !== undefined) {
    const layout = resolveLayout(options.layout);
    if (layout.loudspeakers.length !== reader.channelCount) {
      throw new ConfigError(
        'layout-channels',
        `${reader.file} has ${reader.channelCount} channels, but layout ${options.layout} has ${layout.loudspeakers.length}`,
      );
    }
    const order = options.channelOrder ?? (reader.channelLabels ? 'wav' : 'itu');
    const loudspeakers = fileOrder(layout, order).order.map((channel) => layout.loudspeakers[channel]);
    return { ...layout, loudspeakers };
  }
  const labels = labelsOfFile(reader, onWarning);
  if (labels) return layoutOfLabels(labels);
  onWarning({
    code: 'channels-unknown',
    file: reader.file,
    message: `${reader.file}: no layout has ${reader.channelCount} channels; every channel counts with weight 1`,
  });
  return layoutOfLabels(Array.from({ length: reader.channelCount }, (_, index) => String(index + 1)));
}

/** The built-in layout with these labels, its loudspeakers in the order of the labels; else one made of them. */
function layoutOfLabels(labels: readonly string[]): Layout {
  const sorted = [...labels].sort().join(' ');
  const found = builtInLayouts.find(
    (layout) =>
      layout.loudspeakers
        .map(({ label }) => label)
        .sort()
        .join(' ') === sorted,
  );
  if (!found) return madeLayout(labels);
  const loudspeakers = labels.map((label) => found.loudspeakers.find((speaker) => speaker.label === label)!);
  return { ...found, loudspeakers };
}

function madeLayout(labels: readonly string[]): Layout {
  const loudspeakers = labels.map((label): Loudspeaker => {
    const { azimuthDeg, elevationDeg } = nominalPosition(label) ?? { azimuthDeg: 0, elevationDeg: 0 };
    return {
      label,
      azimuthDeg,
      elevationDeg,
      nominalAzimuthDeg: azimuthDeg,
      nominalElevationDeg: elevationDeg,
      azimuthRangeDeg: [azimuthDeg, azimuthDeg],
      elevationRangeDeg: [elevationDeg, elevationDeg],
      isLfe: isLfeLabel(label),
    };
  });
  return { ...getLayout('0+1+0'), name: `${labels.length} channels`, aliases: [], loudspeakers };
}
