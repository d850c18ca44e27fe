import { compareRational, type RationalSeconds } from '../../base/time.ts';
import type { AmbisonicBed, AudioObject, Bed, ElementBase, ObjectBlock, Scene } from '../../scene/scene.ts';
import { trackCountOf } from '../../scene/scene.ts';
import { nominalPosition } from '../../layouts/labels.ts';
import { subtractRational, zeroSec } from '../../scene/block-timing.ts';
import { unstatedModes } from '../../scene/make-scene.ts';
import { acnOf } from './ambisonic-item.ts';
import { admExtrasOf, type AdmChannelSource, type AdmElementSource, type AdmExtras } from './adm-extras.ts';
import { normalizeId } from './adm-values.ts';
import {
  commonHoaPack,
  commonPackChannels,
  commonPackOfLayout,
  commonSpeakerLabel,
} from './common-definitions.ts';
import { blockIdOf, formatDecimal, formatTime, hexDigits, xmlNode } from './format-values.ts';
import { blockNode, coordinatesOf, gainNodes, speakerPosition } from './itu-blocks.ts';
import {
  firstFormatNumber,
  firstTracksOf,
  type AdmPlanOptions,
  type PlannedChannel,
  type PlannedObject,
} from './write-plan.ts';
import type { XmlNode } from './xml-tree.ts';

/**
 * Plans a scene as a BS.2076-2 document: an audioObject for each element, in its order. Beds and ambisonic beds that
 * BS.2094 knows use its definitions. What the scene keeps of an ADM file is put back into its objects and blocks.
 */
export function planItu(scene: Scene, options: AdmPlanOptions): PlannedObject[] {
  const extras = admExtrasOf(scene);
  const makeId = createIdMaker(extras);
  const firstTracks = firstTracksOf(scene);
  const counts = { '0001': firstFormatNumber, '0003': firstFormatNumber };
  return scene.elements.map((original, index): PlannedObject => {
    const element = original.kind === 'bed' ? withHoistedGain(original) : original;
    const source = extras?.elements[element.id];
    const firstTrack = firstTracks[index]!;
    const { id, node } = makeId(source);
    const base = {
      id,
      name: element.name,
      attributes: { ...keptAttributes(node), ...objectAttributes(element, options) },
      children: [...objectChildren(element), ...keptChildren(node)],
      packImportance: undefined,
      elementId: element.id,
    };
    switch (element.kind) {
      case 'object': {
        const number = `0003${hexDigits(counts['0003']++)}`;
        const channel = objectChannel(element, `AC_${number}`, firstTrack, source?.channels[0], options);
        return { ...base, type: 'Objects', packId: `AP_${number}`, isCommon: false, channels: [channel] };
      }
      case 'ambisonic':
        return { ...base, type: 'HOA', ...ambisonicPack(element, firstTrack) };
      case 'bed': {
        const common = commonBed(element, firstTrack);
        if (common) return { ...base, type: 'DirectSpeakers', ...common };
        warnOfOwnPack(element, options);
        const packId = `AP_0001${hexDigits(counts['0001'])}`;
        const channels = element.channels.map((_, channel) =>
          speakerChannel(element, channel, `AC_0001${hexDigits(counts['0001'] + channel)}`, firstTrack),
        );
        counts['0001'] += channels.length;
        return { ...base, type: 'DirectSpeakers', packId, isCommon: false, channels };
      }
    }
  });
}

/** A gain that all channels share becomes that of the bed: common definitions have none, and masters state it thus. */
function withHoistedGain(bed: Bed): Bed {
  const [first] = bed.channels;
  const shared = first?.gainDb ?? 0;
  if (shared === 0 || bed.channels.some(({ gainDb }) => gainDb !== shared)) return bed;
  const channels = bed.channels.map((channel) => ({ ...channel, gainDb: 0 }));
  return { ...bed, gainDb: bed.gainDb + shared, channels };
}

