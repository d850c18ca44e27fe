import type { Layout } from '../layouts/layout.ts';

/** What a scene is rendered to: loudspeaker signals, two ears, or ambisonics (ACN, SN3D) of order 1 to 7. */
export type RenderFormat =
  | { readonly kind: 'loudspeakers'; readonly layout: Layout }
  | { readonly kind: 'binaural' }
  | { readonly kind: 'ambisonics'; readonly order: number };
