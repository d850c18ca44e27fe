/** The clocks of an audio context that tell what is at the ears. */
export type OutputClock = Pick<AudioContext, 'sampleRate' | 'currentTime' | 'baseLatency'> &
  Partial<Pick<AudioContext, 'outputLatency' | 'getOutputTimestamp'>>;

/**
 * Frame of an audio context that is at the ears now. It runs evenly from picture to picture of the screen; where the
 * browser has no stamp yet, it steps with the calls of the audio thread.
 * @param nowMs `performance.now()`
 */
export function heardContextFrame(clock: OutputClock, nowMs: number): number {
  const { contextTime, performanceTime } = clock.getOutputTimestamp?.() ?? {};
  if (contextTime && performanceTime)
    return Math.round((contextTime + (nowMs - performanceTime) / 1000) * clock.sampleRate);
  return Math.round((clock.currentTime - (clock.outputLatency || clock.baseLatency)) * clock.sampleRate);
}
