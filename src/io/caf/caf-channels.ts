import { builtInLayouts } from '../../layouts/built-in.ts';
import { normalizeBedLabels } from '../../layouts/labels.ts';
import { labelsOfMask } from '../channel-order.ts';

/** What the `chan` chunk of a Core Audio Format file says of the channels. */
export type CafChannels =
  | { readonly kind: 'labels'; readonly labels: readonly string[] }
  | { readonly kind: 'ambisonic'; readonly normalization: 'SN3D' | 'N3D' };

const useDescriptions = 0;
const useBitmap = 1 << 16;
const descriptionBytes = 20;

/** Upper halves of the tags of ambisonics; their lower half is the channel count. CoreAudioBaseTypes.h. */
const ambisonicTags: Readonly<Record<number, 'SN3D' | 'N3D'>> = { 190: 'SN3D', 191: 'N3D' };

/** BS.2051 labels of layout tags, by their upper half. CoreAudioBaseTypes.h. */
const labelsByTag: Readonly<Record<number, string>> = {
  100: 'M+000',
  101: 'M+030 M-030',
  102: 'M+030 M-030',
  113: 'M+030 M-030 M+000',
  117: 'M+030 M-030 M+000 M+110 M-110',
  121: 'M+030 M-030 M+000 LFE1 M+110 M-110',
  122: 'M+030 M-030 M+110 M-110 M+000 LFE1',
  123: 'M+030 M+000 M-030 M+110 M-110 LFE1',
  124: 'M+000 M+030 M-030 M+110 M-110 LFE1',
  128: 'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135',
  189: 'M+030 M-030 M+000 LFE1 M+135 M-135 M+090 M-090',
  192: 'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135 U+045 U-045 U+135 U-135',
  193: 'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135 M+060 M-060 U+045 U-045 U+090 U-090 U+135 U-135',
  194: 'M+030 M-030 M+000 LFE1 M+110 M-110 U+030 U-030',
  195: 'M+030 M-030 M+000 LFE1 M+110 M-110 U+030 U-030 U+110 U-110',
  196: 'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135 U+090 U-090',
};

/** Short names of channel labels. CoreAudioBaseTypes.h. */
const namesByLabel: Readonly<Record<number, string>> = {
  1: 'L',
  2: 'R',
  3: 'C',
  4: 'LFE',
  5: 'Ls',
  6: 'Rs',
  7: 'Lc',
  8: 'Rc',
  9: 'Cs',
  10: 'Lss',
  11: 'Rss',
  12: 'Ts',
  13: 'Ltf',
  15: 'Rtf',
  16: 'Ltr',
  18: 'Rtr',
  33: 'Lrs',
  34: 'Rrs',
  35: 'Lw',
  36: 'Rw',
  37: 'LFE2',
  42: 'C',
  49: 'Ltm',
  51: 'Rtm',
  52: 'Ltr',
  54: 'Rtr',
};

/** Reads the payload of `chan`. @returns undefined where it says nothing that is known for so many channels */
export function parseCafChannels(bytes: Uint8Array, channelCount: number): CafChannels | undefined {
  if (bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = view.getUint32(0);
  const normalization = ambisonicTags[tag >>> 16];
  if (normalization) return { kind: 'ambisonic', normalization };
  const labels =
    tag === useDescriptions
      ? describedLabels(view)
      : tag === useBitmap
        ? labelsOfMask(view.getUint32(4))
        : labelsByTag[tag >>> 16]?.split(' ');
  const isWhole = labels?.length === channelCount && new Set(labels).size === channelCount;
  return isWhole ? { kind: 'labels', labels } : undefined;
}

/** Names of channels mean what they mean in the layout that has them all. */
function describedLabels(view: DataView): string[] | undefined {
  const count = view.getUint32(8);
  if (12 + count * descriptionBytes > view.byteLength) return undefined;
  const names = Array.from(
    { length: count },
    (_, index) => namesByLabel[view.getUint32(12 + index * descriptionBytes)] ?? '',
  );
  for (const layout of builtInLayouts) {
    if (layout.loudspeakers.length !== count) continue;
    const labels = normalizeBedLabels(names, layout);
    if (layout.loudspeakers.every(({ label }) => labels.includes(label))) return labels as string[];
  }
  return undefined;
}
