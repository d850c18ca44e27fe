import { createSampleDelay } from '../dsp/sample-delay.ts';
import { limiterStageCapacityFrames, type LimiterStage } from './limiter-stage.ts';

/** Two stages, one after the other; the gains are those of both together. */
export function joinLimiterStages(
  first: LimiterStage,
  second: LimiterStage,
  channelCounts: readonly number[],
): LimiterStage {
  const between = channelCounts.map((count) =>
    Array.from({ length: count }, () => new Float32Array(limiterStageCapacityFrames)),
  );
  const joined = channelCounts.map((_, group) => createJoinedGain(first, second, group));
  return {
    latencySamples: first.latencySamples + second.latencySamples,
    gains: joined.map(({ gains }) => gains),
    isUnity: (group) => joined[group].isUnity(),
    process(inputs, frameCount, outputs) {
      first.process(inputs, frameCount, between);
      second.process(between, frameCount, outputs);
      for (let group = 0; group < joined.length; group++) joined[group].take(frameCount);
    },
    reset() {
      for (const part of [first, second, ...joined]) part.reset();
    },
  };
}

/** The gain of a group: that of the first stage, as late as its sound leaves the second, times that of the second. */
function createJoinedGain(first: LimiterStage, second: LimiterStage, group: number) {
  const { latencySamples } = second;
  const gains = new Float32Array(limiterStageCapacityFrames);
  const late = new Float32Array(limiterStageCapacityFrames);
  const ones = new Float32Array(limiterStageCapacityFrames).fill(1);
  const delay = createSampleDelay(latencySamples, 1);
  /** Frames to come until the delay holds nothing but ones: it need not run then. */
  let reducedFrames = 0;
  let isUnity = true;
  return {
    gains,
    isUnity: () => isUnity,
    take(frameCount: number): void {
      const isFirstUnity = first.isUnity(group);
      const isSecondUnity = second.isUnity(group);
      const isLateUnity = isFirstUnity && reducedFrames === 0;
      isUnity = isLateUnity && isSecondUnity;
      const later = second.gains[group];
      if (!isLateUnity) delay.process(isFirstUnity ? ones : first.gains[group], late, frameCount);
      if (!isUnity)
        for (let n = 0; n < frameCount; n++)
          gains[n] = (isLateUnity ? 1 : late[n]) * (isSecondUnity ? 1 : later[n]);
      reducedFrames = isFirstUnity ? Math.max(0, reducedFrames - frameCount) : latencySamples;
    },
    reset(): void {
      delay.reset();
      reducedFrames = 0;
      isUnity = true;
    },
  };
}
