import { ConfigError, type WarningHandler } from '../base/errors.ts';
import type { AudioReader } from '../io/audio-file.ts';
import { fileOrder, labelsOfFile, type ChannelOrder } from '../io/channel-order.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { builtInLayouts, getLayout } from '../layouts/built-in.ts';
import { isLfeLabel, nominalPosition } from '../layouts/labels.ts';
import type { Layout, Loudspeaker } from '../layouts/layout.ts';
import { createProgrammeMeter, type Measurement } from '../meter/measure.ts';
import { createProgressReporter, type ProgressHandler } from './progress.ts';
import { createPassThrough, pump } from './pump.ts';
import { resolveLayout } from './scene-job.ts';

/** Figures of one file; silence is -Infinity. */
export interface FileMeasurement extends Omit<Measurement, 'frameCount'> {
  readonly file: string;
  /** Name of the layout whose positions gave the weights. */
  readonly layout: string;
  readonly durationSec: number;
}

/** Figures of files, as `periphon measure --json` prints them. */
export interface MeasureResult {
  readonly version: 1;
  readonly files: readonly FileMeasurement[];
}

/** Options of `measureFiles`. */
export interface MeasureOptions {
  /** Layout of the channels; what the file says where undefined. */
  readonly layout?: string | undefined;
  /** Order of the channels when a layout is given; by the file's mask where undefined. */
  readonly channelOrder?: ChannelOrder | undefined;
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Measures loudness (BS.1770-5, EBU Tech 3341 and 3342) and peaks of audio files.
 * @throws FormatError for damaged files, ConfigError where the layout does not fit the channels
 */
export async function measureFiles(
  files: readonly string[],
  options: MeasureOptions = {},
): Promise<MeasureResult> {
  const measured: FileMeasurement[] = [];
  for (const file of files) measured.push(await measureFile(file, options));
  return { version: 1, files: measured };
}

async function measureFile(file: string, options: MeasureOptions): Promise<FileMeasurement> {
  const onWarning = options.onWarning ?? (() => {});
  const kernels = await loadKernels({ onWarning });
  const reader = await openAudioFile(file, { kernels, onWarning });
  try {
    const layout = layoutOfFile(reader, options, onWarning);
    const { sampleRateHz, channelCount, frameCount } = reader;
    const meter = createProgrammeMeter({ kernels, sampleRateHz, layout });
    await pump({
      source: reader,
      channelCount,
      frameCount,
      lanes: [
        { processor: createPassThrough(channelCount), taps: [{ take: (block) => meter.process(block) }] },
      ],
      signal: options.signal,
      onProgress: createProgressReporter(options.onProgress, 'measure', file),
    });
    const { frameCount: _frames, ...figures } = meter.finish();
    return {
      file,
      layout: layout.aliases[0] ?? layout.name,
      durationSec: frameCount / sampleRateHz,
      ...figures,
    };
  } finally {
    await reader.close();
  }
}

/** The loudspeakers of a file's channels, in file order. */
function layoutOfFile(reader: AudioReader, options: MeasureOptions, onWarning: WarningHandler): Layout {
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
