import type { PolyphaseFir } from '../interfaces/meters.ts';

/** A polyphase FIR in the tables of the SIMD peak kernel. */
export interface FoldedFir {
  /** Groups of two mirrored pairs of phases; a missing second pair is zero. */
  readonly foldedGroups: number;
  /** [group][half tap][even 0, odd 0, even 1, odd 1], where pair = even (x + x') plus or minus odd (x - x'). */
  readonly folded: Float32Array;
  /** Groups of four phases that mirror none; missing phases are zero. */
  readonly plainGroups: number;
  /** [group][tap][phase of the group] */
  readonly plain: Float32Array;
}

/** Sorts the phases into pairs that are each other's mirror image (a symmetric phase pairs with itself) and others. */
export function foldFir({ phaseCount, tapCount, coefficients }: PolyphaseFir): FoldedFir {
  const phases = Array.from({ length: phaseCount }, (_, phase) =>
    coefficients.subarray(phase * tapCount, (phase + 1) * tapCount),
  );
  const isMirror = (a: Float32Array, b: Float32Array): boolean =>
    a.every((value, tap) => value === b[tapCount - 1 - tap]);
  const pairs: Float32Array[] = [];
  const others: Float32Array[] = [];
  const unpaired = new Set(phases);
  for (const phase of phases) {
    if (!unpaired.delete(phase)) continue;
    const partner = isMirror(phase, phase) ? phase : [...unpaired].find((other) => isMirror(phase, other));
    if (partner) {
      unpaired.delete(partner);
      pairs.push(phase);
    } else {
      others.push(phase);
    }
  }
  return {
    foldedGroups: Math.ceil(pairs.length / 2),
    folded: foldedTable(pairs, tapCount),
    plainGroups: Math.ceil(others.length / 4),
    plain: plainTable(others, tapCount),
  };
}

function foldedTable(pairs: readonly Float32Array[], tapCount: number): Float32Array {
  const halfTaps = Math.ceil(tapCount / 2);
  const table = new Float32Array(Math.ceil(pairs.length / 2) * halfTaps * 4);
  pairs.forEach((phase, pair) => {
    for (let tap = 0; tap < halfTaps; tap++) {
      const at = (Math.floor(pair / 2) * halfTaps + tap) * 4 + (pair % 2) * 2;
      const [newer, older] = [phase[tap]!, phase[tapCount - 1 - tap]!];
      // The middle tap of an odd number meets itself: x + x' is twice the sample.
      table[at] = tap === tapCount - 1 - tap ? newer / 2 : (newer + older) / 2;
      table[at + 1] = (newer - older) / 2;
    }
  });
  return table;
}

function plainTable(phases: readonly Float32Array[], tapCount: number): Float32Array {
  const table = new Float32Array(Math.ceil(phases.length / 4) * tapCount * 4);
  phases.forEach((phase, index) => {
    for (let tap = 0; tap < tapCount; tap++) {
      table[(Math.floor(index / 4) * tapCount + tap) * 4 + (index % 4)] = phase[tap]!;
    }
  });
  return table;
}
