/**
 * The score: 13 bars of 4/4 at 100 beats a minute. Intro (bars 0-2), groove (3-6), lift (7-10), ending (11-12).
 * Times are bars and sixteenth steps; pitches are MIDI notes.
 */

/** Sample rate of everything, and what a sixteenth at 100 BPM is in samples: exactly 0.15 s. */
export const sampleRateHz = 48000;
export const stepSamples = 7200;
export const barCount = 13;
export const frameCount = barCount * 16 * stepSamples;

/** First bar of each part. */
export const parts = { groove: 3, lift: 7, ending: 11 };

/** Sample of a step of a bar. */
export const at = (bar, step = 0) => Math.round((bar * 16 + step) * stepSamples);

const voicings = {
  Dm9: { bass: 38, notes: [53, 57, 60, 64] },
  Bbmaj9: { bass: 34, notes: [53, 57, 60, 62] },
  Fmaj9: { bass: 41, notes: [52, 55, 57, 60] },
  Cadd9: { bass: 36, notes: [52, 55, 60, 62] },
  Am7: { bass: 33, notes: [52, 55, 57, 60] },
  Fend: { bass: 29, notes: [53, 57, 60, 67] },
};

/** Chords as [bar, step, length in steps, name]. */
export const chords = [
  [0, 0, 16, 'Dm9'],
  [1, 0, 16, 'Bbmaj9'],
  [2, 0, 8, 'Fmaj9'],
  [2, 8, 8, 'Cadd9'],
  [3, 0, 16, 'Dm9'],
  [4, 0, 16, 'Bbmaj9'],
  [5, 0, 16, 'Fmaj9'],
  [6, 0, 16, 'Cadd9'],
  [7, 0, 16, 'Bbmaj9'],
  [8, 0, 16, 'Cadd9'],
  [9, 0, 16, 'Dm9'],
  [10, 0, 8, 'Am7'],
  [10, 8, 8, 'Cadd9'],
  [11, 0, 20, 'Fend'],
].map(([bar, step, length, name]) => ({ bar, step, length, ...voicings[name] }));

/** The chord that sounds at a step. */
export function chordAt(bar, step) {
  const position = bar * 16 + step;
  return chords.findLast((chord) => chord.bar * 16 + chord.step <= position);
}

/** Bass figures: [step, length, semitones above the root]. */
export const bassFigures = {
  groove: [
    [0, 3, 0],
    [3, 2, 0],
    [6, 1.6, 12],
    [8, 2, 0],
    [11, 2, 7],
    [14, 1.7, 12],
  ],
  lift: [
    [0, 1.8, 0],
    [2, 1.6, 12],
    [4, 1.8, 0],
    [6, 1.6, 12],
    [8, 1.8, 0],
    [10, 1.6, 12],
    [12, 1.8, 7],
    [14, 1.6, 12],
  ],
};

/** Drum patterns: steps, or [step, level]. */
export const drums = {
  groove: {
    kick: [
      [0, 1],
      [7, 0.75],
      [10, 0.95],
    ],
    snare: [4, 12],
  },
  lift: {
    kick: [
      [0, 1],
      [4, 0.9],
      [8, 1],
      [12, 0.9],
      [15, 0.55],
    ],
    snare: [4, 12],
  },
};

/** Keys: [step, length] of the chord strokes in a bar. */
export const keysRhythm = [
  [0, 3],
  [3, 2],
  [6, 4],
  [11, 2],
  [14, 2],
];

/** Arpeggio: index into the chord notes of two octaves, one a sixteenth; even steps left, odd steps right. */
export const arpeggio = [0, 2, 4, 6, 5, 3, 7, 4, 1, 3, 5, 7, 6, 4, 2, 5];

/** Percussion that jumps: [step, sound, pitch] of a bar; the scene file holds the places. */
export const percussion = {
  groove: [
    [2, 'wood', 880],
    [6, 'wood', 1175],
    [9, 'tom', 165],
    [13, 'wood', 988],
  ],
  fill: [
    [8, 'tom', 220],
    [9.5, 'tom', 196],
    [11, 'tom', 165],
    [12, 'tom', 147],
    [13.5, 'tom', 123],
    [15, 'tom', 98],
  ],
};

/** Turns [bar, step, length in steps, note, level, vowels] into times in samples. */
const toLine = (notes) =>
  notes.map(([bar, step, length, note, level, vowels]) => ({
    at: at(bar, step),
    length: Math.round(length * stepSamples),
    note,
    level,
    vowels,
  }));

/** The lead melody. */
export const lead = toLine([
  [6, 8, 2, 67, 0.6],
  [6, 10, 2, 69, 0.7],
  [6, 12, 4, 72, 0.8],
  [7, 0, 6, 74, 1],
  [7, 6, 2, 77, 0.9],
  [7, 8, 4, 76, 0.9],
  [7, 12, 4, 72, 0.85],
  [8, 0, 6, 76, 1],
  [8, 6, 2, 79, 0.95],
  [8, 8, 6, 74, 0.9],
  [8, 14, 2, 72, 0.8],
  [9, 0, 6, 77, 1],
  [9, 6, 2, 76, 0.9],
  [9, 8, 4, 74, 0.9],
  [9, 12, 3.6, 69, 0.8],
  [10, 0, 6, 72, 0.95],
  [10, 6, 2, 74, 0.9],
  [10, 8, 4, 76, 1],
  [10, 12, 4, 79, 1],
  [11, 0, 12, 81, 0.85],
]);

/** The sung line. */
export const voice = toLine([
  [3, 0, 9, 69, 0.9, 'ua'],
  [3, 10, 6, 72, 1, 'a'],
  [4, 0, 6, 74, 1, 'oa'],
  [4, 6, 9, 69, 0.8, 'ou'],
  [5, 0, 9, 67, 0.9, 'ua'],
  [5, 10, 6, 69, 1, 'a'],
  [6, 0, 12, 67, 0.9, 'eo'],
  [7, 0, 15, 65, 0.75, 'oa'],
  [8, 0, 15, 67, 0.75, 'oa'],
  [9, 0, 15, 69, 0.8, 'oa'],
  [10, 0, 8, 67, 0.8, 'ea'],
  [10, 8, 8, 72, 0.85, 'ea'],
  [11, 0, 13, 69, 0.9, 'ou'],
]);

/** Choir chords: [bar, length in steps, notes, level, vowel]. */
export const choir = [
  [0, 32, [57, 60, 65], 0.5, 'u'],
  [2, 15, [55, 60, 64], 0.6, 'o'],
  [7, 16, [57, 62, 65], 1, 'a'],
  [8, 16, [55, 60, 64], 1, 'a'],
  [9, 16, [57, 60, 65], 1, 'a'],
  [10, 8, [55, 60, 64], 1, 'a'],
  [10.5, 8, [55, 62, 67], 1, 'a'],
  [11, 18, [57, 60, 65, 69], 0.9, 'o'],
];
