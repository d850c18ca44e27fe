/** Plays the mono objects of the score. */
import { arpeggio, at, choir, chordAt, lead, parts, percussion, stepSamples, voice } from './composition.mjs';
import { add, pumping, shape, silence } from './mixing.mjs';
import { hat, shake, tom, wood } from './synth/drums.mjs';
import { echoes, flyover, riser } from './synth/effects.mjs';
import { leadLine, pluck } from './synth/instruments.mjs';
import { createRandom } from './synth/oscillators.mjs';
import { choirChord, voiceLine } from './synth/voice.mjs';

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
      pluck(out, at(bar, step), note, 0.42 * build * fade * accent, brightness, 1000 + bar * 16 + step);
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
    play(bar, hits, 0.44);
    if (isFill) play(bar, percussion.fill, 0.56);
  }
}

/** Hi-hats: swung eighths in the groove, sixteenths with an open off-beat in the lift. */
function playHats(out) {
  for (let bar = parts.groove; bar < parts.ending; bar++) {
    const isLift = bar >= parts.lift;
    for (let step = 0; step < 16; step += isLift ? 1 : 2) {
      const swing = step % 2 === 1 ? 480 : 0;
      const isOpen = isLift ? step % 4 === 2 : step === 14;
      const level = (step % 4 === 0 ? 0.38 : step % 2 === 0 ? 0.31 : 0.2) * (isOpen ? 1.1 : 1);
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
    choirChord(
      objects.choir,
      at(bar),
      Math.round(length * stepSamples),
      notes,
      (bar < parts.groove ? 0.5 : 0.64) * level,
      options,
    );
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
