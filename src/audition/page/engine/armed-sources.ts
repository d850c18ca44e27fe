import type { Session } from '../../protocol/session.ts';
import type { FeederMessage } from './feed/feeder-messages.ts';
import { headLockedChannel, playedChannelCount, type OutputTable } from './playback/output-table.ts';
import type { PlayerMessage } from './playback/player-messages.ts';
import { createRing } from './stream/ring.ts';

/** So many sources are kept at hand; each takes memory and is read all the time. */
const mostSources = 6;

/** What is needed to arm sources. */
export interface ArmedSourcesOptions {
  readonly session: Session;
  readonly table: OutputTable;
  readonly capacityFrames: number;
  /** Address that those of the session are relative to. */
  readonly base: string;
  readonly toPlayer: (message: PlayerMessage) => void;
  readonly toFeeder: (message: FeederMessage) => void;
}

/** The sources that are at hand: those that were heard last. */
export class ArmedSources {
  /** Places in the session, the one that was asked for last at the end. */
  private armed: number[] = [];
  private readonly gains: number[];
  private readonly options: ArmedSourcesOptions;

  constructor(options: ArmedSourcesOptions) {
    this.options = options;
    this.gains = options.session.sources.map(() => 1);
  }

  /** Has a source at hand; lets the one go that was not asked for the longest. */
  arm(source: number): void {
    const isArmed = this.armed.includes(source);
    this.armed = [...this.armed.filter((other) => other !== source), source];
    if (isArmed) return;
    if (this.armed.length > mostSources) this.disarm(this.armed.shift()!);
    const { session, table, capacityFrames, base, toPlayer, toFeeder } = this.options;
    const output = table.outputOf[source]!;
    const { id, kind, label, channelCount, frameCount } = session.sources[source]!;
    const playedChannels = playedChannelCount(session.sources[source]!);
    const { memory } = createRing(playedChannels, capacityFrames);
    toFeeder({
      type: 'arm',
      source: {
        source,
        audio: new URL(`api/sources/${encodeURIComponent(id)}/audio`, base).href,
        scene: new URL('api/scene', base).href,
        kind,
        label,
        channelCount,
        frameCount,
        memory,
        playedChannelCount: playedChannels,
      },
    });
    toPlayer({
      type: 'arm',
      source,
      memory,
      channelCount: playedChannels,
      output,
      headLockedChannel: headLockedChannel(session.sources[source]!),
      gain: this.gains[source]!,
    });
  }

  /** Sets the gain of a source, armed or not. @param gain linear */
  setGain(source: number, gain: number): void {
    this.gains[source] = gain;
    if (this.armed.includes(source)) this.options.toPlayer({ type: 'gain', source, gain });
  }

  private disarm(source: number): void {
    this.options.toPlayer({ type: 'disarm', source });
    this.options.toFeeder({ type: 'disarm', source });
  }
}
