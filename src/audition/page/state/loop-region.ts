import type { LoopRegion } from '../engine/engine.ts';

/** Shortest loop in seconds: shorter ones are heard as a tone. */
const shortestLoopSec = 0.1;

/** What is being done to the loop by dragging on the overview. */
export type LoopGrip = 'start' | 'end' | 'new';

/** A region between two frames in any order, inside the programme; undefined if it is too short to be meant. */
export const makeLoop = (
  oneFrame: number,
  otherFrame: number,
  frameCount: number,
  sampleRateHz: number,
): LoopRegion | undefined => {
  const clamp = (frame: number): number => Math.min(frameCount, Math.max(0, Math.round(frame)));
  const startFrame = clamp(Math.min(oneFrame, otherFrame));
  const endFrame = clamp(Math.max(oneFrame, otherFrame));
  return endFrame - startFrame >= shortestLoopSec * sampleRateHz ? { startFrame, endFrame } : undefined;
};

/** The loop with its start at a frame: up to the end that it had, or that of the programme. */
export const withLoopStart = (
  loop: LoopRegion | undefined,
  frame: number,
  frameCount: number,
  sampleRateHz: number,
): LoopRegion | undefined => {
  const endFrame = loop && loop.endFrame > frame ? loop.endFrame : frameCount;
  return makeLoop(frame, endFrame, frameCount, sampleRateHz);
};

/** The loop with its end at a frame: from the start that it had, or that of the programme. */
export const withLoopEnd = (
  loop: LoopRegion | undefined,
  frame: number,
  frameCount: number,
  sampleRateHz: number,
): LoopRegion | undefined => {
  const startFrame = loop && loop.startFrame < frame ? loop.startFrame : 0;
  return makeLoop(startFrame, frame, frameCount, sampleRateHz);
};

/** What a press at x takes hold of: an edge of the loop within `reach` pixels, or nothing. */
export const gripAt = (
  x: number,
  loop: LoopRegion | undefined,
  pixelsPerFrame: number,
  reach: number,
): LoopGrip => {
  if (!loop) return 'new';
  const toStart = Math.abs(x - loop.startFrame * pixelsPerFrame);
  const toEnd = Math.abs(x - loop.endFrame * pixelsPerFrame);
  if (Math.min(toStart, toEnd) > reach) return 'new';
  return toStart < toEnd ? 'start' : 'end';
};
