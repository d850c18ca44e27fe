import { HrtfError, type WarningHandler } from '../../base/errors.ts';
import type { Processor } from '../../base/processor.ts';
import { createHrtfInterpolator, type HrtfInterpolator } from '../../hrtf/hrtf-interpolator.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import { planEarSteps, type EarSteps } from '../../kernels/ear-convolver-plan.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Rotation } from '../../math/rotation.ts';
import { sceneTracks, type Scene } from '../../scene/scene.ts';
import type { DecoderDesign } from '../ambisonic/binaural-decoder.ts';
import { designDiffuseFilters } from './diffuse-filters.ts';
import { createDiffuseInput } from './diffuse-input.ts';
import { createHopProcessor } from '../../dsp/hop-processor.ts';
import { createFilterBank, type FilterBank } from './filter-bank.ts';
import { createLaggingEars } from './lagging-ears.ts';
import { createLfePath } from './lfe-path.ts';
import { createMovingBank } from './moving-bank.ts';
import { maximumDelaySamples } from './moving-source.ts';
import { createPannedBank } from './panned-source.ts';
import type { Tracks } from './object-track.ts';
import { planSources } from './source-plan.ts';
import { createHeadOrientation, turnHrtf, type HeadPose } from './head-orientation.ts';
import { createRoom } from './room/room.ts';

/** Choices of binaural renders. */
export interface BinauralSettings {
  /** Level of LFE channels in both ears against that of a main channel's low end, or 'off'; default 0. */
  readonly lfeDb?: number | 'off' | undefined;
  /** How the head is turned in the room, for good; default not at all. */
  readonly head?: Rotation | undefined;
  /** How it turns while it listens, instead of `head`. */
  readonly headTrack?: readonly HeadPose[] | undefined;
  /** 'scene' gives elements of mode near, mid or far their room (`roomModes`); default 'off': all is dry. */
  readonly room?: 'off' | 'scene' | undefined;
  /** How ambisonic beds are decoded; default 'covariance'. */
  readonly decoderDesign?: DecoderDesign | undefined;
}

