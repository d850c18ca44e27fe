import { basename } from 'node:path';
import { builtInLayouts, layoutNames, getLayout } from '../../layouts/built-in.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { AmbisonicNormalization } from '../../scene/scene.ts';
import { labelsOfFile } from '../channel-order.ts';

/** What the channels of a file seem to be, and what says so. */
export type InferredChannels =
  | {
      readonly kind: 'bed';
      /** The layout with exactly these channels, if there is one. */
      readonly layout: Layout | undefined;
      /** BS.2051 labels in the order of the file. */
      readonly labels: readonly string[];
      readonly saidBy: 'mask' | 'name' | 'channel count';
    }
  | {
      readonly kind: 'ambisonic';
      readonly order: number;
      readonly normalization: AmbisonicNormalization;
      /** Whether a head-locked stereo pair lies behind the ambisonic channels. */
      readonly isHeadLocked: boolean;
      readonly saidBy: 'file' | 'name' | 'channel count';
    };

/** What is known of a file. */
export interface ChannelFacts {
  readonly file: string;
  readonly channelCount: number;
  readonly channelLabels?: readonly string[] | undefined;
  readonly ambisonicNormalization?: 'SN3D' | 'N3D' | undefined;
}

/** Order of an ambisonic signal of so many channels, 1 to 7; undefined for other counts. */
export function ambisonicOrderOf(channelCount: number): number | undefined {
  const order = Math.sqrt(channelCount) - 1;
  return Number.isInteger(order) && order >= 1 && order <= 7 ? order : undefined;
}

/** Whether a file name says "ambisonics". */
export const saysAmbisonic = (name: string): boolean =>
  /\.amb$|ambix|ambi(?:sonics?)?(?![a-z])|(?<![a-z])(?:foa|[2-7]oa|hoa)(?![a-z])|b-?format|sn3d|n3d/i.test(
    name,
  );

/** B-format files (.amb) are FuMa; the rest is AmbiX unless its name says otherwise. */
export function normalizationInName(name: string, order: number): AmbisonicNormalization {
  if (/\.amb$|fuma/i.test(name) && order <= 3) return 'FuMa';
  return /(?<![a-z])n3d/i.test(name) ? 'N3D' : 'SN3D';
}

/**
 * Finds out what the channels of a file are: from what the file says of ambisonics, an ambisonic file name (two channels more than ambisonics
 * has are the head-locked pair of 360-degree video), then the file's own labels (its
 * mask), then a layout in its name ("bed_7.1.2", "mix 4+7+0", "bed_712"), then the usual layout of so many
 * channels. Undefined if nothing fits.
 */
export function inferChannels(facts: ChannelFacts): InferredChannels | undefined {
  const name = basename(facts.file);
  const order = ambisonicOrderOf(facts.channelCount);
  const { ambisonicNormalization: normalizationInFile } = facts;
  if (normalizationInFile && order !== undefined) {
    return {
      kind: 'ambisonic',
      order,
      normalization: normalizationInFile,
      isHeadLocked: false,
      saidBy: 'file',
    };
  }
  const namedOrder = order ?? ambisonicOrderOf(facts.channelCount - 2);
  if (namedOrder !== undefined && saysAmbisonic(name)) {
    const normalization = normalizationInName(name, namedOrder);
    const isHeadLocked = order === undefined;
    return { kind: 'ambisonic', order: namedOrder, normalization, isHeadLocked, saidBy: 'name' };
  }
  if (facts.channelLabels) {
    const labels = facts.channelLabels;
    return { kind: 'bed', layout: layoutOfLabels(labels), labels, saidBy: 'mask' };
  }
  const named = layoutInName(name, facts.channelCount);
  if (named) return { kind: 'bed', layout: named, labels: labelsOf(named), saidBy: 'name' };
  const usual = labelsOfFile(facts, () => undefined);
  if (usual) return { kind: 'bed', layout: layoutOfLabels(usual), labels: usual, saidBy: 'channel count' };
  return order === undefined
    ? undefined
    : { kind: 'ambisonic', order, normalization: 'SN3D', isHeadLocked: false, saidBy: 'channel count' };
}

const labelsOf = (layout: Layout): string[] => layout.loudspeakers.map(({ label }) => label);

/** The built-in layout with exactly these labels, in any order. */
export function layoutOfLabels(labels: readonly string[]): Layout | undefined {
  return builtInLayouts.find(
    ({ loudspeakers }) =>
      loudspeakers.length === labels.length && loudspeakers.every(({ label }) => labels.includes(label)),
  );
}

/** The layout that a file name states, if it has the right number of channels. */
function layoutInName(name: string, channelCount: number): Layout | undefined {
  const stated = name.toLowerCase();
  const names = layoutNames().sort((a, b) => b.length - a.length);
  const found = names.find((candidate) => {
    const digits = candidate.toLowerCase().replaceAll(/[.+]/g, '[.+_-]?');
    const fits = getLayout(candidate).loudspeakers.length === channelCount;
    return fits && new RegExp(`(?<![a-z0-9])${digits}(?![a-z0-9])`).test(stated);
  });
  return found === undefined ? undefined : getLayout(found);
}
