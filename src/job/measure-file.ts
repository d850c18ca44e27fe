import { isAdmFile, openAdmScene } from '../io/adm/adm-scene.ts';
import type { AudioReader } from '../io/audio-file.ts';
import type { TrackFacts } from '../deliver/file-facts.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import { openScene } from '../io/stems/open-scene.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { findLayout, getLayout } from '../layouts/built-in.ts';
import type { Layout } from '../layouts/layout.ts';
import { createLoudnessMeter } from '../meter/loudness-meter.ts';
import { createProgrammeMeter, joinMeasurement, type ProgrammeMeterOptions } from '../meter/measure.ts';
import { createSignalMeter } from '../meter/signal-meter.ts';
import { createTrackMeter } from '../meter/track-meter.ts';
import { ambisonicChannelLabels } from '../render/ambisonic/ambisonic-format.ts';
import { createRenderer } from '../render/renderer.ts';
import { ambisonicScene } from '../scene/make-scene.ts';
import { fileChannels, type MeasuredAmbisonics } from './file-channels.ts';
import { isSceneFile, measureScene } from './measure-scene.ts';
import { createProgressReporter } from './progress.ts';
import type { FileMeasurement, MeasureOptions, MeasureResult } from './file-measurement.ts';
import { createPassThrough, pump, type Lane } from './pump.ts';
import { createReRenderTap, programmeFigures } from './re-render.ts';

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
    return await measureReader(reader, reader.frameCount, options);
  } finally {
    await reader.close();
  }
}

/** Measures so many frames of finished audio from where its reader stands. */
export async function measureReader(
  reader: AudioReader,
  frameCount: number,
  options: MeasureOptions,
): Promise<FileMeasurement> {
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const { file, sampleRateHz, channelCount, container, bitDepth } = reader;
  const { layout, ambisonic } = fileChannels(reader, options);
  const { truePeakMode, ceilingDbtp, withCurve } = options;
  const settings = { kernels, sampleRateHz, truePeakMode, ceilingDbtp, withCurve };
  const { lanes, finish } = layout
    ? measureLoudspeakers(settings, layout, isPlaced(layout, options) ? options.reRenders : [])
    : measureAmbisonics(settings, ambisonic);
  await pump({
    source: reader,
    channelCount,
    frameCount,
    lanes,
    signal: options.signal,
    onProgress: createProgressReporter(options.onProgress, 'measure', file),
  });
  return { file, durationSec: frameCount / sampleRateHz, container, sampleRateHz, bitDepth, ...finish() };
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
