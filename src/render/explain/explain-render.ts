import { resolveScene } from '../../scene/resolve-scene.ts';
import type { Scene } from '../../scene/scene.ts';
import { trimScene } from '../trim/trim-scene.ts';
import type { RenderFormat } from '../render-format.ts';
import type { RenderSettings } from '../render-settings.ts';
import { explainDirections } from './explain-directions.ts';
import { explainLoudspeakers, type Fold } from './explain-loudspeakers.ts';
import type { TrackExplanation } from './explanation.ts';

/** What `explainRender` is asked. */
export interface ExplainOptions {
  readonly scene: Scene;
  readonly format: RenderFormat;
  readonly settings?: RenderSettings | undefined;
  /** Fold-down behind a render to loudspeakers. */
  readonly fold?: Fold | undefined;
}

/**
 * Says for every track of a scene, in the order of `sceneTracks`, where a render sends it, by which rule, and what level
 * it has there. Loudspeaker gains are those that the renderer uses; for headphones and ambisonics, which have no
 * loudspeakers, the direction is told.
 */
export function explainRender({ scene, format, settings = {}, fold }: ExplainOptions): TrackExplanation[] {
  const resolved = resolveScene(scene, settings);
  switch (format.kind) {
    case 'loudspeakers':
      return explainLoudspeakers({
        trimmed: trimScene(resolved, format.layout, settings.trims, format.trimsOf),
        layout: format.layout,
        meetsInFold: format.meetsInFold,
        hoaDecoder: settings.loudspeakers?.hoaDecoder,
        fold,
      });
    case 'binaural':
      return explainDirections(resolved, {
        verb: 'HRTF',
        ...lfeTerms(settings.binaural?.lfeDb ?? 0, 'LFE to both ears alike'),
        ambisonicRule: () => 'decoded with filters made for the HRTF',
      });
    case 'ambisonics':
      return explainDirections(resolved, {
        verb: 'encoded',
        ...lfeTerms(settings.ambisonics?.lfeDb ?? 'off', 'LFE to W'),
        ambisonicRule: (acn) => (acn < (format.order + 1) ** 2 ? `kept, order ${format.order}` : undefined),
      });
  }
}

const lfeTerms = (lfeDb: number | 'off', lfe: string): { readonly lfe: string; readonly lfeDb: number } =>
  lfeDb === 'off' ? { lfe: 'LFE dropped', lfeDb: -Infinity } : { lfe, lfeDb };
