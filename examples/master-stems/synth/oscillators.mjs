/** Oscillators, noise and the pitch helper. Phases run 0..1; `step` is frequency / sample rate. */

/** Frequency of a MIDI note number, A4 = 440 Hz. */
export const noteHz = (midi) => 440 * 2 ** ((midi - 69) / 12);

/** A seeded source of uniform numbers in [0, 1): mulberry32. The same seed always tells the same story. */
export function createRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** White noise in [-1, 1). */
export class Noise {
  constructor(seed) {
    this.state = Math.imul(seed, 0x9e3779b1) | 1;
  }

  next() {
    let s = this.state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.state = s;
    return s / 2 ** 31;
  }
}

/** The two-sample polynomial residual that rounds off a falling step of height 2 at phase 0. */
function polyBlep(phase, step) {
  if (phase < step) {
    const t = phase / step;
    return t + t - t * t - 1;
  }
  if (phase > 1 - step) {
    const t = (phase - 1) / step;
    return t * t + t + t + 1;
  }
  return 0;
}

/** Sawtooth, band-limited by polyBLEP. */
export class Saw {
  constructor(phase = 0) {
    this.phase = phase;
  }

  next(step) {
    const phase = this.phase;
    const value = 2 * phase - 1 - polyBlep(phase, step);
    const next = phase + step;
    this.phase = next >= 1 ? next - 1 : next;
    return value;
  }

  /** Adds as many samples as `out` has room for. */
  addTo(out, step) {
    let phase = this.phase;
    for (let i = 0; i < out.length; i++) {
      out[i] += 2 * phase - 1;
      if (phase < step || phase > 1 - step) out[i] -= polyBlep(phase, step);
      phase += step;
      if (phase >= 1) phase -= 1;
    }
    this.phase = phase;
  }
}

/** Pulse of any width, band-limited as the difference of two sawtooths; free of DC. */
export class Pulse {
  constructor(width = 0.5, phase = 0) {
    this.upper = new Saw(phase);
    this.lower = new Saw((phase + width) % 1);
  }

  next(step) {
    return this.upper.next(step) - this.lower.next(step);
  }
}

const sineSteps = 4096;
const sineTable = Float64Array.from({ length: sineSteps + 1 }, (_, i) =>
  Math.sin((2 * Math.PI * i) / sineSteps),
);

/** Sine of `turns` x 2 pi, from a table, exact to 3e-7. */
export function sineOf(turns) {
  const x = (turns - Math.floor(turns)) * sineSteps;
  const i = Math.floor(x);
  return sineTable[i] + (x - i) * (sineTable[i + 1] - sineTable[i]);
}

/** Sine; also the carrier and modulator of the FM sounds. */
export class Sine {
  constructor(phase = 0) {
    this.phase = phase;
  }

  next(step, phaseModulation = 0) {
    const value = sineOf(this.phase + phaseModulation);
    const next = this.phase + step;
    this.phase = next >= 1 ? next - 1 : next;
    return value;
  }
}
