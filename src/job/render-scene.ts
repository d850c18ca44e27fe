import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { Processor } from '../base/processor.ts';
import { resampledFrames } from '../dsp/resampler.ts';
import type { AudioWriter } from '../io/audio-file.ts';
import { containerOf, createWavWriter } from '../io/wav/wav-writer.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { createRenderer } from '../render/renderer.ts';
import { loadListening } from './listening.ts';
import { readManifest, recordRun } from './manifest-file.ts';
import { planTargets, type Plan, type PlannedTarget } from './plan.ts';
import { createProgressReporter } from './progress.ts';
import { pump, type Lane, type Tap } from './pump.ts';
import {
  checkRateChange,
  deliverableName,
  excerptOf,
  planOptionsOf,
  openJobScene,
  prepareOutputs,
  resolveTargets,
  type SceneJobOptions,
} from './scene-job.ts';
import { foldTap, resampleTap, type PassingBus, type RateChange } from './taps.ts';

/** One file that was rendered. */
export interface RenderedFile {
  readonly target: string;
  readonly file: string;
  readonly description: string;
  /** Label of each channel of the file. */
  readonly channels: readonly string[];
}

/** What a render job did. */
export interface RenderResult {
  readonly version: 1;
  readonly scene: string;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly files: readonly RenderedFile[];
}

/** Targets where none are named. */
export const defaultTargets: readonly string[] = Object.freeze(['7.1.4', 'binaural', 'ambix3', 'stereo']);

/**
 * Renders a scene to all targets in one read of its stems: unity gain, no limiting, 32-bit float WAV.
 * @throws SceneError, FormatError, LayoutError, ConfigError for bad input; OutputError when a file cannot be
 * written; AbortedError when the signal stops it. No file is left half written.
 */
export async function renderScene(options: SceneJobOptions): Promise<RenderResult> {
  const kernels = await loadKernels({ onWarning: options.onWarning });
  const targets = resolveTargets(options.targets ?? defaultTargets);
  const reader = await openJobScene(options, kernels);
  const writers: AudioWriter[] = [];
  try {
    const { scene, sampleRateHz } = reader;
    const plan = planTargets(targets, planOptionsOf(options, scene));
    const toHz = options.sampleRateHz ?? sampleRateHz;
    checkRateChange(sampleRateHz, toHz);
    const { startFrame, frameCount } = excerptOf(reader, options);
    const files = plan.targets.map((planned) => ({
      target: planned.target.name,
      file: join(options.outDir, deliverableName(reader.scene.name, planned.suffix)),
      description: planned.description,
      channels: planned.fileLabels,
    }));
    const result = {
      version: 1 as const,
      scene: options.scene,
      sampleRateHz: toHz,
      frameCount: resampledFrames(frameCount, { fromHz: sampleRateHz, toHz }),
      files,
    };
    const listening = await loadListening(options, plan, reader.sampleRateHz, kernels);
    if (options.dryRun) return result;

    await prepareOutputs(
      options.outDir,
      plan.targets.map((planned) => deliverableName(reader.scene.name, planned.suffix)),
      options.overwrite ?? false,
    );
    await readManifest(options.outDir);
    const hashes = files.map(() => createHash('sha256'));
    for (const [index, planned] of plan.targets.entries()) {
      writers.push(
        await createWavWriter(files[index].file, {
          kernels,
          sampleRateHz: toHz,
          channelCount: planned.channelCount,
          sampleFormat: 'float32',
          channelMask: planned.channelMask,
          channelOrder: planned.fileChannels,
          container: containerOf(options.largeFileForm ?? 'rf64'),
          overwrite: options.overwrite,
          listener: { frameCount: result.frameCount, hear: (bytes) => void hashes[index]!.update(bytes) },
        }),
      );
    }
    const rendererOptions = {
      scene,
      sampleRateHz,
      kernels,
      hrtf: listening.hrtf,
      settings: listening.rendering,
      startSample: startFrame,
      onWarning: options.onWarning,
    };
    const renderers = plan.buses.map(({ format }) => createRenderer({ ...rendererOptions, format }));
    reader.seek(startFrame);
    await pump({
      source: reader,
      channelCount: reader.channelCount,
      frameCount,
      lanes: createLanes(plan, renderers, writers, kernels, { fromHz: sampleRateHz, toHz, frameCount }),
      blockFrames: options.blockFrames,
      signal: options.signal,
      onProgress: createProgressReporter(options.onProgress, 'render', reader.scene.name),
    });
    for (const writer of writers) await writer.finish();
    const made = files.map(({ target, file }, index) => ({
      ...{ path: basename(file), target, sha256: hashes[index]!.digest('hex') },
    }));
    await recordRun({ command: 'render', options, reader, files: made });
    return result;
  } catch (error) {
    for (const writer of writers) await writer.abort();
    throw error;
  } finally {
    await reader.close();
  }
}

function createLanes(
  plan: Plan,
  renderers: readonly Processor[],
  writers: readonly AudioWriter[],
  kernels: Kernels,
  rates: Omit<RateChange, 'channelCount'>,
): Lane[] {
  const outlet = ({ channelCount }: PlannedTarget, writer: AudioWriter): Tap =>
    resampleTap({ ...rates, channelCount }, kernels, { take: (block) => writer.write(block) });
  const busOf = ({ outputChannelCount }: Processor): PassingBus => ({
    channelCount: outputChannelCount,
    sampleRateHz: rates.fromHz,
    frameCount: rates.frameCount,
  });
  return renderers.map((processor, busIndex) => ({
    processor,
    taps: plan.targets.flatMap((planned, index) =>
      planned.busIndex === busIndex
        ? [foldTap(planned, busOf(processor), kernels, outlet(planned, writers[index]))]
        : [],
    ),
  }));
}
