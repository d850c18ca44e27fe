/** Effects: risers, swells, the flyover, echoes. */
import { controlSamples, OnePole, Svf } from './filters.mjs';
import { Noise, Pulse, Saw, Sine } from './oscillators.mjs';

const fs = 48000;

/** A riser: noise and a sawtooth climb together and get louder until they stop at once, with a short fade. */
export function riser(out, at, length, level, seed) {
  const noise = new Noise(seed);
  const saws = [new Saw(0.2), new Saw(0.7)];
  const band = new Svf(fs, 300, 2.2);
  const lid = new Svf(fs, 600, 0.9);
  const fade = Math.round(0.03 * fs);
  for (let i = 0; i < length && at + i < out.length; i++) {
    const x = i / length;
    if (i % controlSamples === 0) {
      band.tune(300 * 2 ** (4.6 * x));
      lid.tune(600 * 2 ** (3.2 * x));
    }
    const step = (110 * 2 ** (2 * x * x)) / fs;
    const tremolo = 0.75 + 0.25 * Math.cos(2 * Math.PI * i * ((3.3333 + 10 * x * x) / fs));
    const tone = lid.next(saws[0].next(step * 1.006) + saws[1].next(step * 0.994));
    const value = 1.3 * band.nextBand(noise.next()) + 0.22 * tone;
    out[at + i] += level * Math.min(1, (length - i) / fade) * x * x * tremolo * value;
  }
}

/** Wind-like swell of band noise that comes and goes; other seeds give uncorrelated channels. */
export function swell(out, at, length, level, { seed, fromHz, toHz, peakAt }) {
  const noise = new Noise(seed);
  const band = new Svf(fs, fromHz, 1.1);
  for (let i = 0; i < length && at + i < out.length; i++) {
    const x = i / length;
    if (i % controlSamples === 0) band.tune(fromHz * (toHz / fromHz) ** x);
    const shape = x < peakAt ? (x / peakAt) ** 2 : ((1 - x) / (1 - peakAt)) ** 2;
    out[at + i] += level * shape * band.nextBand(noise.next());
  }
}

/**
 * The flyover: a comet of bright noise and a bell-like drone that passes at its middle, where it is loudest and its
 * pitch falls as that of a passing source does.
 */
export function flyover(out, at, length, level, seed) {
  const noise = new Noise(seed);
  const drone = [new Saw(), new Saw(0.4), new Pulse(0.35)];
  const shimmer = new Sine();
  const air = new Svf(fs, 2500, 0.7);
  const lid = new Svf(fs, 1800, 0.9);
  for (let i = 0; i < length && at + i < out.length; i++) {
    const x = i / length;
    const near = 1 / (1 + (5 * (x - 0.5)) ** 2);
    const doppler = 1 - 0.045 * Math.tanh(7 * (x - 0.5));
    if (i % controlSamples === 0) {
      air.tune(1500 + 5500 * near);
      lid.tune(900 + 4200 * near);
    }
    const step = (174.61 * doppler) / fs;
    const tone = drone[0].next(step) + drone[1].next(step * 1.5017) + 0.6 * drone[2].next(step * 2.003);
    const sparkle = shimmer.next(step * 12, 0.6 * Math.sin(i * 0.0021)) * 0.12;
    const gate = Math.sin(Math.PI * x) ** 0.7;
    const value = 0.3 * lid.next(tone) + 0.7 * air.nextBand(noise.next()) + sparkle * near;
    out[at + i] += level * gate * (0.25 + 0.75 * near) * value;
  }
}

/** Repeats of `source`, delayed and darker each time; the source itself is not heard. */
export function echoes(out, source, delaySamples, feedback) {
  const damp = new OnePole(fs, 3600);
  const lowCut = new Svf(fs, 240);
  const line = new Float32Array(delaySamples);
  for (let i = 0, position = 0; i < out.length; i++) {
    const delayed = line[position];
    out[i] += delayed;
    line[position] = lowCut.nextHigh(damp.next(source[i] + feedback * delayed));
    if (++position === delaySamples) position = 0;
  }
}
