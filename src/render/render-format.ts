import type { Layout } from '../layouts/layout.ts';

/** A render to loudspeakers. */
export interface LoudspeakerFormat {
  readonly kind: 'loudspeakers';
  readonly layout: Layout;
  /** Layout whose trims hold, where the render is folded to it; the render's own where undefined. */
  readonly trimsOf?: Layout | undefined;
  /** Whether left and surround meet in a fold-down behind it, so that bed channels are not divided between them. */
  readonly meetsInFold?: boolean | undefined;
}

/** What a scene is rendered to: loudspeaker signals, two ears, or ambisonics (ACN, SN3D) of order 1 to 7. */
export type RenderFormat =
  LoudspeakerFormat | { readonly kind: 'binaural' } | { readonly kind: 'ambisonics'; readonly order: number };