/** Objects keep their IDs where a file had them: interaction and alternative values refer to these. */
function createIdMaker(extras: AdmExtras | undefined) {
  const wanted = Object.values(extras?.elements ?? {}).map(({ objectIds }) => objectIds.at(-1));
  const used = new Set<string>();
  const nodes = new Map(
    (extras?.nodes ?? [])
      .filter(({ name }) => name === 'audioObject')
      .map((node) => [normalizeId(node.attributes.audioObjectID ?? ''), node]),
  );
  let next = 0x1001;
  return (source: AdmElementSource | undefined): { id: string; node: XmlNode | undefined } => {
    const own = source?.objectIds.at(-1);
    const isFree = own !== undefined && /^AO_[0-9A-F]{4}$/.test(own) && !used.has(own);
    let id = own ?? '';
    if (!isFree)
      do id = `AO_${hexDigits(next++).toUpperCase()}`;
      while (used.has(id) || wanted.includes(id));
    used.add(id);
    return { id, node: isFree ? nodes.get(own) : undefined };
  };
}

const writtenAttributes = new Set([
  'audioObjectID',
  'audioObjectName',
  'start',
  'startTime',
  'duration',
  'importance',
]);
const writtenChildren = new Set([
  'audioPackFormatIDRef',
  'audioObjectIDRef',
  'audioTrackUIDRef',
  'audioComplementaryObjectIDRef',
  'gain',
  'mute',
  'positionOffset',
]);

const keptAttributes = (node: XmlNode | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(node?.attributes ?? {}).filter(([name]) => !writtenAttributes.has(name)));

const keptChildren = (node: XmlNode | undefined): XmlNode[] =>
  (node?.children ?? []).filter(({ name }) => !writtenChildren.has(name));

function objectAttributes(
  { startSec, importance }: ElementBase,
  { frameCount, sampleRateHz }: AdmPlanOptions,
): Record<string, string | undefined> {
  const isWhole = startSec.numerator === 0n;
  const endSec: RationalSeconds = { numerator: BigInt(frameCount), denominator: BigInt(sampleRateHz) };
  return {
    start: isWhole ? undefined : formatTime(startSec),
    duration: isWhole ? undefined : formatTime(leftAfter(startSec, endSec)),
    importance: importance === undefined ? undefined : formatDecimal(importance),
  };
}

/** What is left of a stretch behind a time in it; nothing where that lies behind its end. */
function leftAfter(timeSec: RationalSeconds, endSec: RationalSeconds): RationalSeconds {
  return compareRational(timeSec, endSec) < 0 ? subtractRational(endSec, timeSec) : zeroSec;
}

function objectChildren(element: Scene['elements'][number]): XmlNode[] {
  const offset = element.kind === 'object' ? element.positionOffset : undefined;
  return [
    ...gainNodes(element.gainDb),
    ...(element.mute ? [xmlNode('mute', {}, '1')] : []),
    ...(offset
      ? coordinatesOf(offset).map(([coordinate, value]) =>
          xmlNode('positionOffset', { coordinate }, formatDecimal(value)),
        )
      : []),
  ];
}

type Pack = Pick<PlannedObject, 'packId' | 'isCommon' | 'channels'>;

const plainChannel = (id: string, name: string, sceneTrack: number): Omit<PlannedChannel, 'makeBlocks'> => ({
  id,
  name,
  sceneTrack,
  modes: unstatedModes,
  lowPassHz: undefined,
});

function ambisonicPack({ normalization, order, ...element }: AmbisonicBed, firstTrack: number): Pack {
  const ids = commonPackChannels(commonHoaPack(normalization, order))!;
  const count = trackCountOf({ ...element, normalization, order });
  const channels = Array.from({ length: count }, (_, channel) => {
    const acn = acnOf(normalization, channel);
    return {
      ...plainChannel(ids[acn]!, `${normalization} ${acn}`, firstTrack + channel),
      makeBlocks: () => [],
    };
  });
  return { packId: commonHoaPack(normalization, order), isCommon: true, channels };
}

