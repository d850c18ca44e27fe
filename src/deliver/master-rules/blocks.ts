import type { MasterFacts, MasterNode } from '../master-facts.ts';
import {
  childText,
  elementsOf,
  faultAt,
  idOf,
  modelRule,
  secondsOf,
  timeToleranceSec,
  typeOf,
  type Fault,
  type MasterRule,
} from './rule.ts';
import { isZone } from './zones.ts';

/** Blocks of objects: times, places and all that goes with them. Dolby Atmos Master ADM profile 1.1. */

/** Seconds in which all blocks but the first reach their place: 250 samples at 48 kHz. */
const rampText = '0.005208';

/** Blocks of each object channel, in their order. */
const blocksByChannel = (model: MasterNode): MasterNode[][] =>
  elementsOf(model, 'audioChannelFormat')
    .filter((channel) => typeOf(channel) === 'Objects')
    .map((channel) => elementsOf(channel, 'audioBlockFormat'));

/** "AO_100b block 3" is what engineers count; the block's ID says both. */
const faultOf = (block: MasterNode, found: string, index: number): Fault =>
  faultAt(block, found, idOf(block) || `block ${index + 1}`);

/** A rule that each block obeys by itself. @param judge what is wrong with a block, if anything */
const blockRule = (
  id: string,
  text: string,
  reason: string,
  judge: (block: MasterNode, index: number) => string | undefined,
): MasterRule =>
  modelRule(id, text, reason, (model) =>
    blocksByChannel(model).flatMap((blocks) =>
      blocks.flatMap((block, index) => {
        const found = judge(block, index);
        return found === undefined ? [] : [faultOf(block, found, index)];
      }),
    ),
  );

const startOf = ({ attributes }: MasterNode): number => secondsOf(attributes.rtime) ?? NaN;
const endOf = (block: MasterNode): number => startOf(block) + (secondsOf(block.attributes.duration) ?? NaN);
const isFar = (a: number, b: number): boolean => Math.abs(a - b) > timeToleranceSec;

function gapFaults(model: MasterNode): Fault[] {
  return blocksByChannel(model).flatMap((blocks) =>
    blocks.flatMap((block, index) => {
      const before = blocks[index - 1];
      if (!before || !isFar(startOf(block), endOf(before))) return [];
      const found = `starts at ${startOf(block).toFixed(5)} s, the one before ends at ${endOf(before).toFixed(5)} s`;
      return [faultOf(block, found, index)];
    }),
  );
}

function lastFaults(model: MasterNode, { frameCount, sampleRateHz }: MasterFacts): Fault[] {
  const audioSec = frameCount / sampleRateHz;
  return blocksByChannel(model).flatMap((blocks) => {
    const last = blocks.at(-1);
    if (!last || !isFar(endOf(last), audioSec)) return [];
    const found = `ends at ${endOf(last).toFixed(5)} s, the audio at ${audioSec.toFixed(5)} s`;
    return [faultOf(last, found, blocks.length - 1)];
  });
}

/** Number in a child; undefined where it is missing, NaN where it is none. */
function numberIn(block: MasterNode, name: string): number | undefined {
  const text = childText(block, name);
  return text === undefined ? undefined : text === '' ? NaN : Number(text);
}

const isUnit = (value: number): boolean => value >= 0 && value <= 1;

function positionFault(block: MasterNode): string | undefined {
  const positions = elementsOf(block, 'position');
  const of = (axis: string): MasterNode[] =>
    positions.filter(({ attributes }) => attributes.coordinate === axis);
  for (const axis of ['X', 'Y', 'Z']) {
    const stated = of(axis);
    if (stated.length > 1 || (stated.length === 0 && axis !== 'Z')) return `${stated.length} ${axis}`;
    const [value] = stated;
    if (value && !(value.text !== '' && Math.abs(Number(value.text)) <= 1)) return `${axis} ${value.text}`;
  }
  const other = positions.find(({ attributes }) => !['X', 'Y', 'Z'].includes(attributes.coordinate ?? ''));
  if (other) return `coordinate ${other.attributes.coordinate ?? 'missing'}`;
  const extra = positions.find(({ attributes }) => attributes.bound ?? attributes.screenEdgeLock);
  return extra && 'a bound or a screen edge';
}

function jumpFault(block: MasterNode, index: number): string | undefined {
  const jump = elementsOf(block, 'jumpPosition')[0];
  if (!jump) return undefined;
  if (jump.text !== '1') return `jumpPosition ${jump.text}`;
  const text = jump.attributes.interpolationLength;
  const wanted = index === 0 ? 0 : Number(rampText);
  if (text === undefined || Number(text) !== wanted)
    return `interpolationLength ${text ?? 'missing'} in ${index === 0 ? 'the first block' : `block ${index + 1}`}`;
  return undefined;
}

