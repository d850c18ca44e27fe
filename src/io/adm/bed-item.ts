import { FormatError } from '../../base/errors.ts';
import { isLfeLabel, nominalPosition, normalizeBedLabels, normalizeLabel } from '../../layouts/labels.ts';
import type { Bed, BedChannel, ElementBase } from '../../scene/scene.ts';
import { masterBedLayout } from '../dolby/dolby-bed.ts';
import type { AdmItem, ItemChannel } from './adm-items.ts';
import type { BuildContext } from './adm-object.ts';
import { parseNumber } from './adm-values.ts';
import { commonPackLayout, commonSpeakerLabel, isCommonId } from './common-definitions.ts';
import { childrenOf } from './xml-tree.ts';

/**
 * Makes a bed of a DirectSpeakers pack. Channels of common packs, and room-centric ones of studio masters (RC_L ...),
 * go by their labels alone, so that the mapping rules of BS.2127 hold for them; others keep their positions.
 * @throws FormatError 'adm-reference'
 */
export function buildBed(item: AdmItem, base: ElementBase, context: BuildContext): Bed {
  const channels = item.channels.map((channel) => readChannel(channel, item, context));
  const isRoomCentric = channels.every(({ label }) => /^RC_/i.test(label));
  if (!isRoomCentric) return { ...base, kind: 'bed', layout: commonPackLayout(item.packId), channels };
  const labels = normalizeBedLabels(channels.map(({ label }) => label));
  const named = channels.map((channel, index) => {
    const label = labels[index];
    return label === undefined
      ? channel
      : { ...channel, label, position: undefined, isLfe: isLfeLabel(label) };
  });
  return { ...base, kind: 'bed', layout: masterBedLayout(named), channels: named };
}

function readChannel(
  { channelId }: ItemChannel,
  item: AdmItem,
  { document, onWarning }: BuildContext,
): BedChannel {
  const { file } = document;
  const format = document.channels.get(channelId);
  const [block, ...others] = format?.speakerBlocks ?? [];
  if (!format || !block) {
    const common = commonSpeakerLabel(channelId);
    if (common === undefined) {
      const message = `${file}: ${channelId} ${format ? 'has no blocks of type DirectSpeakers' : 'is referred to and not defined'}`;
      throw new FormatError('adm-reference', message, { file, path: channelId, chunk: 'axml' });
    }
    // Mapping rules are for common packs; elsewhere BS.2127 goes by position.
    const position = isCommonId(item.packId) ? undefined : nominalPosition(common);
    return {
      label: common,
      position: position && { ...position, distance: 1 },
      isLfe: isLfeLabel(common),
      gainDb: 0,
    };
  }
  if (others.length > 0) {
    const message = `${file}: ${channelId} changes over time; the first of its ${others.length + 1} blocks counts`;
    onWarning({ code: 'adm-bed-blocks', message, file, path: channelId });
  }
  const label = block.labels.find((name) => normalizeLabel(name) !== undefined) ?? block.labels[0];
  const lowPassHz = childrenOf(format.node, 'frequency')
    .filter(({ attributes }) => attributes.typeDefinition === 'lowPass')
    .map(({ text }) => parseNumber(text, 'frequency', { file, path: channelId }, 0));
  const isLowPassed = lowPassHz.some((frequencyHz) => frequencyHz <= lfeLowPassHz);
  const name = label === undefined ? format.name : label.replace(/^urn:itu:bs:2051:\d+:speaker:/i, '');
  const isKnown = /^RC_/i.test(name) ? undefined : normalizeLabel(name);
  return {
    label: isKnown ?? name,
    position: block.position ?? positionOf(name),
    isLfe: isLowPassed || isLfeLabel(name),
    gainDb: block.gainDb,
  };
}

/** A channel that is low-passed at this or below is an LFE. BS.2127-1 clause 6.3. */
const lfeLowPassHz = 200;

function positionOf(label: string): BedChannel['position'] {
  const nominal = nominalPosition(label);
  return nominal && { ...nominal, distance: 1 };
}

/**
 * Makes the bed of a Binaural pack: two loudspeakers that want no HRTF, which binaural targets play as they are.
 * @throws FormatError 'adm-binaural' unless it has two channels
 */
export function buildBinauralBed(
  { channels, packId }: AdmItem,
  base: ElementBase,
  { document: { file }, onWarning }: BuildContext,
): Bed {
  if (channels.length !== 2) {
    const message = `${file}: ${packId} has ${channels.length} channels; a Binaural pack has two, left ear and right ear`;
    throw new FormatError('adm-binaural', message, { file, path: base.id });
  }
  const message = `${file}: ${base.id} is binaural; binaural targets play it as it is, loudspeakers as a stereo pair`;
  onWarning({ code: 'adm-binaural', message, file, path: base.id });
  return {
    ...base,
    kind: 'bed',
    binauralMode: 'off',
    layout: '0+2+0',
    channels: ['M+030', 'M-030'].map((label) => ({ label, position: undefined, isLfe: false, gainDb: 0 })),
  };
}
