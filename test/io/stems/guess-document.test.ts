import { expect, test } from 'vitest';
import { guessDocument } from '../../../src/io/stems/guess-document.ts';
import type { StemFacts } from '../../../src/io/stems/guess-document.ts';
import { parseScene } from '../../../src/scene/parse-scene.ts';

const stem = (file: string, channelCount: number, extra: Partial<StemFacts> = {}): StemFacts => ({
  file,
  channelCount,
  sampleRateHz: 48000,
  ...extra,
});

test('a folder as DAWs leave it', () => {
  const labels = ['L', 'R', 'C', 'LFE', 'Lss', 'Rss', 'Lsr', 'Rsr', 'Ltf', 'Rtf', 'Ltr', 'Rtr'];
  const { document, guesses } = guessDocument(
    [
      stem('bed_7.1.2.wav', 10),
      ...labels.map((label) => stem(`Music.${label}.wav`, 1)),
      stem('Pad.L.wav', 1),
      stem('Pad.R.wav', 1),
      stem('obj_vocal.wav', 1),
      stem('Rear Synth.wav', 2),
      stem('Shaker_top_L.wav', 1),
      stem('hall_ambix.wav', 16),
      stem('LFE boom.wav', 1),
      stem('odd.wav', 13),
      stem('Song Master.wav', 2),
    ],
    'Song',
  );
  expect(document.beds).toEqual([
    { name: 'Music', layout: '7.1.4', pattern: 'Music.*.wav' },
    { name: 'bed_7.1.2', layout: '7.1.2', file: 'bed_7.1.2.wav' },
    { name: 'LFE boom', channels: ['LFE'], file: 'LFE boom.wav' },
  ]);
  expect(document.objects).toEqual([
    { name: 'Pad.L', file: 'Pad.L.wav', position: { azimuthDeg: 30 } },
    { name: 'Pad.R', file: 'Pad.R.wav', position: { azimuthDeg: -30 } },
    { name: 'vocal', file: 'obj_vocal.wav', position: { azimuthDeg: 0 } },
    { name: 'Rear Synth L', file: 'Rear Synth.wav', channel: 1, position: { azimuthDeg: 135 } },
    { name: 'Rear Synth R', file: 'Rear Synth.wav', channel: 2, position: { azimuthDeg: -135 } },
    { name: 'Shaker_top_L', file: 'Shaker_top_L.wav', position: { azimuthDeg: 30, elevationDeg: 45 } },
  ]);
  expect(document.ambisonics).toEqual([
    { name: 'hall_ambix', file: 'hall_ambix.wav', order: 3, normalization: 'SN3D' },
  ]);
  expect(document.stereoMaster).toBe('Song Master.wav');
  expect(guesses).toContain('"obj_vocal.wav" is an object at front, because of "vocal" in its name');
  expect(guesses).toContain('"odd.wav" is left out: no layout has 13 channels');
  expect(guesses).toContain(
    '"Rear Synth.wav" is stereo: a pair of objects at 135 degrees left and 135 degrees right',
  );
  expect(guesses).toHaveLength(10);
  expect(parseScene(document).scene.elements).toHaveLength(10);
});

test('ambisonics with a head-locked pair is no stem', () => {
  const { document, guesses } = guessDocument([stem('hall_ambix1.wav', 6)], 'x');
  expect(document.ambisonics).toBeUndefined();
  expect(guesses).toEqual([expect.stringMatching(/"hall_ambix1.wav" is left out: .*head-locked/)]);
});

test('a set that is no layout keeps its files; a mask speaks for a bed; rates and equal names are noticed', () => {
  const { document, guesses } = guessDocument(
    [
      ...['L', 'R', 'Ls', 'Rs'].map((label) => stem(`Quad_${label}.wav`, 1)),
      stem('a/x.wav', 1),
      stem('x.aif', 1, { sampleRateHz: 44100 }),
      stem('mix.wav', 8, {
        channelLabels: ['M+030', 'M-030', 'M+000', 'LFE1', 'M+135', 'M-135', 'M+090', 'M-090'],
      }),
    ],
    's',
  );
  expect(document.beds?.[0]).toMatchObject({ name: 'Quad', files: { L: 'Quad_L.wav', Rs: 'Quad_Rs.wav' } });
  expect(document.beds?.[1]).toMatchObject({ layout: '7.1', file: 'mix.wav' });
  expect(document.objects?.map(({ name }) => name)).toEqual(['x', 'x 2']);
  expect(guesses.at(-1)).toMatch(/44100, 48000 Hz/);
  expect(() => parseScene(document)).not.toThrow();
});
