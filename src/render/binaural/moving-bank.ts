import type { HrtfInterpolator } from '../../hrtf/hrtf-interpolator.ts';
import { createRefinedHrtf } from '../../hrtf/refined-hrtf.ts';
import { earOverlapSteps, type EarSteps } from '../../kernels/ear-convolver-plan.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { addSamples } from './add-samples.ts';
import { createMovingPoint, createMovingSpread, maximumDelaySamples } from './moving-source.ts';
import { createResponseSlots } from './response-slots.ts';
import { hopOf, type TrackedSource, type Tracks } from './object-track.ts';

/** All moving sources of a scene. */
export interface MovingBank {
  /** Adds the next hop of both ears to the outputs. */
  addHop(startSample: number, left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** Moving sources are heard up to here: nobody hears more, and hardly any set was measured beyond it. */
const highestHz = 21_750;

/** Nodes that are kept ready: 8 KB each with 256 taps. */
const slotCount = 2048;

/** What moving sources have in common. */
export interface MovingBankOptions {
  readonly kernels: Kernels;
  readonly interpolator: HrtfInterpolator;
  readonly baseDelaySamples: number;
  /** How the hop is cut, and how many steps it has. */
  readonly steps: EarSteps;
  readonly stepCount: number;
}

/** Makes the bank of moving sources; undefined for none. @param tracks current hop of every track */
export function createMovingBank(
  options: MovingBankOptions,
  sources: readonly TrackedSource[],
  tracks: Tracks,
): MovingBank | undefined {
  if (sources.length === 0) return undefined;
  const { kernels, interpolator, baseDelaySamples, steps, stepCount } = options;
  const { stepFrames } = steps;
  const refined = createRefinedHrtf(interpolator);
  const spreadCount = sources.filter(({ track }) => !track.isPoint).length;
  const sharedCount = Math.min(
    refined.nodeCount,
    Math.max(slotCount, 3 * (stepCount + earOverlapSteps) * sources.length),
  );
  const convolver = kernels.createEarConvolver({
    sourceCount: sources.length,
    responseCount: sharedCount + 2 * spreadCount,
    tapCount: interpolator.hrtf.tapCount,
    ...steps,
    stepCount,
    maximumDelaySamples: maximumDelaySamples(interpolator, baseDelaySamples),
    bandwidth: Math.min(1, highestHz / (interpolator.hrtf.sampleRateHz / 2)),
  });
  const slots = createResponseSlots(refined, convolver, sharedCount);
  let nextSlot = sharedCount - 2;
  const moving = sources.map(({ track, gain }, source) => {
    const common = { track, gain, baseDelaySamples, convolver, source, stepFrames, stepCount };
    if (track.isPoint) return createMovingPoint(common, refined, slots);
    return createMovingSpread(common, interpolator, (nextSlot += 2));
  });
  const { hopFrames } = convolver;
  const inputs = sources.map(() => new Float32Array(hopFrames));
  const hops: Float32Array[] = [...inputs];
  const ears = [new Float32Array(hopFrames), new Float32Array(hopFrames)] as const;

  return {
    addHop(startSample, left, right) {
      slots.startHop();
      for (let i = 0; i < sources.length; i++) {
        const { track, trackIndex } = sources[i]!;
        moving[i]!.setSteps(startSample);
        hops[i] = hopOf(track, startSample, tracks[trackIndex]!, inputs[i]!);
      }
      convolver.processHop(hops, ears[0], ears[1]);
      addSamples(left, ears[0]);
      addSamples(right, ears[1]);
    },
    reset() {
      for (const { track } of sources) track.reset();
      for (const source of moving) source.reset();
      convolver.reset();
    },
  };
}
