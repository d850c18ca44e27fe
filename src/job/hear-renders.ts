import { loadKernels } from '../kernels/load-kernels.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { createOverMeter, type Overs } from '../master/limiter-overs.ts';
import { heardChannels, lfeRow, mainRow, type HeardChannels } from '../master/render-curve.ts';
import { createLoudnessMeter } from '../meter/loudness-meter.ts';
import type { BlockFigures } from '../meter/measurement.ts';
import { createLargestPeakMeter } from '../meter/true-peak-meter.ts';
import { createRenderer } from '../render/renderer.ts';
import { sceneTracks, type Scene } from '../scene/scene.ts';
import type { Listening } from './listening.ts';
import { createPeakRecorder, type PeakRecorder, type RecordedPeaks } from './peak-recorder.ts';
import type { PlannedBus, PlannedTarget } from './plan.ts';
import { createProgressReporter } from './progress.ts';
import { pump, type FrameSource, type Lane, type Tap } from './pump.ts';
import { foldTap } from './taps.ts';
import type { TaskContext } from './worker-pool.ts';

/** A bus, and what is heard of it. */
export interface HeardBus {
  readonly bus: PlannedBus;
  /** Renders that are made from it. */
  readonly renders: readonly PlannedTarget[];
}

/** Some renders of a scene that are only measured; plain data, so that it can go to a worker. */
export interface HearTask extends Listening {
  readonly scene: Scene;
  readonly sampleRateHz: number;
  /** Of the whole scene. */
  readonly frameCount: number;
  readonly buses: readonly HeardBus[];
  /** Where peaks are recorded, and how far below the highest they matter; undefined where they are not recorded. */
  readonly recording: { readonly scratchDir: string; readonly rangeDb: number } | undefined;
  /** What no render is to be above. */
  readonly ceilingDbtp: number;
  readonly blockFrames: number | undefined;
  /** What this task says of the progress of the pass; undefined where another speaks. */
  readonly progress: { readonly phase: string; readonly subject: string } | undefined;
}

/** What was heard of a render. */
export interface HeardRender {
  /** Id of the target that it would be. */
  readonly name: string;
  readonly figures: BlockFigures;
  /** Weighted energy of every 10 ms, as in `GroupLevels`. */
  readonly energies: Float32Array;
  /** Whether it has an LFE. */
  readonly hasLfe: boolean;
  /** Where it is above the ceiling, in the group of its row; none where its peaks are recorded. */
  readonly overs: Overs;
  /** Undefined where they are not recorded. */
  readonly peaks: RecordedPeaks | undefined;
}

/** Renders a scene and measures what comes out. On failure no scratch file is left. */
export async function hearRenders(
  task: HearTask,
  source: FrameSource,
  { signal, onWarning, onProgress }: TaskContext,
): Promise<HeardRender[]> {
  const { scene, sampleRateHz, frameCount, hrtf, rendering: settings } = task;
  const kernels = await loadKernels({ onWarning });
  const ears: Ear[] = [];
  try {
    const lanes: Lane[] = [];
    for (const { bus, renders } of task.buses) {
      const taps: Tap[] = [];
      for (const planned of renders) {
        const ear = await createEar(planned, task, kernels);
        ears.push(ear);
        taps.push(
          foldTap(planned, { channelCount: bus.channelCount, sampleRateHz, frameCount }, kernels, ear),
        );
      }
      const { format } = bus;
      lanes.push({
        processor: createRenderer({ scene, format, sampleRateHz, kernels, hrtf, settings }),
        taps,
      });
    }
    await pump({
      ...{ source, frameCount, lanes, signal },
      channelCount: sceneTracks(scene).length,
      blockFrames: task.blockFrames,
      onProgress:
        task.progress && createProgressReporter(onProgress, task.progress.phase, task.progress.subject),
    });
    const heard: HeardRender[] = [];
    for (const ear of ears) heard.push(await ear.finish());
    return heard;
  } catch (error) {
    for (const ear of ears) await ear.dispose();
    throw error;
  }
}

/** Measures a render. */
interface Ear extends Tap {
  finish(): Promise<HeardRender>;
  dispose(): Promise<void>;
}

async function createEar(
  { target, layout, channelCount }: PlannedTarget,
  { sampleRateHz, frameCount, recording, ceilingDbtp }: HearTask,
  kernels: Kernels,
): Promise<Ear> {
  const energies = new Float32Array(Math.ceil((frameCount * 100) / sampleRateHz) + 1);
  let binCount = 0;
  const loudness = createLoudnessMeter({
    ...{ kernels, sampleRateHz, layout: layout! },
    hearBin: (bin) => void (energies[binCount++] = bin.reduce((sum, energy) => sum + energy, 0)),
  });
  const peakMeter = createLargestPeakMeter({ kernels, channelCount });
  const heard = heardChannels(layout, channelCount);
  const rows = [mainRow, lfeRow].map((row) => heard.find((own) => own.row === row)?.channels ?? []);
  const standardPeak = (): number => peakMeter.largestPeak;
  const overs = recording
    ? undefined
    : createOverMeter({
        ...{ kernels, channelCount, ceilingDbtp, standardPeak },
        groups: heard.map(({ channels }) => ({ name: 'all', channels })),
      });
  const recorder: PeakRecorder | undefined =
    recording &&
    (await createPeakRecorder({ ...recording, kernels, sampleRateHz, channelCount, rows, frameCount }));
  return {
    async take(block) {
      loudness.process(block);
      peakMeter.process(block);
      overs?.process(block);
      await recorder?.take(block);
    },
    async finish() {
      return {
        name: target.id,
        figures: { ...loudness.result(), blockPowers: loudness.blockPowers(), ...peakMeter.finish() },
        energies: energies.subarray(0, binCount),
        hasLfe: rows[lfeRow]!.length > 0,
        overs: oversByRow(overs?.finish(), heard),
        peaks: await recorder?.finish(),
      };
    },
    dispose: async () => recorder?.dispose(),
  };
}

const oversByRow = (
  { truePeakDbtp, dips }: Overs = { truePeakDbtp: undefined, dips: [] },
  heard: readonly HeardChannels[],
): Overs => ({ truePeakDbtp, dips: dips.map((dip) => ({ ...dip, group: heard[dip.group]!.row })) });
