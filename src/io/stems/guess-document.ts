import { basename } from 'node:path';
import { canonicalLabels } from '../../scene/check-bed.ts';
import type {
  AmbisonicDocument,
  BedDocument,
  ObjectDocument,
  SceneDocument,
} from '../../scene/scene-schema.ts';
import { guessPosition, wordsOf } from './guess-position.ts';
import type { Side } from './guess-position.ts';
import { inferChannels } from './infer-channels.ts';
import type { ChannelFacts, InferredChannels } from './infer-channels.ts';
import { findMonoSets } from './mono-sets.ts';
import type { MonoSet } from './mono-sets.ts';

/** What is known of a stem; `file` is relative to the scene file. */
export interface StemFacts extends ChannelFacts {
  readonly sampleRateHz: number;
}

/** A first scene document, and one sentence for each guess. */
export interface GuessedDocument {
  readonly document: SceneDocument;
  readonly guesses: readonly string[];
}

/**
 * Guesses a scene from its stems: multi-mono sets and multichannel files become beds or ambisonics, pairs and
 * mono files objects, and a stereo file that calls itself a master the stereo master.
 * @param name of the scene
 */
export function guessDocument(stems: readonly StemFacts[], name: string): GuessedDocument {
  const guesses: string[] = [];
  const beds: BedDocument[] = [];
  const objects: ObjectDocument[] = [];
  const ambisonics: AmbisonicDocument[] = [];
  const unique = uniqueNames();
  const rest = withoutMixes(stems, guesses);
  const { sets, singles } = findMonoSets(rest.stems);
  for (const set of sets) {
    if (set.isPair) objects.push(...monoPair(set, unique, guesses));
    else beds.push(monoBed(set, unique, guesses));
  }
  for (const stem of singles) {
    const inferred = stem.channelCount === 1 ? undefined : inferChannels(stem);
    if (stem.channelCount === 1) addMono(stem, { beds, objects }, unique, guesses);
    else if (inferred?.kind === 'ambisonic' && inferred.isHeadLocked)
      guesses.push(
        `"${stem.file}" is left out: it is ambisonics with a head-locked pair, which render and master take as it is`,
      );
    else if (inferred?.kind === 'ambisonic') ambisonics.push(ambisonicOf(stem, inferred, unique, guesses));
    else if (stem.channelCount === 2 && !wordsOf(stem.file).includes('bed')) {
      objects.push(...stereoPair(stem, unique, guesses));
    } else if (inferred) beds.push(bedOf(stem, inferred, unique, guesses));
    else guesses.push(`"${stem.file}" is left out: no layout has ${stem.channelCount} channels`);
  }
  sayRates(stems, guesses);
  const document: SceneDocument = { version: 1, name };
  if (beds.length > 0) document.beds = beds;
  if (objects.length > 0) document.objects = objects;
  if (ambisonics.length > 0) document.ambisonics = ambisonics;
  if (rest.stereoMaster !== undefined) document.stereoMaster = rest.stereoMaster;
  return { document, guesses };
}

type NameGiver = (file: string, suffix?: string) => string;

/** Names elements after their files: without "obj_" and the extension, numbered where two would be equal. */
function uniqueNames(): NameGiver {
  const taken = new Set<string>();
  return (file, suffix = '') => {
    const plain = basename(file)
      .replace(/\.[^.]*$/, '')
      .replace(/^(?:object|obj|stem)[ _.-]+(?=.)/i, '');
    let name = plain + suffix;
    for (let number = 2; taken.has(name); number++) name = `${plain}${suffix} ${number}`;
    taken.add(name);
    return name;
  };
}

const mixWords = ['master', 'mastered', 'mixdown', '2mix', 'stereomix'];

/** Takes finished stereo files out: the first that calls itself a master is the stereo master. */
function withoutMixes(
  stems: readonly StemFacts[],
  guesses: string[],
): { stems: StemFacts[]; stereoMaster: string | undefined } {
  const isMix = ({ file, channelCount }: StemFacts): boolean => {
    const words = wordsOf(file);
    const saysMix =
      words.some((word) => mixWords.includes(word)) || /stereo[ _.-]?mix|2[ _.-]?mix/i.test(file);
    return channelCount === 2 && (saysMix || words.includes('binaural'));
  };
  const mixes = stems.filter(isMix);
  const masters = mixes.filter(({ file }) => !wordsOf(file).includes('binaural'));
  const stereoMaster = masters[0]?.file;
  for (const { file } of mixes) {
    guesses.push(
      file === stereoMaster
        ? `"${file}" is the stereo master, because of its name`
        : `"${file}" is left out: its name says that it is a finished mix`,
    );
  }
  return { stems: stems.filter((stem) => !mixes.includes(stem)), stereoMaster };
}

