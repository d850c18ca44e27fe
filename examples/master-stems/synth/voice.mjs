/** Sung sounds: a glottal sawtooth and breath through five moving formants. */
import { controlSamples, Envelope, OnePole, Svf } from './filters.mjs';
import { createRandom, Noise, noteHz, Saw } from './oscillators.mjs';

const fs = 48000;

/** Formants of an alto: centre frequencies in Hz, levels in dB, bandwidths in Hz. */
const vowels = {
  a: { hz: [800, 1150, 2800, 3500, 4950], db: [0, -4, -14, -22, -34], bandHz: [80, 90, 120, 130, 140] },
  e: { hz: [400, 1600, 2700, 3300, 4950], db: [0, -13, -17, -23, -36], bandHz: [60, 80, 120, 150, 200] },
  o: { hz: [450, 800, 2830, 3500, 4950], db: [0, -8, -17, -24, -38], bandHz: [70, 80, 100, 130, 135] },
  u: { hz: [360, 720, 2530, 3500, 4950], db: [0, -10, -23, -30, -44], bandHz: [60, 70, 170, 180, 200] },
};

/** Five parallel resonators whose vowel can change without a step. */
class Formants {
  constructor(vowel, sizeRatio) {
    this.sizeRatio = sizeRatio;
    this.bands = vowels[vowel].hz.map((hz, i) => new Svf(fs, hz * sizeRatio, hz / vowels[vowel].bandHz[i]));
    this.gains = vowels[vowel].db.map((db) => 10 ** (db / 20));
    this.hz = [...vowels[vowel].hz];
  }

  /** Moves a little towards `vowel`; called every `controlSamples`. */
  approach(vowel, speed) {
    const goal = vowels[vowel];
    for (let i = 0; i < this.bands.length; i++) {
      this.hz[i] += speed * (goal.hz[i] - this.hz[i]);
      this.gains[i] += speed * (10 ** (goal.db[i] / 20) - this.gains[i]);
      this.bands[i].tune(this.hz[i] * this.sizeRatio);
    }
  }

  next(x) {
    let sum = 0;
    for (let i = 0; i < this.bands.length; i++) sum += this.gains[i] * this.bands[i].nextBand(x);
    return sum;
  }
}

/**
 * A solo voice over a whole line. Each note names its vowels as it is sung: "ua" opens from u to a.
 *
 * @param {readonly {at: number, length: number, note: number, level: number, vowels: string}[]} line
 */
export function voiceLine(out, line, level, seed) {
  const random = createRandom(seed);
  const breath = new Noise(seed);
  const saw = new Saw();
  const formants = new Formants(line[0].vowels[0], 1.08);
  const soften = new OnePole(fs, 7000);
  const glide = new OnePole(fs, 5.5);
  const wander = new OnePole(fs, 3);
  const envelope = new Envelope(fs, { attack: 0.09, decay: 1.2, sustain: 0.85, release: 0.5 });
  const loudness = new OnePole(fs, 12);
  glide.y = line[0].note - 1;
  let vibratoPhase = 0;
  let target = 0;
  let index = 0;
  const last = line[line.length - 1];
  const end = Math.min(out.length, last.at + last.length + Math.round(0.7 * fs));
  for (let i = line[0].at; i < end; i++) {
    while (index + 1 < line.length && i >= line[index + 1].at) {
      index++;
      envelope.rising = true;
    }
    const current = line[index];
    const t = (i - current.at) / fs;
    if ((i - line[0].at) % controlSamples === 0) {
      const position = Math.min(0.999, t / Math.min(0.9, current.length / fs));
      formants.approach(current.vowels[Math.floor(position * current.vowels.length)], 0.006);
      target = random() - 0.5;
    }
    vibratoPhase += (2 * Math.PI * 5.1) / fs;
    const vibrato = 0.32 * (1 - Math.exp(-Math.max(0, t - 0.3) / 0.35)) * Math.sin(vibratoPhase);
    const step = noteHz(glide.next(current.note) + vibrato + 1.6 * wander.next(target)) / fs;
    const source = soften.next(saw.next(step)) + 0.055 * breath.next();
    const gain = envelope.next(i < current.at + current.length) * loudness.next(current.level);
    out[i] += level * gain * formants.next(source);
  }
}

/** A choir on one chord: four singers a note, each with a pitch and vibrato of their own, in two vocal tracts. */
export function choirChord(out, at, length, notes, level, { seed, vowel, attackSec }) {
  const random = createRandom(seed);
  const singers = notes.flatMap((note) =>
    [0, 1, 2, 3].map(() => ({
      saw: new Saw(random()),
      step: noteHz(note + 0.24 * (random() - 0.5)) / fs,
      vibratoHz: 4.6 + 1.2 * random(),
      phase: 2 * Math.PI * random(),
      now: 0,
    })),
  );
  const tracts = [new Formants(vowel, 0.97), new Formants(vowel, 1.09)];
  const breath = new Noise(seed);
  const soften = new OnePole(fs, 5000);
  const envelope = new Envelope(fs, { attack: attackSec, decay: 1, sustain: 0.95, release: 1.4 });
  const scale = level / Math.sqrt(singers.length);
  const end = Math.min(out.length, at + length + Math.round(1.5 * fs));
  for (let i = at; i < end; i++) {
    if ((i - at) % controlSamples === 0) {
      for (const tract of tracts) tract.approach(vowel, 0.01);
      for (const singer of singers) {
        singer.now =
          singer.step * (1 + 0.009 * Math.sin((2 * Math.PI * singer.vibratoHz * i) / fs + singer.phase));
      }
    }
    let low = 0;
    let high = 0;
    for (let n = 0; n < singers.length; n += 2) {
      low += singers[n].saw.next(singers[n].now);
      high += singers[n + 1].saw.next(singers[n + 1].now);
    }
    const air = 0.05 * breath.next();
    const sung = tracts[0].next(low + air) + tracts[1].next(high + air);
    out[i] += scale * envelope.next(i < at + length) * soften.next(sung);
  }
}
