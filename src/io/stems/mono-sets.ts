import { normalizeBedLabels, normalizeLabel } from '../../layouts/labels.ts';
import type { Layout } from '../../layouts/layout.ts';
import { layoutOfLabels } from './infer-channels.ts';
import type { ChannelFacts } from './infer-channels.ts';

/** Mono files that belong together: "Bed.L.wav" ... "Bed.LFE.wav". */
export interface MonoSet<Stem extends ChannelFacts = ChannelFacts> {
  /** What their names begin with, without the separator. */
  readonly prefix: string;
  /** Their name with a star for the label: "Bed.*.wav". */
  readonly pattern: string;
  readonly members: readonly { readonly label: string; readonly stem: Stem }[];
  /** True for a left and a right file alone. */
  readonly isPair: boolean;
  /** The layout with exactly these channels, if there is one. */
  readonly layout: Layout | undefined;
}

/**
 * Finds multi-mono sets among files, by what DAWs write: a name, a separator (dot, underscore, dash or
 * blank), a channel label (L, R, C, LFE, Ls, Lss, Lsr, Ltf ...). A set is a left-right pair, or three
 * channels or more with a left and a right among them.
 */
export function findMonoSets<Stem extends ChannelFacts>(
  stems: readonly Stem[],
): { sets: MonoSet<Stem>[]; singles: Stem[] } {
  const groups = new Map<string, { prefix: string; members: { label: string; stem: Stem }[] }>();
  for (const stem of stems) {
    const parts = stem.channelCount === 1 ? splitLabel(stem.file) : undefined;
    if (!parts) continue;
    const group = groups.get(parts.pattern) ?? { prefix: parts.prefix, members: [] };
    group.members.push({ label: parts.label, stem });
    groups.set(parts.pattern, group);
  }
  const sets: MonoSet<Stem>[] = [];
  for (const [pattern, { prefix, members }] of groups) {
    const labels = normalizeBedLabels(members.map(({ label }) => label)).flatMap((label) => label ?? []);
    const hasPair = labels.includes('M+030') && labels.includes('M-030');
    if (!hasPair || new Set(labels).size !== members.length) continue;
    sets.push({ prefix, pattern, members, isPair: members.length === 2, layout: layoutOfLabels(labels) });
  }
  const taken = new Set(sets.flatMap(({ members }) => members.map(({ stem }) => stem)));
  return { sets, singles: stems.filter((stem) => !taken.has(stem)) };
}

/** Splits "Bed.Lss.wav" into its parts; undefined without a label at the end of the name. */
function splitLabel(file: string): { prefix: string; label: string; pattern: string } | undefined {
  const match = /^(?:(.*)([._ -]))?([A-Za-z][A-Za-z0-9+]*|[MUBT][+-]\d{3})(\.[^.]*)$/s.exec(file);
  if (!match) return undefined;
  const [, prefix = '', separator = '', label = '', extension = ''] = match;
  if (normalizeLabel(label) === undefined) return undefined;
  return { prefix, label, pattern: `${prefix}${separator}*${extension}` };
}