/** A bed whose channels are those of a common pack, without gains and positions of their own. */
function commonBed({ layout, channels }: Bed, firstTrack: number): Pack | undefined {
  const packId = layout === undefined ? undefined : commonPackOfLayout(layout);
  const ids = packId === undefined ? undefined : commonPackChannels(packId);
  if (!ids || !packId || ids.length !== channels.length) return undefined;
  const fits = channels.every(
    ({ label, position, gainDb }, index) =>
      !position && gainDb === 0 && commonSpeakerLabel(ids[index]!) === label,
  );
  if (!fits) return undefined;
  return {
    packId,
    isCommon: true,
    channels: channels.map(({ label }, index) => ({
      ...plainChannel(ids[index]!, label, firstTrack + index),
      makeBlocks: () => [],
    })),
  };
}

/** Channels of a pack of its own are found by their positions, not by the rules for layouts. */
function warnOfOwnPack({ id, name, layout, channels }: Bed, { file, onWarning }: AdmPlanOptions): void {
  const named = layout === undefined ? [] : [`that it is of layout ${layout}`];
  const unplaced = channels.some(({ position }) => !position)
    ? ['that its channels go by labels (they get the positions of these)']
    : [];
  const losses = [...named, ...unplaced];
  if (losses.length === 0) return;
  const message = `${file}: bed "${name}" loses ${losses.join(', ')}: no common definition has its channels as they are`;
  onWarning({ code: 'adm-lossy', message, file, path: id });
}

/** Low-pass of an LFE, as ADM files state it. */
const lfeLowPassHz = 120;

function speakerChannel(bed: Bed, index: number, id: string, firstTrack: number): PlannedChannel {
  const { label, position, isLfe, gainDb } = bed.channels[index]!;
  return {
    ...plainChannel(id, label, firstTrack + index),
    lowPassHz: isLfe ? lfeLowPassHz : undefined,
    makeBlocks: () => [
      xmlNode('audioBlockFormat', { audioBlockFormatID: blockIdOf(id, 0) }, [
        xmlNode('speakerLabel', {}, label),
        ...(position && 'xyz' in position ? [xmlNode('cartesian', {}, '1')] : []),
        ...speakerPosition(position ?? { ...nominalPosition(label)!, distance: 1 }),
        ...gainNodes(gainDb),
      ]),
    ],
  };
}

function objectChannel(
  object: AudioObject,
  id: string,
  sceneTrack: number,
  source: AdmChannelSource | undefined,
  options: AdmPlanOptions,
): PlannedChannel {
  const unknown = new Map(source?.unknown ?? []);
  return {
    ...plainChannel(id, object.name, sceneTrack),
    modes: object,
    *makeBlocks() {
      for (const [index, block] of object.blocks.entries()) {
        const kept = unknown.get(index) ?? [];
        const isBypassed =
          object.binauralMode === 'off' && !kept.some(({ name }) => name === 'headphoneVirtualise');
        const bypass = isBypassed ? [xmlNode('headphoneVirtualise', { bypass: '1' })] : [];
        const times = blockTimes(block, object, options);
        yield blockNode(blockIdOf(id, index), block, times, [...bypass, ...kept]);
      }
    },
  };
}

/** A block that lasts for all of its object states no times; else both are stated. BS.2076-2 clause 5.4.3. */
function blockTimes(
  { startSec, durationSec }: ObjectBlock,
  object: AudioObject,
  { frameCount, sampleRateHz }: AdmPlanOptions,
): Record<string, string | undefined> {
  if (durationSec === undefined && startSec.numerator === 0n) return {};
  const endSec: RationalSeconds = { numerator: BigInt(frameCount), denominator: BigInt(sampleRateHz) };
  const lengthSec = durationSec ?? leftAfter(startSec, leftAfter(object.startSec, endSec));
  return { rtime: formatTime(startSec), duration: formatTime(lengthSec) };
}
