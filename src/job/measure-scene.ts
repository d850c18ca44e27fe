import { isDamfName } from '../io/damf/damf-files.ts';
import type { SceneReader } from '../io/scene-reader.ts';
import type { TrackFacts } from '../deliver/file-facts.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { createProgrammeMeter } from '../meter/measure.ts';
import type { BlockFigures } from '../meter/measurement.ts';
import { createTrackMeter, type TrackMeasurement } from '../meter/track-meter.ts';
import { createRenderer } from '../render/renderer.ts';
import { lfeTracks } from '../scene/queries.ts';
import { sceneTracks, type Scene } from '../scene/scene.ts';
import type { FileMeasurement, MeasureOptions, SceneRender } from './file-measurement.ts';
import { loadListening } from './listening.ts';
import { planTargets, type Plan, type PlannedTarget } from './plan.ts';
import { createProgressReporter } from './progress.ts';
import { createPassThrough, pump, type Lane } from './pump.ts';
import { programmeFigures } from './re-render.ts';
import { planOptionsOf, resolveTargets } from './scene-job.ts';
import { createMeterTap, foldTap, type MeterTap } from './taps.ts';
import { generatorName } from './version.ts';

/** What a scene is measured on first. */
const mainTarget = '7.1.4';

/** Whether a file is a scene by its name: a scene file, or any of the three of a master in DAMF. */
export const isSceneFile = (file: string): boolean => /\.json$/i.test(file) || isDamfName(file);

/**
 * Measures a scene on its 7.1.4 render and, beside it, on those to 5.1 and to stereo (the fold-down that the scene
 * states), all with the scene's own trims and warp, in one read of its audio. Closes the reader.
 */
export async function measureScene(
  reader: SceneReader,
  source: SceneRender['source'],
  options: MeasureOptions,
): Promise<FileMeasurement> {
  try {
    const kernels = await loadKernels({ onWarning: options.onWarning });
    const { scene, sampleRateHz, frameCount, channelCount } = reader;
    const names = [mainTarget, '5.1', 'stereo', ...(options.withBinaural ? ['binaural'] : [])];
    const stated = planOptionsOf({ scene: reader.file, outDir: '', channelOrder: 'itu' }, scene);
    const plan = planTargets(resolveTargets(names), stated);
    const { main, others, lanes } = await renderLanes(reader, plan, kernels, options);
    const trackMeter = createTrackMeter(channelCount, sampleRateHz, lfeTracks(scene));
    const processor = createPassThrough(channelCount);
    await pump({
      source: reader,
      channelCount,
      frameCount,
      lanes: [{ processor, taps: [{ take: (block) => trackMeter.process(block) }] }, ...lanes],
      signal: options.signal,
      onProgress: createProgressReporter(options.onProgress, 'measure', reader.file),
    });
    const { frameCount: _frames, ...figures } = main.finish();
    const measured = trackMeter.finish();
    return {
      ...figures,
      file: reader.file,
      layout: mainTarget,
      durationSec: frameCount / sampleRateHz,
      container: reader.stems[0]?.container ?? 'scene',
      sampleRateHz,
      bitDepth: Math.min(...reader.stems.map(({ bitDepth }) => bitDepth)),
      silence: measured.silence,
      render: { source, renderer: `${generatorName}, ITU-R BS.2127, with the file's own trims and downmix` },
      tracks: tracksOf(scene, measured),
      reRenders: Object.fromEntries(
        others.map(({ planned, meter }) => [nameOf(planned), programmeFigures(meter.finish())]),
      ),
    };
  } finally {
    await reader.close();
  }
}

/** What a render is called among re-renders. */
const nameOf = ({ target }: PlannedTarget): string => (target.kind === 'stereo' ? '2.0' : target.name);

/** Renderers of a plan, each heard by the meters of what is made from it. */
async function renderLanes(
  { scene, sampleRateHz, frameCount }: SceneReader,
  plan: Plan,
  kernels: Kernels,
  options: MeasureOptions,
) {
  const { truePeakMode, ceilingDbtp, withCurve, onWarning } = options;
  const { hrtf, rendering } = await loadListening({ onWarning }, plan, sampleRateHz, kernels);
  const common = { kernels, sampleRateHz, truePeakMode };
  const [mainPlanned, ...otherPlanned] = plan.targets;
  const main = createProgrammeMeter({ ...common, layout: mainPlanned!.layout!, ceilingDbtp, withCurve });
  const others = otherPlanned.map((planned): { planned: PlannedTarget; meter: MeterTap<BlockFigures> } => ({
    planned,
    meter: createMeterTap({ ...common, layout: planned.layout! }),
  }));
  const lanes = plan.buses.map(({ format, channelCount }, busIndex): Lane => {
    const processor = createRenderer({
      scene,
      format,
      sampleRateHz,
      kernels,
      hrtf,
      settings: rendering,
      onWarning: busIndex === 0 ? onWarning : undefined,
    });
    const bus = { channelCount, sampleRateHz, frameCount };
    const taps = others
      .filter(({ planned }) => planned.busIndex === busIndex)
      .map(({ planned, meter }) => foldTap(planned, bus, kernels, meter));
    const isMain = mainPlanned!.busIndex === busIndex;
    return { processor, taps: isMain ? [{ take: (block) => main.process(block) }, ...taps] : taps };
  });
  return { main, others, lanes };
}

function tracksOf(scene: Scene, { peaksDbfs, highSharesDb }: TrackMeasurement): TrackFacts[] {
  const lfes = new Set(lfeTracks(scene));
  return sceneTracks(scene).map(({ elementIndex, channelIndex }, track) => {
    const element = scene.elements[elementIndex]!;
    const channel = element.kind === 'bed' ? ` ${element.channels[channelIndex]!.label}` : '';
    return {
      name: `${element.name}${channel}`,
      kind: element.kind,
      isLfe: lfes.has(track),
      peakDbfs: peaksDbfs[track]!,
      highShareDb: highSharesDb[track]!,
    };
  });
}
