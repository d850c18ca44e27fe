import { UnsupportedError } from '../../base/errors.ts';
import { dbToGain } from '../../base/units.ts';
import type { DolbyBedChannel } from '../../layouts/dolby-beds.ts';
import type { AudioObject, Bed, BinauralMode, Scene } from '../../scene/scene.ts';
import { bedObjectName, divideBed, type DividedBed } from '../dolby/dolby-bed.ts';
import { dolbyBlockLosses, dolbyBlocksOf, dolbyRampText, type DolbyBlock } from './dolby-blocks.ts';
import type { DolbyState } from '../dolby/dolby-moves.ts';
import { trackModesOf } from '../dolby/track-modes.ts';
import { dolbyZoneAttributes } from '../dolby/dolby-zones.ts';
import { maxDolbyNameLength } from './adm-losses.ts';
import { blockIdOf, formatDecimal, formatTicks, hexDigits, ticksPerSec, xmlNode } from './format-values.ts';
import {
  firstFormatNumber,
  firstTracksOf,
  type AdmPlanOptions,
  type PlannedChannel,
  type PlannedObject,
} from './write-plan.ts';
import type { XmlNode } from './xml-tree.ts';

/** Objects of a studio master, at most; ten numbers are kept for beds. */
export const maxDolbyObjects = 118;
const maxChannels = 128;
const firstBedId = 0x1001;
const maxBeds = 10;
const firstObjectId = firstBedId + maxBeds;

/**
 * Plans a scene as a Dolby Atmos Master (ADM profile 1.1): beds first, then objects, in the order of the scene.
 * What the profile cannot hold comes with the warning 'adm-lossy', beds that are divided with 'adm-bed-divided'.
 * @throws UnsupportedError 'adm-sample-rate', 'adm-ambisonic', 'adm-bed', 'adm-objects'
 */
export function planDolby(scene: Scene, options: AdmPlanOptions): PlannedObject[] {
  const { file, sampleRateHz, frameCount } = options;
  const refuse: Refuse = (code, what, hint) => {
    throw new UnsupportedError(code, `${file}: ${what}`, { file, hint });
  };
  if (sampleRateHz !== 48000 && sampleRateHz !== 96000) {
    refuse(
      'adm-sample-rate',
      `${sampleRateHz} Hz; a Dolby Atmos master has 48000 or 96000 Hz`,
      'use adm-itu',
    );
  }
  const totalTicks = Math.round((frameCount / sampleRateHz) * ticksPerSec);
  const durationText = formatTicks(totalTicks);
  const makeChannel = createChannelMaker();
  const beds: PlannedObject[] = [];
  const objects: PlannedObject[] = [];
  const firstTracks = firstTracksOf(scene);
  const addBed = (bed: Bed, firstTrack: number): void => {
    const divided = divideBed(bed);
    if (!divided)
      return refuse('adm-bed', `bed "${bed.name}" has channels that a Dolby Atmos master has no place for`);
    warnOfBed(bed, divided, options);
    if (divided.channels.length > 0)
      beds.push(planBed(bed, divided, firstTrack, beds.length, durationText, makeChannel.bed));
    for (const { index, xyz } of divided.objects) {
      const { label, gainDb } = bed.channels[index]!;
      const state = { ...staticState, xyz, gain: bed.mute ? 0 : dbToGain(bed.gainDb + gainDb) };
      const name = bed.layout ? bedObjectName(bed.layout, beds.length, label) : `${bed.name} ${label}`;
      const channel = makeChannel.object(name, {
        sceneTrack: firstTrack + index,
        modes: { ...trackModesOf(bed, bed.channels[index]), trimBypass: true },
        makeBlocks: (id) => blockNodes(id, [{ ...state, startTicks: 0, durationTicks: totalTicks }]),
      });
      objects.push(planObject(name, bed.id, channel, objects.length, durationText));
    }
  };
  for (const [index, element] of scene.elements.entries()) {
    const firstTrack = firstTracks[index]!;
    if (element.kind === 'bed') addBed(element, firstTrack);
    else if (element.kind === 'ambisonic') {
      refuse(
        'adm-ambisonic',
        `"${element.name}" is ambisonic, which a Dolby Atmos master cannot hold`,
        'use adm-itu, or render it to a bed',
      );
    } else {
      warnOfLoss(element, dolbyBlockLosses(element, totalTicks), options);
      const channel = makeChannel.object(element.name, {
        sceneTrack: firstTrack,
        modes: element,
        makeBlocks: (id) => blockNodes(id, dolbyBlocksOf(element, totalTicks)),
      });
      const planned = planObject(element.name, element.id, channel, objects.length, durationText);
      objects.push({ ...planned, packImportance: element.importance });
    }
  }
  checkLimits(beds, objects, refuse);
  return [...beds, ...objects];
}

