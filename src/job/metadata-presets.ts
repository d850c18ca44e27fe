import type { MetadataEdits } from './metadata-edits.ts';

const untouched = {
  automatic: false,
  values: { centreDb: 0, surroundDb: 0, heightDb: 0, overheadFloorBalance: 0, listenerBalance: 0 },
} as const;

/**
 * Metadata that labels ask for, by name.
 * - `umg`: Universal Music Group's content guide for Dolby Atmos (contentguide.universalmusic.com, best practices): 24
 *   frames a second, no first frame of action, 5.1 by direct render, manual trims of 0 dB and balances of nothing for 2.0
 *   and 5.1, 5.1.2, 5.1.4 and 7.1. Its rule for binaural modes (not all of them off) is left to the engineer.
 */
export const metadataPresets = Object.freeze({
  umg: {
    frameRate: '24',
    firstFrameOfAction: 'none',
    warpMode: 'normal',
    trims: (['2.0', '5.1', '5.1.2', '5.1.4', '7.1'] as const).map((layout) => ({ layout, ...untouched })),
  },
} as const satisfies Readonly<Record<string, MetadataEdits>>);

/** Edits of a preset with others over them. */
export function withPreset(name: keyof typeof metadataPresets, edits: MetadataEdits): MetadataEdits {
  const stated = Object.fromEntries(Object.entries(edits).filter(([, value]) => value !== undefined));
  const preset: MetadataEdits = metadataPresets[name];
  return { ...preset, ...stated, trims: [...(preset.trims ?? []), ...(edits.trims ?? [])] };
}
