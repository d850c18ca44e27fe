import { dbToGain } from '../../base/units.ts';
import type { EffectContext, EffectProcessor } from './effect.ts';
import type { GroupMembers } from './group-members.ts';
import { memberRoundFrames, processMembers } from './process-members.ts';

/** A gain, and whose it is: each track has as many dB of it as its weight in the region says. */
export interface GainTerm {
  readonly gainDb: number;
  /** All that are in the group where undefined. */
  readonly region?: GroupMembers | undefined;
}

/** A term as one member has it. */
interface MemberTerm {
  readonly gainDb: number;
  readonly weights: GroupMembers;
  /** Place of the track in the weights. */
  readonly member: number;
}

const dbToExponent = Math.LN10 / 20;

/**
 * Turns the members of a group up and down: each by the sum of its terms in dB, times its weight and the amount. Gains
 * follow weights that change sample by sample.
 */
export function createWeightedGain(
  context: Pick<EffectContext, 'group' | 'amount' | 'channelCount' | 'startSample'>,
  terms: readonly GainTerm[],
): EffectProcessor {
  const { group, amount, startSample } = context;
  const { tracks } = group;
  const own = tracks.map((track) =>
    terms.flatMap(({ gainDb, region }): MemberTerm[] => {
      const member = region ? region.tracks.indexOf(track) : 0;
      return member < 0 || !region || gainDb === 0
        ? []
        : [{ gainDb: gainDb * amount, weights: region, member }];
    }),
  );
  const commonDb = amount * terms.reduce((sum, { gainDb, region }) => (region ? sum : sum + gainDb), 0);
  const constantGains = tracks.map((_, member) => constantGain(group, member, own[member]!, commonDb));
  const [weights, levelsDb] = [new Float32Array(memberRoundFrames), new Float64Array(memberRoundFrames)];
  let position = startSample;

  const processMoving = (
    member: number,
    input: Float32Array,
    output: Float32Array,
    frameCount: number,
  ): void => {
    levelsDb.fill(commonDb, 0, frameCount);
    for (const term of own[member]!) {
      term.weights.fillWeights(term.member, position, frameCount, weights);
      for (let n = 0; n < frameCount; n++) levelsDb[n] = levelsDb[n]! + term.gainDb * weights[n]!;
    }
    group.fillWeights(member, position, frameCount, weights);
    // What rests for a while has one gain, and its exponential is dear.
    let exponent = 0;
    let gain = 1;
    for (let n = 0; n < frameCount; n++) {
      const wanted = dbToExponent * levelsDb[n]! * weights[n]!;
      if (wanted !== exponent) gain = Math.exp((exponent = wanted));
      output[n] = input[n]! * gain;
    }
  };
  return processMembers(
    context,
    {
      inputChannelCount: tracks.length,
      outputChannelCount: tracks.length,
      latencySamples: 0,
      // Blocks are no longer than `memberRoundFrames`.
      process({ channels, frameCount }, output) {
        for (const [member, gain] of constantGains.entries()) {
          const samples = channels[member]!;
          const changed = output.channels[member]!;
          if (gain === undefined) processMoving(member, samples, changed, frameCount);
          else for (let n = 0; n < frameCount; n++) changed[n] = samples[n]! * gain;
        }
        position += frameCount;
      },
      reset() {
        position = startSample;
        for (const { region } of terms) region?.reset();
      },
    },
    { blendsWeights: false },
  );
}

/** Gain of a member whose weights all stay; undefined where one changes. */
function constantGain(
  group: GroupMembers,
  member: number,
  terms: readonly MemberTerm[],
  commonDb: number,
): number | undefined {
  const weight = group.constantWeights[member];
  let levelDb = commonDb;
  for (const term of terms) {
    const share = term.weights.constantWeights[term.member];
    if (share === undefined) return undefined;
    levelDb += term.gainDb * share;
  }
  return weight === undefined ? undefined : dbToGain(levelDb * weight);
}
