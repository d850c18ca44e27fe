import type { ElementSwitch } from '../engine.ts';

/** Time in which a track comes and goes. */
const fadeSec = 0.01;

/** Gains of the elements: only solos where there are any, and of those what is not muted. */
export function switchGains(switches: readonly ElementSwitch[]): number[] {
  const hasSolo = switches.some(({ isSolo }) => isSolo);
  return switches.map(({ isMuted, isSolo }) => (isMuted || (hasSolo && !isSolo) ? 0 : 1));
}

/** Gains of tracks that follow those of their elements on short ramps. */
export class TrackGains {
  private readonly gains: Float64Array;
  private targets: readonly number[];
  private readonly elementOfTrack: readonly number[];
  private readonly sampleRateHz: number;

  /** @param elementOfTrack place of each track's element @param gains first gain of each element */
  constructor(elementOfTrack: readonly number[], gains: readonly number[], sampleRateHz: number) {
    this.elementOfTrack = elementOfTrack;
    this.sampleRateHz = sampleRateHz;
    this.targets = gains;
    this.gains = Float64Array.from(elementOfTrack, (element) => gains[element] ?? 1);
  }

  /** Sets the gain of each element. */
  setTargets(gains: readonly number[]): void {
    this.targets = gains;
  }

  /** Applies the gains to the next frames, in place. @param tracks [track][frame] */
  apply(tracks: readonly Float32Array[], frameCount: number): void {
    tracks.forEach((samples, track) => {
      const target = this.targets[this.elementOfTrack[track]!] ?? 1;
      let gain = this.gains[track]!;
      if (gain === target && gain === 1) return;
      if (gain === target && gain === 0) {
        samples.fill(0, 0, frameCount);
        return;
      }
      const step = 1 / (fadeSec * this.sampleRateHz);
      for (let i = 0; i < frameCount; i++) {
        gain = gain < target ? Math.min(target, gain + step) : Math.max(target, gain - step);
        samples[i]! *= gain;
      }
      this.gains[track] = gain;
    });
  }
}
