/** Filters and envelopes. All filters stay smooth while their frequency moves. */

const glideSamples = 16;

/**
 * Trapezoidal state-variable filter (A. Simper, "Solving the continuous SVF equations using trapezoidal integration
 * and equivalent currents", 2013). `tune` sets where the coefficient shall be 16 samples on; it glides there sample by
 * sample, so that sweeps make no steps. `band` has unit gain at its centre.
 */
export class Svf {
  constructor(sampleRateHz, frequencyHz, q = Math.SQRT1_2) {
    this.sampleRateHz = sampleRateHz;
    this.k = 1 / q;
    this.g = Math.tan((Math.PI * frequencyHz) / sampleRateHz);
    this.gStep = 0;
    this.s1 = 0;
    this.s2 = 0;
    this.low = 0;
    this.band = 0;
  }

  tune(frequencyHz) {
    const limited = Math.min(frequencyHz, this.sampleRateHz * 0.45);
    this.gStep = (Math.tan((Math.PI * limited) / this.sampleRateHz) - this.g) / glideSamples;
  }

  /** Runs one sample and returns the low-pass output; `band` and `low` keep both. */
  next(x) {
    const g = (this.g += this.gStep);
    const v3 = x - this.s2;
    const v1 = (this.s1 + g * v3) / (1 + g * (g + this.k));
    const v2 = this.s2 + g * v1;
    this.s1 = 2 * v1 - this.s1;
    this.s2 = 2 * v2 - this.s2;
    this.band = this.k * v1;
    this.low = v2;
    return v2;
  }

  /** Runs one sample and returns the band-pass output. */
  nextBand(x) {
    this.next(x);
    return this.band;
  }

  /** Runs one sample and returns the high-pass output. */
  nextHigh(x) {
    this.next(x);
    return x - this.band - this.low;
  }
}

/** How often, in samples, sounds look at their slow controls and call `tune`. */
export const controlSamples = glideSamples;

/** One-pole low-pass: for damping, smoothing and slow drift. */
export class OnePole {
  constructor(sampleRateHz, frequencyHz) {
    this.a = 1 - Math.exp((-2 * Math.PI * frequencyHz) / sampleRateHz);
    this.y = 0;
  }

  next(x) {
    this.y += this.a * (x - this.y);
    return this.y;
  }
}

/** Attack, decay, sustain and release of exponential arcs; times in seconds. */
export class Envelope {
  constructor(sampleRateHz, { attack, decay, sustain, release }) {
    const rate = (seconds) => 1 - Math.exp(-1 / (Math.max(seconds, 1e-4) * sampleRateHz));
    // The attack aims above 1, so that it arrives in about its time.
    this.attackRate = rate(attack / Math.log(6));
    this.decayRate = rate(decay / 3);
    this.releaseRate = rate(release / 5);
    this.sustain = sustain;
    this.level = 0;
    this.rising = true;
  }

  next(isHeld) {
    // The release aims a little below zero, so that it arrives there.
    if (!isHeld) return (this.level = Math.max(0, this.level - this.releaseRate * (this.level + 0.01)));
    if (this.rising) {
      this.level += this.attackRate * (1.2 - this.level);
      if (this.level >= 1) {
        this.level = 1;
        this.rising = false;
      }
      return this.level;
    }
    return (this.level += this.decayRate * (this.sustain - this.level));
  }
}

/** Removes DC and rumble in place: second-order high-pass. */
export function removeRumble(samples, sampleRateHz, frequencyHz = 20) {
  const filter = new Svf(sampleRateHz, frequencyHz);
  for (let i = 0; i < samples.length; i++) samples[i] = filter.nextHigh(samples[i]);
}

/** Fades the start and the end of a stem in place with raised cosines. */
export function fadeEnds(samples, sampleRateHz, fadeInSec, fadeOutSec) {
  const fadeIn = Math.round(fadeInSec * sampleRateHz);
  const fadeOut = Math.round(fadeOutSec * sampleRateHz);
  for (let i = 0; i < fadeIn; i++) samples[i] *= 0.5 - 0.5 * Math.cos((Math.PI * i) / fadeIn);
  const last = samples.length - 1;
  for (let i = 0; i < fadeOut; i++) samples[last - i] *= 0.5 - 0.5 * Math.cos((Math.PI * i) / fadeOut);
}
