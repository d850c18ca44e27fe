import type { AudioBlock } from '../../base/audio-block.ts';
import type { Processor } from '../../base/processor.ts';
import { createChain } from '../../dsp/processor-chain.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import { createPassThrough, pump, type Lane, type Tap } from '../../job/pump.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { findLayout, getLayout } from '../../layouts/built-in.ts';
import { integratedCurveLufs } from '../../meter/integrated-curve.ts';
import { createLoudnessMeter, type LoudnessMeter } from '../../meter/loudness-meter.ts';
import { loudnessWeight } from '../../meter/loudness-weights.ts';
import { createLargestPeakMeter } from '../../meter/true-peak-meter.ts';
import { createRenderer } from '../../render/renderer.ts';
import { bedDirections } from '../../scene/bed-directions.ts';
import { ambisonicScene } from '../../scene/make-scene.ts';
import type { Bed, Scene } from '../../scene/scene.ts';
import { liveScene } from '../protocol/live-scene.ts';
import type { Overview } from '../protocol/session.ts';
import { createPeakSteps } from './peak-steps.ts';
import type { SourcePlan } from './source-plan.ts';
import type { SourceReader } from './source-reader.ts';

/** What measuring a source needs. */
export interface OverviewOptions {
  readonly plan: SourcePlan;
  /** Closed by the caller. */
  readonly reader: SourceReader;
  readonly sampleRateHz: number;
  readonly kernels: Kernels;
  /** What it is heard through. */
  readonly hrtf: HrtfSet;
  /** Called with the share done, 0..1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Awaited after each block; see `createPoliteRest`. */
  readonly rest?: (() => Promise<void>) | undefined;
}

/** Measures a source in one read: as a file, and as it is heard. */
export async function measureOverview(options: OverviewOptions): Promise<Overview> {
  const { reader, sampleRateHz, kernels } = options;
  const { channelCount, frameCount } = reader;
  const file = measureFile(options);
  const decoder = createHeardDecoder(options);
  const pair = getLayout('0+2+0');
  const heardLoudness = createLoudnessMeter({ kernels, sampleRateHz, layout: pair });
  const heardPeak = createLargestPeakMeter({ kernels, channelCount: 2 });
  const heard: Lane[] = decoder
    ? [
        {
          processor: decoder,
          taps: [tapOf((block) => heardLoudness.process(block)), tapOf((block) => heardPeak.process(block))],
        },
      ]
    : [];
  await pump({
    source: reader,
    channelCount,
    frameCount,
    lanes: [...file.lanes, ...heard],
    onProgress: options.onProgress,
    rest: options.rest,
  });
  const figures = file.finish();
  if (!decoder)
    return { ...figures, heardLufs: figures.integratedLufs, heardTruePeakDbtp: figures.truePeakDbtp };
  return {
    ...figures,
    heardLufs: rounded(heardLoudness.result().integratedLufs),
    heardTruePeakDbtp: rounded(heardPeak.finish().truePeakDbtp),
  };
}

const tapOf = (take: (block: AudioBlock) => void): Tap => ({ take });

/** What brings a source to the two ears, head straight; undefined where it is two channels already. */
function createHeardDecoder({ plan, sampleRateHz, kernels, hrtf }: OverviewOptions): Processor | undefined {
  const toEars = (scene: Scene): Processor =>
    createRenderer({ scene, format: { kind: 'binaural' }, sampleRateHz, kernels, hrtf });
  switch (plan.kind) {
    case 'binaural':
    case 'stereo':
      return undefined;
    case 'loudspeakers':
    case 'ambisonics':
      return toEars(plan.scene);
    case 'scene': {
      const { scene } = plan;
      const { order, settings } = liveScene;
      const format = { kind: 'ambisonics', order } as const;
      const encoder = createRenderer({ scene, format, sampleRateHz, kernels, settings });
      return createChain(
        encoder,
        toEars(ambisonicScene(order, { normalization: 'SN3D', isHeadLocked: true })),
      );
    }
  }
}

/** Figures of a source as a file. */
type FileFigures = Omit<Overview, 'heardLufs' | 'heardTruePeakDbtp'>;

/**
 * Measures a source as `periphon measure` does: ambisonics have the loudness of their 7.1.4 decode, scenes loudness and
 * peaks of their 7.1.4 render.
 */
function measureFile(options: OverviewOptions): { lanes: Lane[]; finish(): FileFigures } {
  const { plan, reader, sampleRateHz, kernels } = options;
  const { kind, scene } = plan;
  const loudspeakers = getLayout('4+7+0');
  const isRendered = kind === 'scene' || kind === 'ambisonics';
  const own = createPassThrough(reader.channelCount);
  const format = { kind: 'loudspeakers', layout: loudspeakers } as const;
  const render = isRendered ? createRenderer({ scene, format, sampleRateHz, kernels }) : own;
  const layout = isRendered ? loudspeakers : bedWeights(scene.elements[0] as Bed);
  const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout });
  const peakedLane = kind === 'scene' ? render : own;
  const steps = createPeakSteps(reader.frameCount);
  const peak = createLargestPeakMeter({ kernels, channelCount: peakedLane.outputChannelCount });
  const peakTaps = [steps, tapOf((block) => peak.process(block))];
  const loudnessTaps = [tapOf((block) => loudness.process(block))];
  return {
    lanes:
      peakedLane === render
        ? [{ processor: render, taps: [...peakTaps, ...loudnessTaps] }]
        : [
            { processor: own, taps: peakTaps },
            { processor: render, taps: loudnessTaps },
          ],
    finish: () => ({
      peakStepFrames: steps.stepFrames,
      peaks: steps.finish(),
      ...curvesOf(loudness),
      truePeakDbtp: rounded(peak.finish().truePeakDbtp),
    }),
  };
}

/** Weights of the channels of a bed [channel]; of a layout of its own by where they stand. */
function bedWeights(bed: Bed): number[] {
  const known = bed.layout === undefined ? undefined : findLayout(bed.layout);
  const directions = bedDirections(bed);
  return bed.channels.map(({ label, isLfe }, channel) => {
    const loudspeaker = known?.loudspeakers.find((other) => other.label === label);
    const { azimuthDeg, elevationDeg } = directions[channel] ?? { azimuthDeg: 0, elevationDeg: 0 };
    return loudnessWeight(
      loudspeaker ?? { isLfe, nominalAzimuthDeg: azimuthDeg, nominalElevationDeg: elevationDeg },
    );
  });
}

/** Steps of 100 ms in a gating block but one. */
const stepsBeforeBlock = 3;

function curvesOf(loudness: LoudnessMeter) {
  const { integratedLufs, loudnessRangeLu } = loudness.result();
  const { stepSec, momentaryLufs, shortTermLufs } = loudness.curve();
  const integrated = integratedCurveLufs(loudness.blockPowers());
  return {
    curveStepSec: stepSec,
    momentaryLufs: momentaryLufs.map(rounded),
    shortTermLufs: shortTermLufs.map(rounded),
    integratedCurveLufs: momentaryLufs.map((_, step) =>
      rounded(integrated[step - stepsBeforeBlock] ?? -Infinity),
    ),
    integratedLufs: rounded(integratedLufs),
    loudnessRangeLu: rounded(loudnessRangeLu),
  };
}

/** To a thousandth, which nobody hears; null for silence. */
const rounded = (value: number): number | null =>
  Number.isFinite(value) ? Math.round(1000 * value) / 1000 : null;
