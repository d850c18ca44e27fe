import type { Jumps } from '../stream/timeline.ts';

/** What the page tells the player. Sources go by their place in the session; positions are those of the stream. */
export type PlayerMessage =
  | {
      readonly type: 'arm';
      readonly source: number;
      readonly memory: SharedArrayBuffer;
      readonly channelCount: number;
      /** Output of the node that its sound goes to. */
      readonly output: number;
      /** Channels from here on go to the first output instead, to its first and on; Infinity for none. */
      readonly headLockedChannel: number;
      readonly gain: number;
    }
  | { readonly type: 'disarm'; readonly source: number }
  | { readonly type: 'select'; readonly source: number }
  | { readonly type: 'gain'; readonly source: number; /** Linear. */ readonly gain: number }
  | { readonly type: 'play'; readonly isPlaying: boolean }
  /** Silence, then on at another position. */
  | {
      readonly type: 'timeline';
      readonly timeline: number;
      readonly startPosition: number;
      readonly endPosition: number;
      readonly jumps: Jumps | undefined;
    }
  /** The programme ends elsewhere, or is repeated elsewhere. */
  | { readonly type: 'end'; readonly endPosition: number; readonly jumps: Jumps | undefined };

/** What the player tells the page. */
export type PlayerNote =
  /** This source has begun to take over. */
  | { readonly type: 'heard'; readonly source: number }
  | { readonly type: 'waiting'; readonly isWaiting: boolean }
  | { readonly type: 'ended' };
