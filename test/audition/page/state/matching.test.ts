import { expect, test } from 'vitest';
import { matchedLoudnessLufs, matchingGainsDb } from '../../../../src/audition/page/state/matching.ts';

const sources = [
  { id: 'binaural', heardLufs: -16 },
  { id: 'stereo', heardLufs: -14 },
  { id: 'scene', heardLufs: undefined },
  { id: 'silence', heardLufs: null },
];

test('all become as loud as the quietest, so that no gain is above 0 dB', () => {
  expect(matchedLoudnessLufs(sources, undefined)).toBe(-16);
  const gains = matchingGainsDb(sources, undefined);
  expect(Object.fromEntries(gains)).toEqual({ binaural: 0, stereo: -2, silence: 0 });
  for (const { id, heardLufs } of sources) {
    if (typeof heardLufs === 'number') expect(heardLufs + gains.get(id)!).toBeCloseTo(-16, 12);
  }
});

test('a reference may raise others; one that is not measured matches nothing yet', () => {
  expect(Object.fromEntries(matchingGainsDb(sources, 'stereo'))).toEqual({
    binaural: 2,
    stereo: 0,
    silence: 0,
  });
  expect(Object.fromEntries(matchingGainsDb(sources, 'scene'))).toEqual({ silence: 0 });
  expect(matchingGainsDb([{ id: 'a', heardLufs: undefined }], undefined).size).toBe(0);
});
