import type { SceneElement } from '../../scene/scene.ts';

/** Where one track of a scene goes in one target, by which rule, and what it loses there. */
export interface TrackExplanation {
  readonly element: string;
  readonly kind: SceneElement['kind'];
  /** Channel of a bed or an ambisonic bed. */
  readonly channel: string | undefined;
  /** What decides. */
  readonly rule: string;
  /** What was done to it for this layout's class, and the gain that this gave, least and most of all blocks. */
  readonly trim: { readonly rule: string; readonly leastDb: number; readonly mostDb: number } | undefined;
  /** Output channels, element gain included, loudest first; of a moving object the largest gain of all its blocks. */
  readonly outputs: readonly { readonly label: string; readonly gainDb: number }[];
  /** Power in all outputs together against that of the track, least and most of all blocks; -Infinity for nothing. */
  readonly leastLevelDb: number;
  readonly mostLevelDb: number;
}

/** The fields that say whose track it is; a muted element goes nowhere. */
export function explainTrack(
  element: SceneElement,
  channel: string | undefined,
  found: Pick<TrackExplanation, 'rule' | 'outputs' | 'leastLevelDb' | 'mostLevelDb'> &
    Partial<Pick<TrackExplanation, 'trim'>>,
): TrackExplanation {
  const { kind, mute } = element;
  const silent = { rule: 'muted', outputs: [], leastLevelDb: -Infinity, mostLevelDb: -Infinity };
  return { element: element.name || element.id, kind, channel, trim: undefined, ...(mute ? silent : found) };
}
