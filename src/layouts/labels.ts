import type { Layout } from './layout.ts';

/**
 * Names of loudspeakers. BS.2051 labels ("M+030") are ours; Dolby, WAVE, film and ITU short names are aliases.
 * Some short names mean different loudspeakers in different layouts ("Ls" is M+110 in 5.1 and the side M+090
 * in 7.1), so each alias lists its candidates, first choice first, and the layout of the bed decides.
 */

/** Aliases of the left side and the middle; the right side is their mirror image. Lower case. */
const leftAliases: Readonly<Record<string, readonly string[]>> = {
  'l fl left': ['M+030'],
  'lw wl': ['M+060'],
  lsc: ['M+SC'],
  'lc flc': ['M+SC', 'M+030'],
  ls: ['M+110', 'M+090'],
  'lss sl sil': ['M+090', 'M+110'],
  'lrs lb lsr bl lbs': ['M+135', 'M+110'],
  'ltf tfl tpfl vhl': ['U+045', 'U+030', 'U+090'],
  'lts ltm tsl tpsil': ['U+090', 'U+030', 'U+045'],
  'ltr ltb tbl tpbl': ['U+135', 'U+110'],
  'btfl bfl': ['B+045'],
};

const middleAliases: Readonly<Record<string, readonly string[]>> = {
  'c fc centre center mono': ['M+000'],
  'cs bc': ['M+180'],
  'ts tc tpc vog': ['T+000'],
  'tpfc tfc': ['U+000'],
  'tpbc tbc': ['U+180', 'UH+180'],
  'btfc bfc': ['B+000'],
  'lfe lfe1 lfel sub': ['LFE1'],
  'lfe2 lfer': ['LFE2'],
};

/** In 22.2 (BS.2051 system H) the outer front pair is FL and FR, the inner pair FLc and FRc. */
const aliasesOf22: Readonly<Record<string, string>> = {
  l: 'M+060',
  fl: 'M+060',
  left: 'M+060',
  r: 'M-060',
  fr: 'M-060',
  right: 'M-060',
};

const candidatesByAlias = buildCandidates();

/** What a label may be resolved against: a layout, or anything that lists labels. */
export type LabelContext = Layout | readonly string[];

/**
 * BS.2051 label of a loudspeaker name: BS.2051 itself, its URN, Dolby's RC_*, WAVE, film and ITU short names;
 * case does not matter. Undefined for a name that means no loudspeaker.
 * @param context the layout (or list of BS.2051 labels) that the name belongs to; decides names such as "Ls"
 */
export function normalizeLabel(label: string, context?: LabelContext): string | undefined {
  const name = label
    .trim()
    .replace(/^urn:itu:bs:2051:\d+:speaker:/i, '')
    .replace(/^RC_/i, '');
  const bs2051 = name.toUpperCase();
  if (nominalPosition(bs2051)) return bs2051;
  const labels = context === undefined ? undefined : labelsOf(context);
  const key = name.toLowerCase();
  const inner22 = labels && isLayout22(labels) ? aliasesOf22[key] : undefined;
  if (inner22 !== undefined) return inner22;
  const candidates = candidatesByAlias.get(key);
  return candidates?.find((candidate) => labels?.includes(candidate)) ?? candidates?.[0];
}

/**
 * BS.2051 labels of the channels of a bed. Without a layout the set of names decides: beside rear names
 * (Lrs, Lb, Lsr ...) "Ls" is the side M+090.
 * @returns undefined where a name means no loudspeaker
 */
export function normalizeBedLabels(
  labels: readonly string[],
  layout?: Layout,
): readonly (string | undefined)[] {
  if (layout) return labels.map((label) => normalizeLabel(label, layout));
  const first = labels.map((label) => normalizeLabel(label));
  const hasRear = first.includes('M+135') || first.includes('M-135');
  if (!hasRear) return first;
  const context = [...first.filter((label) => label !== undefined), 'M+090', 'M-090'].filter(
    (label) => label !== 'M+110' && label !== 'M-110',
  );
  return labels.map((label) => normalizeLabel(label, context));
}

/**
 * Nominal position of a BS.2051 label: the layer letter gives the elevation (B -30, M 0, U 30, UH 45, T 90),
 * the number the azimuth. Undefined for other names, aliases included. BS.2051-3 clause 2.
 */
export function nominalPosition(
  label: string,
): { readonly azimuthDeg: number; readonly elevationDeg: number } | undefined {
  const special = specialPositions[label];
  if (special) return special;
  const match = /^(B|M|UH|U|T)([+-])(\d{3})$/.exec(label);
  if (!match) return undefined;
  const azimuthDeg = Number(match[3]);
  if (azimuthDeg > 180) return undefined;
  return {
    azimuthDeg: match[2] === '-' && azimuthDeg !== 0 ? -azimuthDeg : azimuthDeg,
    elevationDeg: layerElevationsDeg[match[1]!]!,
  };
}

/** Whether a label (any alias) names a low-frequency effects loudspeaker. */
export function isLfeLabel(label: string): boolean {
  const normalized = normalizeLabel(label);
  return normalized === 'LFE1' || normalized === 'LFE2';
}

const layerElevationsDeg: Readonly<Record<string, number>> = { B: -30, M: 0, U: 30, UH: 45, T: 90 };

const specialPositions: Readonly<Record<string, { azimuthDeg: number; elevationDeg: number }>> = {
  'M+SC': { azimuthDeg: 15, elevationDeg: 0 },
  'M-SC': { azimuthDeg: -15, elevationDeg: 0 },
  LFE1: { azimuthDeg: 45, elevationDeg: -30 },
  LFE2: { azimuthDeg: -45, elevationDeg: -30 },
};

function labelsOf(context: LabelContext): readonly string[] {
  return 'loudspeakers' in context ? context.loudspeakers.map((loudspeaker) => loudspeaker.label) : context;
}

/** Only 22.2 has loudspeakers at 60 degrees, behind and below. */
const isLayout22 = (labels: readonly string[]): boolean =>
  labels.includes('M+060') && labels.includes('B+000') && labels.includes('M+180');

function buildCandidates(): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const [names, candidates] of Object.entries(leftAliases)) {
    const mirrored = candidates.map((candidate) => candidate.replace('+', '-'));
    for (const name of names.split(' ')) {
      map.set(name, candidates);
      map.set(mirrorName(name), mirrored);
    }
  }
  for (const [names, candidates] of Object.entries(middleAliases)) {
    for (const name of names.split(' ')) map.set(name, candidates);
  }
  return map;
}

/** Name of the right loudspeaker: "ltf" gives "rtf", "tfl" gives "tfr", "flc" gives "frc". */
function mirrorName(name: string): string {
  if (name.startsWith('left')) return name.replace('left', 'right');
  if (name.startsWith('l')) return `r${name.slice(1)}`;
  const last = name.lastIndexOf('l');
  return `${name.slice(0, last)}r${name.slice(last + 1)}`;
}
