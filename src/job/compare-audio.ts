import { createAudioBlock, type AudioBlock } from '../base/audio-block.ts';
import { FormatError } from '../base/errors.ts';
import type { AudioReader } from '../io/audio-file.ts';
import { openAudioFile } from '../io/open-audio-file.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { findAlignment, type Alignment } from '../meter/alignment.ts';
import { createDifferenceMeter, type ProgrammeDifference } from '../meter/difference-meter.ts';
import { ambisonicChannelLabels } from '../render/ambisonic/ambisonic-format.ts';
import { fileChannels } from './file-channels.ts';
import type { FileMeasurement, MeasureOptions } from './file-measurement.ts';
import { measureReader } from './measure-file.ts';
import { createProgressReporter } from './progress.ts';
import { createPassThrough, defaultBlockFrames, pump } from './pump.ts';

/** One of two programmes that are compared; its figures are those of the part that both have. */
export interface ComparedSide {
  readonly file: string;
  readonly lengthSamples: number;
  readonly integratedLufs: number;
  readonly loudnessRangeLu: number;
  readonly truePeakDbtp: number;
}

/** Two files, the second against the first. */
export interface AudioComparison {
  /** What was compared: a target, or what tells a file from others of its folder. */
  readonly name: string;
  /** Layout of the channels. */
  readonly layout: string;
  readonly sampleRateHz: number;
  readonly first: ComparedSide;
  readonly second: ComparedSide;
  /** By how many samples the second comes later; it is moved by as many before all else is compared. */
  readonly offsetSamples: number;
  /** Normalised cross-correlation of the steps from sample to sample there, -1..1. */
  readonly correlation: number;
  /** Length of the part that both have. */
  readonly comparedSamples: number;
  /** Whether both have the same length and the same samples at the same places. */
  readonly isIdentical: boolean;
  /** Gain of the second that makes both equally loud; 0 where one has no loudness. */
  readonly matchGainDb: number;
  /** What is left of second minus first, as they are and where they are equally loud. */
  readonly difference: ProgrammeDifference;
}

/** Options of a comparison of finished audio. */
export type CompareAudioOptions = Pick<
  MeasureOptions,
  'layout' | 'channelOrder' | 'onWarning' | 'onProgress' | 'signal'
>;

/** Stretch of both, from the first sound on, whose correlation gives the offset. */
const alignedSec = 30;
/** Largest offset that is looked for, at least. */
const maxOffsetSec = 2;
/** What is correlated less than this at its best place is left where it is: it is not the same programme. */
const leastCorrelation = 0.3;
/** A sound begins above this, linear: -80 dBFS. */
const soundFrom = 1e-4;

/**
 * Compares two audio files: offset, difference as they are and at the same loudness, figures of both. Reads each three
 * times; memory does not grow with their length.
 * @throws FormatError 'compare-rates', 'compare-channels', 'compare-apart'; those of files that cannot be read
 */
