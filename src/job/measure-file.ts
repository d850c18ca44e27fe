import { basename } from 'node:path';
import { ConfigError, type WarningHandler } from '../base/errors.ts';
import { isAdmFile, openAdmScene } from '../io/adm/adm-scene.ts';
import type { AudioReader } from '../io/audio-file.ts';
import type { TrackFacts } from '../deliver/file-facts.ts';
import { fileOrder, labelsOfFile } from '../io/channel-order.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import { openScene } from '../io/stems/open-scene.ts';
import { normalizationInName } from '../io/stems/infer-channels.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { builtInLayouts, findLayout, getLayout } from '../layouts/built-in.ts';
import { isLfeLabel, nominalPosition } from '../layouts/labels.ts';
import type { Layout, Loudspeaker } from '../layouts/layout.ts';
import { shChannelCount } from '../math/spherical-harmonics.ts';
import { createLoudnessMeter } from '../meter/loudness-meter.ts';
import { createProgrammeMeter, joinMeasurement, type ProgrammeMeterOptions } from '../meter/measure.ts';
import { createSignalMeter } from '../meter/signal-meter.ts';
import { createTrackMeter } from '../meter/track-meter.ts';
import { ambisonicChannelLabels } from '../render/ambisonic/ambisonic-format.ts';
import { createRenderer } from '../render/renderer.ts';
import { ambisonicScene, type AmbisonicContent } from '../scene/make-scene.ts';
import { isSceneFile, measureScene } from './measure-scene.ts';
import { createProgressReporter } from './progress.ts';
import type { FileMeasurement, MeasureOptions, MeasureResult } from './file-measurement.ts';
import { createPassThrough, pump, type Lane } from './pump.ts';
import { createReRenderTap, programmeFigures } from './re-render.ts';
import { resolveLayout } from './scene-job.ts';

/**
 * Measures loudness (BS.1770-5, EBU Tech 3341 and 3342) and peaks of audio files. Scenes and ADM BWF files are measured
 * as what they are: rendered to 7.1.4, and to smaller layouts beside it.
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
  if (isSceneFile(file)) {
    const { allowOutside } = options;
    return measureScene(await openScene(file, { kernels, allowOutside, onWarning }), 'scene', options);
  }
  const reader = await openAudioFile(file, { kernels, onWarning });
  try {
    if (isAdmFile(reader)) {
      const { programme } = options;
      return await measureScene(await openAdmScene(reader, { programme, onWarning }), 'ADM BWF', options);
    }
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
  const lfes = [...layout.loudspeakers.keys()].filter((index) => layout.loudspeakers[index]!.isLfe);
  const tracks = createTrackMeter(lfes.length, sampleRateHz, [...lfes.keys()]);
  const others = reRenders
    .filter((name) => getLayout(name).loudspeakers.length < layout.loudspeakers.length)
    .map((name) => ({
      name,
      tap: createReRenderTap({ kernels, sampleRateHz, from: layout, to: getLayout(name) }),
    }));
  return {
    lanes: [
      {
        processor,
        taps: [
          { take: (block) => meter.process(block) },
          {
            take: ({ channels, frameCount }) =>
              tracks.process({ channels: lfes.map((channel) => channels[channel]!), frameCount }),
          },
          ...others.map(({ tap }) => tap),
        ],
      },
    ],
    finish() {
      const { frameCount: _frames, ...figures } = meter.finish();
      const { peaksDbfs, highSharesDb } = tracks.finish();
      const lfeFacts = (channel: number, index: number): TrackFacts => ({
        name: layout.loudspeakers[channel]!.label,
        kind: 'bed',
        isLfe: true,
        peakDbfs: peaksDbfs[index]!,
        highShareDb: highSharesDb[index]!,
      });
      return {
        tracks: lfes.length > 0 ? lfes.map(lfeFacts) : undefined,
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
