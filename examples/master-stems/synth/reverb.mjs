/** Reverberation: an eight-line feedback delay network, one output a line, and an octave-up shimmer before it. */
import { OnePole, Svf } from './filters.mjs';
import { sineOf } from './oscillators.mjs';

const fs = 48000;
const lineCount = 8;

/** A Schroeder all-pass: smears a transient before it enters the network. */
class Allpass {
  constructor(length) {
    this.line = new Float32Array(length);
    this.position = 0;
  }

  next(x) {
    const delayed = this.line[this.position];
    const v = x - 0.62 * delayed;
    this.line[this.position] = v;
    if (++this.position === this.line.length) this.position = 0;
    return delayed + 0.62 * v;
  }
}

/** In-place Hadamard transform of eight values, scaled to keep energy. */
function mix(v) {
  for (let span = 1; span < lineCount; span *= 2) {
    for (let i = 0; i < lineCount; i++) {
      if (i & span) continue;
      const a = v[i];
      const b = v[i + span];
      v[i] = a + b;
      v[i + span] = a - b;
    }
  }
  const scale = 1 / Math.sqrt(lineCount);
  for (let i = 0; i < lineCount; i++) v[i] *= scale;
}

/**
 * Reverberates `input` into eight mutually uncorrelated channels, which it adds to `outs`. The delays move slowly by a
 * few samples, so that the tail has no ringing tones.
 *
 * @param {readonly Float32Array[]} outs eight channels
 */
export function reverberate(outs, input, { decaySec, sizeMs, dampingHz, predelaySec, gains }) {
  const ratios = [0.71, 0.79, 0.86, 0.94, 1.03, 1.13, 1.22, 1.34];
  const lengths = ratios.map((ratio) => Math.round((sizeMs * ratio * fs) / 1000) | 1);
  const capacity = 2 ** Math.ceil(Math.log2(Math.max(...lengths) + 64));
  const mask = capacity - 1;
  const lines = lengths.map(() => new Float32Array(capacity));
  const damping = lengths.map(() => new OnePole(fs, dampingHz));
  const decay = Float64Array.from(lengths, (length) => 10 ** ((-3 * length) / (decaySec * fs)));
  const diffusers = [163, 271, 397, 613].map((length) => new Allpass(length));
  const lowCut = new Svf(fs, 180);
  const predelay = Math.round(predelaySec * fs);
  const taps = new Float64Array(lineCount);
  for (let i = 0; i < input.length; i++) {
    let x = lowCut.nextHigh(i >= predelay ? input[i - predelay] : 0);
    for (let d = 0; d < diffusers.length; d++) x = diffusers[d].next(x);
    for (let n = 0; n < lineCount; n++) {
      const delay = lengths[n] + 10 + 9 * sineOf(i * (1.1e-5 + 2.3e-6 * n) + 0.16 * n);
      const whole = Math.floor(delay);
      const fraction = delay - whole;
      const line = lines[n];
      const read = i - whole;
      taps[n] = line[read & mask] * (1 - fraction) + line[(read - 1) & mask] * fraction;
      outs[n][i] += gains[n] * taps[n];
    }
    mix(taps);
    for (let n = 0; n < lineCount; n++) {
      lines[n][i & mask] = damping[n].next(decay[n] * taps[n]) + (n & 1 ? -x : x) * 0.5;
    }
  }
}

/** `source` an octave higher: two read heads run at double speed through a delay line and cross-fade. */
export function octaveUp(source) {
  const out = new Float32Array(source.length);
  const window = 3600;
  for (let i = 0; i < source.length; i++) {
    for (let head = 0; head < 2; head++) {
      const x = (i / window + head / 2) % 1;
      const read = i - Math.round((1 - x) * window);
      if (read >= 0) out[i] += source[read] * sineOf(x / 2) ** 2;
    }
  }
  return out;
}
