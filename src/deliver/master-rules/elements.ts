import type { MasterNode } from '../master-facts.ts';
import { elementsOf, faultAt, modelRule, typeOf, type Fault, type MasterRule } from './rule.ts';

/**
 * Which attributes and elements may and must stand in each element. Dolby Atmos Master ADM profile 1.1; what the table
 * does not name is of no importance to importers.
 */

/** What may stand in one kind of element: names, blank between them. */
interface Contents {
  /** Stem of the ids of its two rules. */
  readonly id: string;
  readonly needed: string;
  readonly refused: string;
  /** Child elements that must stand in it exactly once. */
  readonly once: string;
  /** Exactly once or more often. */
  readonly some: string;
  /** Once or not at all. */
  readonly atMostOnce: string;
  readonly refusedElements: string;
}

const links = 'typeLink typeLanguage';
const formatLinks = 'typeLabel typeDefinition formatLink formatLanguage';
const inNoBlock =
  'headLocked headphoneVirtualise outputChannelFormatIDRef matrix objectDivergence equation order degree normalization nfcRefDist screenRef';

const table: Readonly<Record<string, Contents>> = {
  audioProgramme: {
    id: 'programme',
    needed: 'audioProgrammeID audioProgrammeName start end',
    refused: `${links} typeLabel typeDefinition formatLabel formatDefinition formatLink formatLanguage maxDuckingDepth`,
    once: '',
    some: 'audioContentIDRef',
    atMostOnce: 'loudnessMetadata audioProgrammeReferenceScreen',
    refusedElements: 'audioProgrammeLabel authoringInformation alternativeValueSetIDRef',
  },
  audioContent: {
    id: 'content',
    needed: 'audioContentID audioContentName',
    refused: 'audioContentLanguage typeLabel',
    once: 'dialogue',
    some: 'audioObjectIDRef',
    atMostOnce: '',
    refusedElements: 'audioContentLabel loudnessMetadata alternativeValueSetIDRef',
  },
  audioObject: {
    id: 'object',
    needed: 'audioObjectID audioObjectName duration',
    refused: 'dialogue importance interact typeLabel',
    once: 'audioPackFormatIDRef',
    some: 'audioTrackUIDRef',
    atMostOnce: '',
    refusedElements:
      'audioObjectIDRef audioObjectLabel audioComplementaryObjectGroupLabel audioComplementaryObjectIDRef audioObjectInteraction gain headLocked positionOffset mute alternativeValueSet',
  },
  audioPackFormat: {
    id: 'pack',
    needed: 'audioPackFormatID audioPackFormatName typeDefinition typeLabel',
    refused: links,
    once: '',
    some: 'audioChannelFormatIDRef',
    atMostOnce: '',
    refusedElements:
      'audioPackFormatIDRef absoluteDistance encodePackFormatIDRef decodePackFormatIDRef inputPackFormatIDRef outputPackFormatIDRef normalization nfcRefDist screenRef',
  },
  audioChannelFormat: {
    id: 'channel',
    needed: 'audioChannelFormatID audioChannelFormatName typeDefinition typeLabel',
    refused: links,
    once: '',
    some: 'audioBlockFormat',
    atMostOnce: '',
    refusedElements: '',
  },
  audioStreamFormat: {
    id: 'stream',
    needed: 'audioStreamFormatID audioStreamFormatName formatLabel formatDefinition',
    refused: formatLinks,
    once: 'audioChannelFormatIDRef audioPackFormatIDRef audioTrackFormatIDRef',
    some: '',
    atMostOnce: '',
    refusedElements: '',
  },
  audioTrackFormat: {
    id: 'track',
    needed: 'audioTrackFormatID audioTrackFormatName formatLabel formatDefinition',
    refused: formatLinks,
    once: 'audioStreamFormatIDRef',
    some: '',
    atMostOnce: '',
    refusedElements: '',
  },
  audioTrackUID: {
    id: 'uid',
    needed: 'UID sampleRate bitDepth',
    refused: 'typeLabel',
    once: 'audioTrackFormatIDRef audioPackFormatIDRef',
    some: '',
    atMostOnce: '',
    refusedElements: 'audioMXFLookUp audioChannelFormatIDRef',
  },
};

