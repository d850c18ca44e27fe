/** Plays the score on the instruments: first the mono objects, then the bed with the room that they excite. */
import {
  arpeggio,
  at,
  barCount,
  bassFigures,
  choir,
  chordAt,
  chords,
  drums,
  frameCount,
  keysRhythm,
  lead,
  parts,
  percussion,
  sampleRateHz,
  stepSamples,
  voice,
} from './composition.mjs';
import { clap, crash, hat, impact, kick, shake, snare, tom, wood } from './synth/drums.mjs';
import { echoes, flyover, riser, swell } from './synth/effects.mjs';
import { OnePole } from './synth/filters.mjs';
import { bassNote, electricPiano, leadLine, padChord, pluck } from './synth/instruments.mjs';
import { createRandom } from './synth/oscillators.mjs';
import { octaveUp, reverberate } from './synth/reverb.mjs';
import { choirChord, voiceLine } from './synth/voice.mjs';

const silence = () => new Float32Array(frameCount);

/** Adds `source` times `gain` to `out`. */
function add(out, source, gain) {
  for (let i = 0; i < out.length; i++) out[i] += gain * source[i];
}

/** The drum pattern of a bar, or undefined where the drums rest. */
function drumsOf(bar) {
  if (bar < parts.groove || bar >= parts.ending) return undefined;
  return bar < parts.lift ? drums.groove : drums.lift;
}

const kickHits = Array.from({ length: barCount }, (_, bar) =>
  (drumsOf(bar)?.kick ?? []).map(([step, level]) => ({ at: at(bar, step), level })),
).flat();
kickHits.push({ at: at(parts.ending), level: 1 });

/** Gain that dips with every kick and breathes back: 1 at rest, `1 - depth` at the hit. */
function pumping(depth) {
  const gain = new Float32Array(frameCount).fill(1);
  for (const hit of kickHits) {
    for (let i = 0; i < 2 * stepSamples && hit.at + i < frameCount; i++) {
      const dip = depth * Math.min(1, i / 240) * Math.exp(-i / (0.11 * sampleRateHz));
      gain[hit.at + i] = Math.min(gain[hit.at + i], 1 - dip);
    }
  }
  const smooth = new OnePole(sampleRateHz, 60);
  smooth.y = 1;
  return gain.map((value) => smooth.next(value));
}

/** Multiplies `samples` by `gain` in place. */
function shape(samples, gain) {
  for (let i = 0; i < samples.length; i++) samples[i] *= gain[i];
}

/** Arpeggio of one side: even steps (0) or odd steps (1) of the pattern. */
function playArpeggio(out, side) {
  const random = createRandom(71 + side);
  for (let bar = 0; bar <= parts.ending; bar++) {
    for (let step = side; step < 16; step += 2) {
      if (bar === parts.ending && step > 9) break;
      const { notes } = chordAt(bar, step);
      const index = arpeggio[step];
      const note = notes[index % 4] + 12 * Math.floor(index / 4) + 12;
      const build = bar < parts.groove ? 0.5 + 0.008 * (bar * 16 + step) : 1;
      const fade = bar === parts.ending ? 1 - step / 12 : 1;
      const brightness =
        (bar < parts.groove ? 1100 + 500 * bar : bar < parts.lift ? 3600 : 5200) * (0.8 + 0.4 * random());
      const accent = step % 4 === side ? 1 : 0.72;
      pluck(out, at(bar, step), note, 0.3 * build * fade * accent, brightness, 1000 + bar * 16 + step);
    }
  }
}

/** Percussion and the tom fill; the scene file gives every hit its place. */
function playPercussion(out) {
  const play = (bar, hits, level) => {
    for (const [step, sound, pitch] of hits) {
      const hit = sound === 'tom' ? tom : wood;
      hit(out, at(bar, step), level * (sound === 'tom' ? 1 : 0.75), pitch, bar * 31 + step * 2 + 7);
    }
  };
  for (let bar = parts.groove; bar < parts.ending; bar++) {
    const isFill = bar === parts.ending - 1;
    const hits = isFill ? percussion.groove.filter(([step]) => step < 8) : percussion.groove;
    play(bar, hits, 0.34);
    if (isFill) play(bar, percussion.fill, 0.5);
  }
}

/** Hi-hats: swung eighths in the groove, sixteenths with an open off-beat in the lift. */
function playHats(out) {
  for (let bar = parts.groove; bar < parts.ending; bar++) {
    const isLift = bar >= parts.lift;
    for (let step = 0; step < 16; step += isLift ? 1 : 2) {
      const swing = step % 2 === 1 ? 480 : 0;
      const isOpen = isLift ? step % 4 === 2 : step === 14;
      const level = (step % 4 === 0 ? 0.34 : step % 2 === 0 ? 0.27 : 0.16) * (isOpen ? 1.1 : 1);
      hat(out, at(bar, step) + swing, level, isOpen ? 0.16 : 0.035, bar * 16 + step + 1);
    }
  }
}

/** A whisper of a shaker from the second bar on. */
function playShaker(out) {
  for (let bar = 1; bar < parts.ending; bar++) {
    for (let step = 0; step < 16; step++) {
      const swing = step % 2 === 1 ? 600 : 0;
      const build = bar < parts.groove ? 0.3 + 0.25 * bar : 1;
      const level = [0.3, 0.16, 0.24, 0.18][step % 4] * build;
      shake(out, at(bar, step) + swing, level, bar * 16 + step + 900);
    }
  }
}

/** The mono objects by name. */
export function playObjects() {
  const objects = {
    lead: silence(),
    voice: silence(),
    'arp-left': silence(),
    'arp-right': silence(),
    percussion: silence(),
    hats: silence(),
    shaker: silence(),
    choir: silence(),
    riser: silence(),
    flyover: silence(),
    echo: silence(),
  };
  leadLine(objects.lead, lead, 0.36);
  voiceLine(objects.voice, voice, 0.5, 11);
  playArpeggio(objects['arp-left'], 0);
  playArpeggio(objects['arp-right'], 1);
  playPercussion(objects.percussion);
  playHats(objects.hats);
  playShaker(objects.shaker);
  choir.forEach(([bar, length, notes, level, vowel], index) => {
    const attackSec = bar < parts.groove ? 0.9 : 0.18;
    const options = { seed: 300 + index, vowel, attackSec };
    choirChord(objects.choir, at(bar), Math.round(length * stepSamples), notes, 0.5 * level, options);
  });
  riser(objects.riser, at(1, 8), at(parts.groove) - at(1, 8), 0.4, 21);
  riser(objects.riser, at(6, 4), at(parts.lift) - at(6, 4), 0.42, 22);
  flyover(objects.flyover, at(11, 2), at(0, 30), 0.42, 31);

  const dry = silence();
  add(dry, objects.lead, 0.34);
  add(dry, objects.voice, 0.3);
  echoes(objects.echo, dry, 3 * stepSamples, 0.52);

  const pump = pumping(0.28);
  for (const name of ['arp-left', 'arp-right', 'choir']) shape(objects[name], pump);
  return objects;
}

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
  shapeAll(outs, pumping(0.4));
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

function shapeAll(outs, gain) {
  for (const out of outs) shape(out, gain);
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
    add(side, kit.kick, 0.62);
    add(side, kit.snare, 0.6);
    add(side, bass, 0.62);
    add(side, kit.boom, 0.6);
  }
  add(bed.C, kit.kick, 0.4);
  add(bed.C, kit.snare, 0.38);
  add(bed.C, bass, 0.4);
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
    'arp-left': 0.3,
    'arp-right': 0.3,
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
