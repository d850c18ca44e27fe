import { createAudioBlock, type AudioBlock } from '../../../../base/audio-block.ts';
import type { Processor } from '../../../../base/processor.ts';
import {
  beginsBehind,
  endRing,
  readableFrames,
  readPlanar,
  restartRing,
  writePlanar,
  writeSilence,
  type Ring,
} from '../stream/ring.ts';
import { levelBlockFrames, levelRow, raisePeak, type SharedState } from '../stream/shared-state.ts';
import { runAt, type Timeline } from '../stream/timeline.ts';
import type { TrackGains } from './element-gains.ts';

/** How far ahead of what is heard the scene is rendered: a mute is heard so much later. */
const lookaheadSec = 0.09;

/** What is later than this is left out; less is rendered all the same, faster than it is played. */
const latestSec = 0.4;

/** What a feed of a scene needs. */
export interface SceneFeedOptions {
  /** Tracks of the scene, which another feed brings. */
  readonly tracks: Ring;
  /** Where the rendered channels go. */
  readonly output: Ring;
  readonly state: SharedState;
  readonly sampleRateHz: number;
  readonly gains: TrackGains;
  readonly playPosition: () => number;
  /** Makes the renderer that starts at a frame of the scene. */
  readonly createProcessor: (startFrame: number) => Promise<Processor>;
  /** Hears why there is no renderer, and undefined once it is tried again. */
  readonly onProblem: (message: string | undefined) => void;
}

/** A stretch of the stream that one renderer makes. */
interface Segment {
  readonly processor: Processor;
  /** Behind its last frame. */
  endPosition: number;
  /** Of the next frame that goes in. */
  inputPosition: number;
}

/** Renders the scene into a ring, a little ahead of what is heard. */
export class SceneFeed {
  private timeline: Timeline | undefined;
  private position = 0;
  private segment: Segment | undefined;
  /** Renderers that can be used again, by their first frame: that of the loop's start. */
  private readonly kept = new Map<number, Processor>();
  private isMaking = false;
  private isClosed = false;
  /** No renderer could be made: it is tried again where the stream starts anew. */
  private hasProblem = false;
  private levelBlock = NaN;
  private readonly input: AudioBlock;
  private readonly rendered: AudioBlock;
  private readonly options: SceneFeedOptions;

  constructor(options: SceneFeedOptions) {
    this.options = options;
    this.input = createAudioBlock(options.tracks.channels.length, levelBlockFrames);
    this.rendered = createAudioBlock(options.output.channels.length, levelBlockFrames);
  }

  /** Starts anew where a timeline starts, or elsewhere on it. */
  restart(timeline: Timeline, position = timeline.startPosition): void {
    this.timeline = timeline;
    this.position = position;
    this.segment = undefined;
    if (this.hasProblem) this.options.onProblem(undefined);
    this.hasProblem = false;
    restartRing(this.options.output, position);
    this.keepOnlyLoop();
  }

  /** Goes on with another timeline, which is the same up to a position. */
  follow(timeline: Timeline, differsFrom: number): void {
    if (differsFrom < this.position) {
      this.restart(timeline, this.options.playPosition());
      return;
    }
    this.timeline = timeline;
    if (this.segment) this.segment.endPosition = this.position + runAt(timeline, this.position).length;
    this.keepOnlyLoop();
  }

  /** Renders what is missing, as far as there are tracks for it. */
  pump(): void {
    while (this.timeline && !this.isClosed && !this.isMaking && !this.hasProblem) {
      this.catchUp(this.timeline);
      const ahead = this.position - this.options.playPosition();
      if (ahead >= lookaheadSec * this.options.sampleRateHz) return;
      const { frame, length } = runAt(this.timeline, this.position);
      if (frame < 0) this.pass(Math.min(levelBlockFrames, -frame, length));
      else if (!this.segment) void this.startSegment(frame, this.position + length);
      else if (!this.render(this.segment)) return;
    }
  }

  close(): void {
    this.isClosed = true;
  }

