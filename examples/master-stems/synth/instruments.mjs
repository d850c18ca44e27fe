/**
 * Pitched instruments. Each function adds to `out`; times are in samples, levels are peaks (roughly).
 */
import { controlSamples, Envelope, OnePole, Svf } from './filters.mjs';
import { createRandom, noteHz, Pulse, Saw, Sine } from './oscillators.mjs';

const fs = 48000;

/** Cents to a frequency ratio. */
const cents = (value) => 2 ** (value / 1200);

/** Factor a sample of an exponential fall with this time constant. */
const fallPerSample = (seconds) => Math.exp(-1 / (seconds * fs));

/**
 * One channel of a pad: two detuned sawtooths a note under a slow low-pass. Other seeds give other phases, detunings
 * and drifts, so that the channels of a bed are alike in sound and uncorrelated in wave form.
 */
export function padChord(out, at, length, notes, level, { seed, brightnessHz }) {
  const random = createRandom(seed);
  const pitches = notes.flatMap((note) =>
    [-1, 1].map((side) => noteHz(note) * cents(side * (3 + 6 * random()))),
  );
  const steps = Float64Array.from(pitches, (hz) => hz / fs);
  const saws = pitches.map(() => new Saw(random()));
  const lid = new Svf(fs, brightnessHz * 0.5, 0.8);
  const lowCut = new Svf(fs, 130);
  const envelope = new Envelope(fs, { attack: 0.5, decay: 1, sustain: 0.9, release: 1.3 });
  const driftHz = 0.13 + 0.15 * random();
  const driftPhase = 2 * Math.PI * random();
  const end = Math.min(out.length, at + length + Math.round(1.4 * fs));
  const scale = level / Math.sqrt(saws.length);
  const chunk = new Float64Array(controlSamples);
  for (let start = at; start < end; start += controlSamples) {
    chunk.fill(0);
    for (let voice = 0; voice < saws.length; voice++) saws[voice].addTo(chunk, steps[voice]);
    const drift = 1 + 0.35 * Math.sin((2 * Math.PI * driftHz * start) / fs + driftPhase);
    lid.tune(brightnessHz * drift * (0.4 + 0.6 * envelope.level));
    for (let i = 0; i < Math.min(controlSamples, end - start); i++) {
      const gain = scale * envelope.next(start + i < at + length);
      out[start + i] += gain * lowCut.nextHigh(lid.next(chunk[i]));
    }
  }
}

/** Bass: a sub sine and a sawtooth under a plucked low-pass, softly driven. */
export function bassNote(out, at, length, note, level) {
  const step = noteHz(note) / fs;
  const sub = new Sine();
  const saw = new Saw(0.5);
  const lid = new Svf(fs, 300, 1.1);
  const amplitude = new Envelope(fs, { attack: 0.006, decay: 0.5, sustain: 0.75, release: 0.09 });
  const end = Math.min(out.length, at + length + Math.round(0.15 * fs));
  for (let i = at; i < end; i++) {
    const t = (i - at) / fs;
    if ((i - at) % controlSamples === 0) lid.tune(170 + 900 * Math.exp(-t / 0.11));
    const growl = lid.next(saw.next(step));
    const value = 0.7 * sub.next(step) + 0.55 * growl;
    out[i] += level * amplitude.next(i < at + length) * Math.tanh(1.4 * value);
  }
}

/** Plucked synthesiser for arpeggios: a pulse and a sawtooth an octave up, the filter closing fast. */
export function pluck(out, at, note, level, brightnessHz, seed) {
  const random = createRandom(seed);
  const step = noteHz(note) / fs;
  const pulse = new Pulse(0.31, random());
  const saw = new Saw(random());
  const lid = new Svf(fs, brightnessHz, 1.3);
  const end = Math.min(out.length, at + Math.round(0.75 * fs));
  for (let i = at; i < end; i++) {
    const t = (i - at) / fs;
    if ((i - at) % controlSamples === 0) lid.tune(350 + brightnessHz * Math.exp(-t / 0.085));
    const fade = Math.min(1, (end - i) / 800) * (1 - Math.exp(-t / 0.0015));
    const source = 0.45 * pulse.next(step) + 0.3 * saw.next(2.003 * step);
    out[i] += level * fade * Math.exp(-t / 0.17) * lid.next(source);
  }
}

/** Electric piano by frequency modulation: a warm bar and a tine that rings out early. */
export function electricPiano(out, at, length, note, level) {
  const step = noteHz(note) / fs;
  const bar = new Sine();
  const barModulator = new Sine();
  const tine = new Sine();
  const tineModulator = new Sine();
  const amplitude = new Envelope(fs, { attack: 0.003, decay: 2.2, sustain: 0.15, release: 0.35 });
  const barFalls = fallPerSample(0.5);
  const tineFalls = fallPerSample(0.3);
  const chimeFalls = fallPerSample(0.09);
  let barDepth = 0.16;
  let tineLevel = note < 84 ? 0.45 : 0.2;
  let chimeDepth = 0.17;
  const end = Math.min(out.length, at + length + Math.round(0.4 * fs));
  for (let i = at; i < end; i++) {
    const warm = bar.next(step, (barDepth *= barFalls) * barModulator.next(step));
    const bell = tine.next(step, (chimeDepth *= chimeFalls) * tineModulator.next(14 * step));
    const value = 0.7 * warm + (tineLevel *= tineFalls) * bell;
    out[i] += level * amplitude.next(i < at + length) * value;
  }
}

/**
 * A monophonic lead over a whole melody: notes that touch glide into each other, vibrato comes late, the filter opens
 * with every attack.
 *
 * @param {readonly {at: number, length: number, note: number, level: number}[]} melody in order of time
 */
export function leadLine(out, melody, level) {
  const saws = [new Saw(0.1), new Saw(0.6)];
  const pulse = new Pulse(0.42);
  const lid = new Svf(fs, 1500, 1.1);
  const glide = new OnePole(fs, 7);
  const brightness = new OnePole(fs / controlSamples, 30);
  const loudness = new OnePole(fs, 25);
  glide.y = melody[0].note;
  let vibratoPhase = 0;
  const amplitude = new Envelope(fs, { attack: 0.02, decay: 0.8, sustain: 0.8, release: 0.35 });
  let index = 0;
  const start = melody[0].at;
  const last = melody[melody.length - 1];
  const end = Math.min(out.length, last.at + last.length + Math.round(0.6 * fs));
  for (let i = start; i < end; i++) {
    while (index + 1 < melody.length && i >= melody[index + 1].at) {
      index++;
      if (melody[index].at > melody[index - 1].at + melody[index - 1].length) amplitude.rising = true;
    }
    const current = melody[index];
    const t = (i - current.at) / fs;
    vibratoPhase += (5.3 * 2 * Math.PI) / fs;
    const vibrato = 0.22 * (1 - Math.exp(-Math.max(0, t - 0.25) / 0.3)) * Math.sin(vibratoPhase);
    const pitch = glide.next(current.note) + vibrato;
    const step = noteHz(pitch) / fs;
    const gain = amplitude.next(i < current.at + current.length) * loudness.next(current.level);
    if ((i - start) % controlSamples === 0) {
      const opening = brightness.next((0.35 + 0.65 * Math.exp(-t / 0.25)) * amplitude.level);
      lid.tune(1400 + 6.5 * fs * step * opening);
    }
    const source =
      0.4 * saws[0].next(step * 1.0035) + 0.4 * saws[1].next(step * 0.9967) + 0.3 * pulse.next(step * 0.5);
    out[i] += level * gain * Math.tanh(1.3 * lid.next(source));
  }
}
