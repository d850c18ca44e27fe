import { resampledFrames } from '../dsp/resampler.ts';
import { resampleHrtf } from '../hrtf/resample-hrtf.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { limiterGroups } from '../master/limiter-groups.ts';
import { createLevelTracer } from '../meter/level-trace.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import { createRenderer, type RendererOptions } from '../render/renderer.ts';
import { sceneTracks, type Scene } from '../scene/scene.ts';
import type { Listening } from './listening.ts';
import type { RenderedFigures } from './master-report.ts';
import { reRenderLayout, type PlannedBus, type PlannedTarget } from './plan.ts';
import { createProgressReporter } from './progress.ts';
import { pump, type FrameSource, type Lane, type Tap } from './pump.ts';
import { createScratch, type Scratch, type ScratchDescription } from './scratch.ts';
import { createReRenderTap } from './re-render.ts';
import { createAmbisonicTap, createMeterTap, foldTap, resampleTap } from './taps.ts';
import { finishingTap, type TargetFinishing } from './target-finishing.ts';
import type { TaskContext } from './worker-pool.ts';

/** A bus, and what is made of it. */
export interface BusTask {
  readonly bus: PlannedBus;
  /** Targets that are made from it. */
  readonly targets: readonly PlannedTarget[];
  /** Whether its own figures are wanted (the 5.1 re-render). */
  readonly isMeasured: boolean;
}

/** The render pass over some buses of a scene; plain data, so that it can go to a worker. */
export interface RenderTask extends Listening {
  readonly scene: Scene;
  readonly sampleRateHz: number;
  /** Rate of each target's deliverable by its suffix; its scratch file has it, and so have its figures. */
  readonly deliveryRatesHz: Readonly<Record<string, number>>;
  /** What is done to targets before their scratch files, as the rates are named. */
  readonly finishings?: Readonly<Record<string, TargetFinishing>> | undefined;
  readonly startFrame: number;
  readonly frameCount: number;
  readonly buses: readonly BusTask[];
  readonly scratchDir: string;
  readonly blockFrames: number | undefined;
  /** Whether this task speaks of the progress of the pass. */
  readonly reportsProgress: boolean;
}

/** A rendered target: its audio at unity gain and its own sample rate in a scratch file, and its figures. */
export interface RenderedTarget extends RenderedFigures {
  /** The target's suffix, which tells variants apart. */
  readonly target: string;
  readonly scratch: ScratchDescription;
}

/** What a render task gave. */
export interface RenderedBuses {
  readonly targets: readonly RenderedTarget[];
  /** Figures of the bus that was to be measured. */
  readonly reRender: ProgrammeFigures | undefined;
}

/** Renders buses into scratch files and meters. On failure no scratch file is left. */
export async function renderBuses(
  task: RenderTask,
  source: FrameSource,
  { signal, onWarning, onProgress }: TaskContext,
): Promise<RenderedBuses> {
  const { scene, sampleRateHz, frameCount } = task;
  const kernels = await loadKernels({ onWarning });
  const rendererOptions = {
    scene,
    sampleRateHz,
    kernels,
    hrtf: task.hrtf,
    settings: task.rendering,
    startSample: task.startFrame,
    onWarning,
  };
  const outlets: TargetOutlet[] = [];
  let reRender: ReturnType<typeof createMeterTap> | undefined;
  try {
    const lanes: Lane[] = [];
    for (const { bus, targets, isMeasured } of task.buses) {
      const taps: Tap[] = [];
      for (const planned of targets) {
        const outlet = await openOutlet(planned, task, rendererOptions);
        outlets.push(outlet);
        taps.push(
          foldTap(planned, { channelCount: bus.channelCount, sampleRateHz, frameCount }, kernels, outlet.tap),
        );
      }
      if (isMeasured)
        taps.push((reRender = createMeterTap({ kernels, sampleRateHz, layout: reRenderLayout() })));
      lanes.push({ processor: createRenderer({ ...rendererOptions, format: bus.format }), taps });
    }
    await pump({
      source,
      channelCount: sceneTracks(scene).length,
      frameCount,
      lanes,
      blockFrames: task.blockFrames,
      signal,
      onProgress: task.reportsProgress ? createProgressReporter(onProgress, 'render', scene.name) : undefined,
    });
    for (const { scratch } of outlets) await scratch.close();
    return { targets: outlets.map((outlet) => outlet.finish()), reRender: reRender?.finish() };
  } catch (error) {
    for (const { scratch } of outlets) await scratch.dispose();
    throw error;
  }
}

/** Where one target's audio goes. */
interface TargetOutlet {
  readonly scratch: Scratch;
  readonly tap: Tap;
  finish(): RenderedTarget;
}

async function openOutlet(
  { layout, target, suffix, channelCount, measuredOn }: PlannedTarget,
  { scratchDir, frameCount, sampleRateHz: fromHz, deliveryRatesHz, finishings }: RenderTask,
  rendererOptions: Omit<RendererOptions, 'format'>,
): Promise<TargetOutlet> {
  const { kernels, settings, hrtf } = rendererOptions;
  const sampleRateHz = deliveryRatesHz[suffix] ?? fromHz;
  const finishing = finishings?.[suffix];
  const scratch = await createScratch(scratchDir, {
    channelCount,
    frameCount: finishing?.edit.frameCount ?? resampledFrames(frameCount, { fromHz, toHz: sampleRateHz }),
  });
  const kept = { target: suffix, scratch: scratch.description };
  const store = (meter: Tap): Tap => {
    const end: Tap = {
      async take(block) {
        await scratch.write(block);
        await meter.take(block);
      },
    };
    const finished = finishing ? finishingTap(finishing, channelCount, kernels, end) : end;
    return resampleTap({ fromHz, toHz: sampleRateHz, channelCount, frameCount }, kernels, finished);
  };
  if (target.kind === 'ambisonics') {
    const meter = createAmbisonicTap({
      kernels,
      sampleRateHz,
      order: target.order,
      settings: settings?.ambisonics,
      hrtf: hrtf && resampleHrtf(hrtf, sampleRateHz),
    });
    return {
      scratch,
      tap: store(meter),
      finish() {
        const { truePeakDbtp, decodes } = meter.finish();
        return { ...kept, unlimited: { blockPowers: new Float64Array(0), truePeakDbtp }, decodes };
      },
    };
  }
  const tracer = createLevelTracer({
    ...{ kernels, sampleRateHz, layout: layout! },
    groups: limiterGroups(layout, channelCount).map(({ channels }) => channels),
  });
  const meter = createMeterTap({
    ...{ kernels, sampleRateHz, layout: layout!, truePeakMode: 'precise' },
    hearBin: (energies) => tracer.hearBin(energies),
  });
  const reRender = measuredOn && createReRenderTap({ kernels, sampleRateHz, from: layout!, to: measuredOn });
  const tap = store({
    async take(block) {
      tracer.process(block);
      await meter.take(block);
      await reRender?.take(block);
    },
  });
  return {
    scratch,
    tap,
    finish() {
      const { truePeakDbtp, ...own } = meter.finish();
      const { blockPowers } = reRender?.finish() ?? own;
      return { ...kept, unlimited: { truePeakDbtp, blockPowers, trace: tracer.trace() }, decodes: [] };
    },
  };
}
