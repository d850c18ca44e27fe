import { liveScene } from '../../../protocol/live-scene.ts';
import type { HrtfChoice, Session, Source } from '../../../protocol/session.ts';

/** Highest order that is decoded; channels above it are left out. */
const highestOrder = 3;

/** An output of the player, and what makes ears of it. */
export type PlayerOutput =
  | { readonly kind: 'direct'; readonly channelCount: 2 }
  | { readonly kind: 'loudspeakers'; readonly layout: string; readonly channelCount: number }
  | { readonly kind: 'ambisonics'; readonly order: number; readonly channelCount: number };

/** The outputs that a session needs, and the one of each of its sources. */
export interface OutputTable {
  readonly outputs: readonly PlayerOutput[];
  /** By the place of the source. */
  readonly outputOf: readonly number[];
}

/** Shares out outputs: one for what goes to the ears as it is, one for each layout and for each order. */
export function planOutputs(session: Session): OutputTable {
  const outputs: PlayerOutput[] = [{ kind: 'direct', channelCount: 2 }];
  const outputOf = session.sources.map((source) => {
    const wanted = outputFor(source, session);
    const known = outputs.findIndex((output) => JSON.stringify(output) === JSON.stringify(wanted));
    return known >= 0 ? known : outputs.push(wanted) - 1;
  });
  return { outputs, outputOf };
}

function outputFor(source: Source, session: Session): PlayerOutput {
  switch (source.kind) {
    case 'binaural':
    case 'stereo':
      return { kind: 'direct', channelCount: 2 };
    case 'loudspeakers': {
      const layout = source.layout ?? '';
      return { kind: 'loudspeakers', layout, channelCount: session.layouts[layout]?.length ?? 0 };
    }
    case 'ambisonics':
    case 'scene': {
      const order = Math.min(source.order ?? highestOrder, highestOrder);
      return { kind: 'ambisonics', order, channelCount: (order + 1) ** 2 };
    }
  }
}

/** Channels that the player reads of a source: of a scene those it is rendered to. */
export const playedChannelCount = ({ kind, channelCount }: Source): number =>
  kind === 'scene' ? liveScene.channelCount : channelCount;

/** First of two channels behind the ambisonics of a source, which go to the ears as they are; Infinity without. */
export function headLockedChannel(source: Source): number {
  if (source.kind !== 'ambisonics' && source.kind !== 'scene') return Infinity;
  const pair = ((source.order ?? liveScene.order) + 1) ** 2;
  return playedChannelCount(source) === pair + 2 ? pair : Infinity;
}

/** Delay that the filters of an output have in an HRTF set. */
export function delaySamplesOf({ kind }: PlayerOutput, hrtf: HrtfChoice): number {
  if (kind === 'direct') return 0;
  return kind === 'ambisonics' ? hrtf.ambisonicDelaySamples : hrtf.loudspeakerDelaySamples;
}

/** The longest delay of all filters: all others are made as long, so that everything is heard in time. */
export const commonDelaySamples = (session: Session): number =>
  Math.max(0, ...session.hrtfs.flatMap((hrtf) => [hrtf.ambisonicDelaySamples, hrtf.loudspeakerDelaySamples]));
