import { dbToGain } from '../../../base/units.ts';
import type { Session, Source } from '../../protocol/session.ts';
import { ArmedSources } from './armed-sources.ts';
import { Decoders } from './decoding/decoders.ts';
import type {
  AudioEngine,
  ElementSwitch,
  EngineLevels,
  EngineState,
  HeadOrientation,
  LoopRegion,
} from './engine.ts';
import type { FeederMessage, FeederNote } from './feed/feeder-messages.ts';
import { reasonOf } from './feed/fetch-frames.ts';
import { LevelReader } from './level-reader.ts';
import { HeardFrame } from './playback/heard-frame.ts';
import { commonDelaySamples, type OutputTable } from './playback/output-table.ts';
import type { PlayerMessage, PlayerNote } from './playback/player-messages.ts';
import { Transport } from './playback/transport.ts';
import type { SharedState } from './stream/shared-state.ts';

/** Rings hold at least so much. */
const ringSec = 2;
const volumeGlideSec = 0.015;
/** The audio context rests when nothing has sounded for so long. */
const restMs = 400;
/** Longer than a crossfade and the filters behind it. */
const closeMs = 300;
/** A context that has not started after so long has no device: browsers let it wait. */
const wakeMs = 3000;
const spectrumLength = 4096;

/** What `createAudioEngine` puts together. */
export interface AuditionEngineParts {
  readonly session: Session;
  readonly context: AudioContext;
  readonly state: SharedState;
  readonly table: OutputTable;
  readonly player: AudioWorkletNode;
  readonly output: AudioWorkletNode;
  readonly feeder: Worker;
}

/** The engine of the page: tells player, feeder and decoders what the listener wants. */
export class AuditionEngine implements AudioEngine {
  readonly session: Session;
  readonly spectrumShape: { readonly maxHz: number; readonly binCount: number };
  private current: EngineState;
  private readonly listeners = new Set<(state: EngineState) => void>();
  private readonly transport: Transport;
  private readonly armed: ArmedSources;
  private readonly decoders: Decoders;
  private readonly levelReader: LevelReader;
  private readonly heard: HeardFrame;
  private readonly volume: GainNode;
  private readonly analyser: AnalyserNode;
  private readonly problems = new Map<number | string, string>();
  private closing: ReturnType<typeof setTimeout> | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private waking: ReturnType<typeof setTimeout> | undefined;
  private readonly parts: AuditionEngineParts;

  constructor(parts: AuditionEngineParts) {
    this.parts = parts;
    const { session, context, state, table, player, output, feeder } = parts;
    this.session = session;
    this.heard = new HeardFrame(context);
    this.current = {
      isPlaying: false,
      isBuffering: false,
      sourceId: session.sources[0]?.id ?? '',
      head: { yawDeg: 0, pitchDeg: 0, rollDeg: 0 },
      hrtfId: session.hrtfs[0]?.id ?? '',
      loop: undefined,
      problem: undefined,
    };
    this.volume = new GainNode(context);
    this.analyser = new AnalyserNode(context, { fftSize: spectrumLength });
    player.connect(this.volume, 0);
    this.volume.connect(output).connect(context.destination);
    output.connect(this.analyser);
    this.spectrumShape = { maxHz: context.sampleRate / 2, binCount: this.analyser.frequencyBinCount };

    const toPlayer = (message: PlayerMessage): void => player.port.postMessage(message);
    const toFeeder = (message: FeederMessage): void => feeder.postMessage(message);
    const { sampleRateHz, frameCount } = session;
    const capacityFrames = 2 ** Math.ceil(Math.log2(ringSec * sampleRateHz));
    const leadFrames = commonDelaySamples(session);
    this.transport = new Transport({
      state,
      frameCount,
      sampleRateHz,
      capacityFrames,
      leadFrames,
      toPlayer,
      toFeeder,
    });
    const base = document.baseURI;
    this.armed = new ArmedSources({ session, table, capacityFrames, base, toPlayer, toFeeder });
    this.decoders = new Decoders(
      { context, session, outputs: table.outputs, player, ears: this.volume, fetchFilters },
      this.current.hrtfId,
    );
    this.levelReader = new LevelReader(state);
    this.listen();
    toFeeder({ type: 'start', memory: state.memory, trackCount: state.trackCount, sampleRateHz });
    this.transport.seek(0);
    this.select(this.current.sourceId);
  }

  get state(): EngineState {
    return this.current;
  }

