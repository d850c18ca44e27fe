import type { MasterFacts, MasterNode } from '../master-facts.ts';

/** What breaks a rule, and where. */
export interface Fault {
  /** "byte 1444608", "axml line 33, AB_00031001_00000002"; empty for the file as a whole. */
  readonly place: string;
  readonly found: string;
}

/** A rule of the container or the metadata of a studio master. */
export interface MasterRule {
  /** Stable: "block-gap". */
  readonly id: string;
  /** What must hold. */
  readonly text: string;
  /** Why it matters. */
  readonly reason: string;
  /** Whether masters that break it are taken all the same. */
  readonly isAdvice?: boolean | undefined;
  /** All that breaks it; a text says why it cannot be judged. */
  readonly check: (facts: MasterFacts) => Fault[] | string;
}

/** IDs are compared without regard to case: studios write "AO_100b". */
export const idText = (id: string | undefined): string => (id ?? '').trim().toUpperCase();

/** All elements of a name that stand in the model. */
export const elementsOf = (node: MasterNode, name: string): MasterNode[] =>
  node.children.filter((child) => child.name === name);

/** Text of the first child of a name; undefined where there is none. */
export const childText = (node: MasterNode, name: string): string | undefined =>
  node.children.find((child) => child.name === name)?.text;

/** IDs that an element refers to by children of a name. */
export const refsTo = (node: MasterNode, name: string): string[] =>
  elementsOf(node, name).map(({ text }) => idText(text));

/** Attribute that holds the ID of an element. */
export const idAttributeOf = (name: string): string => (name === 'audioTrackUID' ? 'UID' : `${name}ID`);

/** ID of an element of the model as it stands there. */
export const idOf = (node: MasterNode): string => node.attributes[idAttributeOf(node.name)] ?? '';

/** "axml line 33, AB_00031001_00000002". @param what stands for the ID of an element that has none */
export function placeOf(node: MasterNode, what = idOf(node)): string {
  const line = node.line === undefined ? 'axml' : `axml line ${node.line}`;
  return `${line}, ${what || node.name}`;
}

/** A fault of an element. */
export const faultAt = (node: MasterNode, found: string, what?: string): Fault => ({
  place: placeOf(node, what),
  found,
});

/** "byte 1444608 (chna)". */
export const bytePlace = (byteOffset: number, what: string): string => `byte ${byteOffset} (${what})`;

/** A rule about the elements of the model. */
export const modelRule = (
  id: string,
  text: string,
  reason: string,
  check: (model: MasterNode, facts: MasterFacts) => Fault[],
): MasterRule => ({
  id,
  text,
  reason,
  check: (facts) => {
    const { content, fault } = facts.model;
    return content ? check(content, facts) : fault;
  },
});

/** "DirectSpeakers", "Objects" or what else a pack or channel is, by its definition, its label or its ID. */
export function typeOf(node: MasterNode): string {
  const { typeDefinition, typeLabel } = node.attributes;
  if (typeDefinition !== undefined) return typeDefinition;
  const digits = typeLabel ?? idOf(node).slice(3, 7);
  return { '0001': 'DirectSpeakers', '0003': 'Objects' }[digits] ?? digits;
}

/** audioObjects and the first pack of each. */
export function objectsOf(
  model: MasterNode,
): { readonly object: MasterNode; readonly pack: MasterNode | undefined }[] {
  const packs = new Map(elementsOf(model, 'audioPackFormat').map((pack) => [idText(idOf(pack)), pack]));
  return elementsOf(model, 'audioObject').map((object) => ({
    object,
    pack: packs.get(refsTo(object, 'audioPackFormatIDRef')[0] ?? ''),
  }));
}

/** Whether an audioObject is a bed. */
export const isBed = ({ pack }: { readonly pack: MasterNode | undefined }): boolean =>
  pack !== undefined && typeOf(pack) === 'DirectSpeakers';

/** Seconds of a time such as "00:01:02.50000" or "00:00:00.1S48000"; undefined for what is none. */
export function secondsOf(text: string | undefined): number | undefined {
  const match = /^(\d+):(\d\d):(\d\d)\.(\d+)(?:S(\d+))?$/.exec(text ?? '');
  if (!match) return undefined;
  const [, hours, minutes, seconds, parts = '', denominator] = match;
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return whole + (denominator === undefined ? Number(`0.${parts}`) : Number(parts) / Number(denominator));
}

/** What times may differ by: they are rounded to 1/100000 s. */
export const timeToleranceSec = 1.01e-5;

/** Counts of something, at most. */
export const tooMany = (what: string, count: number, most: number): Fault[] =>
  count > most ? [{ place: '', found: `${count} ${what}` }] : [];
