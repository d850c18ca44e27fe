import { basename } from 'node:path';
import { ConfigError, type WarningHandler } from '../base/errors.ts';
import type { AudioReader } from '../io/audio-file.ts';
import { fileOrder, labelsOfFile, type ChannelOrder } from '../io/channel-order.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import { normalizationInName } from '../io/stems/infer-channels.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { builtInLayouts, findLayout, getLayout } from '../layouts/built-in.ts';
import { isLfeLabel, nominalPosition } from '../layouts/labels.ts';
import type { Layout, Loudspeaker } from '../layouts/layout.ts';
import { shChannelCount } from '../math/spherical-harmonics.ts';
import { createLoudnessMeter } from '../meter/loudness-meter.ts';
import { createProgrammeMeter, joinMeasurement, type ProgrammeMeterOptions } from '../meter/measure.ts';
import type { Measurement, ProgrammeFigures } from '../meter/measurement.ts';
import { createSignalMeter } from '../meter/signal-meter.ts';
import type { TruePeakMode } from '../meter/true-peak-meter.ts';
import { ambisonicChannelLabels } from '../render/ambisonic/ambisonic-format.ts';
import { createRenderer } from '../render/renderer.ts';
import { ambisonicScene, type AmbisonicContent } from '../scene/make-scene.ts';
import { createProgressReporter, type ProgressHandler } from './progress.ts';
import { createPassThrough, pump, type Lane } from './pump.ts';
import { createReRenderTap, programmeFigures } from './re-render.ts';
import { resolveLayout } from './scene-job.ts';

/** Figures of one file; silence is -Infinity. */
export interface FileMeasurement extends Omit<Measurement, 'frameCount'> {
  readonly file: string;
  /** Name of the layout whose positions gave the weights; ambisonics take those of their 7.1.4 decode. */
  readonly layout: string;
  readonly durationSec: number;
  /** What the file is: "WAV", "RF64", "FLAC" ... */
  readonly container: string;
  readonly sampleRateHz: number;
  /** Bits of a sample; 32 is 32-bit float. */
  readonly bitDepth: number;
  /** Figures of the re-renders that were asked for, by the layout's name; none of smaller and unknown layouts. */
  readonly reRenders?: Readonly<Record<string, ProgrammeFigures>> | undefined;
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
  /** Layouts ("5.1") that files with more channels are re-rendered to and measured on, as beds. */
  readonly reRenders?: readonly string[] | undefined;
  /** 'standard' (BS.1770-5 Annex 2) unless given; 'precise' for the band-limited signal. */
  readonly truePeakMode?: TruePeakMode | undefined;
  /** True peaks above it are listed as overs; -1 dBTP unless given. */
  readonly ceilingDbtp?: number | undefined;
  /** Whether loudness over time is wanted; it is not unless asked for. */
  readonly withCurve?: boolean | undefined;
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
    const ambisonic = ambisonicContentOf(reader, options.layout);
    const layout = ambisonic === undefined ? layoutOfFile(reader, options, onWarning) : undefined;
    const { sampleRateHz, channelCount, frameCount } = reader;
    const { truePeakMode, ceilingDbtp, withCurve } = options;
    const settings = { kernels, sampleRateHz, truePeakMode, ceilingDbtp, withCurve };
    const { lanes, finish } = layout
      ? measureLoudspeakers(settings, layout, isPlaced(layout, options) ? options.reRenders : [])
      : measureAmbisonics(settings, ambisonic!);
    await pump({
      source: reader,
      channelCount,
      frameCount,
      lanes,
      signal: options.signal,
      onProgress: createProgressReporter(options.onProgress, 'measure', file),
    });
    const { container, bitDepth } = reader;
    return {
      file,
      durationSec: frameCount / sampleRateHz,
      container,
      sampleRateHz,
      bitDepth,
      ...finish(),
    };
  } finally {
    await reader.close();
  }
}

/** Whether it is known where the channels of a layout sound. */
const isPlaced = ({ name }: Layout, options: MeasureOptions): boolean =>
  options.layout !== undefined || findLayout(name) !== undefined;

/** How a file is measured: what listens to it, and what that says at the end. */
interface MeasuringLanes {
  readonly lanes: readonly Lane[];
  finish(): Omit<FileMeasurement, 'file' | 'durationSec' | 'container' | 'sampleRateHz' | 'bitDepth'>;
}

/** What the meters of a file have in common. */
type MeterSettings = Omit<ProgrammeMeterOptions, 'layout'>;

function measureLoudspeakers(
  settings: MeterSettings,
  layout: Layout,
  reRenders: MeasureOptions['reRenders'] = [],
): MeasuringLanes {
  const { kernels, sampleRateHz } = settings;
  const meter = createProgrammeMeter({ ...settings, layout });
  const processor = createPassThrough(layout.loudspeakers.length);
  const others = reRenders
    .filter((name) => getLayout(name).loudspeakers.length < layout.loudspeakers.length)
    .map((name) => ({
      name,
      tap: createReRenderTap({ kernels, sampleRateHz, from: layout, to: getLayout(name) }),
    }));
  return {
    lanes: [
      { processor, taps: [{ take: (block) => meter.process(block) }, ...others.map(({ tap }) => tap)] },
    ],
    finish() {
      const { frameCount: _frames, ...figures } = meter.finish();
      return {
        layout: layout.aliases[0] ?? layout.name,
        ...figures,
        reRenders:
          others.length > 0
            ? Object.fromEntries(others.map(({ name, tap }) => [name, programmeFigures(tap.finish())]))
            : undefined,
      };
    },
  };
}

/** Ambisonics have no loudness of their own: it is that of their 7.1.4 decode (BS.1770-5 Annex 4). */
function measureAmbisonics(settings: MeterSettings, content: MeasuredAmbisonics): MeasuringLanes {
  const { order, isHeadLocked } = content;
  const { kernels, sampleRateHz } = settings;
  const labels = ambisonicChannelLabels(order, { headLocked: isHeadLocked });
  const channels = labels.map((label) => ({ label, isLfe: false }));
  const signal = createSignalMeter({ ...settings, channels, pairs: [] });
  const layout = getLayout('4+7+0');
  const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout });
  const format = { kind: 'loudspeakers', layout } as const;
  const decoder = createRenderer({ scene: ambisonicScene(order, content), format, sampleRateHz, kernels });
  return {
    lanes: [
      { processor: createPassThrough(labels.length), taps: [{ take: (block) => signal.process(block) }] },
      { processor: decoder, taps: [{ take: (block) => loudness.process(block) }] },
    ],
    finish() {
      const { frameCount: _frames, ...figures } = joinMeasurement(loudness, signal, settings.withCurve);
      return { layout: `ambix${order}`, ...figures };
    },
  };
}

/** An ambisonic file. */
interface MeasuredAmbisonics extends AmbisonicContent {
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
