import type { PositionDocument } from '../../scene/schema-parts.ts';

/** Side of a stereo pair. */
export type Side = 'left' | 'right';

/** A position and the word of the name that suggests it. */
export interface GuessedPosition {
  readonly position: PositionDocument;
  readonly word: string | undefined;
}

/** Lower-case words of a file name: "obj_LeadVox-2" gives obj, lead, vox, 2. */
export const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})/u)
    .filter((word) => word !== '');

const leftWords = ['left', 'l', 'lt'];
const rightWords = ['right', 'r', 'rt'];

/** Angle from the front of each of a pair, for words that say where it is; the first that fits counts. */
const angleRules: readonly { words: readonly string[]; angleDeg: number; middleDeg: number }[] = [
  { words: ['rear', 'back', 'behind'], angleDeg: 135, middleDeg: 180 },
  { words: ['surround', 'surrounds', 'surr', 'sur'], angleDeg: 110, middleDeg: 180 },
  { words: ['side', 'sides'], angleDeg: 90, middleDeg: 90 },
  { words: ['wide'], angleDeg: 60, middleDeg: 60 },
];

const centreWords = [
  'vox',
  'vocal',
  'vocals',
  'voc',
  'voice',
  'lead',
  'dialog',
  'dialogue',
  'kick',
  'snare',
  'bass',
  'centre',
  'center',
];
const heightWords = [
  'top',
  'height',
  'heights',
  'overhead',
  'overheads',
  'ceiling',
  'above',
  'up',
  'sky',
  'flyover',
];

/**
 * A first position for a mono source, from the words of its name: left and right stand at 30 degrees, "wide"
 * at 60, "side" at 90, "surround" at 110, "rear" at 135; words of height raise it by 45 degrees; the rest
 * stands in front.
 * @param side of a stereo pair, where the source is one half of it
 */
export function guessPosition(name: string, side?: Side): GuessedPosition {
  const words = wordsOf(name);
  const first = (candidates: readonly string[]): string | undefined =>
    words.find((word) => candidates.includes(word));
  const rule = angleRules.find(({ words: candidates }) => first(candidates));
  const angleWord = rule && first(rule.words);
  const heightWord = first(heightWords);
  const sideWord = first(leftWords) ?? first(rightWords);
  const onSide = side ?? (first(leftWords) ? 'left' : first(rightWords) ? 'right' : undefined);
  const angleDeg = onSide === undefined ? (rule?.middleDeg ?? 0) : (rule?.angleDeg ?? 30);
  const azimuthDeg = onSide === 'right' ? -angleDeg : angleDeg;
  const position = heightWord === undefined ? { azimuthDeg } : { azimuthDeg, elevationDeg: 45 };
  return { position, word: angleWord ?? heightWord ?? sideWord ?? first(centreWords) };
}
