import { expect, test } from 'vitest';
import { planEdit } from '../../src/master/programme-edit.ts';

test('lengths in samples as they are, in seconds to the nearest sample', () => {
  expect(
    planEdit(
      {
        trimHead: { durationSamples: 100 },
        trimTail: { durationSec: 0.1 },
        fadeIn: { durationSec: 0.00001 },
        fadeOut: { durationSec: 0.5, curve: 'linear' },
      },
      44_100,
      44_100,
    ),
  ).toEqual({
    headFrames: 100,
    tailFrames: 4410,
    frameCount: 39_590,
    fadeIn: undefined,
    fadeOut: { frameCount: 22_050, curve: 'linear' },
  });
  expect(planEdit({ fadeIn: { durationSamples: 5 } }, 10, 48_000).fadeIn).toEqual({
    frameCount: 5,
    curve: 'raised-cosine',
  });
});

test('an empty programme is left alone', () => {
  expect(planEdit({}, 0, 48_000)).toMatchObject({ headFrames: 0, frameCount: 0 });
});

test('what is too long says by how much', () => {
  expect(() => planEdit({ trimHead: { durationSec: 1 } }, 48_000, 48_000)).toThrow(
    '48000 samples are to be trimmed off a programme of 48000; at least 1 must remain',
  );
  const options = { trimTail: { durationSamples: 10 }, fadeOut: { durationSamples: 91 } };
  expect(() => planEdit(options, 100, 48_000)).toThrow('fadeOut takes 91 samples of a programme of 90');
});
