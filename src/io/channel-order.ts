import type { WarningHandler } from '../base/errors.ts';
import { getLayout } from '../layouts/built-in.ts';
import type { Layout } from '../layouts/layout.ts';
import type { AudioReader } from './audio-file.ts';

/**
 * Orders of the channels of a multichannel file:
 * - `itu`: BS.2051, which is also our internal order (L R C LFE Lss Rss Lrs Rrs ...)
 * - `wav`: ascending bits of the WAVE loudspeaker mask (rear before side); where a layout has no legal mask,
 *   the internal order
 * - `film`: Pro Tools (L C R Lss Rss Lrs Rrs wides LFE heights)
 */
export type ChannelOrder = 'itu' | 'wav' | 'film';

/** All channel orders, for settings. */
export const channelOrders: readonly ChannelOrder[] = ['itu', 'wav', 'film'];

/** How the channels of a layout lie in a file. */
export interface FileOrder {
  /** Layout channel of every file channel. */
  readonly order: readonly number[];
  /** WAVE loudspeaker mask; 0 where no mask describes this order. */
  readonly mask: number;
}

/** Mask bits of ksmedia.h (SPEAKER_*) by BS.2051 label. Labels that share a bit never share a layout. */
const bitsByLabel: Readonly<Record<string, number>> = {
  'M+030': 0x1,
  'M-030': 0x2,
  'M+000': 0x4,
  LFE1: 0x8,
  'M+135': 0x10,
  'M-135': 0x20,
  'M+110': 0x10,
  'M-110': 0x20,
  'M+SC': 0x40,
  'M-SC': 0x80,
  'M+180': 0x100,
  'M+090': 0x200,
  'M-090': 0x400,
  'T+000': 0x800,
  'U+030': 0x1000,
  'U+045': 0x1000,
  'U+000': 0x2000,
  'U-030': 0x4000,
  'U-045': 0x4000,
  'U+110': 0x8000,
  'U+135': 0x8000,
  'U+180': 0x10000,
  'UH+180': 0x10000,
  'U-110': 0x20000,
  'U-135': 0x20000,
};

/**
 * The mask has no bit for the pair above the sides. Where it is the only pair above (7.1.2), players know
 * it as top front left and right: Windows, FFmpeg and Android all spell "7.1.2" 0x563F. Beside other
 * height pairs (9.1.6, 22.2) there is no legal mask.
 */
const onlyPairAbove: Readonly<Record<string, number>> = { 'U+090': 0x1000, 'U-090': 0x4000 };

/**
 * Order and mask for writing a layout to a file.
 * @throws nothing: a layout that no mask can describe gets mask 0 and, for `wav`, its own order
 */
export function fileOrder(layout: Layout, order: ChannelOrder): FileOrder {
  const labels = layout.loudspeakers.map(({ label }) => label);
  const bits = maskBits(labels);
  const channels = labels.map((_, index) => index);
  if (order === 'wav' && bits) channels.sort((a, b) => bits[a]! - bits[b]!);
  if (order === 'film') channels.sort((a, b) => filmRank(labels[a]!) - filmRank(labels[b]!));
  const inOrder = bits && channels.map((channel) => bits[channel]!);
  const isAscending = inOrder?.every((bit, at) => at === 0 || bit > inOrder[at - 1]!);
  return { order: channels, mask: isAscending ? inOrder!.reduce((mask, bit) => mask | bit, 0) : 0 };
}

/** Bit of every label; undefined where one has none or two would share one. */
function maskBits(labels: readonly string[]): readonly number[] | undefined {
  const hasOtherHeights = labels.some((label) => label.startsWith('U') && !(label in onlyPairAbove));
  const bits = labels.map(
    (label) => bitsByLabel[label] ?? (hasOtherHeights ? undefined : onlyPairAbove[label]),
  );
  const known = bits.filter((bit) => bit !== undefined);
  return known.length === labels.length && new Set(known).size === known.length ? known : undefined;
}

const filmRanks: readonly (readonly string[])[] = [
  ['M+030'],
  ['M+SC'],
  ['M+000'],
  ['M-SC'],
  ['M-030'],
  ['M+110', 'M-110', 'M+090', 'M-090'],
  ['M+135', 'M-135', 'M+180'],
  ['M+060', 'M-060'],
  ['LFE1', 'LFE2'],
];

/** Heights and what lies below come last, in the order of the layout. */
function filmRank(label: string): number {
  const rank = filmRanks.findIndex((labels) => labels.includes(label));
  return rank < 0 ? filmRanks.length : rank;
}

const bedBits = { back: 0x30, side: 0x600, topFront: 0x5000, topBack: 0x28000 };

/**
 * BS.2051 labels of a mask, in file order. A lone pair of surrounds, back or side, is M±110; with both, the
 * back pair is M±135 and the side pair M±090. The heights follow: U±030 and U±110 over M±110, U±045 and
 * U±135 over seven loudspeakers, and a lone front height pair over seven is U±090 (7.1.2).
 * @returns undefined for 0, and for a mask with bits that mean no loudspeaker or a torn pair of surrounds
 */
export function labelsOfMask(mask: number): string[] | undefined {
  if (mask === 0 || mask >>> 18 !== 0) return undefined;
  const hasAll = (bits: number): boolean => (mask & bits) === bits;
  const isSeven = hasAll(bedBits.back) && hasAll(bedBits.side);
  const topFront = isSeven ? (hasAll(bedBits.topBack) ? '045' : '090') : '030';
  const topBack = isSeven ? '135' : '110';
  const names = [
    'M+030',
    'M-030',
    'M+000',
    'LFE1',
    isSeven ? 'M+135' : 'M+110',
    isSeven ? 'M-135' : 'M-110',
    'M+SC',
    'M-SC',
    'M+180',
    isSeven ? 'M+090' : 'M+110',
    isSeven ? 'M-090' : 'M-110',
    'T+000',
    `U+${topFront}`,
    'U+000',
    `U-${topFront}`,
    `U+${topBack}`,
    'U+180',
    `U-${topBack}`,
  ];
  const labels = names.filter((_, bit) => (mask >>> bit) & 1);
  return new Set(labels).size === labels.length ? labels : undefined;
}

const layoutsByChannelCount: Readonly<Record<number, string>> = {
  1: '0+1+0',
  2: '0+2+0',
  6: '0+5+0',
  8: '0+7+0',
  10: '4+5+0',
  12: '4+7+0',
  16: '6+9+0',
  24: '9+10+3',
};

/**
 * Labels of the channels of a finished file: those that the file says, else those of the usual layout of
 * that many channels in ITU order, with the warning 'channel-order-assumed' above two channels.
 * @returns undefined where the file says nothing and no usual layout has so many channels
 */
export function labelsOfFile(
  reader: Pick<AudioReader, 'file' | 'channelCount' | 'channelLabels'>,
  onWarning: WarningHandler,
): readonly string[] | undefined {
  if (reader.channelLabels) return reader.channelLabels;
  const name = layoutsByChannelCount[reader.channelCount];
  if (name === undefined) return undefined;
  const layout = getLayout(name);
  if (reader.channelCount > 2) {
    const message =
      `${reader.file}: does not say which channel is where; taken as ` +
      `${layout.aliases[0] ?? name} in ITU order`;
    onWarning({ code: 'channel-order-assumed', message, file: reader.file });
  }
  return layout.loudspeakers.map(({ label }) => label);
}