  /** Leaves out what is too late, or whose tracks were given up because they were late. */
  private catchUp(timeline: Timeline): void {
    const { tracks, sampleRateHz } = this.options;
    const playPosition = this.options.playPosition();
    const lateFrames = playPosition - this.position;
    const isLost = lateFrames > 0 && beginsBehind(tracks, this.segment?.inputPosition ?? this.position);
    if (isLost || lateFrames > latestSec * sampleRateHz) this.restart(timeline, playPosition);
  }

  private pass(frameCount: number): void {
    writeSilence(this.options.output, this.position, frameCount);
    this.position += frameCount;
    endRing(this.options.output, this.position);
  }

  private async startSegment(frame: number, endPosition: number): Promise<void> {
    const { position, timeline } = this;
    const isWanted = (): boolean => this.timeline === timeline && this.position === position;
    this.isMaking = true;
    try {
      const kept = this.kept.get(frame);
      kept?.reset();
      const processor = kept ?? (await this.options.createProcessor(frame));
      if (timeline?.loop?.startFrame === frame) this.kept.set(frame, processor);
      if (isWanted()) this.segment = { processor, endPosition, inputPosition: position };
    } catch (error) {
      if (isWanted()) {
        this.hasProblem = true;
        this.options.onProblem(error instanceof Error ? error.message : String(error));
      }
    } finally {
      this.isMaking = false;
    }
    this.pump();
  }

  /** Renders a block at most. @returns whether there were tracks for it */
  private render(segment: Segment): boolean {
    const { output } = this.options;
    const delay = segment.inputPosition - this.position;
    const latency = segment.processor.latencySamples;
    // What comes out first is what the renderer held before: nothing.
    const isPriming = delay < latency;
    const frameCount = isPriming
      ? Math.min(levelBlockFrames, latency - delay)
      : Math.min(levelBlockFrames, segment.endPosition - this.position);
    if (!this.readInput(segment, frameCount)) return false;
    this.rendered.frameCount = frameCount;
    segment.processor.process(this.input, this.rendered);
    segment.inputPosition += frameCount;
    if (isPriming) return true;
    writePlanar(output, this.position, this.rendered.channels, frameCount);
    this.position += frameCount;
    endRing(output, this.position);
    if (this.position === segment.endPosition) this.segment = undefined;
    return true;
  }

  /** Brings the next frames of the tracks; behind the segment is silence. */
  private readInput(segment: Segment, frameCount: number): boolean {
    const { tracks, gains } = this.options;
    const { inputPosition, endPosition } = segment;
    const count = Math.max(0, Math.min(frameCount, endPosition - inputPosition));
    if (readableFrames(tracks, inputPosition) < count) return false;
    this.input.frameCount = frameCount;
    readPlanar(tracks, inputPosition, this.input.channels, count);
    for (const channel of this.input.channels) channel.fill(0, count, frameCount);
    gains.apply(this.input.channels, frameCount);
    this.measure(inputPosition, count);
    return true;
  }

  private measure(position: number, frameCount: number): void {
    for (let from = 0; from < frameCount;) {
      const row = levelRow(this.options.state, position + from);
      const block = Math.floor((position + from) / levelBlockFrames);
      if (block !== this.levelBlock) row.fill(0);
      this.levelBlock = block;
      const to = Math.min(frameCount, (block + 1) * levelBlockFrames - position);
      this.input.channels.forEach((samples, track) => raisePeak(row, track, samples, from, to));
      from = to;
    }
  }

  /** Keeps the renderer of the loop's start, and makes it ahead of its time. */
  private keepOnlyLoop(): void {
    const wanted = this.timeline?.loop?.startFrame;
    for (const frame of this.kept.keys()) if (frame !== wanted) this.kept.delete(frame);
    if (wanted === undefined || this.kept.has(wanted)) return;
    this.options.createProcessor(wanted).then(
      (processor) => {
        if (this.timeline?.loop?.startFrame === wanted && !this.kept.has(wanted))
          this.kept.set(wanted, processor);
      },
      () => undefined,
    );
  }
}
