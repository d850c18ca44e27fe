import { FormatError, UnsupportedError } from '../../base/errors.ts';
import type { AmbisonicBed, AmbisonicNormalization, ElementBase } from '../../scene/scene.ts';
import type { AdmItem, ItemChannel } from './adm-items.ts';
import type { BuildContext } from './adm-object.ts';
import type { AdmDocument } from './axml.ts';
import { commonHoaChannel } from './common-definitions.ts';
import { childOf, type XmlNode } from './xml-tree.ts';

/** An ambisonic bed and its tracks in the order of its channels. */
export interface BuiltAmbisonicBed {
  readonly element: AmbisonicBed;
  readonly channels: readonly ItemChannel[];
}

/** ACN of a channel of an ambisonic bed: its own number but in FuMa order. */
export function acnOf(normalization: AmbisonicNormalization, channel: number): number {
  if (normalization !== 'FuMa') return channel;
  const order = Math.floor(Math.sqrt(channel));
  return order * (order + 1) + fumaDegrees[order]![channel - order ** 2]!;
}

interface Harmonic {
  readonly channel: ItemChannel;
  readonly order: number;
  readonly degree: number;
  readonly normalization: AmbisonicNormalization;
  readonly gainDb: number;
}

const maxOrder = 7;
const maxFumaOrder = 3;

/** Degrees in FuMa order, within each order: W, X Y Z, R S T U V, K L M N O P Q. */
const fumaDegrees: readonly (readonly number[])[] = [
  [0],
  [1, -1, 0],
  [0, 1, -1, 2, -2],
  [0, 1, -1, 2, -2, 3, -3],
];

/**
 * Makes an ambisonic bed of a HOA pack, whatever the order of its channels; harmonics that it lacks are silent.
 * BS.2076-2 clause 5.4.3.4.
 * @throws FormatError 'adm-hoa', 'adm-reference'; UnsupportedError 'adm-hoa'
 */
export function buildAmbisonicBed(
  item: AdmItem,
  base: ElementBase,
  context: BuildContext,
): BuiltAmbisonicBed {
  const { document, onWarning } = context;
  const { file } = document;
  const pack = document.packs.get(item.packId);
  const harmonics = item.channels.map((channel) => readHarmonic(channel, pack, document));
  const [first] = harmonics;
  const unsupported = (what: string): UnsupportedError =>
    new UnsupportedError('adm-hoa', `${file}: ${base.id}: ${what}`, { file, path: base.id });
  const { normalization = 'SN3D', gainDb = 0 } = first ?? {};
  if (harmonics.some((harmonic) => harmonic.normalization !== normalization || harmonic.gainDb !== gainDb))
    throw unsupported('its channels differ in normalisation or gain, which is not read');
  const order = Math.max(1, ...harmonics.map((harmonic) => harmonic.order));
  const highest = normalization === 'FuMa' ? maxFumaOrder : maxOrder;
  if (order > highest)
    throw unsupported(`order ${order} (${normalization}); orders up to ${highest} are read`);
  if (nearFieldDistance(item, document) > 0) {
    const message = `${file}: ${base.id}: near-field compensation is not done; the channels are taken as plane waves`;
    onWarning({ code: 'adm-hoa-near-field', message, file, path: base.id });
  }
  const channels: (ItemChannel | undefined)[] = Array.from({ length: (order + 1) ** 2 });
  for (const harmonic of harmonics) {
    const index = indexOf(harmonic);
    if (channels[index]) {
      const message = `${file}: ${base.id}: order ${harmonic.order}, degree ${harmonic.degree} occurs twice`;
      throw new FormatError('adm-hoa', message, { file, path: base.id, chunk: 'axml' });
    }
    channels[index] = harmonic.channel;
  }
  return {
    element: { ...base, kind: 'ambisonic', gainDb: base.gainDb + gainDb, order, normalization },
    channels: channels.map((channel) => channel ?? { channelId: '', track: undefined }),
  };
}

const indexOf = ({ order, degree, normalization }: Harmonic): number =>
  normalization === 'FuMa' ? order ** 2 + fumaDegrees[order]!.indexOf(degree) : order * (order + 1) + degree;

function readHarmonic(channel: ItemChannel, pack: XmlNode | undefined, document: AdmDocument): Harmonic {
  const { channelId } = channel;
  const { file } = document;
  const format = document.channels.get(channelId);
  const block = format?.hoaBlocks[0];
  const common = commonHoaChannel(channelId);
  if (!block && !common) {
    const message = `${file}: ${channelId} ${format ? 'has no blocks of type HOA' : 'is referred to and not defined'}`;
    throw new FormatError('adm-reference', message, { file, path: channelId, chunk: 'axml' });
  }
  const order = block ? block.order : common!.order;
  const degree = block ? block.degree : common!.degree;
  if (!isHarmonic(order, degree)) {
    const message = `${file}: ${channelId}: order ${order} and degree ${degree}; needed are an order and a degree from -order to order`;
    throw new FormatError('adm-hoa', message, { file, path: channelId, chunk: 'axml' });
  }
  const stated =
    block?.normalization ?? (pack && childOf(pack, 'normalization')?.text) ?? common?.normalization;
  const normalization = (['SN3D', 'N3D', 'FuMa'] as const).find((known) => known === (stated ?? 'SN3D'));
  if (!normalization) {
    const message = `${file}: ${channelId}: normalisation "${stated}"; SN3D, N3D and FuMa are read`;
    throw new UnsupportedError('adm-hoa', message, { file, path: channelId });
  }
  return { channel, order: order!, degree: degree!, normalization, gainDb: block?.gainDb ?? 0 };
}

const isHarmonic = (order: number | undefined, degree: number | undefined): boolean =>
  Number.isInteger(order) && Number.isInteger(degree) && Math.abs(degree!) <= order!;

function nearFieldDistance({ packId, channels }: AdmItem, document: AdmDocument): number {
  const pack = document.packs.get(packId);
  const stated = pack && childOf(pack, 'nfcRefDist');
  const inBlocks = channels.flatMap(({ channelId }) =>
    (document.channels.get(channelId)?.unknown ?? []).flatMap(([, nodes]) =>
      nodes.filter(({ name }) => name === 'nfcRefDist'),
    ),
  );
  return Math.max(0, ...[stated, ...inBlocks].map((node) => Number(node?.text) || 0));
}
