import type { Jumps } from '../stream/timeline.ts';

/** Time in which the sound goes before a jump of the stream, and in which it comes behind it. */
const fadeSec = 0.002;

/** Makes the sound go and come where the stream jumps, as two ends of a programme do not meet. */
export class JumpFade {
  /** Where the stream jumps. */
  jumps: Jumps | undefined;
  private readonly gains: Float32Array;
  private readonly fadeFrames: number;

  /** @param stretchFrames length of the stretches that are asked for */
  constructor(stretchFrames: number, sampleRateHz: number) {
    this.gains = new Float32Array(stretchFrames);
    this.fadeFrames = Math.round(fadeSec * sampleRateHz);
  }

  /** Gain of each frame of a stretch; undefined where all are 1. @param position of its first frame in the stream */
  gainsAt(position: number): Float32Array | undefined {
    const { jumps, gains, fadeFrames } = this;
    if (!jumps) return undefined;
    const behind = position - jumps.firstPosition;
    const before = behind < 0 ? -behind : jumps.everyFrames - (behind % jumps.everyFrames);
    const since = behind < 0 ? Infinity : behind % jumps.everyFrames;
    if (since >= fadeFrames && before >= gains.length + fadeFrames) return undefined;
    for (let i = 0; i < gains.length; i++) {
      const distance = Math.min(since + i + 0.5, Math.abs(before - i - 0.5));
      gains[i] = distance < fadeFrames ? Math.sin((Math.PI / 2) * (distance / fadeFrames)) ** 2 : 1;
    }
    return gains;
  }
}
