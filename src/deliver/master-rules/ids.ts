import type { MasterNode } from '../master-facts.ts';
import {
  elementsOf,
  faultAt,
  idOf,
  idText,
  isBed,
  modelRule,
  objectsOf,
  refsTo,
  tooMany,
  typeOf,
  type Fault,
  type MasterRule,
} from './rule.ts';
import { numberedUid } from './tracks.ts';

/** How elements are numbered, and how many there may be. Dolby Atmos Master ADM profile 1.1. */

const maxObjects = 118;
const maxBeds = 10;
const maxContents = 123;
const maxFormats = 128;
const firstNumber = 0x1001;
const firstObjectNumber = firstNumber + maxBeds;

const hex = (value: number, digits = 4): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** Elements whose IDs are not those of a count that starts with `first`. */
const outOfCount = (nodes: readonly MasterNode[], idAt: (index: number) => string): Fault[] =>
  nodes
    .filter((node, index) => idText(idOf(node)) !== idAt(index))
    .map((node) => faultAt(node, idOf(node) || 'no ID'));

/** Kinds of elements whose IDs say type and number: "AC_00031001". */
const formats = [
  ['audioPackFormat', 'AP', ''],
  ['audioChannelFormat', 'AC', ''],
  ['audioStreamFormat', 'AS', ''],
  ['audioTrackFormat', 'AT', '_01'],
] as const;
const typeDigits: Readonly<Record<string, string>> = { DirectSpeakers: '0001', Objects: '0003' };

function formatIdFaults(model: MasterNode): Fault[] {
  return formats
    .flatMap(([name, prefix, suffix]) =>
      elementsOf(model, name).filter((node) => {
        const match = /^([A-Z]+)_(0001|0003)([0-9A-F]{4})(_[0-9A-F]{2})?$/.exec(idText(idOf(node)));
        if (!match || match[1] !== prefix || (match[4] ?? '') !== suffix) return true;
        const isTyped = name === 'audioPackFormat' || name === 'audioChannelFormat';
        return (
          Number.parseInt(match[3]!, 16) < firstNumber || (isTyped && typeDigits[typeOf(node)] !== match[2])
        );
      }),
    )
    .map((node) => faultAt(node, idOf(node) || 'no ID'));
}

/** Digits of type and number: "00031001". */
const digitsOf = (id: string): string => idText(id).slice(3, 11);

function mismatches(model: MasterNode): Fault[] {
  const compare = (name: string, ref: string): Fault[] =>
    elementsOf(model, name).flatMap((node) =>
      refsTo(node, ref)
        .filter((id) => digitsOf(id) !== digitsOf(idOf(node)))
        .map((id) => faultAt(node, `refers to ${id}`)),
    );
  return [
    ...compare('audioStreamFormat', 'audioChannelFormatIDRef'),
    ...compare('audioStreamFormat', 'audioTrackFormatIDRef'),
    ...compare('audioTrackFormat', 'audioStreamFormatIDRef'),
  ];
}

function blockIdFaults(model: MasterNode): Fault[] {
  return elementsOf(model, 'audioChannelFormat').flatMap((channel) =>
    outOfCount(
      elementsOf(channel, 'audioBlockFormat'),
      (index) => `AB_${digitsOf(idOf(channel))}_${hex(index + 1, 8)}`,
    ),
  );
}

function repeatedIds(model: MasterNode): Fault[] {
  const seen = new Set<string>();
  return model.children.flatMap((node) => {
    const id = idText(idOf(node));
    if (id === '') return [];
    const isRepeated = seen.has(id);
    seen.add(id);
    return isRepeated ? [faultAt(node, `${idOf(node)} again`)] : [];
  });
}

function objectIdFaults(model: MasterNode): Fault[] {
  const objects = objectsOf(model);
  const nodes = (wanted: boolean): MasterNode[] =>
    objects.filter((entry) => isBed(entry) === wanted).map(({ object }) => object);
  return [
    ...outOfCount(nodes(true), (index) => `AO_${hex(firstNumber + index)}`),
    ...outOfCount(nodes(false), (index) => `AO_${hex(firstObjectNumber + index)}`),
  ];
}

function countFaults(model: MasterNode): Fault[] {
  const beds = objectsOf(model).filter(isBed).length;
  const count = (name: string): number => elementsOf(model, name).length;
  return [
    ...tooMany('beds', beds, maxBeds),
    ...tooMany('audioContent', count('audioContent'), maxContents),
    ...[...formats.map(([name]) => name), 'audioTrackUID'].flatMap((name) =>
      tooMany(name, count(name), maxFormats),
    ),
  ];
}

const numbered = 'importers find elements by counting';

/** Rules of IDs and of counts. */
export const idRules: readonly MasterRule[] = [
  modelRule('programme-count', 'one programme, APR_1001', 'a master holds one mix', (model) => {
    const programmes = elementsOf(model, 'audioProgramme');
    if (programmes.length === 0) return [{ place: 'axml', found: 'no audioProgramme' }];
    return [
      ...outOfCount(programmes.slice(0, 1), () => 'APR_1001'),
      ...programmes
        .slice(1)
        .map((programme) => faultAt(programme, `programme ${idOf(programme)} beside the first`)),
    ];
  }),
  modelRule('content-ids', 'contents count up from ACO_1001', numbered, (model) =>
    outOfCount(elementsOf(model, 'audioContent'), (index) => `ACO_${hex(firstNumber + index)}`),
  ),
  modelRule('object-ids', 'beds count up from AO_1001, objects from AO_100b', numbered, objectIdFaults),
  modelRule(
    'object-count',
    `at most ${maxObjects} objects beside the beds`,
    'ten of the 128 signals are kept for a bed',
    (model) => {
      const others = objectsOf(model).filter((entry) => !isBed(entry)).length;
      return tooMany('objects', others, maxObjects);
    },
  ),
  modelRule(
    'element-counts',
    `at most ${maxBeds} beds, ${maxContents} contents, and ${maxFormats} each of packs, channels, streams, tracks and track UIDs`,
    'importers have room for no more',
    countFaults,
  ),
  modelRule(
    'format-ids',
    'packs, channels, streams and tracks have IDs of type 0001 or 0003 and numbers from 1001 on, as their type says',
    numbered,
    formatIdFaults,
  ),
  modelRule(
    'format-id-chain',
    'channel, stream and track format of a signal share type and number',
    'importers derive one ID from the other',
    mismatches,
  ),
  modelRule('uid-ids', 'track UIDs count up from ATU_00000001', numbered, (model) =>
    outOfCount(elementsOf(model, 'audioTrackUID'), (index) => numberedUid(index + 1)),
  ),
  modelRule(
    'block-ids',
    'blocks count up within their channel: AB_00031001_00000001, ...2, ...',
    numbered,
    blockIdFaults,
  ),
  modelRule('unique-ids', 'no ID occurs twice', 'references would mean two things', repeatedIds),
];