/** Throws an UnsupportedError. */
type Refuse = (code: string, what: string, hint?: string) => never;

function checkLimits(
  beds: readonly PlannedObject[],
  objects: readonly PlannedObject[],
  refuse: Refuse,
): void {
  if (objects.length > maxDolbyObjects) {
    const what = `${objects.length} objects (those of divided beds included); a Dolby Atmos master has ${maxDolbyObjects} at most`;
    refuse('adm-objects', what);
  }
  if (beds.length > maxBeds)
    refuse('adm-bed', `${beds.length} beds; a Dolby Atmos master has ${maxBeds} at most`);
  const channelCount = [...beds, ...objects].reduce((sum, { channels }) => sum + channels.length, 0);
  if (channelCount > maxChannels)
    refuse('adm-objects', `${channelCount} channels; a Dolby Atmos master has ${maxChannels} at most`);
}

const staticState: Omit<DolbyState, 'xyz' | 'gain'> = {
  size: 0,
  isDiffuse: false,
  isSnapped: false,
  zones: [],
  importance: undefined,
};

type ChannelParts = Pick<PlannedChannel, 'sceneTrack' | 'modes'> & {
  makeBlocks(channelId: string): Iterable<XmlNode>;
};

/** Numbers channels, those of beds and those of objects each from the first number on. */
function createChannelMaker() {
  const next = { '0001': firstFormatNumber, '0003': firstFormatNumber };
  const make = (type: keyof typeof next, name: string, parts: ChannelParts): PlannedChannel => {
    const id = `AC_${type}${hexDigits(next[type]++)}`;
    return { ...parts, id, name, lowPassHz: undefined, makeBlocks: () => parts.makeBlocks(id) };
  };
  return {
    bed: (name: string, parts: ChannelParts) => make('0001', name, parts),
    object: (name: string, parts: ChannelParts) => make('0003', nameOf(name, 'Object'), parts),
  };
}

const nameOf = (name: string, otherwise: string): string =>
  [...name.trim()].slice(0, maxDolbyNameLength).join('') || otherwise;

const timesOf = (durationText: string) => ({ start: formatTicks(0), duration: durationText });

function planBed(
  bed: Bed,
  { channels }: DividedBed,
  firstTrack: number,
  bedIndex: number,
  durationText: string,
  makeChannel: (name: string, parts: ChannelParts) => PlannedChannel,
): PlannedObject {
  const bedGain = bed.mute ? 0 : dbToGain(bed.gainDb);
  const planned = channels.map(({ format, index }) => {
    const own = index === undefined ? undefined : bed.channels[index]!;
    return makeChannel(format.name, {
      sceneTrack: index === undefined ? undefined : firstTrack + index,
      modes: trackModesOf(bed, own),
      makeBlocks: (id) => [speakerNode(id, format, bedGain * dbToGain(own?.gainDb ?? 0))],
    });
  });
  return {
    id: `AO_${hexDigits(firstBedId + bedIndex)}`,
    name: nameOf(bed.name, 'Bed'),
    type: 'DirectSpeakers',
    packId: `AP_0001${hexDigits(firstFormatNumber + bedIndex)}`,
    isCommon: false,
    attributes: timesOf(durationText),
    children: [],
    packImportance: bed.importance,
    channels: planned,
    elementId: bed.id,
  };
}

