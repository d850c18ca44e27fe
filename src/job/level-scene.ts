import type { AudioBlock } from '../base/audio-block.ts';
import { sceneFormats } from '../io/scene-formats.ts';
import type { SceneReader } from '../io/scene-reader.ts';
import type { TrackSource } from '../io/scene-writer.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { LimiterDip } from '../master/limiter-dips.ts';
import { curveRowCount, lfeRow, mainRow } from '../master/render-curve.ts';
import { createSceneGain, type SceneGain } from '../master/scene-gain.ts';
import type { SceneLoudness } from '../master/scene-loudness.ts';
import { hasLoudness, loudnessSolverDefaults } from '../master/loudness-solver.ts';
import { sceneTracks } from '../scene/scene.ts';
import { lfeTracks } from '../scene/queries.ts';
import { shareBuses } from './bus-shares.ts';
import { hearRenders, type HeardRender, type HearTask } from './hear-renders.ts';
import { openLeveledTracks } from './leveled-tracks.ts';
import { loadListening, type Listening } from './listening.ts';
import type { MasterJob } from './master-job.ts';
import { planTargets, type Plan } from './plan.ts';
import { startSceneOutputs, type SceneOutput, type SceneOutputFiles } from './scene-outputs.ts';
import { planOptionsOf, resolveTargets } from './scene-job.ts';
import { removeScratch, scratchBytes } from './scratch.ts';
import { shareRead } from './shared-read.ts';
import type { JobTask } from './worker.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A scene that is to be written at its level. */
export interface SceneToLevel {
  readonly job: MasterJob;
  readonly output: SceneOutput;
  readonly settings: SceneLoudness;
}

/** A scene whose level is being found: as it will be read of its files, and what was heard of it. */
export interface LevelingScene extends SceneToLevel {
  /** At unity gain. */
  readonly unlimited: readonly HeardRender[];
  /** Writes the files of the scene under temporary names, leveled, and hears them. */
  write(gainDb: number, dips: readonly LimiterDip[], passNumber: number): Promise<ScenePass>;
  close(): Promise<void>;
}

/** One pass over a scene: its files, not yet finished, and what is heard of them. */
export interface ScenePass {
  readonly files: SceneOutputFiles;
  readonly renders: readonly HeardRender[];
  /** Of all tracks but LFE channels, and of these. */
  readonly reductions: SceneGain['reductions'];
  /** The same over time. */
  readonly traceDb: SceneGain['traceDb'];
  /** Whether the scene has LFE channels. */
  readonly hasLfe: boolean;
}

/** The scene as readers will find it, and how it is heard. */
interface Rehearsal extends Listening {
  readonly reader: SceneReader;
  readonly plan: Plan;
  /** Plays other tracks, from their start. */
  play(tracks: TrackSource): void;
}

/**
 * Hears a scene that is to be leveled. All renders are those of what will be read of its files, as these state them:
 * no flag of the job that is about renders goes with a scene.
 */
export async function openLevelingScene(
  toLevel: SceneToLevel,
  { pool, scratchDir, open }: LevelingContext,
): Promise<LevelingScene> {
  const { job, output, settings } = toLevel;
  const kernels = await loadKernels({ onWarning: job.options.onWarning });
  const rehearsal = await rehearse(toLevel, kernels);
  const { scene } = job.reader;
  const subject = `${scene.name}, ${output.target.name}`;
  const maxReductionDb = job.options.maxReductionDb ?? loudnessSolverDefaults.maxReductionDb;
  rehearsal.play(job.reader);
  const unlimited = await hear(job, rehearsal, pool, {
    ceilingDbtp: settings.ceilingDbtp,
    // The limiter may begin a little below the ceiling.
    recording: { scratchDir, rangeDb: maxReductionDb + 1 },
    progress: { phase: 'measure', subject },
  });
  const peaks = unlimited.map((render) => render.peaks!.scratch);
  const foldsLfe = unlimited.some(({ hasLfe }) => !hasLfe);
  const lfes = new Set(lfeTracks(scene));
  const rowOfTrack = sceneTracks(scene).map((_, track) => (lfes.has(track) ? lfeRow : mainRow));
  return {
    ...{ ...toLevel, unlimited },
    async write(gainDb, dips, passNumber) {
      const { sampleRateHz } = job.reader;
      const { loudnessRule, ceilingDbtp, limiter } = settings;
      const gain = createSceneGain({
        ...{ kernels, sampleRateHz, gainDb, dips, foldsLfe, settings: limiter },
        programmeFrames: rehearsal.reader.frameCount,
        ceilingDbtp: hasLoudness(loudnessRule) ? ceilingDbtp : undefined,
      });
      const files = await startSceneOutputs([output], job.options.onWarning);
      open.add(files);
      const leveled = await openLeveledTracks({
        ...{ tracks: job.reader, gain, peaks, rowOfTrack },
        async take(block) {
          await files.write(block);
          // What is heard is what will be in the file.
          if (!sceneFormats[output.format].holdsFloat) cutAtFullScale(block);
        },
      });
      try {
        rehearsal.play(leveled);
        const renders = await hear(job, rehearsal, pool, {
          ...{ ceilingDbtp, recording: undefined },
          progress: {
            phase: 'level',
            subject: passNumber === 1 ? subject : `${subject}, pass ${passNumber}`,
          },
        });
        const { reductions, traceDb } = gain;
        return { files, renders, reductions, traceDb, hasLfe: lfes.size > 0 };
      } finally {
        await leveled.close();
      }
    },
    async close() {
      for (const scratch of peaks) await removeScratch(scratch);
    },
  };
}

