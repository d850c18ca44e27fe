import type { AudioBlock } from '../../base/audio-block.ts';
import type { Processor } from '../../base/processor.ts';
import { createSampleDelay } from '../../dsp/sample-delay.ts';
import { mirroredTracks } from '../../scene/mirrored-tracks.ts';
import type { EffectContext, EffectProcessor } from './effect.ts';
import type { GroupMembers } from './group-members.ts';
import { memberRoundFrames, processMembers } from './process-members.ts';

/**
 * Makes an effect of what happens to the side signals (left minus right, halved) of the symmetric pairs of a group; what
 * both tracks of a pair have in common keeps every bit. Members without a partner pass.
 * @param createSides makes the processor of so many sides
 */
export function processSides(
  context: EffectContext,
  createSides: (pairCount: number) => Processor,
): EffectProcessor {
  const { group, scene, tracks, onWarning } = context;
  const pairs = mirroredTracks(scene).filter((pair) => pair.every((track) => group.tracks.includes(track)));
  if (pairs.length === 0) {
    const names = [
      ...new Set(group.tracks.map((track) => scene.elements[tracks[track]!.elementIndex]!.name)),
    ];
    const message = `no two tracks of the group mirror each other (${names.join(', ')}): nothing is done`;
    onWarning({ code: 'no-pairs', message });
  }
  const paired = memberSubset(group, pairs.flat());
  return processMembers({ ...context, group: paired }, createPairs(paired, pairs, createSides), {
    blendsWeights: true,
  });
}

/** The members of a group that are among these tracks. */
function memberSubset(group: GroupMembers, among: readonly number[]): GroupMembers {
  const kept = [...group.tracks.keys()].filter((member) => among.includes(group.tracks[member]!));
  return {
    tracks: kept.map((member) => group.tracks[member]!),
    constantWeights: kept.map((member) => group.constantWeights[member]),
    fillWeights: (member, startSample, frameCount, weights) =>
      group.fillWeights(kept[member]!, startSample, frameCount, weights),
    reset: () => group.reset(),
  };
}

function createPairs(
  { tracks }: GroupMembers,
  pairs: readonly (readonly [left: number, right: number])[],
  createSides: (pairCount: number) => Processor,
): Processor {
  const members = pairs.map(([left, right]) => [tracks.indexOf(left), tracks.indexOf(right)] as const);
  const processor = createSides(pairs.length);
  const { latencySamples } = processor;
  const delays = tracks.map(() => createSampleDelay(latencySamples));
  const sideDelays = pairs.map(() => createSampleDelay(latencySamples));
  const makeBlock = (): AudioBlock => ({
    channels: pairs.map(() => new Float32Array(memberRoundFrames)),
    frameCount: 0,
  });
  const [sides, changed] = [makeBlock(), makeBlock()];
  const late = new Float32Array(memberRoundFrames);

  return {
    inputChannelCount: tracks.length,
    outputChannelCount: tracks.length,
    latencySamples,
    // Rounds are cut by whoever calls: blocks are no longer than `memberRoundFrames`.
    process(input, output) {
      const { frameCount } = input;
      sides.frameCount = changed.frameCount = frameCount;
      for (const [pair, [left, right]] of members.entries()) {
        const [a, b, side] = [input.channels[left]!, input.channels[right]!, sides.channels[pair]!];
        for (let n = 0; n < frameCount; n++) side[n] = 0.5 * (a[n]! - b[n]!);
      }
      processor.process(sides, changed);
      for (const [member, delay] of delays.entries())
        delay.process(input.channels[member]!, output.channels[member]!, frameCount);
      for (const [pair, [left, right]] of members.entries()) {
        sideDelays[pair]!.process(sides.channels[pair]!, late, frameCount);
        const [a, b, after] = [output.channels[left]!, output.channels[right]!, changed.channels[pair]!];
        for (let n = 0; n < frameCount; n++) {
          const difference = after[n]! - late[n]!;
          a[n]! += difference;
          b[n]! -= difference;
        }
      }
    },
    reset() {
      processor.reset();
      for (const delay of [...delays, ...sideDelays]) delay.reset();
    },
  };
}
