import type { AmbisonicKernels } from '../../../../render/ambisonic/diffuse-encoder.ts';
import { readSceneText } from '../../../../scene/scene-text.ts';
import type { Scene } from '../../../../scene/scene.ts';
import type { ElementSwitch } from '../engine.ts';
import { createRing, openRing, type Ring } from '../stream/ring.ts';
import { openSharedState, readPlayPoint, type SharedState } from '../stream/shared-state.ts';
import { unwrapPosition, type Timeline } from '../stream/timeline.ts';
import { switchGains } from './element-gains.ts';
import type { FedSource, FeederMessage, FeederNote } from './feeder-messages.ts';
import { createFetchFrames, reasonOf } from './fetch-frames.ts';
import { SceneFeed } from './scene-feed.ts';
import { createSceneSource } from './scene-source.ts';
import { SourceFeed } from './source-feed.ts';

/** How often is looked after feeds while the sound runs. */
const tickMs = 10;

/** Loads what makes kernels. */
type LoadKernels = () => Promise<() => AmbisonicKernels>;

/** Fills the rings of all sources that are armed. */
export class Feeder {
  private readonly feeds = new Map<number, SourceFeed>();
  private readonly scenes = new Map<number, SceneFeed>();
  private state: SharedState | undefined;
  private sampleRateHz = 0;
  private timeline: Timeline | undefined;
  private timelineNumber = NaN;
  private selected = -1;
  private switches: readonly ElementSwitch[] | undefined;
  private applySwitches: (() => void) | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private readonly tell: (note: FeederNote) => void;

  private readonly loadKernels: LoadKernels;

  /** @param loadKernels called when a scene is played */
  constructor(tell: (note: FeederNote) => void, loadKernels: LoadKernels) {
    this.tell = tell;
    this.loadKernels = loadKernels;
  }

  handle(message: FeederMessage): void {
    switch (message.type) {
      case 'start':
        this.state = openSharedState(message.memory, message.trackCount);
        this.sampleRateHz = message.sampleRateHz;
        break;
      case 'arm':
        this.arm(message.source);
        break;
      case 'disarm':
        this.disarm(message.source);
        break;
      case 'select':
        this.selected = message.source;
        if (this.timeline) this.scenes.get(message.source)?.restart(this.timeline, this.playPosition());
        break;
      case 'restart':
        this.timeline = message.timeline;
        this.timelineNumber = message.number;
        for (const feed of this.all()) feed.restart(message.timeline);
        break;
      case 'follow':
        this.timeline = message.timeline;
        for (const feed of this.all()) feed.follow(message.timeline, message.differsFrom);
        break;
      case 'play':
        clearInterval(this.ticking);
        this.ticking = message.isPlaying ? setInterval(() => this.pump(), tickMs) : undefined;
        break;
      case 'switches':
        this.switches = message.switches;
        this.applySwitches?.();
        break;
    }
    this.pump();
  }

  private all(): (SourceFeed | SceneFeed)[] {
    return [...this.feeds.values(), ...this.scenes.values()];
  }

  /** What is heard comes first; others are read when there is enough of it, and of them only the tracks of a scene. */
  private pump(): void {
    const heard = this.feeds.get(this.selected);
    heard?.pump();
    this.scenes.get(this.selected)?.pump();
    if (heard && !heard.isComfortable) return;
    for (const feed of this.feeds.values()) feed.pump();
  }

  /** Position that is being played; the start of the timeline as long as another one is: an older, or one that is yet to come. */
  private playPosition(): number {
    const { startPosition } = this.timeline!;
    const { timeline, position } = readPlayPoint(this.state!.marks);
    if (timeline !== this.timelineNumber) return startPosition;
    return Math.max(startPosition, unwrapPosition(position, startPosition));
  }

  private arm(source: FedSource): void {
    const { state, sampleRateHz } = this;
    if (!state || !this.timeline) return;
    const isScene = source.kind === 'scene';
    const output = openRing(source.memory, source.playedChannelCount);
    const tracks = isScene ? createRing(source.channelCount, output.capacityFrames) : output;
    const feed = new SourceFeed({
      ring: tracks,
      frameCount: source.frameCount,
      sampleRateHz,
      fetchFrames: createFetchFrames(source.audio, source.channelCount, source.label),
      playPosition: () => this.playPosition(),
      onWritten: () => this.pump(),
      onProblem: (message) => this.tell({ source: source.source, message }),
    });
    this.feeds.set(source.source, feed);
    feed.restart(this.timeline, this.playPosition());
    if (isScene) void this.armScene(source, state, tracks, output);
  }

  private async armScene(source: FedSource, state: SharedState, tracks: Ring, output: Ring): Promise<void> {
    const onProblem = (message?: string): void => this.tell({ source: source.source, message });
    try {
      const [scene, createKernels] = await Promise.all([fetchScene(source.scene), this.loadKernels()]);
      const { gains, createProcessor } = createSceneSource(scene, this.sampleRateHz, createKernels);
      if (!this.feeds.has(source.source) || !this.timeline) return;
      this.applySwitches = () => this.switches && gains.setTargets(switchGains(this.switches));
      this.applySwitches();
      const playPosition = (): number => this.playPosition();
      const { sampleRateHz } = this;
      const feed = new SceneFeed({
        tracks,
        output,
        state,
        sampleRateHz,
        gains,
        playPosition,
        createProcessor,
        onProblem,
      });
      this.scenes.set(source.source, feed);
      feed.restart(this.timeline, this.playPosition());
      this.pump();
    } catch (error) {
      onProblem(error instanceof Error ? error.message : String(error));
    }
  }

  private disarm(source: number): void {
    this.feeds.get(source)?.close();
    this.scenes.get(source)?.close();
    this.feeds.delete(source);
    this.scenes.delete(source);
  }
}

async function fetchScene(address: string): Promise<Scene> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the scene: ${await reasonOf(answer)}`);
  return readSceneText(await answer.text());
}
