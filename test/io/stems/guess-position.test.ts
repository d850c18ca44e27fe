import { expect, test } from 'vitest';
import { guessPosition, wordsOf } from '../../../src/io/stems/guess-position.ts';

test('names are cut into words', () => {
  expect(wordsOf('obj_LeadVox-2.wav')).toEqual(['obj', 'lead', 'vox', '2', 'wav']);
});

test.each([
  ['Lead Vox.wav', undefined, { azimuthDeg: 0 }, 'lead'],
  ['Gtr Left.wav', undefined, { azimuthDeg: 30 }, 'left'],
  ['Gtr_R.wav', undefined, { azimuthDeg: -30 }, 'r'],
  ['Choir rear.wav', undefined, { azimuthDeg: 180 }, 'rear'],
  ['Choir rear.wav', 'right', { azimuthDeg: -135 }, 'rear'],
  ['Strings wide.wav', 'left', { azimuthDeg: 60 }, 'wide'],
  ['Bells top.wav', undefined, { azimuthDeg: 0, elevationDeg: 45 }, 'top'],
  ['Marimba.wav', undefined, { azimuthDeg: 0 }, undefined],
  ['Marimba.wav', 'right', { azimuthDeg: -30 }, undefined],
] as const)('%s %s', (name, side, position, word) => {
  expect(guessPosition(name, side)).toEqual({ position, word });
});