const planObject = (
  name: string,
  elementId: string,
  channel: PlannedChannel,
  index: number,
  durationText: string,
): PlannedObject => ({
  id: `AO_${hexDigits(firstObjectId + index)}`,
  name: nameOf(name, 'Object'),
  type: 'Objects',
  packId: channel.id.replace('AC', 'AP'),
  isCommon: false,
  attributes: timesOf(durationText),
  children: [],
  packImportance: undefined,
  channels: [channel],
  elementId,
});

/** Ten decimals; what rounds to zero has no sign. */
const decimals = (value: number): string => (Math.abs(value) < 5e-11 ? 0 : value).toFixed(10);

const positionNodes = ([x, y, z]: readonly [number, number, number]): XmlNode[] =>
  [x, y, z].map((value, axis) => xmlNode('position', { coordinate: 'XYZ'[axis] }, decimals(value)));

const gainNodes = (gain: number): XmlNode[] => (gain === 1 ? [] : [xmlNode('gain', {}, formatDecimal(gain))]);

const speakerNode = (channelId: string, { speakerLabel, xyz }: DolbyBedChannel, gain: number): XmlNode =>
  xmlNode('audioBlockFormat', { audioBlockFormatID: blockIdOf(channelId, 0) }, [
    ...gainNodes(gain),
    cartesianNode,
    ...positionNodes(xyz),
    xmlNode('speakerLabel', {}, speakerLabel),
  ]);

function* blockNodes(channelId: string, blocks: Iterable<DolbyBlock>): Generator<XmlNode> {
  let index = 0;
  for (const block of blocks) {
    const { startTicks, durationTicks, xyz, gain, size, isDiffuse, isSnapped, zones, importance } = block;
    const attributes = {
      audioBlockFormatID: blockIdOf(channelId, index),
      rtime: formatTicks(startTicks),
      duration: formatTicks(durationTicks),
    };
    const children = [cartesianNode, ...positionNodes(xyz), ...gainNodes(gain)];
    if (size > 0)
      for (const name of ['width', 'depth', 'height']) children.push(xmlNode(name, {}, decimals(size)));
    if (isDiffuse) children.push(xmlNode('diffuse', {}, '1'));
    if (isSnapped) children.push(xmlNode('channelLock', {}, '1'));
    if (zones.length > 0) {
      const excluded = zones.map((name) => xmlNode('zone', dolbyZoneAttributes(name), name));
      children.push(xmlNode('zoneExclusion', {}, excluded));
    }
    children.push(index === 0 ? firstJumpNode : jumpNode);
    if (importance !== undefined) children.push(xmlNode('importance', {}, formatDecimal(importance)));
    yield xmlNode('audioBlockFormat', attributes, children);
    index++;
  }
}

const cartesianNode = xmlNode('cartesian', {}, '1');
const firstJumpNode = xmlNode('jumpPosition', { interpolationLength: '0.000000' }, '1');
const jumpNode = xmlNode('jumpPosition', { interpolationLength: dolbyRampText }, '1');

function warnOfLoss(
  object: AudioObject,
  losses: readonly string[],
  { file, onWarning }: AdmPlanOptions,
): void {
  if (losses.length === 0) return;
  const message = `${file}: object "${object.name}" loses ${losses.join(', ')}, which a Dolby Atmos master does not state`;
  onWarning({ code: 'adm-lossy', message, file, path: object.id });
}

function warnOfBed(bed: Bed, { channels, objects }: DividedBed, { file, onWarning }: AdmPlanOptions): void {
  const silent = channels.filter(({ index }) => index === undefined).map(({ format }) => format.label);
  const warn = (what: string): void =>
    onWarning({
      code: 'adm-bed-divided',
      message: `${file}: bed "${bed.name}": ${what}`,
      file,
      path: bed.id,
    });
  if (objects.length > 0) {
    const labels = objects.map(({ index }) => bed.channels[index]!.label).join(', ');
    const way: readonly (BinauralMode | string)[] =
      silent.length > 0 ? [`, and ${silent.join(', ')} stay silent`] : [];
    warn(
      `${labels} become static objects without trims${way.join('')}; fold-downs pan them as objects, at full level, where height channels of a bed fold by table`,
    );
  } else if (silent.length > 0)
    warn(`${silent.join(', ')} are added in silence: a Dolby Atmos master has no bed without them`);
}