/** What `createBinauralRenderer` needs. */
export interface BinauralRendererOptions extends BinauralSettings {
  readonly scene: Scene;
  readonly sampleRateHz: number;
  readonly kernels: Kernels;
  /** Set at the same sampling rate. */
  readonly hrtf: HrtfSet;
  /** Sample of the scene that the first input sample is; default 0. */
  readonly startSample?: number | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** Longest time from one setting of a moving source to the next; with the default set it is 14.7 ms. */
const longestStepSec = 0.015;

/** About this long is a hop: longer ones are cheaper. */
const hopSec = 0.058;

/** Room for the rise of a sinc before the earliest arrival. */
const sincMarginSamples = 8;

/**
 * Renders a scene for headphones: every object and every bed channel is convolved with the HRTF at its own
 * direction, ambisonic beds go through decoding filters made for the same set.
 *
 * Inputs in the order of `sceneTracks`, two outputs. The onset of a source in front comes out at
 * `latencySamples`. Averaged over all directions, both ears together hold the power of the source, as the two
 * channels of a stereo pan do (with a set whose diffuse field is at 0 dB). Elements with binaural mode 'off'
 * are panned in stereo (BS.2127 0+2+0) without HRTF. Diffuse parts come from everywhere, decorrelated; near, mid
 * and far differ only where the room is on.
 * channelLock and zone exclusion speak of loudspeakers and do nothing here; neither does distance.
 * @throws HrtfError when the set has another sampling rate or leaves a hemisphere open
 */
export function createBinauralRenderer(options: BinauralRendererOptions): Processor {
  const { scene, sampleRateHz, head, startSample = 0 } = options;
  const hrtf = head ? turnHrtf(options.hrtf, head) : options.hrtf;
  if (hrtf.sampleRateHz !== sampleRateHz)
    throw new HrtfError(
      'hrtf-rate',
      `the HRTF set "${hrtf.name}" is at ${hrtf.sampleRateHz} Hz, the scene at ${sampleRateHz} Hz`,
    );
  const interpolator = createHrtfInterpolator(hrtf);
  const steps = planEarSteps(
    hrtf.tapCount,
    maximumDelaySamples(interpolator, leastDelaySamples(interpolator)),
    longestStepSec * sampleRateHz,
  );
  const blockFrames = steps.blockSteps * steps.stepFrames;
  const blockCount = Math.max(1, Math.round((hopSec * sampleRateHz) / blockFrames));
  const stepCount = blockCount * steps.blockSteps;
  const hopFrames = blockCount * blockFrames;
  const trackCount = sceneTracks(scene).length;
  const tracks: Tracks = Array.from({ length: trackCount }, () => new Float32Array(hopFrames));
  const engine = createEngine(options, interpolator, tracks, { steps, stepCount, hopFrames });
  let hopStart = startSample;
  return createHopProcessor({
    inputChannelCount: trackCount,
    outputChannelCount: 2,
    hopFrames,
    inputs: tracks,
    engineDelaySamples: engine.latencySamples,
    engine: {
      processHop(_tracks, [left, right]) {
        engine.processHop(hopStart, left!, right!);
        hopStart += hopFrames;
      },
      reset() {
        hopStart = startSample;
        engine.reset();
      },
    },
  });
}

/** The audio path of one hop after another. */
interface Engine {
  /** Delay of the onset of a source in front. */
  readonly latencySamples: number;
  processHop(startSample: number, left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** How the renderer cuts time. */
interface TimeGrid {
  readonly steps: EarSteps;
  readonly stepCount: number;
  readonly hopFrames: number;
}

function createEngine(
  options: BinauralRendererOptions,
  interpolator: HrtfInterpolator,
  tracks: Tracks,
  { steps, stepCount, hopFrames }: TimeGrid,
): Engine {
  const { kernels } = options;
  const ownDelaySamples = leastDelaySamples(interpolator);
  const head = options.headTrack && createHeadOrientation(options.headTrack, options.sampleRateHz);
  const plan = planSources({ ...options, head }, interpolator, tracks, ownDelaySamples);
  const { baseDelaySamples } = plan;
  const room =
    plan.room.length > 0
      ? createRoom(
          {
            kernels,
            interpolator,
            facingFront: options.head ? createHrtfInterpolator(options.hrtf) : interpolator,
            baseDelaySamples,
            hopFrames,
            head,
            trackCount: tracks.length,
          },
          plan.room,
        )
      : undefined;
  const moving = createMovingBank(
    { kernels, interpolator, baseDelaySamples: ownDelaySamples, steps, stepCount },
    [...plan.moving, ...(room?.moving ?? [])],
    [...tracks, ...(room?.movingTracks ?? [])],
  );
  const diffuse =
    plan.diffuse.length > 0
      ? [createDiffuseInput(plan.diffuse, tracks, designDiffuseFilters(interpolator, baseDelaySamples, 1))]
      : [];
  const banks = [
    createFilterBank(kernels, plan.fixed, hopFrames),
    createFilterBank(kernels, plan.ambisonic, hopFrames),
    createFilterBank(kernels, diffuse, hopFrames),
    createPannedBank(plan.panned, tracks, baseDelaySamples, steps.stepFrames),
    plan.lfes.length > 0
      ? createLfePath(plan.lfes, tracks, options.sampleRateHz, baseDelaySamples)
      : undefined,
  ].filter((bank) => bank !== undefined);
  // All wait for what is latest: a room, or an ambisonic decoder. The room comes first: it prepares what others hear.
  const latencySamples = baseDelaySamples + (room?.latencySamples ?? 0);
  const lanes = [
    ...createLane(banks, latencySamples - baseDelaySamples, hopFrames),
    ...createLane(moving ? [moving] : [], latencySamples - ownDelaySamples, hopFrames),
  ];

  return {
    latencySamples,
    processHop(startSample, left, right) {
      if (room) room.writeHop(startSample, left, right);
      else {
        left.fill(0);
        right.fill(0);
      }
      for (const lane of lanes) lane.addHop(startSample, left, right);
    },
    reset() {
      room?.reset();
      for (const lane of lanes) lane.reset();
    },
  };
}

/** Puts banks behind a delay. */
function createLane(
  banks: readonly FilterBank[],
  lagFrames: number,
  hopFrames: number,
): readonly FilterBank[] {
  if (banks.length === 0 || lagFrames === 0) return banks;
  const ears = createLaggingEars(lagFrames, hopFrames);
  return [
    {
      addHop(startSample, left, right) {
        ears.startHop();
        for (const bank of banks) bank.addHop(startSample, ears.left, ears.right);
        ears.addTo(left, right);
      },
      reset() {
        for (const bank of banks) bank.reset();
        ears.reset();
      },
    },
  ];
}

/** Base delay that brings the earliest arrival, and the sinc that places it between samples, behind time 0. */
function leastDelaySamples({ hrtf }: HrtfInterpolator): number {
  const earliest = hrtf.arrivalSamples.reduce((min, arrival) => Math.min(min, arrival), 0);
  return Math.ceil(-earliest) + sincMarginSamples;
}
