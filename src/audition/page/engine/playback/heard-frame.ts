/** The clocks of an audio context that tell what is at the ears. */
export type OutputClock = Pick<AudioContext, 'state' | 'sampleRate' | 'currentTime' | 'baseLatency'> &
  Partial<Pick<AudioContext, 'getOutputTimestamp'>>;

/** A stamp is used for so long: some browsers ask another process for one, and wait. */
const freshMs = 250;
/** A context that has run for so long has its device: one that was asked before made the page wait for ever. */
const settledSec = 2;

/** Tells which frame of an audio context is at the ears, evenly from picture to picture of the screen. */
export class HeardFrame {
  /** Time of the context, and of the page, at the same moment. */
  private stamp: { readonly contextSec: number; readonly pageMs: number } | undefined;
  private takenMs = -Infinity;
  /** Time of the context at which it rested last. */
  private restedSec = 0;
  /** How much later than the context's own time something is heard, as far as is known. */
  private latencySec: number;
  private readonly clock: OutputClock;

  constructor(clock: OutputClock) {
    this.clock = clock;
    this.latencySec = clock.baseLatency;
  }

  /**
   * The frame that is at the ears. Until the browser is asked, and where it has no stamp, it steps with the calls of the
   * audio thread; a context that rests has been heard to its end.
   * @param nowMs `performance.now()`
   */
  at(nowMs: number): number {
    const { state, sampleRate, currentTime } = this.clock;
    if (state !== 'running') {
      this.stamp = undefined;
      this.restedSec = currentTime;
      return Math.round(currentTime * sampleRate);
    }
    const isSettled = currentTime - this.restedSec > settledSec;
    if (isSettled && (!this.stamp || nowMs - this.takenMs > freshMs)) this.takeStamp(nowMs);
    const heardSec = this.stamp
      ? this.stamp.contextSec + (nowMs - this.stamp.pageMs) / 1000
      : currentTime - this.latencySec;
    return Math.round(heardSec * sampleRate);
  }

  private takeStamp(nowMs: number): void {
    const { contextTime, performanceTime } = this.clock.getOutputTimestamp?.() ?? {};
    this.takenMs = nowMs;
    this.stamp = undefined;
    if (!contextTime || !performanceTime) return;
    this.stamp = { contextSec: contextTime, pageMs: performanceTime };
    const heardSec = contextTime + (nowMs - performanceTime) / 1000;
    this.latencySec = Math.max(0, this.clock.currentTime - heardSec);
  }
}