function sizeFault(block: MasterNode): string | undefined {
  const sizes = ['width', 'height', 'depth'].map((name) => numberIn(block, name));
  if (sizes.every((size) => size === undefined)) return undefined;
  const isRight = sizes.every((size) => size !== undefined && isUnit(size) && size === sizes[0]);
  return isRight
    ? undefined
    : `width ${sizes
        .map((size) => size ?? 'missing')
        .join(', height ')
        .replace(/, height ([^,]*)$/, ', depth $1')}`;
}

function gainFault(block: MasterNode): string | undefined {
  const gain = elementsOf(block, 'gain')[0];
  if (!gain) return undefined;
  const isDb = gain.attributes.gainUnit?.toLowerCase() === 'db';
  const value =
    isDb && /^-inf(inity)?$/i.test(gain.text) ? -Infinity : gain.text === '' ? NaN : Number(gain.text);
  return Number.isNaN(value) || (!isDb && value < 0) ? `gain ${gain.text}` : undefined;
}

function importanceFault(block: MasterNode): string | undefined {
  const importance = numberIn(block, 'importance');
  if (importance === undefined) return undefined;
  if (!Number.isInteger(importance) || importance < 0 || importance > 10) return `importance ${importance}`;
  const gain = elementsOf(block, 'gain')[0];
  const isDb = gain?.attributes.gainUnit?.toLowerCase() === 'db';
  const isSilent = gain !== undefined && (isDb ? /^-inf/i.test(gain.text) : Number(gain.text) === 0);
  return importance === 0 && !isSilent ? `importance 0 with gain ${gain?.text ?? 1}` : undefined;
}

const flagFault =
  (name: string) =>
  (block: MasterNode): string | undefined => {
    const node = elementsOf(block, name)[0];
    if (!node) return undefined;
    if (node.attributes.maxDistance !== undefined) return `maxDistance ${node.attributes.maxDistance}`;
    const value = node.text === '' ? NaN : Number(node.text);
    return value === 0 || value === 1 ? undefined : `${name} ${node.text}`;
  };

function zoneFault(block: MasterNode): string | undefined {
  const zones = elementsOf(block, 'zoneExclusion').flatMap((node) => elementsOf(node, 'zone'));
  const wrong = zones.find((zone) => !isZone(zone));
  return wrong && `zone ${wrong.text || JSON.stringify(wrong.attributes)}`;
}

/** Rules of object blocks. */
export const blockRules: readonly MasterRule[] = [
  modelRule(
    'block-first',
    'the first block of an object starts at 0',
    'nobody knows where it is before',
    (model) =>
      blocksByChannel(model).flatMap(([first]) =>
        first && isFar(startOf(first), 0) ? [faultOf(first, `starts at ${first.attributes.rtime}`, 0)] : [],
      ),
  ),
  modelRule(
    'block-gap',
    'each block starts where the one before ends',
    'importers refuse gaps and overlaps',
    gapFaults,
  ),
  modelRule(
    'block-last',
    'the last block of an object ends with the audio',
    'importers refuse what ends early',
    lastFaults,
  ),
  blockRule('block-cartesian', 'positions are cartesian', 'masters have room coordinates alone', (block) => {
    const text = childText(block, 'cartesian');
    return text === undefined || text === '1' ? undefined : `cartesian ${text}`;
  }),
  blockRule(
    'block-position',
    'X and Y, and Z where it is not 0, each once and from -1 to 1',
    'an object without a place is nowhere',
    positionFault,
  ),
  blockRule(
    'block-jump',
    `jumpPosition 1, with interpolationLength 0 in the first block and ${rampText} in all others`,
    'renderers move objects within 250 samples at 48 kHz, and in no other way',
    jumpFault,
  ),
  blockRule(
    'block-ramp',
    'a block lasts at least as long as its interpolation',
    'the object would not arrive',
    (block, index) => {
      const rampSec = Number(elementsOf(block, 'jumpPosition')[0]?.attributes.interpolationLength ?? 0);
      const { duration } = block.attributes;
      const durationSec = secondsOf(duration) ?? Infinity;
      return index > 0 && rampSec > durationSec + timeToleranceSec ? `lasts ${duration}` : undefined;
    },
  ),
  blockRule(
    'block-size',
    'width, height and depth are equal, 0 to 1, or all left out',
    'objects grow in all directions alike',
    sizeFault,
  ),
  blockRule(
    'block-gain',
    'gain is a number, 0 or more where it is linear',
    'there is no other gain',
    gainFault,
  ),
  blockRule(
    'block-importance',
    'importance is a whole number of 0 to 10, and 0 only where gain is 0',
    'what may be left out must be silent',
    importanceFault,
  ),
  blockRule(
    'block-diffuse',
    'diffuse is 0 or 1',
    'renderers know decorrelation on and off',
    flagFault('diffuse'),
  ),
  blockRule(
    'block-lock',
    'channelLock is 0 or 1, without maxDistance',
    'renderers know snap on and off',
    flagFault('channelLock'),
  ),
  blockRule('block-zones', 'excluded zones are those of the profile', 'renderers know no other', zoneFault),
];