export async function compareAudio(
  name: string,
  firstFile: string,
  secondFile: string,
  options: CompareAudioOptions,
): Promise<AudioComparison> {
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const open = (file: string): Promise<AudioReader> =>
    openAudioFile(file, { kernels, onWarning: options.onWarning });
  const first = await open(firstFile);
  try {
    const second = await open(secondFile);
    try {
      return await compareReaders(name, first, second, options);
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

async function compareReaders(
  name: string,
  first: AudioReader,
  second: AudioReader,
  options: CompareAudioOptions,
): Promise<AudioComparison> {
  const labels = labelsOf(first, options);
  const order = channelOrderOf(first, second, labels, labelsOf(second, options));
  const { sampleRateHz } = first;
  const { offsetSamples, correlation } = await alignReaders(first, second, order);
  const common = commonPart(first, second, offsetSamples);
  const measure = (reader: AudioReader, startFrame: number): Promise<FileMeasurement> => {
    reader.seek(startFrame);
    return measureReader(reader, common.frameCount, { ...options, onWarning: undefined });
  };
  const one = await measure(first, common.firstStart);
  const other = await measure(second, common.secondStart);
  const gainDb = one.integratedLufs - other.integratedLufs;
  const matchGainDb = Number.isFinite(gainDb) ? gainDb : 0;
  const difference = await measureDifference(first, second, common, order, labels, matchGainDb, options);
  const sideOf = ({ file, frameCount }: AudioReader, measured: FileMeasurement): ComparedSide => ({
    file,
    lengthSamples: frameCount,
    integratedLufs: measured.integratedLufs,
    loudnessRangeLu: measured.loudnessRangeLu,
    truePeakDbtp: measured.truePeakDbtp,
  });
  return {
    name,
    layout: one.layout,
    sampleRateHz,
    first: sideOf(first, one),
    second: sideOf(second, other),
    offsetSamples,
    correlation,
    comparedSamples: common.frameCount,
    isIdentical: offsetSamples === 0 && first.frameCount === second.frameCount && difference.isIdentical,
    matchGainDb,
    difference,
  };
}

/** Labels of a file's channels, in file order. */
function labelsOf(reader: AudioReader, options: CompareAudioOptions): string[] {
  const { layout, ambisonic } = fileChannels(reader, options);
  if (layout) return layout.loudspeakers.map(({ label }) => label);
  const { order, normalization, isHeadLocked } = ambisonic;
  const names = ambisonicChannelLabels(order, { headLocked: isHeadLocked });
  return names.map((label) => `${label} (${normalization})`);
}

/**
 * The channel of the second file for each of the first.
 * @throws FormatError where rates or layouts differ
 */
function channelOrderOf(
  first: AudioReader,
  second: AudioReader,
  firstLabels: readonly string[],
  secondLabels: readonly string[],
): number[] {
  const files = `${first.file} and ${second.file}`;
  const refuse = (code: string, message: string, hint: string): never => {
    throw new FormatError(code, `${files} cannot be compared: ${message}`, { file: second.file, hint });
  };
  if (first.sampleRateHz !== second.sampleRateHz) {
    const rates = `${first.sampleRateHz} and ${second.sampleRateHz} Hz`;
    refuse('compare-rates', `they have ${rates}; one sample rate is allowed`, 'make both at one rate');
  }
  const order = firstLabels.map((label) => secondLabels.indexOf(label));
  if (firstLabels.length !== secondLabels.length || order.includes(-1)) {
    const found = `${firstLabels.join(' ')} and ${secondLabels.join(' ')}`;
    refuse(
      'compare-channels',
      `their channels are ${found}; one layout is allowed`,
      'name the layout of both',
    );
  }
  return order;
}

/** The part that both programmes have, where the second is moved by its offset. */
interface CommonPart {
  readonly firstStart: number;
  readonly secondStart: number;
  readonly frameCount: number;
}

function commonPart(first: AudioReader, second: AudioReader, offsetSamples: number): CommonPart {
  const firstStart = Math.max(0, -offsetSamples);
  const secondStart = Math.max(0, offsetSamples);
  const frameCount = Math.min(first.frameCount - firstStart, second.frameCount - secondStart);
  if (frameCount > 0) return { firstStart, secondStart, frameCount };
  throw new FormatError('compare-apart', `${first.file} and ${second.file} have no sample in common`, {
    file: second.file,
    hint: `they have ${first.frameCount} and ${second.frameCount} samples`,
  });
}

/** Finds the offset from what follows the first sound of either, all channels mixed to one. */
async function alignReaders(
  first: AudioReader,
  second: AudioReader,
  order: readonly number[],
): Promise<Alignment> {
  const capacity = alignedSec * first.sampleRateHz;
  const mixes = [new Float32Array(capacity), new Float32Array(capacity)] as const;
  const blocks = [first, second].map(({ channelCount }) =>
    createAudioBlock(channelCount, defaultBlockFrames),
  );
  const own = [...order.keys()];
  const longest = Math.max(first.frameCount, second.frameCount);
  first.seek(0);
  second.seek(0);
  let filled = 0;
  for (let position = 0; position < longest && filled < capacity; position += defaultBlockFrames) {
    const frames = Math.min(defaultBlockFrames, capacity - filled);
    for (const [index, reader] of [first, second].entries()) {
      const block = blocks[index]!;
      block.frameCount = frames;
      block.frameCount = await reader.read(block);
      mixInto(mixes[index]!.subarray(filled, filled + frames), block, index === 0 ? own : order);
    }
    const hasSound = mixes.some((mix) =>
      mix.subarray(filled, filled + frames).some((value) => Math.abs(value) > soundFrom),
    );
    if (filled > 0 || hasSound) filled += frames;
  }
  const [one, other] = mixes.map((mix) => differentiate(mix.subarray(0, filled)));
  const found = findAlignment(one!, other!, maxOffsetSec * first.sampleRateHz);
  return Math.abs(found.correlation) < leastCorrelation ? { ...found, offsetSamples: 0 } : found;
}

/**
 * The steps from sample to sample. Music has most of its energy in the bass, which filters of minimum phase make late:
 * by its steps the whole spectrum counts, and a crossover or a high-pass moves nothing.
 */
function differentiate(samples: Float32Array): Float32Array {
  let before = 0;
  return samples.map((value) => {
    const step = value - before;
    before = value;
    return step;
  });
}

/** Mixes a block to one channel, each at a gain of its own: a pair of opposite signs does not vanish. */
function mixInto(mix: Float32Array, { channels, frameCount }: AudioBlock, order: readonly number[]): void {
  mix.fill(0);
  for (const [index, channel] of order.entries()) {
    const samples = channels[channel]!;
    const gain = 1 / (1 + index / 10);
    for (let n = 0; n < frameCount; n++) mix[n]! += gain * samples[n]!;
  }
}

/** Reads both side by side. */
async function measureDifference(
  first: AudioReader,
  second: AudioReader,
  { firstStart, secondStart, frameCount }: CommonPart,
  order: readonly number[],
  labels: readonly string[],
  matchGainDb: number,
  { onWarning, onProgress, signal }: CompareAudioOptions,
): Promise<ProgrammeDifference> {
  const kernels = await loadKernels({ onWarning });
  const { sampleRateHz, channelCount } = first;
  const meter = createDifferenceMeter({ kernels, sampleRateHz, channels: labels, matchGainDb });
  first.seek(firstStart);
  second.seek(secondStart);
  const split = ({ channels, frameCount: frames }: AudioBlock): [AudioBlock, AudioBlock] => [
    { channels: channels.slice(0, channelCount), frameCount: frames },
    { channels: channels.slice(channelCount), frameCount: frames },
  ];
  await pump({
    source: {
      async read(block) {
        const [one, other] = split(block);
        return Math.min(await first.read(one), await second.read(other));
      },
    },
    channelCount: 2 * channelCount,
    frameCount,
    lanes: [
      {
        processor: createPassThrough(2 * channelCount),
        taps: [
          {
            take(block) {
              const [one, other] = split(block);
              const sorted = order.map((channel) => other.channels[channel]!);
              meter.process(one, { channels: sorted, frameCount: other.frameCount });
            },
          },
        ],
      },
    ],
    signal,
    onProgress: createProgressReporter(onProgress, 'compare', second.file),
  });
  return meter.finish();
}
