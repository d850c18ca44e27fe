import { z } from 'zod';
import type { Processor } from '../../../base/processor.ts';
import { createSampleDelay } from '../../../dsp/sample-delay.ts';
import { defineEffect } from '../effect.ts';
import { processMembers } from '../process-members.ts';

/** Longest delay, ahead or behind. */
const mostMs = 1000;
const mostSamples = 192000;

/**
 * Makes tracks later than all others, or earlier where the delay is negative. Partial members are moved by their share of
 * it; what moves through the edge of the group crosses over between both times.
 */
export const delayEffect = defineEffect({
  type: 'delay',
  description: 'Makes tracks later than all others, or earlier where the delay is negative.',
  parameters: {
    delayMs: z
      .number()
      .min(-mostMs)
      .max(mostMs)
      .optional()
      .describe('Delay in ms, rounded to whole samples; this or delaySamples.'),
    delaySamples: z
      .int()
      .min(-mostSamples)
      .max(mostSamples)
      .optional()
      .describe('Delay in samples; this or delayMs.'),
  },
  kind: 'linear',
  faultsOf({ delayMs, delaySamples }) {
    if ((delayMs === undefined) !== (delaySamples === undefined)) return [];
    const found = delayMs === undefined ? 'neither delayMs nor' : 'both delayMs and';
    return [{ code: 'delay-length', path: [], message: `has ${found} delaySamples; one of both is allowed` }];
  },
  create({ delayMs, delaySamples }, { group, amount, channelCount, startSample, sampleRateHz }) {
    const wanted = amount * (delaySamples ?? (delayMs! * sampleRateHz) / 1000);
    const delays = group.constantWeights.map((weight) => Math.round(wanted * (weight ?? 1)));
    const members = {
      ...group,
      // The share of what rests is in its delay already.
      constantWeights: group.constantWeights.map((weight) => weight && 1),
    };
    return processMembers(
      { group: members, channelCount, startSample },
      createDelays(delays, Math.max(0, ...delays.map((delay) => -delay))),
      { blendsWeights: true },
    );
  },
});

/** Delays channels. @param latencySamples by which all of them are late on top */
function createDelays(delays: readonly number[], latencySamples: number): Processor {
  const lines = delays.map((delay) => createSampleDelay(delay + latencySamples));
  return {
    inputChannelCount: delays.length,
    outputChannelCount: delays.length,
    latencySamples,
    process({ channels, frameCount }, output) {
      for (const [member, line] of lines.entries())
        line.process(channels[member]!, output.channels[member]!, frameCount);
    },
    reset() {
      for (const line of lines) line.reset();
    },
  };
}