const commonBlock = {
  needed: 'audioBlockFormatID',
  refused: 'lstart lduration initializeBlock',
  once: 'cartesian',
  some: 'position',
};
const bedBlock: Contents = {
  ...commonBlock,
  id: 'bed-block',
  refused: `${commonBlock.refused} rtime duration`,
  once: 'cartesian speakerLabel',
  atMostOnce: 'gain importance',
  refusedElements: `jumpPosition width height depth diffuse channelLock zoneExclusion ${inNoBlock}`,
};
const objectBlock: Contents = {
  ...commonBlock,
  id: 'block',
  needed: 'audioBlockFormatID rtime duration',
  once: 'cartesian jumpPosition',
  atMostOnce: 'gain importance width height depth diffuse channelLock zoneExclusion',
  refusedElements: `speakerLabel ${inNoBlock}`,
};

const namesOf = (text: string): string[] => (text === '' ? [] : text.split(' '));

function attributeFaults(node: MasterNode, { needed, refused }: Contents): Fault[] {
  const has = (name: string): boolean => node.attributes[name] !== undefined;
  const missing = namesOf(needed).filter((name) => !has(name));
  const wrong = namesOf(refused).filter(has);
  return [
    ...missing.map((name) => faultAt(node, `no ${name}`)),
    ...wrong.map((name) => faultAt(node, `${name}="${node.attributes[name]}"`)),
  ];
}

function elementFaults(node: MasterNode, contents: Contents): Fault[] {
  const { once, some, atMostOnce, refusedElements } = contents;
  const counts = new Map<string, number>();
  for (const { name } of node.children) counts.set(name, (counts.get(name) ?? 0) + 1);
  const outside = (names: string, least: number, most: number): Fault[] =>
    namesOf(names).flatMap((name) => {
      const count = counts.get(name) ?? 0;
      return count < least || count > most ? [faultAt(node, `${count} ${name}`)] : [];
    });
  return [
    ...outside(once, 1, 1),
    ...outside(some, 1, Infinity),
    ...outside(atMostOnce, 0, 1),
    ...outside(refusedElements, 0, 0),
  ];
}

function wordsOf({ once, some, atMostOnce, refusedElements }: Contents): string {
  const parts = [
    [once, 'once '],
    [some, 'one or more '],
    [atMostOnce, 'at most one '],
    [refusedElements, 'no '],
  ].filter(([names]) => names !== '');
  return parts.map(([names, word]) => `${word}${namesOf(names!).join(', ')}`).join('; ');
}

const reason = 'the profile allows nothing else, and importers refuse what they do not know';

function rulesOf(
  contents: Contents,
  nodesOf: (model: MasterNode) => readonly MasterNode[],
  what: string,
): MasterRule[] {
  const { id, needed, refused } = contents;
  return [
    modelRule(
      `${id}-attributes`,
      `${what} has ${namesOf(needed).join(', ')}; not ${namesOf(refused).join(', ')}`,
      reason,
      (model) => nodesOf(model).flatMap((node) => attributeFaults(node, contents)),
    ),
    modelRule(`${id}-elements`, `${what} holds ${wordsOf(contents)}`, reason, (model) =>
      nodesOf(model).flatMap((node) => elementFaults(node, contents)),
    ),
  ];
}

const blocksOfType =
  (type: string) =>
  (model: MasterNode): MasterNode[] =>
    elementsOf(model, 'audioChannelFormat')
      .filter((channel) => typeOf(channel) === type)
      .flatMap((channel) => elementsOf(channel, 'audioBlockFormat'));

/** Two rules for each kind of element: what it must state, and what may stand in it. */
export const elementRules: readonly MasterRule[] = [
  ...Object.entries(table).flatMap(([name, contents]) =>
    rulesOf(contents, (model) => elementsOf(model, name), name),
  ),
  ...rulesOf(bedBlock, blocksOfType('DirectSpeakers'), 'a block of a bed'),
  ...rulesOf(objectBlock, blocksOfType('Objects'), 'a block of an object'),
];
