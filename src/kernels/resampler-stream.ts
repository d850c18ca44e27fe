import { requireFrames } from './kernel-options.ts';
import type { ResamplerKernel, ResamplingFir } from './interfaces/filters.ts';

/** The part of a resampler that touches samples: a line of input frames for each channel. */
export interface ResamplerLines {
  readonly channelCount: number;
  /** Frames that the lines hold; more than the taps. */
  readonly capacityFrames: number;
  /** Frames that one `load` takes at most, and one `run` gives at most. */
  readonly chunkFrames: number;
  readonly outputFrames: number;
  /** Lays frames [from, to) of the inputs on the lines, from frame `at` on. */
  load(inputs: readonly Float32Array[], from: number, to: number, at: number): void;
  /** Moves frames [from, from + frameCount) of the lines to their start. */
  shift(from: number, frameCount: number): void;
  /** Silences the first frames of the lines. */
  clear(frameCount: number): void;
  /** Writes frames [to, to + frameCount) of the outputs; the first has its oldest tap on frame `at`, and this phase. */
  run(at: number, phase: number, frameCount: number, outputs: readonly Float32Array[], to: number): void;
}

/**
 * Whether the sums of a filter run tap after tap, over successive outputs at once, instead of in eight parts: where it
 * doubles the rate, or halves it with every other tap zero. Both twins add in this order.
 */
export function addsTapAfterTap({ upFactor, downFactor, coefficients }: ResamplingFir): boolean {
  if (downFactor === 1) return upFactor <= 2;
  if (upFactor !== 1 || downFactor !== 2) return false;
  return coefficients.reduce((count, tap) => count + Number(tap !== 0), 0) < 0.6 * coefficients.length;
}

/** Makes a `ResamplerKernel` of lines: it knows where the stream stands. */
export function createResamplerStream(fir: ResamplingFir, lines: ResamplerLines): ResamplerKernel {
  const { upFactor, downFactor, tapCount } = fir;
  const { channelCount, capacityFrames, chunkFrames, outputFrames } = lines;
  /** Frames on the lines. */
  let held = 0;
  /** Frame of the lines under the oldest tap of the next output; may lie beyond what is held. */
  let at = 0;
  let phase = 0;

  const start = (outputFrame: number, firstInputFrame = 0): number => {
    const place = outputFrame * downFactor;
    const newest = Math.floor(place / upFactor);
    const oldest = newest - tapCount / 2 + 1;
    phase = place - newest * upFactor;
    held = Math.max(0, firstInputFrame - oldest);
    at = 0;
    lines.clear(held);
    return oldest + held;
  };
  /** Outputs whose taps all lie on frames that are held. */
  const completed = (): number =>
    Math.max(0, Math.ceil(((held - tapCount - at + 1) * upFactor - phase) / downFactor));
  const advance = (frameCount: number): void => {
    const place = phase + frameCount * downFactor;
    at += Math.floor(place / upFactor);
    phase = place % upFactor;
  };
  /** Drops what no output needs any more. */
  const makeRoom = (): void => {
    const dropped = Math.min(at, held);
    lines.shift(dropped, held - dropped);
    held -= dropped;
    at -= dropped;
  };

  start(0);
  return {
    channelCount,
    mostOutputFrames: (inputFrames) => Math.ceil((inputFrames * upFactor) / downFactor) + 1,
    process(inputs, frameCount, outputs) {
      requireFrames('inputs', inputs, frameCount);
      let given = 0;
      for (let from = 0; from < frameCount;) {
        if (held === capacityFrames) makeRoom();
        const to = Math.min(frameCount, from + Math.min(chunkFrames, capacityFrames - held));
        lines.load(inputs, from, to, held);
        held += to - from;
        from = to;
        for (let left = completed(); left > 0;) {
          const count = Math.min(left, outputFrames);
          lines.run(at, phase, count, outputs, given);
          advance(count);
          given += count;
          left -= count;
        }
      }
      return given;
    },
    start,
  };
}
