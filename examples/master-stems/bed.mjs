/** Plays the bed: front drums, bass, keys, pads around, and the room that the objects excite. */
import {
  at,
  barCount,
  bassFigures,
  chordAt,
  chords,
  frameCount,
  keysRhythm,
  parts,
  sampleRateHz,
  stepSamples,
} from './composition.mjs';
import { add, drumsOf, kickHits, pumping, shape, silence } from './mixing.mjs';
import { clap, crash, impact, kick, snare } from './synth/drums.mjs';
import { swell } from './synth/effects.mjs';
import { OnePole } from './synth/filters.mjs';
import { bassNote, electricPiano, padChord } from './synth/instruments.mjs';
import { createRandom } from './synth/oscillators.mjs';
import { octaveUp, reverberate } from './synth/reverb.mjs';

/** Drums that stay in front, as one mono signal each. */
function playKit() {
  const kit = { kick: silence(), snare: silence(), boom: silence() };
  kickHits.forEach((hit, index) => kick(kit.kick, hit.at, 0.44 * hit.level, 40 + index));
  for (let bar = 0; bar < barCount; bar++) {
    for (const step of drumsOf(bar)?.snare ?? []) {
      snare(kit.snare, at(bar, step), 0.4, bar * 16 + step);
      clap(kit.snare, at(bar, step), bar < parts.lift ? 0.1 : 0.2, bar * 16 + step + 5);
    }
  }
  snare(kit.snare, at(parts.ending), 0.3, 999);
  impact(kit.boom, at(parts.groove), 0.26, 51);
  impact(kit.boom, at(parts.lift), 0.26, 52);
  impact(kit.boom, at(parts.ending), 0.26, 53);
  return kit;
}

function playBass(out) {
  for (let bar = parts.groove; bar < parts.ending; bar++) {
    const figure = bar < parts.lift ? bassFigures.groove : bassFigures.lift;
    for (const [step, length, above] of figure) {
      const root = chordAt(bar, step).bass;
      bassNote(out, at(bar, step), Math.round(length * stepSamples), root + above, 0.25);
    }
  }
  bassNote(out, at(parts.ending), at(1, 2), 29, 0.26);
}

/** Electric piano strokes; whole chords in the intro and at the end. */
function playKeys(out) {
  const random = createRandom(5);
  const stroke = (bar, step, length, level) => {
    chordAt(bar, step).notes.forEach((note, index) => {
      const strum = Math.round(index * 260 + random() * 120);
      const start = at(bar, step) + (bar === 0 && step === 0 ? index * 60 : strum);
      electricPiano(out, start, Math.round(length * stepSamples), note + 12, level * (0.85 + 0.3 * random()));
    });
  };
  for (const chord of chords) {
    const isCalm = chord.bar < parts.groove || chord.bar >= parts.ending;
    if (isCalm) stroke(chord.bar, chord.step, chord.length, 0.075);
  }
  for (let bar = parts.groove; bar < parts.ending; bar++) {
    for (const [step, length] of keysRhythm) stroke(bar, step, length, step === 0 ? 0.085 : 0.065);
  }
}

/** Full-range bed channels in the order of the eight reverberator outputs. */
const surround = ['L', 'R', 'Lss', 'Rss', 'Lrs', 'Rrs', 'Lts', 'Rts'];
const padLevels = [0.105, 0.105, 0.095, 0.095, 0.08, 0.08, 0.07, 0.07];
const hallGains = [0.3, 0.3, 0.34, 0.34, 0.32, 0.32, 0.34, 0.34];
const shimmerGains = [0.16, 0.16, 0.22, 0.22, 0.26, 0.26, 0.36, 0.36];

