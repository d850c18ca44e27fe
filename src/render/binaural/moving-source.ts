import type { Vec3 } from '../../base/coordinates.ts';
import { createEarResponses, type HrtfInterpolator } from '../../hrtf/hrtf-interpolator.ts';
import { createNodePlace, type RefinedHrtf } from '../../hrtf/refined-hrtf.ts';
import { earOverlapSteps } from '../../kernels/ear-convolver-plan.ts';
import type { EarConvolverKernel, EarMix } from '../../kernels/interfaces/convolvers.ts';
import { respond } from './ear-filters.ts';
import type { ObjectTrack } from './object-track.ts';
import { isSamePlacement, type Placement } from './placement.ts';
import type { ResponseSlots } from './response-slots.ts';

/** A moving source: one source of an ear convolver. */
export interface MovingSource {
  /** Sets how the source is heard in the steps of the hop that starts with a sample. */
  setSteps(startSample: number): void;
  /** Forgets where the source was. */
  reset(): void;
}

/** Settings of a moving source. */
export interface MovingSourceOptions {
  readonly track: ObjectTrack;
  /** Linear, of the filters. */
  readonly gain: number;
  readonly baseDelaySamples: number;
  readonly convolver: EarConvolverKernel;
  /** Number of the source in the convolver. */
  readonly source: number;
  readonly stepFrames: number;
  readonly stepCount: number;
}

/** Delays of all directions stay below this. */
export function maximumDelaySamples({ hrtf }: HrtfInterpolator, baseDelaySamples: number): number {
  const latest = hrtf.arrivalSamples.reduce((max, arrival) => Math.max(max, arrival), 0);
  return Math.ceil(baseDelaySamples + latest);
}

const createMix = (): EarMix => ({
  responses: new Int32Array(3),
  weights: new Float64Array(3),
  delaySamples: new Float64Array(2),
  driftSamples: new Float64Array(2),
});

/** A delay that changes by more than this in a step jumps. */
const mostDriftSamples = 1;

/** How much a delay drifts that changes from one step to the next. */
function driftOf(changeSamples: number): number {
  return Math.abs(changeSamples) <= mostDriftSamples ? changeSamples : 0;
}

/** Centre of the window of a step, in steps after its start. */
const windowCentre = (earOverlapSteps + 1) / 2;

/**
 * Renders a source that moves and is a single direction: in each step it is heard through the aligned responses of
 * three nodes around it, and each ear has its own delay. As the responses are aligned, nothing combs. Delays follow
 * the ears only, not the distance: there is no Doppler shift.
 */
export function createMovingPoint(
  { track, gain, baseDelaySamples, convolver, source, stepFrames, stepCount }: MovingSourceOptions,
  refined: RefinedHrtf,
  slots: ResponseSlots,
): MovingSource {
  const place = createNodePlace();
  const mix = createMix();
  const scratch: [number, number, number] = [0, 0, 0];
  const { delaySamples, driftSamples } = mix;
  const last: [number, number, number] = [NaN, NaN, NaN];
  let isFresh = true;

  /** Whether a direction is the last one, and the source no longer drifts. */
  const restsAt = (direction: Vec3): boolean =>
    direction[0] === last[0] &&
    direction[1] === last[1] &&
    direction[2] === last[2] &&
    driftSamples[0] === 0 &&
    driftSamples[1] === 0;

  function moveTo(direction: Vec3, step: number): void {
    if (restsAt(direction) && step >= 0) return;
    for (let i = 0; i < 3; i++) last[i] = direction[i]!;
    refined.locate(direction, place);
    for (let j = 0; j < 3; j++) {
      mix.responses[j] = slots.slotOf(place.nodes[j]!);
      mix.weights[j] = gain * place.shares[j]!;
    }
    for (let ear = 0; ear < 2; ear++) {
      const delay = baseDelaySamples + place.arrivalSamples[ear]!;
      driftSamples[ear] = isFresh ? 0 : driftOf(delay - delaySamples[ear]!);
      delaySamples[ear] = delay;
    }
    isFresh = false;
    convolver.setSource(source, step, mix);
  }

  return {
    setSteps(startSample) {
      for (let step = isFresh ? -earOverlapSteps : 0; step < stepCount; step++)
        moveTo(track.directionAt(startSample + (step + windowCentre) * stepFrames, scratch), step);
    },
    reset: () => void (isFresh = true),
  };
}

/**
 * Renders a source that is spread out at some time: its responses are worked out anew for every hop and mixed in
 * between.
 * @param firstSlot the first of two responses of the convolver that are the source's own
 */
export function createMovingSpread(
  { track, gain, baseDelaySamples, convolver, source, stepFrames, stepCount }: MovingSourceOptions,
  interpolator: HrtfInterpolator,
  firstSlot: number,
): MovingSource {
  const mix = createMix();
  const keys = [0, 1].map((index) => ({
    slot: firstSlot + index,
    responses: createEarResponses(interpolator.hrtf.tapCount),
  }));
  let [from, to] = [keys[0]!, keys[1]!];
  let placement: Placement | undefined;
  let isStill = false;

  /** Works out the responses of a placement, in the key that is free. */
  function moveTo(next: Placement): void {
    placement = next;
    [from, to] = [to, from];
    respond(interpolator, next, to.responses);
    convolver.setResponse(to.slot, to.responses.left, to.responses.right);
  }

  /** @param share how far the source has gone from one placement to the other */
  function setStep(step: number, share: number): void {
    mix.responses[0] = from.slot;
    mix.responses[1] = mix.responses[2] = to.slot;
    mix.weights[0] = gain * (1 - share);
    mix.weights[1] = gain * share;
    for (let ear = 0; ear < 2; ear++) {
      const [start, end] = [from.responses.arrivalSamples[ear]!, to.responses.arrivalSamples[ear]!];
      mix.delaySamples[ear] = baseDelaySamples + (1 - share) * start + share * end;
      mix.driftSamples[ear] = step < 0 ? 0 : driftOf((end - start) / stepCount);
    }
    convolver.setSource(source, step, mix);
  }

  return {
    setSteps(startSample) {
      const firstCentre = startSample + windowCentre * stepFrames;
      if (!placement) {
        moveTo(track.placementAt(firstCentre - stepFrames));
        for (let step = -earOverlapSteps; step < 0; step++) setStep(step, 1);
      }
      const next = track.placementAt(firstCentre + (stepCount - 1) * stepFrames);
      const wasStill = isStill;
      isStill = isSamePlacement(placement!, next);
      // The first hop at rest takes away the drift.
      if (isStill && wasStill) return;
      moveTo(next);
      for (let step = 0; step < stepCount; step++) setStep(step, (step + 1) / stepCount);
    },
    reset() {
      placement = undefined;
      isStill = false;
    },
  };
}
