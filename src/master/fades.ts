import type { Processor } from '../base/processor.ts';

/**
 * How a fade rises from 0 to 1 over t in 0..1: t; sin(pi t / 2), whose square and that of its mirror add up to 1; or
 * (1 - cos(pi t)) / 2, which begins and ends without a kink.
 */
export const fadeCurves = ['linear', 'equal-power', 'raised-cosine'] as const;

/** One of `fadeCurves`. */
export type FadeCurve = (typeof fadeCurves)[number];

/** A fade of a programme. */
export interface Fade {
  /** From the frame of gain 0, the first or last of the programme, to that of gain 1. */
  readonly frameCount: number;
  readonly curve: FadeCurve;
}

/** What a fader needs. */
export interface FaderOptions {
  readonly channelCount: number;
  /** Length of the programme. */
  readonly frameCount: number;
  readonly fadeIn?: Fade | undefined;
  readonly fadeOut?: Fade | undefined;
}

const pieceFrames = 1024;

/** Gain of a fade at a place in it, 0..1. */
export function fadeGain(curve: FadeCurve, place: number): number {
  switch (curve) {
    case 'linear':
      return place;
    case 'equal-power':
      return Math.sin((Math.PI / 2) * place);
    case 'raised-cosine':
      return (1 - Math.cos(Math.PI * place)) / 2;
  }
}

/**
 * Fades a programme in and out: the gain is a closed form of the absolute sample. Between the fades all passes as it
 * is.
 */
export function createFader({ channelCount, frameCount, fadeIn, fadeOut }: FaderOptions): Processor {
  const gains = new Float64Array(pieceFrames);
  let position = 0;
  /** @param distance frames from the silent end of the fade */
  const gainOf = (fade: Fade | undefined, distance: number): number =>
    fade && distance < fade.frameCount ? fadeGain(fade.curve, distance / fade.frameCount) : 1;
  const isFaded = (from: number, to: number): boolean =>
    from < (fadeIn?.frameCount ?? 0) || to > frameCount - (fadeOut?.frameCount ?? 0);
  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples: 0,
    process(input, output) {
      for (let from = 0; from < input.frameCount; from += pieceFrames) {
        const to = Math.min(input.frameCount, from + pieceFrames);
        const hasGains = isFaded(position, position + to - from);
        if (hasGains)
          for (let frame = from; frame < to; frame++) {
            const at = position + frame - from;
            // Behind the end there is nothing to be heard.
            gains[frame - from] = gainOf(fadeIn, at) * gainOf(fadeOut, Math.max(0, frameCount - 1 - at));
          }
        for (let channel = 0; channel < channelCount; channel++) {
          const samples = input.channels[channel]!;
          const faded = output.channels[channel]!;
          for (let frame = from; frame < to; frame++)
            faded[frame] = hasGains ? samples[frame]! * gains[frame - from]! : samples[frame]!;
        }
        position += to - from;
      }
    },
    reset() {
      position = 0;
    },
  };
}
