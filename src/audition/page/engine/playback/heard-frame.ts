/** The clocks of an audio context that tell what is at the ears. */
export type OutputClock = Pick<AudioContext, 'state' | 'sampleRate' | 'currentTime' | 'baseLatency'> &
  Partial<Pick<AudioContext, 'getOutputTimestamp'>>;

/** A stamp is used for so long: some browsers ask another process for one, and wait. */
const freshMs = 250;

/** Tells which frame of an audio context is at the ears, evenly from picture to picture of the screen. */
export class HeardFrame {
  /** Time of the context, and of the page, at the same moment. */
  private stamp: { readonly contextSec: number; readonly pageMs: number } | undefined;
  private takenMs = -Infinity;
  private readonly clock: OutputClock;

  constructor(clock: OutputClock) {
    this.clock = clock;
  }

  /**
   * The frame that is at the ears. Where the browser has no stamp yet, it steps with the calls of the audio thread; a
   * context that rests has been heard to its end, and its browser is not asked: one that starts may let the page wait.
   * @param nowMs `performance.now()`
   */
  at(nowMs: number): number {
    const { state, sampleRate, currentTime, baseLatency } = this.clock;
    if (state !== 'running') this.stamp = undefined;
    else if (!this.stamp || nowMs - this.takenMs > freshMs) this.takeStamp(nowMs);
    if (this.stamp)
      return Math.round((this.stamp.contextSec + (nowMs - this.stamp.pageMs) / 1000) * sampleRate);
    return Math.round((currentTime - (state === 'running' ? baseLatency : 0)) * sampleRate);
  }

  private takeStamp(nowMs: number): void {
    const { contextTime, performanceTime } = this.clock.getOutputTimestamp?.() ?? {};
    this.stamp =
      contextTime && performanceTime ? { contextSec: contextTime, pageMs: performanceTime } : undefined;
    this.takenMs = nowMs;
  }
}