/** Pads, swells and crashes: what differs in every channel of the bed. */
function playSurround(outs) {
  outs.forEach((out, channel) => {
    for (const { bar, step, length, notes } of chords) {
      const level = padLevels[channel] * (bar < parts.groove ? 1 : bar < parts.lift ? 0.8 : 1.1);
      const brightnessHz = bar < parts.groove ? 1500 : bar < parts.lift ? 1900 : 3200;
      const seed = 100 * channel + bar * 2 + step;
      padChord(out, at(bar, step), Math.round(length * stepSamples), notes, level, { seed, brightnessHz });
    }
  });
  const pump = pumping(0.4);
  for (const out of outs) shape(out, pump);
  outs.forEach((out, channel) => {
    for (const [bar, length, level] of [
      [2, 20, 0.05],
      [6, 20, 0.07],
      [10, 20, 0.08],
    ]) {
      const isBehind = channel >= 2;
      const options = { seed: bar * 10 + channel, fromHz: 500, toHz: 5200, peakAt: 0.8 };
      swell(out, at(bar), length * stepSamples, isBehind ? level : level * 0.5, options);
    }
    const crashLevel = [0.11, 0.11, 0.07, 0.07, 0.05, 0.05, 0.08, 0.08][channel];
    for (const bar of [parts.groove, parts.lift, parts.ending])
      crash(out, at(bar), crashLevel, bar * 8 + channel);
  });
}

/** Keys between the left and the right, which they cross slowly, with a little of them at the sides. */
function panKeys(bed, keys) {
  for (let i = 0; i < frameCount; i++) {
    const pan = 0.6 * Math.sin((2 * Math.PI * i) / (8 * stepSamples));
    const left = Math.sqrt(0.5 * (1 - pan)) * keys[i];
    const right = Math.sqrt(0.5 * (1 + pan)) * keys[i];
    bed.L[i] += left;
    bed.R[i] += right;
    bed.Lss[i] += 0.35 * right;
    bed.Rss[i] += 0.35 * left;
  }
}

/**
 * The 7.1.2 bed, channels by name in the order of ITU-R BS.2051.
 *
 * @param {Record<string, Float32Array>} objects what excites the reverberation, beside the drums
 */
export function playBed(objects) {
  const bed = Object.fromEntries(
    ['L', 'R', 'C', 'LFE', 'Lss', 'Rss', 'Lrs', 'Rrs', 'Lts', 'Rts'].map((name) => [name, silence()]),
  );
  const outs = surround.map((name) => bed[name]);
  playSurround(outs);

  const kit = playKit();
  const bass = silence();
  playBass(bass);
  shape(bass, pumping(0.35));
  const keys = silence();
  playKeys(keys);
  panKeys(bed, keys);

  for (const side of [bed.L, bed.R]) {
    add(side, kit.kick, 0.57);
    add(side, kit.snare, 0.6);
    add(side, bass, 0.54);
    add(side, kit.boom, 0.6);
  }
  add(bed.C, kit.kick, 0.36);
  add(bed.C, kit.snare, 0.38);
  add(bed.C, bass, 0.34);
  for (const side of outs.slice(2)) add(side, kit.boom, 0.25);

  const lowPass = [new OnePole(sampleRateHz, 95), new OnePole(sampleRateHz, 95)];
  for (let i = 0; i < frameCount; i++) {
    const deep = 0.45 * kit.kick[i] + 0.25 * bass[i] + 0.8 * kit.boom[i];
    bed.LFE[i] = lowPass[1].next(lowPass[0].next(deep));
  }

  const hall = silence();
  const sends = {
    lead: 0.3,
    voice: 0.42,
    choir: 0.25,
    percussion: 0.5,
    riser: 0.35,
    'arp-left': 0.24,
    'arp-right': 0.24,
  };
  for (const [name, level] of Object.entries(sends)) add(hall, objects[name], level);
  add(hall, kit.snare, 0.42);
  add(hall, keys, 0.3);
  reverberate(outs, hall, {
    decaySec: 2.3,
    sizeMs: 43,
    dampingHz: 6500,
    predelaySec: 0.022,
    gains: hallGains,
  });

  const high = silence();
  add(high, objects.lead, 0.35);
  add(high, objects.voice, 0.4);
  add(high, objects.choir, 0.35);
  add(high, keys, 0.5);
  const shimmer = octaveUp(high);
  reverberate(outs, shimmer, {
    decaySec: 5.5,
    sizeMs: 71,
    dampingHz: 5200,
    predelaySec: 0.06,
    gains: shimmerGains,
  });
  return bed;
}
