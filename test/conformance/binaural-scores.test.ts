import { beforeAll, expect, test } from 'vitest';
import { scoreBinaural, type WholeResponses } from '../../bench/binaural-score.mjs';
import {
  decodedResponses,
  heldOutFifth,
  measuredDirections,
  pickDirections,
  renderedResponses,
  wholeResponses,
} from '../../bench/binaural-sets.mjs';
import type { HrtfSet } from '../../src/hrtf/hrtf-set.ts';
import { loadDefaultHrtf } from '../../src/io/packed/packed-hrtf.ts';
import { designBinauralDecoder } from '../../src/render/ambisonic/binaural-decoder.ts';

// The bars of binaural-scores.full.test.ts that take a few seconds only.

const unhurried = { timeout: 60_000 };

let hrtf: HrtfSet;
let truth: WholeResponses;
let measured: number[];

beforeAll(async () => {
  hrtf = await loadDefaultHrtf(48000);
  truth = wholeResponses(hrtf);
  measured = measuredDirections(hrtf, true);
});

test('the directions of the default set come out of the renderer as they are', unhurried, async () => {
  const some = pickDirections(
    truth,
    measured.filter((_, i) => i % 9 === 0),
  );
  const score = scoreBinaural(some, await renderedResponses(hrtf, some.directionsDeg));
  expect(score.SD).toBeLessThan(0.05);
  expect(score.ITD).toBeLessThan(1);
});

test('a fifth of its directions, held out, comes out within 0.4 dB and 5 us', unhurried, async () => {
  const fifth = heldOutFifth(measured);
  const kept = Array.from({ length: hrtf.directionCount }, (_, i) => i).filter((i) => !fifth.includes(i));
  const wanted = pickDirections(truth, fifth);
  const score = scoreBinaural(
    wanted,
    await renderedResponses(pickDirections(hrtf, kept), wanted.directionsDeg),
  );
  expect(score.SD).toBeLessThan(0.4);
  expect(score.ITD).toBeLessThan(5);
});

test('ambisonics of order 3 keep the colour of the diffuse field', unhurried, () => {
  const some = pickDirections(
    truth,
    measured.filter((_, i) => i % 3 === 0),
  );
  const decoder = designBinauralDecoder(3, hrtf, 'covariance');
  const score = scoreBinaural(some, decodedResponses(decoder, 3, hrtf.sampleRateHz, some.directionsDeg));
  expect(score.SD).toBeLessThan(1.95);
  expect(score.CTF).toBeLessThan(0.7);
});
