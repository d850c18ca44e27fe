import type { AudioBlock } from '../../base/audio-block.ts';
import { HrtfError, type WarningHandler } from '../../base/errors.ts';
import type { Processor } from '../../base/processor.ts';
import { fractionalDelayTable, minimumDelaySamples } from '../../dsp/fractional-delay.ts';
import { createHrtfInterpolator, type HrtfInterpolator } from '../../hrtf/hrtf-interpolator.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import { createRefinedHrtf } from '../../hrtf/refined-hrtf.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Rotation } from '../../math/rotation.ts';
import { sceneTracks, type Scene } from '../../scene/scene.ts';
import { createBank, createFilterBank, createFixedBank } from './filter-bank.ts';
import { createHeadOrientation, turnHrtf, type HeadPose } from './head-orientation.ts';
import { createLfePath } from './lfe-path.ts';
import { createMovingSource, maximumDelaySamples } from './moving-source.ts';
import { createPannedSource } from './panned-source.ts';
import { createRoomPath } from './room/room-path.ts';
import { planSources, type Tracks } from './source-plan.ts';

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

/** Hop at 48 kHz: the rate at which moving sources take new filters; twice that above 50 kHz. */
const hopFramesBelow50k = 1024;

/**
 * Renders a scene for headphones: every object and every bed channel is convolved with the HRTF at its own
 * direction, ambisonic beds go through decoding filters made for the same set.
 *
 * Inputs in the order of `sceneTracks`, two outputs. The onset of a source in front comes out at
 * `latencySamples`. Averaged over all directions, both ears together hold the power of the source, as the two
 * channels of a stereo pan do (with a set whose diffuse field is at 0 dB). Elements with binaural mode 'off'
 * are panned in stereo (BS.2127 0+2+0) without HRTF; near, mid and far differ only where the room is on.
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
  const hopFrames = sampleRateHz < 50_000 ? hopFramesBelow50k : 2 * hopFramesBelow50k;
  const trackCount = sceneTracks(scene).length;
  const tracks: Tracks = Array.from({ length: trackCount }, () => new Float32Array(hopFrames));
  const engine = createEngine(options, createHrtfInterpolator(hrtf), tracks, hopFrames);
  const ears = [new Float32Array(hopFrames), new Float32Array(hopFrames)] as const;
  let position = 0;
  let hopStart = startSample;

  /** Copies up to the end of the hop in and out; the outputs lag by one hop. */
  function exchange(input: AudioBlock, output: AudioBlock, from: number, count: number): void {
    for (let track = 0; track < trackCount; track++)
      tracks[track]!.set(input.channels[track]!.subarray(from, from + count), position);
    for (let ear = 0; ear < 2; ear++)
      output.channels[ear]!.set(ears[ear as 0 | 1].subarray(position, position + count), from);
  }

  engine.start(hopStart);
  return {
    inputChannelCount: trackCount,
    outputChannelCount: 2,
    latencySamples: hopFrames + engine.latencySamples,
    process(input, output) {
      for (let from = 0; from < input.frameCount;) {
        const count = Math.min(hopFrames - position, input.frameCount - from);
        exchange(input, output, from, count);
        from += count;
        position += count;
        if (position < hopFrames) continue;
        engine.processHop(hopStart, ears[0], ears[1]);
        hopStart += hopFrames;
        position = 0;
      }
    },
    reset() {
      position = 0;
      hopStart = startSample;
      ears[0].fill(0);
      ears[1].fill(0);
      engine.reset();
      engine.start(hopStart);
    },
  };
}

/** The audio path of one hop after another. */
interface Engine {
  readonly latencySamples: number;
  start(startSample: number): void;
  processHop(startSample: number, left: Float32Array, right: Float32Array): void;
  reset(): void;
}

function createEngine(
  options: BinauralRendererOptions,
  interpolator: HrtfInterpolator,
  tracks: Tracks,
  hopFrames: number,
): Engine {
  const { kernels } = options;
  const { hrtf } = interpolator;
  const earliest = hrtf.arrivalSamples.reduce((min, arrival) => Math.min(min, arrival), 0);
  const { headTrack } = options;
  const head = headTrack && createHeadOrientation(headTrack, options.sampleRateHz);
  const plan = planSources(
    { ...options, head },
    interpolator,
    tracks,
    Math.ceil(-earliest) + minimumDelaySamples,
  );
  const { baseDelaySamples, fixed, ambisonic, moving, panned } = plan;
  const banks = [createFixedBank(kernels, fixed, hopFrames), createFixedBank(kernels, ambisonic, hopFrames)];

  const movingBank =
    moving.length > 0
      ? createBank(
          kernels.createEarConvolver({
            sourceCount: moving.length,
            tapCount: hrtf.tapCount,
            hopFrames,
            maximumDelaySamples: maximumDelaySamples(interpolator, baseDelaySamples),
            table: fractionalDelayTable(),
          }),
          moving.length,
          hopFrames,
        )
      : undefined;
  const refined = moving.length > 0 ? createRefinedHrtf(interpolator) : undefined;
  const movingSources = moving.map(({ track, gain }, source) =>
    createMovingSource({
      track,
      gain,
      interpolator,
      refined: refined!,
      baseDelaySamples,
      convolver: movingBank!.convolver,
      source,
    }),
  );
  const pannedBank = createFilterBank(kernels, panned.length, baseDelaySamples + 1, hopFrames);
  const pannedSources = panned.map(({ track, gain }, input) =>
    createPannedSource(track, gain, pannedBank!.convolver, input, baseDelaySamples, hopFrames),
  );
  const room =
    options.room === 'scene'
      ? createRoomPath({ ...options, interpolator, baseDelaySamples, tracks, hopFrames, head })
      : undefined;
  const lfe = createLfePath(plan.lfes, tracks, options.sampleRateHz, baseDelaySamples);
  const allBanks = [...banks, movingBank, pannedBank].filter((bank) => bank !== undefined);

  return {
    latencySamples: baseDelaySamples + (room?.latencySamples ?? 0),
    start(startSample) {
      for (const source of [...movingSources, ...pannedSources]) source.start(startSample);
    },
    processHop(startSample, left, right) {
      left.fill(0);
      right.fill(0);
      for (let i = 0; i < fixed.length; i++) fixed[i]!.fill(startSample, banks[0]!.inputs[i]!);
      for (let i = 0; i < ambisonic.length; i++) ambisonic[i]!.fill(startSample, banks[1]!.inputs[i]!);
      for (let i = 0; i < moving.length; i++) {
        const { track, trackIndex } = moving[i]!;
        track.applyGains(startSample, hopFrames, tracks[trackIndex]!, movingBank!.inputs[i]!);
        movingSources[i]!.advance(startSample);
      }
      for (let i = 0; i < panned.length; i++) {
        const { track, trackIndex } = panned[i]!;
        track.applyGains(startSample, hopFrames, tracks[trackIndex]!, pannedBank!.inputs[i]!);
        pannedSources[i]!.advance(startSample);
      }
      for (const bank of allBanks) bank.addHop(left, right);
      if (plan.lfes.length > 0) lfe.addHop(left, right);
      room?.processHop(startSample, left, right);
    },
    reset() {
      for (const input of [...fixed, ...ambisonic]) input.reset();
      for (const { track } of [...moving, ...panned]) track.reset();
      for (const bank of allBanks) bank.convolver.reset();
      lfe.reset();
      room?.reset();
    },
  };
}
