import type { LoopRegion } from '../engine.ts';
import type { FeederMessage } from '../feed/feeder-messages.ts';
import { readPlayPoint, type SharedState } from '../stream/shared-state.ts';
import {
  endPosition,
  firstDifference,
  jumpsOf,
  runAt,
  unwrapPosition,
  type Timeline,
} from '../stream/timeline.ts';
import { gateFrames } from './player.ts';
import type { PlayerMessage } from './player-messages.ts';

/** What lies so near is fetched and rendered already. */
const nearSec = 0.2;
const shortestLoopSec = 0.05;

/** What a transport needs. */
export interface TransportOptions {
  readonly state: SharedState;
  /** Length of the programme. */
  readonly frameCount: number;
  readonly sampleRateHz: number;
  /** Of the rings. */
  readonly capacityFrames: number;
  /** How far ahead sources are read. */
  readonly leadFrames: number;
  readonly toPlayer: (message: PlayerMessage) => void;
  readonly toFeeder: (message: FeederMessage) => void;
}

/** Moves player and feeder along the programme. */
export class Transport {
  private timeline: Timeline;
  private number = 0;
  /** Frame that the timeline was made for: before it is what fades in. */
  private target = 0;
  private latestHeard = 0;
  private readonly options: TransportOptions;

  constructor(options: TransportOptions) {
    this.options = options;
    const { frameCount } = options;
    this.timeline = { startPosition: 0, startFrame: 0, frameCount, loop: undefined };
  }

  get loop(): LoopRegion | undefined {
    return this.timeline.loop;
  }

  /** Goes to a frame of the programme. */
  seek(frame: number): void {
    this.jump(frame, this.timeline.loop);
  }

  private jump(frame: number, loop: LoopRegion | undefined): void {
    const { frameCount, capacityFrames, leadFrames } = this.options;
    this.target = Math.round(Math.min(Math.max(0, frame), frameCount));
    const latest = Math.max(this.position(), this.timeline.startPosition);
    this.number++;
    this.timeline = {
      // Written over what would have come later: what is played now can still fade out.
      startPosition: latest + 2.25 * capacityFrames,
      startFrame: this.target - leadFrames - gateFrames,
      frameCount,
      loop,
    };
    this.options.toFeeder({ type: 'restart', timeline: this.timeline, number: this.number });
    this.options.toPlayer({
      type: 'timeline',
      timeline: this.number,
      startPosition: this.timeline.startPosition,
      endPosition: endPosition(this.timeline),
      jumps: jumpsOf(this.timeline),
    });
  }

  /** Repeats a region, or nothing; goes to its start from behind it. */
  setLoop(wanted: LoopRegion | undefined): void {
    const { sampleRateHz, frameCount } = this.options;
    const loop = wanted && cleanLoop(wanted, frameCount, shortestLoopSec * sampleRateHz);
    const position = this.position();
    const { frame } = runAt(this.timeline, position);
    if (loop && frame >= loop.endFrame) {
      this.jump(loop.startFrame, loop);
      return;
    }
    const timeline = { startPosition: position, startFrame: frame, frameCount, loop };
    const differsFrom = firstDifference(this.timeline, timeline, position);
    if (!this.hasStarted() || differsFrom < position + nearSec * sampleRateHz) {
      this.jump(this.hasStarted() ? frame : this.target, loop);
      return;
    }
    this.timeline = timeline;
    this.target = -Infinity;
    this.options.toFeeder({ type: 'follow', timeline, differsFrom });
    this.options.toPlayer({
      type: 'end',
      endPosition: endPosition(timeline),
      jumps: jumpsOf(timeline),
    });
  }

  /**
   * Frame of the programme that is heard.
   * @param heardContextFrame frame of the audio context that is at the ears now
   */
  frameAt(heardContextFrame: number): number {
    if (!this.hasStarted()) return this.target;
    const { frame } = runAt(this.timeline, this.heardPosition(heardContextFrame));
    const isFadingIn = frame < this.target && this.heardPosition(heardContextFrame) < this.fadedInPosition();
    return Math.min(this.options.frameCount, isFadingIn ? this.target : Math.max(0, frame));
  }

  /**
   * Position of the stream that is heard: what was sent last, less what waits in the outputs. It never steps back,
   * although the clocks of a browser do.
   */
  heardPosition(heardContextFrame: number): number {
    const point = readPlayPoint(this.options.state.marks);
    const waiting = Math.max(0, (point.contextFrame - heardContextFrame) | 0);
    const heard = unwrapPosition(point.position, this.timeline.startPosition) - waiting;
    this.latestHeard = Math.max(this.latestHeard, heard);
    return this.latestHeard;
  }

  private fadedInPosition(): number {
    return this.timeline.startPosition + this.target - this.timeline.startFrame;
  }

  /** Position behind the frames that were sent last. */
  private position(): number {
    return unwrapPosition(readPlayPoint(this.options.state.marks).position, this.timeline.startPosition);
  }

  private hasStarted(): boolean {
    return readPlayPoint(this.options.state.marks).timeline === this.number;
  }
}

/** The region inside the programme, not too short. */
function cleanLoop(loop: LoopRegion, frameCount: number, shortest: number): LoopRegion | undefined {
  const startFrame = Math.round(Math.min(Math.max(0, loop.startFrame), frameCount));
  const endFrame = Math.round(Math.min(Math.max(startFrame + shortest, loop.endFrame), frameCount));
  return endFrame - startFrame < shortest ? undefined : { startFrame, endFrame };
}
