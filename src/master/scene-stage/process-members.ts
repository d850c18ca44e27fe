import { blockPart, createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import type { Processor } from '../../base/processor.ts';
import { createSampleDelay, type SampleDelay } from '../../dsp/sample-delay.ts';
import type { EffectContext, EffectProcessor, EffectReduction } from './effect.ts';

/** Options of `processMembers`. */
export interface MemberOptions {
  /** Whether partial members are a mix of the processed and the dry sound by their weight; else the processor itself weighs them. */
  readonly blendsWeights: boolean;
  /** Hears all channels of each round before the processor gets those of the members. */
  readonly listen?: ((input: AudioBlock) => void) | undefined;
  readonly reductions?: (() => readonly EffectReduction[]) | undefined;
}

/** Most frames that a processor of members gets at once: longer blocks are cut into such rounds. */
export const memberRoundFrames = 1024;

/**
 * Makes an effect of a processor that has one channel a member of the group, in the order of `group.tracks`. All other
 * channels are delayed by its latency, and so is the dry part of partial members.
 */
export function processMembers(
  { group, channelCount, startSample }: Pick<EffectContext, 'group' | 'channelCount' | 'startSample'>,
  processor: Processor,
  { blendsWeights, listen, reductions = () => [] }: MemberOptions,
): EffectProcessor {
  const { tracks, constantWeights } = group;
  const { latencySamples } = processor;
  const isMember = new Set(tracks);
  const others = Array.from({ length: channelCount }, (_, channel) => channel).filter(
    (channel) => !isMember.has(channel),
  );
  const blended = blendsWeights ? [...tracks.keys()].filter((member) => constantWeights[member] !== 1) : [];
  const isBlended = tracks.map((_, member) => blended.includes(member));
  const delayOf = new Map<number, SampleDelay>(
    [...others, ...blended.map((member) => tracks[member]!)].map((channel) => [
      channel,
      createSampleDelay(latencySamples),
    ]),
  );
  const memberInput: AudioBlock = { channels: tracks.map(() => new Float32Array(0)), frameCount: 0 };
  /** Members that are blended are processed into rows of their own, all others into the output. */
  const wet = createAudioBlock(tracks.length, memberRoundFrames);
  const memberOutput: AudioBlock = { channels: [...wet.channels], frameCount: 0 };
  const dry = new Float32Array(memberRoundFrames);
  const weights = new Float32Array(memberRoundFrames);
  let position = startSample;

  const blend = (member: number, samples: Float32Array, output: Float32Array, frameCount: number): void => {
    delayOf.get(tracks[member]!)!.process(samples, dry, frameCount);
    group.fillWeights(member, position - latencySamples, frameCount, weights);
    const processed = wet.channels[member]!;
    for (let n = 0; n < frameCount; n++) output[n] = dry[n]! + weights[n]! * (processed[n]! - dry[n]!);
  };
  const processRound = (input: AudioBlock, output: AudioBlock): void => {
    const { frameCount } = input;
    memberInput.frameCount = memberOutput.frameCount = frameCount;
    for (let member = 0; member < tracks.length; member++) {
      memberInput.channels[member] = input.channels[tracks[member]!]!;
      if (!isBlended[member]) memberOutput.channels[member] = output.channels[tracks[member]!]!;
    }
    listen?.(input);
    processor.process(memberInput, memberOutput);
    for (const member of blended) {
      const track = tracks[member]!;
      blend(member, input.channels[track]!, output.channels[track]!, frameCount);
    }
    for (const channel of others)
      delayOf.get(channel)!.process(input.channels[channel]!, output.channels[channel]!, frameCount);
    position += frameCount;
  };

  return {
    inputChannelCount: channelCount,
    outputChannelCount: channelCount,
    latencySamples,
    reductions,
    process(input, output) {
      if (input.frameCount <= memberRoundFrames) return processRound(input, output);
      for (let from = 0; from < input.frameCount; from += memberRoundFrames) {
        const to = Math.min(input.frameCount, from + memberRoundFrames);
        processRound(blockPart(input, from, to), blockPart(output, from, to));
      }
    },
    reset() {
      processor.reset();
      group.reset();
      for (const delay of delayOf.values()) delay.reset();
      position = startSample;
    },
  };
}