function cutAtFullScale({ channels, frameCount }: AudioBlock): void {
  for (const samples of channels)
    for (let n = 0; n < frameCount; n++) if (Math.abs(samples[n]!) > 1) samples[n] = Math.sign(samples[n]!);
}

/** Bytes that the peaks of a scene's renders take in the scratch folder. */
export const recordedPeakBytes = ({ renders }: SceneLoudness, frameCount: number): number =>
  renders.length * scratchBytes({ channelCount: curveRowCount, frameCount });

/** What the leveling of all scenes shares. */
export interface LevelingContext {
  readonly pool: WorkerPool;
  readonly scratchDir: string;
  /** Receives the files of passes, until somebody finishes or aborts them. */
  readonly open: Set<SceneOutputFiles>;
}

async function rehearse({ job, output, settings }: SceneToLevel, kernels: Kernels): Promise<Rehearsal> {
  const { onWarning } = job.options;
  let playing: TrackSource = job.reader;
  const reader = await output.plan.rehearse({
    seek: (frame) => playing.seek(frame),
    read: (block) => playing.read(block),
    close: async () => undefined,
  });
  const stated = planOptionsOf({ scene: reader.file, outDir: '', channelOrder: 'itu' }, reader.scene);
  const plan = planTargets(resolveTargets(settings.renders), stated);
  const listening = await loadListening({ onWarning }, plan, reader.sampleRateHz, kernels);
  return {
    ...{ reader, plan, ...listening },
    play(tracks) {
      playing = tracks;
      // The reader may take itself to be there already; the tracks have been read by others.
      tracks.seek(0);
      reader.seek(0);
    },
  };
}

/** One read of what is rehearsed, its renders shared out among threads. @returns in the order of the plan */
async function hear(
  { options }: MasterJob,
  { reader, plan, hrtf, rendering }: Rehearsal,
  pool: WorkerPool,
  how: Pick<HearTask, 'recording' | 'ceilingDbtp' | 'progress'>,
): Promise<HeardRender[]> {
  const { scene, sampleRateHz, frameCount, channelCount } = reader;
  const { blockFrames, onWarning, onProgress } = options;
  const buses = plan.buses.map((bus, index) => ({
    bus,
    renders: plan.targets.filter(({ busIndex }) => busIndex === index),
  }));
  const tasks = shareBuses(buses, pool.workerCount + 1, channelCount).map((share, index): HearTask => ({
    ...{ scene, sampleRateHz, frameCount, hrtf, rendering, blockFrames, ...how },
    buses: share,
    progress: index === 0 ? how.progress : undefined,
  }));
  const made: HeardRender[] = [];
  try {
    await shareRead({
      ...{ pool, source: reader, channelCount, tasks, blockFrames },
      runHere: (task, source) => hearRenders(task, source, { signal: pool.signal, onWarning, onProgress }),
      jobTask: (task, input): JobTask => ({ kind: 'hear', hear: task, input }),
      onResult: (heard) => void made.push(...heard),
    });
  } catch (error) {
    for (const { peaks } of made) if (peaks) await removeScratch(peaks.scratch);
    throw error;
  }
  return plan.targets.map(({ target }) => made.find(({ name }) => name === target.id)!);
}
