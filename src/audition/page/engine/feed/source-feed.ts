import { endRing, restartRing, writeInterleaved, writeSilence, type Ring } from '../stream/ring.ts';
import { runAt, type Timeline } from '../stream/timeline.ts';
import type { FetchFrames } from './fetch-frames.ts';

/** Lengths of requests, by how much is there already: soon at first, seldom later. */
const requestSteps = [
  { aheadSec: 0.1, lengthSec: 0.1 },
  { aheadSec: 0.5, lengthSec: 0.25 },
  { aheadSec: Infinity, lengthSec: 0.5 },
];
/** With so much ahead, others may be read. */
const comfortableSec = 0.5;
const retryMs = 1000;

/** What a feed needs. */
export interface SourceFeedOptions {
  readonly ring: Ring;
  /** Length of the source; behind it is silence. */
  readonly frameCount: number;
  readonly sampleRateHz: number;
  readonly fetchFrames: FetchFrames;
  /** Position that is being played, or will be first. */
  readonly playPosition: () => number;
  /** Hears after frames have come: more can be asked for. */
  readonly onWritten: () => void;
  /** Hears why frames do not come, and undefined once they do again. */
  readonly onProblem: (message: string | undefined) => void;
}

/** Keeps a ring filled with a source ahead of what is played, three quarters of its length at most. */
export class SourceFeed {
  private timeline: Timeline | undefined;
  private position = 0;
  private request: AbortController | undefined;
  private isClosed = false;
  private hasProblem = false;
  private readonly options: SourceFeedOptions;

  constructor(options: SourceFeedOptions) {
    this.options = options;
  }

  /** Starts anew where a timeline starts, or elsewhere on it. */
  restart(timeline: Timeline, position = timeline.startPosition): void {
    this.timeline = timeline;
    this.position = position;
    restartRing(this.options.ring, position);
    this.cancel();
  }

  /** Goes on with another timeline, which is the same up to a position. */
  follow(timeline: Timeline, differsFrom: number): void {
    this.timeline = timeline;
    if (differsFrom >= this.position) return;
    this.position = differsFrom;
    endRing(this.options.ring, differsFrom);
    this.cancel();
  }

  /** Whether so much is there that others may be read. */
  get isComfortable(): boolean {
    const ahead = this.position - this.options.playPosition();
    return ahead >= comfortableSec * this.options.sampleRateHz;
  }

  /** Asks for what is missing, unless it is on its way. */
  pump(): void {
    while (!this.request && !this.isClosed && this.timeline) {
      this.catchUp();
      const run = this.nextRun(this.timeline);
      if (run.frameCount <= 0) return;
      if (run.frame === undefined) {
        writeSilence(this.options.ring, this.position, run.frameCount);
        this.advance(run.frameCount);
      } else void this.fetch(run.frame, run.frameCount);
    }
  }

  close(): void {
    this.isClosed = true;
    this.cancel();
  }

  /** Gives up what has been passed while it was waited for. */
  private catchUp(): void {
    const playPosition = this.options.playPosition();
    if (playPosition <= this.position) return;
    this.position = playPosition;
    restartRing(this.options.ring, playPosition);
  }

  /** What comes next, as much as there is room for; without a frame it is silence. */
  private nextRun(timeline: Timeline): { readonly frame: number | undefined; readonly frameCount: number } {
    const { ring, sampleRateHz, frameCount } = this.options;
    const ahead = this.position - this.options.playPosition();
    const room = ring.capacityFrames * 0.75 - ahead;
    const step = requestSteps.find(({ aheadSec }) => ahead < aheadSec * sampleRateHz)!;
    const wanted = Math.round(sampleRateHz * step.lengthSec);
    if (room < wanted) return { frame: undefined, frameCount: 0 };
    const { frame, length } = runAt(timeline, this.position);
    const most = Math.min(wanted, length);
    if (frame < 0) return { frame: undefined, frameCount: Math.min(most, -frame) };
    if (frame >= frameCount) return { frame: undefined, frameCount: most };
    return { frame, frameCount: Math.min(most, frameCount - frame) };
  }

  private async fetch(frame: number, frameCount: number): Promise<void> {
    const { ring, fetchFrames, onProblem } = this.options;
    const request = new AbortController();
    this.request = request;
    try {
      const samples = await fetchFrames(frame, frameCount, request.signal);
      if (this.request !== request) return;
      writeInterleaved(ring, this.position, samples);
      this.request = undefined;
      if (this.hasProblem) onProblem(undefined);
      this.hasProblem = false;
      this.advance(frameCount);
      this.options.onWritten();
    } catch (error) {
      if (this.request !== request) return;
      this.hasProblem = true;
      onProblem(error instanceof Error ? error.message : String(error));
      setTimeout(() => {
        if (this.request === request) this.cancel();
        this.options.onWritten();
      }, retryMs);
    }
  }

  private advance(frameCount: number): void {
    this.position += frameCount;
    endRing(this.options.ring, this.position);
  }

  private cancel(): void {
    this.request?.abort();
    this.request = undefined;
  }
}
