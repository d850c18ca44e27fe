import type { AudioEngine, EngineLevels } from '../engine/engine.ts';

const silence = (levels: EngineLevels): EngineLevels => ({
  channelPeaks: new Float32Array(levels.channelPeaks.length),
  trackPeaks: new Float32Array(0),
  outputPeaks: new Float32Array(levels.outputPeaks.length),
  outputCorrelation: NaN,
});

/**
 * Levels once a picture of the screen: the engine forgets what it has told, so all who draw share one answer.
 *
 * @param isHidden whether meters rest, as in a blind test
 * @param frameTime tells pictures apart
 */
export const createFrameLevels = (
  engine: AudioEngine,
  isHidden: () => boolean,
  frameTime: () => number,
): (() => EngineLevels) => {
  let shared: EngineLevels | undefined;
  let sharedAt = NaN;
  return () => {
    const now = frameTime();
    if (!shared || now !== sharedAt) {
      const levels = engine.levels();
      shared = isHidden() ? silence(levels) : levels;
      sharedAt = now;
    }
    return shared;
  };
};
