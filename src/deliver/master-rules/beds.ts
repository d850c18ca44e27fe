import { dolbyBeds } from '../../layouts/dolby-beds.ts';
import type { MasterNode } from '../master-facts.ts';
import {
  childText,
  elementsOf,
  faultAt,
  idOf,
  idText,
  isBed,
  modelRule,
  objectsOf,
  refsTo,
  typeOf,
} from './rule.ts';
import type { Fault, MasterRule } from './rule.ts';

/** Beds: which channels, in which order, under which names. Dolby Atmos Master ADM profile 1.1. */

/** "RC_Lss" is "Lss" in short. */
const shortName = (speakerLabel: string): string => speakerLabel.replace(/^RC_/, '');

const channels = new Map(dolbyBeds.flat().map((channel) => [channel.speakerLabel, channel]));
const orders = dolbyBeds.map((bed) => bed.map(({ speakerLabel }) => shortName(speakerLabel)).join(' '));
const positionTolerance = 1e-4;

const blocksOf = (channel: MasterNode): MasterNode[] => elementsOf(channel, 'audioBlockFormat');

const labelOf = (channel: MasterNode): string =>
  childText(blocksOf(channel)[0] ?? channel, 'speakerLabel') ?? '';

const bedChannels = (model: MasterNode): MasterNode[] =>
  elementsOf(model, 'audioChannelFormat').filter((channel) => typeOf(channel) === 'DirectSpeakers');

function orderFaults(model: MasterNode): Fault[] {
  const byId = new Map(bedChannels(model).map((channel) => [idText(idOf(channel)), channel]));
  return objectsOf(model)
    .filter(isBed)
    .flatMap(({ pack }) => {
      const labels = refsTo(pack!, 'audioChannelFormatIDRef').map((id) => {
        const channel = byId.get(id);
        return channel ? shortName(labelOf(channel)) || '?' : id;
      });
      const found = labels.join(' ');
      return orders.includes(found) ? [] : [faultAt(pack!, found || 'no channels')];
    });
}

function nameFaults(model: MasterNode): Fault[] {
  return bedChannels(model).flatMap((channel) => {
    const label = labelOf(channel);
    const name = channel.attributes.audioChannelFormatName ?? '';
    return channels.get(label)?.name === name
      ? []
      : [faultAt(channel, `${name} with ${label || 'no speakerLabel'}`)];
  });
}

function positionFaults(model: MasterNode): Fault[] {
  return bedChannels(model).flatMap((channel) => {
    const known = channels.get(labelOf(channel));
    const [block] = blocksOf(channel);
    if (!known || !block) return [];
    const positions = elementsOf(block, 'position');
    const isRight = ['X', 'Y', 'Z'].every((axis, index) => {
      const stated = positions.filter(({ attributes }) => attributes.coordinate === axis);
      // A height that is left out is 0.
      if (stated.length === 0) return axis === 'Z' && known.xyz[2] === 0;
      return (
        stated.length === 1 && Math.abs(Number(stated[0]!.text) - known.xyz[index]!) <= positionTolerance
      );
    });
    const found = positions.map(({ attributes, text }) => `${attributes.coordinate} ${text}`).join(', ');
    return isRight ? [] : [faultAt(block, found || 'no position')];
  });
}

/** Rules of beds. */
export const bedRules: readonly MasterRule[] = [
  modelRule(
    'bed-order',
    `channels of a bed are ${orders.join(' | ')}`,
    'importers take the channels of a bed by their order',
    orderFaults,
  ),
  modelRule(
    'bed-names',
    'bed channels are named RoomCentricLeft with RC_L, and so on',
    'renderers know loudspeakers, the LFE among them, by these names',
    nameFaults,
  ),
  modelRule(
    'bed-positions',
    'bed channels stand where their loudspeaker is in the room',
    'renderers differ in what they follow, name or place',
    positionFaults,
  ),
  modelRule('bed-blocks', 'a bed channel has one block', 'beds do not move', (model) =>
    bedChannels(model)
      .filter((channel) => blocksOf(channel).length !== 1)
      .map((channel) => faultAt(channel, `${blocksOf(channel).length} blocks`)),
  ),
  {
    ...modelRule(
      'bed-frequency',
      'no frequency in a bed channel',
      'an LFE is known by its name; importers warn of more',
      (model) =>
        bedChannels(model)
          .filter((channel) => elementsOf(channel, 'frequency').length > 0)
          .map((channel) => faultAt(channel, 'frequency')),
    ),
    isAdvice: true,
  },
];