  subscribe(listener: (state: EngineState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async play(): Promise<void> {
    clearTimeout(this.resting);
    if (this.positionFrames() >= this.session.frameCount) this.transport.seek(0);
    this.setPlaying(true);
    this.waking = setTimeout(
      () => this.setProblem('output', 'The browser starts no sound: is there a device to hear it from?'),
      wakeMs,
    );
    await this.parts.context.resume();
    this.endWaking();
  }

  async pause(): Promise<void> {
    this.setPlaying(false);
  }

  positionFrames(): number {
    return this.transport.frameAt(this.heardFrame());
  }

  seek(frame: number): void {
    this.transport.seek(frame);
  }

  setLoop(loop: LoopRegion | undefined): void {
    this.transport.setLoop(loop);
    this.change({ loop: this.transport.loop });
  }

  select(sourceId: string): void {
    const source = this.placeOf(sourceId);
    if (source < 0) return;
    this.armed.arm(source);
    this.parts.feeder.postMessage({ type: 'select', source } satisfies FeederMessage);
    this.change({ sourceId });
    const output = this.parts.table.outputOf[source]!;
    this.decoders.ensure(output).then(
      () => {
        this.setProblem('filters', undefined);
        if (this.current.sourceId !== sourceId) return;
        this.decoders.open(output);
        this.parts.player.port.postMessage({ type: 'select', source } satisfies PlayerMessage);
      },
      (error: unknown) => this.setProblem('filters', messageOf(error)),
    );
  }

  setSourceGain(sourceId: string, gainDb: number): void {
    const source = this.placeOf(sourceId);
    if (source >= 0) this.armed.setGain(source, dbToGain(gainDb));
  }

  setVolume(gainDb: number): void {
    const { currentTime } = this.parts.context;
    this.volume.gain.setTargetAtTime(dbToGain(gainDb), currentTime, volumeGlideSec);
  }

  setHead(head: HeadOrientation): void {
    this.decoders.turn(head);
    this.change({ head });
  }

  setHrtf(hrtfId: string): void {
    this.change({ hrtfId });
    this.decoders.setHrtf(hrtfId).then(
      () => this.setProblem('filters', undefined),
      (error: unknown) => this.setProblem('filters', messageOf(error)),
    );
  }

  setElements(switches: readonly ElementSwitch[]): void {
    this.parts.feeder.postMessage({ type: 'switches', switches } satisfies FeederMessage);
    // What was rendered ahead before the pause would still be heard as it was.
    if (!this.current.isPlaying) this.transport.seek(this.positionFrames());
  }

  levels(): EngineLevels {
    const source = this.session.sources[this.placeOf(this.current.sourceId)] ?? noSource;
    return this.levelReader.read(source, this.transport.heardPosition(this.heardFrame()));
  }

  spectrum(into: Float32Array<ArrayBuffer>): void {
    this.analyser.getFloatFrequencyData(into);
  }

  async close(): Promise<void> {
    clearTimeout(this.resting);
    clearTimeout(this.closing);
    clearTimeout(this.waking);
    this.listeners.clear();
    this.parts.feeder.terminate();
    await this.parts.context.close();
  }

  private heardFrame(): number {
    return this.heard.at(performance.now());
  }

  private placeOf(sourceId: string): number {
    return this.session.sources.findIndex(({ id }) => id === sourceId);
  }

  private setPlaying(isPlaying: boolean): void {
    const { player, feeder, context } = this.parts;
    player.port.postMessage({ type: 'play', isPlaying } satisfies PlayerMessage);
    feeder.postMessage({ type: 'play', isPlaying } satisfies FeederMessage);
    this.change(isPlaying ? { isPlaying } : { isPlaying, isBuffering: false });
    clearTimeout(this.resting);
    this.endWaking();
    if (!isPlaying) this.resting = setTimeout(() => void context.suspend(), restMs);
  }

  private endWaking(): void {
    clearTimeout(this.waking);
    this.setProblem('output', undefined);
  }

  private listen(): void {
    const { player, output, feeder } = this.parts;
    player.port.onmessage = ({ data }: MessageEvent<PlayerNote>) => {
      if (data.type === 'waiting') this.change({ isBuffering: data.isWaiting });
      else if (data.type === 'ended') this.setPlaying(false);
      else this.closeLater(data.source);
    };
    feeder.onmessage = ({ data }: MessageEvent<FeederNote>) => this.setProblem(data.source, data.message);
    feeder.onerror = (event) => this.setProblem('feeder', event.message || 'sources cannot be read');
    for (const node of [player, output])
      node.onprocessorerror = () => this.setProblem('audio', 'the audio thread has stopped; reload the page');
  }

  /** Cuts off what is not heard any more when its last sound has gone. */
  private closeLater(heard: number): void {
    clearTimeout(this.closing);
    this.closing = setTimeout(() => {
      const { outputOf } = this.parts.table;
      const wanted = this.placeOf(this.current.sourceId);
      this.decoders.keepOpen([outputOf[heard]!, outputOf[wanted]!]);
    }, closeMs);
  }

  /** @param where a place in the session, or a part of the engine */
  private setProblem(where: number | string, message: string | undefined): void {
    if (message === undefined) this.problems.delete(where);
    else this.problems.set(where, message);
    const problem = [...this.problems.values()][0];
    if (problem !== this.current.problem) this.change({ problem });
  }

  private change(part: Partial<EngineState>): void {
    this.current = { ...this.current, ...part };
    for (const listener of this.listeners) listener(this.current);
  }
}

const noSource: Pick<Source, 'kind' | 'channelCount'> = { kind: 'stereo', channelCount: 2 };

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function fetchFilters(address: string): Promise<Float32Array> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`filters of the HRTF set: ${await reasonOf(answer)}`);
  return new Float32Array(await answer.arrayBuffer());
}