function monoBed(set: MonoSet, unique: NameGiver, guesses: string[]): BedDocument {
  const { layout, pattern, members, prefix } = set;
  const title = layout?.aliases[0] ?? layout?.name ?? `${members.length}-channel`;
  const name = unique(`${prefix || title}.wav`);
  const labels = members.map(({ label }) => label).join(', ');
  guesses.push(`"${pattern}" is a ${title} bed of ${members.length} mono files (${labels})`);
  if (layout) return { name, layout: layout.aliases[0] ?? layout.name, pattern };
  return { name, files: Object.fromEntries(members.map(({ label, stem }) => [label, stem.file])) };
}

function monoPair({ members, pattern }: MonoSet, unique: NameGiver, guesses: string[]): ObjectDocument[] {
  const objects = members.map(({ label, stem }) => {
    const side = canonicalLabels([label], undefined)[0] === 'M+030' ? 'left' : 'right';
    return { name: unique(stem.file), file: stem.file, position: guessPosition(stem.file, side).position };
  });
  guesses.push(
    `"${pattern}" is a pair of objects at ${objects.map(({ position }) => place(position)).join(' and ')}`,
  );
  return objects;
}

function stereoPair(stem: StemFacts, unique: NameGiver, guesses: string[]): ObjectDocument[] {
  const sides: readonly (readonly [Side, string, number])[] = [
    ['left', ' L', 1],
    ['right', ' R', 2],
  ];
  const objects = sides.map(([side, suffix, channel]) => {
    const { position } = guessPosition(stem.file, side);
    return { name: unique(stem.file, suffix), file: stem.file, channel, position };
  });
  const places = objects.map(({ position }) => place(position)).join(' and ');
  guesses.push(`"${stem.file}" is stereo: a pair of objects at ${places}`);
  return objects;
}

function addMono(
  stem: StemFacts,
  { beds, objects }: { beds: BedDocument[]; objects: ObjectDocument[] },
  unique: NameGiver,
  guesses: string[],
): void {
  const { file } = stem;
  const name = unique(file);
  if (wordsOf(file).includes('lfe')) {
    beds.push({ name, channels: ['LFE'], file });
    guesses.push(`"${file}" is a bed of the LFE alone, because of its name`);
    return;
  }
  const { position, word } = guessPosition(file);
  const reason = word === undefined ? 'where nothing says otherwise' : `because of "${word}" in its name`;
  objects.push({ name, file, position });
  guesses.push(`"${file}" is an object at ${place(position)}, ${reason}`);
}

function bedOf(
  stem: StemFacts,
  { layout, labels, saidBy }: InferredChannels & { kind: 'bed' },
  unique: NameGiver,
  guesses: string[],
): BedDocument {
  const { file } = stem;
  const title = layout?.aliases[0] ?? layout?.name;
  const order = saidBy === 'mask' ? '' : `; its channels are taken in BS.2051 order (${labels.join(' ')})`;
  guesses.push(`"${file}" is a ${title ?? labels.join(' ')} bed, because of its ${saidBy}${order}`);
  const name = unique(file);
  return title === undefined ? { name, channels: [...labels], file } : { name, layout: title, file };
}

function ambisonicOf(
  { file, channelCount }: StemFacts,
  { order, normalization, saidBy }: InferredChannels & { kind: 'ambisonic' },
  unique: NameGiver,
  guesses: string[],
): AmbisonicDocument {
  const reason = saidBy === 'name' ? 'because of its name' : `because no layout has ${channelCount} channels`;
  guesses.push(`"${file}" is ambisonics of order ${order} (${normalization}), ${reason}`);
  return { name: unique(file), file, order, normalization };
}

function place(position: NonNullable<ObjectDocument['position']>): string {
  if ('x' in position) return `x ${position.x}, y ${position.y}`;
  const { azimuthDeg, elevationDeg = 0 } = position;
  const side =
    azimuthDeg === 0
      ? 'front'
      : azimuthDeg === 180
        ? 'rear'
        : `${Math.abs(azimuthDeg)} degrees ${azimuthDeg > 0 ? 'left' : 'right'}`;
  return elevationDeg === 0 ? side : `${side}, ${elevationDeg} degrees up`;
}

function sayRates(stems: readonly StemFacts[], guesses: string[]): void {
  const rates = [...new Set(stems.map(({ sampleRateHz }) => sampleRateHz))].sort((a, b) => a - b);
  if (rates.length > 1) {
    guesses.push(
      `the files have different sample rates (${rates.join(', ')} Hz); when rendered, all are converted to the commonest`,
    );
  }
}
