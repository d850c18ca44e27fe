import type { LoopRegion } from '../engine.ts';

/**
 * Which frame of the programme is at which position of the stream. The stream runs on without a break: a loop is
 * written into it again and again, a seek starts a new timeline at a position that was never used.
 */
export interface Timeline {
  readonly startPosition: number;
  /** Frame of the programme at `startPosition`; negative where the stream begins with silence. */
  readonly startFrame: number;
  /** Length of the programme. */
  readonly frameCount: number;
  /** Repeated once its end is reached; a start behind it plays on to the end of the programme. */
  readonly loop: LoopRegion | undefined;
}

/** Consecutive frames of the programme in the stream. */
export interface Run {
  readonly frame: number;
  /** Frames until the stream jumps; Infinity where it never does. */
  readonly length: number;
}

/** What the stream holds from a position on. */
export function runAt(timeline: Timeline, position: number): Run {
  const { startPosition, startFrame, loop } = timeline;
  const frame = startFrame + position - startPosition;
  if (!loop || startFrame >= loop.endFrame) return { frame, length: Infinity };
  const behind = frame - loop.endFrame;
  if (behind < 0) return { frame, length: -behind };
  const lengthFrames = loop.endFrame - loop.startFrame;
  const inLoop = behind % lengthFrames;
  return { frame: loop.startFrame + inLoop, length: lengthFrames - inLoop };
}

/** Position behind the last frame of the programme; Infinity where a loop never lets it come. */
export function endPosition(timeline: Timeline): number {
  const { startPosition, startFrame, frameCount, loop } = timeline;
  if (loop && startFrame < loop.endFrame) return Infinity;
  return startPosition + frameCount - startFrame;
}

/** Where the stream jumps back: before the frame at a position, and from there on again and again. */
export interface Jumps {
  readonly firstPosition: number;
  /** Frames from one to the next. */
  readonly everyFrames: number;
}

/** The jumps of a timeline; undefined where it has none. */
export function jumpsOf({ startPosition, startFrame, loop }: Timeline): Jumps | undefined {
  if (!loop || startFrame >= loop.endFrame) return undefined;
  return {
    firstPosition: startPosition + loop.endFrame - startFrame,
    everyFrames: loop.endFrame - loop.startFrame,
  };
}

/** First position from `from` on at which two timelines differ; Infinity where they never do. */
export function firstDifference(one: Timeline, other: Timeline, from: number): number {
  let position = from;
  // After two jumps at the same places to the same frames, loops are the same.
  for (let jump = 0; jump < 3; jump++) {
    const [a, b] = [runAt(one, position), runAt(other, position)];
    if (a.frame !== b.frame) return position;
    const length = Math.min(a.length, b.length);
    if (length === Infinity) return Infinity;
    position += length;
  }
  return Infinity;
}

/** The number next to `near` that is the same as `wrapped` modulo 2^32. */
export const unwrapPosition = (wrapped: number, near: number): number => near + ((wrapped - near) | 0);
