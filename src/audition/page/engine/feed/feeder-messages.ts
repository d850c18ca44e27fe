import type { SourceKind } from '../../../protocol/session.ts';
import type { ElementSwitch } from '../engine.ts';
import type { Timeline } from '../stream/timeline.ts';

/** A source that is to be fed. */
export interface FedSource {
  /** Place in the session. */
  readonly source: number;
  /** Address of its audio. */
  readonly audio: string;
  /** Address of the scene, where the source is one. */
  readonly scene: string;
  readonly kind: SourceKind;
  readonly label: string;
  readonly channelCount: number;
  readonly frameCount: number;
  /** Ring that the player reads. */
  readonly memory: SharedArrayBuffer;
  readonly playedChannelCount: number;
}

/** What the page tells the feeder. */
export type FeederMessage =
  | {
      readonly type: 'start';
      readonly memory: SharedArrayBuffer;
      readonly trackCount: number;
      readonly sampleRateHz: number;
    }
  | { readonly type: 'arm'; readonly source: FedSource }
  | { readonly type: 'disarm'; readonly source: number }
  /** This one comes first. */
  | { readonly type: 'select'; readonly source: number }
  /** All starts anew on another timeline, known to the player by its number. */
  | { readonly type: 'restart'; readonly timeline: Timeline; readonly number: number }
  /** The timeline changes from a position on that has not been played. */
  | { readonly type: 'follow'; readonly timeline: Timeline; readonly differsFrom: number }
  | { readonly type: 'play'; readonly isPlaying: boolean }
  | { readonly type: 'switches'; readonly switches: readonly ElementSwitch[] };

/** What the feeder tells the page: what is wrong with a source, or that nothing is any more. */
export interface FeederNote {
  readonly source: number;
  readonly message: string | undefined;
}
