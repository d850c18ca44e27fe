import { polarToCartesian } from '../../base/coordinates.ts';
import { normalizeLabel } from '../../layouts/labels.ts';
import type { Layout, Loudspeaker } from '../../layouts/layout.ts';
import { getLayout } from '../../layouts/built-in.ts';
import { distance } from '../../math/vec3.ts';
import { findMappingRule } from '../panner/mapping-rules.ts';

/** Levels of a fold-down in dB; as in ATSC A/52 3 dB are a factor of sqrt(2), so that -3 is 0.7071. */
export interface FoldDownOptions {
  /** Centre into left and right; default -3. */
  readonly centreDb?: number | undefined;
  /** Surrounds (side, rear) into left and right; default -3. */
  readonly surroundDb?: number | undefined;
  /** LFE into left and right where the target has no LFE; it is dropped where undefined, as in BS.775. */
  readonly lfeDb?: number | undefined;
}

/** Levels that hold where options give none: BS.775-3 Table 2, the Lo/Ro fold-down. */
export const foldDownDefaults = Object.freeze({ centreDb: -3, surroundDb: -3 });

interface Levels {
  readonly centre: number;
  readonly surround: number;
  readonly lfe: number;
}

/**
 * Gains that fold one layout down to another with fewer loudspeakers.
 *
 * A loudspeaker that both have keeps its signal. The others follow the mapping rules of BS.2127-1 clause 8.4,
 * which for 5.1 to stereo are those of BS.775-3 (Lo = L + 0.7071 C + 0.7071 Ls), with the centre's and the
 * surrounds' share of left and right set by the options. Mono is (Lo + Ro) / sqrt(2). A loudspeaker that no rule
 * knows goes to the nearest ones at equal power.
 * @returns [loudspeaker of `to`][loudspeaker of `from`]
 */
export function foldDownMatrix(from: Layout, to: Layout, options: FoldDownOptions = {}): Float64Array {
  const full = to.loudspeakers.filter(({ isLfe }) => !isLfe);
  if (full.length === 1) return foldToMono(from, to, options);
  const levels: Levels = {
    centre: levelGain(options.centreDb ?? foldDownDefaults.centreDb),
    surround: levelGain(options.surroundDb ?? foldDownDefaults.surroundDb),
    lfe: levelGain(options.lfeDb ?? -Infinity),
  };
  const names = to.loudspeakers.map(({ label }) => normalizeLabel(label, to) ?? label);
  const matrix = new Float64Array(to.loudspeakers.length * from.loudspeakers.length);
  from.loudspeakers.forEach((loudspeaker, input) => {
    const name = normalizeLabel(loudspeaker.label, from) ?? loudspeaker.label;
    const gains = loudspeaker.isLfe
      ? foldLfe(name, names, to, levels)
      : (foldByRule(name, names, from, to, levels) ?? foldToNearest(loudspeaker, to));
    for (const [output, gain] of gains) matrix[output * from.loudspeakers.length + input] = gain;
  });
  return matrix;
}

/** Gains by index of the output. */
type Gains = ReadonlyMap<number, number>;

function foldToMono(from: Layout, to: Layout, options: FoldDownOptions): Float64Array {
  const stereo = foldDownMatrix(from, getLayout('0+2+0'), options);
  const inputs = from.loudspeakers.length;
  const matrix = new Float64Array(to.loudspeakers.length * inputs);
  const row = to.loudspeakers.findIndex(({ isLfe }) => !isLfe);
  for (let input = 0; input < inputs; input++) {
    matrix[row * inputs + input] = Math.SQRT1_2 * (stereo[input]! + stereo[inputs + input]!);
  }
  const lfe = to.loudspeakers.findIndex(({ isLfe }) => isLfe);
  if (lfe >= 0) from.loudspeakers.forEach(({ isLfe }, input) => isLfe && (matrix[lfe * inputs + input] = 1));
  return matrix;
}

function foldLfe(name: string, names: readonly string[], to: Layout, { lfe }: Levels): Gains {
  const own = names.indexOf(name);
  const first = to.loudspeakers.findIndex(({ isLfe }) => isLfe);
  if (own >= 0 || first >= 0) return new Map([[own >= 0 ? own : first, 1]]);
  const pair = ['M+030', 'M-030'].map((label) => names.indexOf(label)).filter((index) => index >= 0);
  return new Map(lfe === 0 ? [] : pair.map((index) => [index, lfe]));
}

function foldByRule(
  name: string,
  names: readonly string[],
  from: Layout,
  to: Layout,
  levels: Levels,
): Gains | undefined {
  const own = names.indexOf(name);
  if (own >= 0) return new Map([[own, 1]]);
  const rule = findMappingRule(name, from.name, to, names);
  if (!rule) return undefined;
  const factor = levelFactor(name, rule.powers, levels);
  return new Map(
    Object.entries(rule.powers).map(([label, power]) => [names.indexOf(label), Math.sqrt(power) * factor]),
  );
}

/** What the options change about a rule that folds into left and right: its -3 dB become the level asked for. */
function levelFactor(name: string, powers: Readonly<Record<string, number>>, levels: Levels): number {
  const isIntoFront = Object.keys(powers).every((label) => label === 'M+030' || label === 'M-030');
  if (!isIntoFront) return 1;
  if (/^[BMU].000$/.test(name)) return levels.centre * Math.SQRT2;
  return /^(M|U|UH).(090|110|135|180)$/.test(name) ? levels.surround * Math.SQRT2 : 1;
}

function foldToNearest(loudspeaker: Loudspeaker, to: Layout): Gains {
  const place = ({ azimuthDeg, elevationDeg }: Loudspeaker) => polarToCartesian(azimuthDeg, elevationDeg);
  const distances = to.loudspeakers.map((other) =>
    other.isLfe ? Infinity : distance(place(loudspeaker), place(other)),
  );
  const nearest = Math.min(...distances);
  const tied = distances.flatMap((value, index) => (value - nearest < 1e-5 ? [index] : []));
  return new Map(tied.map((index) => [index, Math.sqrt(1 / tied.length)]));
}

/** A level in the steps of ATSC A/52, where 3 dB are a factor of sqrt(2). */
export const levelGain = (levelDb: number): number => 2 ** (levelDb / 6);
