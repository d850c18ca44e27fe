/** HRTF sets for the benches, parts of them, and what renderers make of them. Needs a build. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { polarToCartesian } from '../dist/base/coordinates.js';
import { designResponseResampler } from '../dist/dsp/response-resampler.js';
import { alignMeasured } from '../dist/hrtf/align-measured.js';
import { cutSpectra } from '../dist/hrtf/build-hrtf-set.js';
import { parseSofa } from '../dist/io/sofa/read-sofa.js';
import { loadKernels } from '../dist/kernels/load-kernels.js';
import { sphericalHarmonics } from '../dist/math/spherical-harmonics.js';
import { createBinauralRenderer } from '../dist/render/binaural/binaural-renderer.js';
import { createScene, objectBlockDefaults } from '../dist/scene/make-scene.js';

/** Samples before time 0 in rendered responses, and their length. */
const leadSamples = 96;
const tapCount = 512;

/** Directions below this are not measured in the default set, but filled in. */
const lowestMeasuredDeg = -41;

/** The KU100 of SADIE as measured and as a set, or undefined where the outside data is missing. */
export async function loadKu100() {
  const file = join(process.env.PERIPHON_TEST_DATA ?? '', 'data', 'hrtf', 'sadie_ku100.sofa');
  if (!process.env.PERIPHON_TEST_DATA || !existsSync(file)) return undefined;
  const measured = await parseSofa(readFileSync(file), file);
  const aligned = alignMeasured(measured, { equalizeDiffuseField: false });
  const cut = { tapCount: measured.tapCount + 32, leadTapCount: 48, fadeTapCount: 16 };
  const hrtf = { name: 'KU100', source: '', licence: '', ...cutSpectra(aligned, cut) };
  return { hrtf, measured };
}

/** A set without arrivals split off: what its listener should hear. */
export function wholeResponses({
  sampleRateHz,
  tapCount: alignedTaps,
  directionsDeg,
  arrivalSamples,
  responses,
}) {
  const whole = new Float32Array(arrivalSamples.length * tapCount);
  arrivalSamples.forEach((arrival, r) =>
    designResponseResampler({
      ratio: 1,
      delaySamples: leadSamples + arrival,
      inputTapCount: alignedTaps,
      outputTapCount: tapCount,
    }).apply(
      responses.subarray(r * alignedTaps, (r + 1) * alignedTaps),
      whole.subarray(r * tapCount, (r + 1) * tapCount),
    ),
  );
  return { sampleRateHz, tapCount, directionsDeg, responses: whole };
}

/** Some directions of a set, whole or split into arrivals and aligned responses. */
export function pickDirections(set, indices) {
  const pick = (values, each) => {
    const picked = new values.constructor(indices.length * each);
    indices.forEach((i, k) => picked.set(values.subarray(i * each, (i + 1) * each), k * each));
    return picked;
  };
  return {
    ...set,
    directionCount: indices.length,
    directionsDeg: pick(set.directionsDeg, 2),
    responses: pick(set.responses, 2 * set.tapCount),
    ...(set.arrivalSamples && { arrivalSamples: pick(set.arrivalSamples, 2) }),
  };
}

const range = (count) => Array.from({ length: count }, (_, i) => i);

/** Measured directions of a set: those that were not filled in. */
export const measuredDirections = (set, isFilled) => {
  const all = range(set.directionsDeg.length / 2);
  return isFilled ? higherDirections(set, all) : all;
};

/** Those of some directions that lie as high as the default set was measured. */
export const higherDirections = ({ directionsDeg }, indices) =>
  indices.filter((i) => directionsDeg[2 * i + 1] > lowestMeasuredDeg);

/** A fifth of some directions, by dice that always fall alike. */
export function heldOutFifth(indices) {
  const shuffled = [...indices];
  let state = 1;
  for (let i = shuffled.length - 1; i > 0; i--) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const j = (state >>> 0) % (i + 1);
    [shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
  }
  return shuffled.slice(0, Math.round(indices.length / 5)).sort((a, b) => a - b);
}

/** `count` of some directions, each as far as may be from those before it. */
export function evenDirections({ directionsDeg }, indices, count) {
  const points = indices.map((i) => polarToCartesian(directionsDeg[2 * i], directionsDeg[2 * i + 1]));
  const nearest = new Float64Array(points.length).fill(-1);
  const chosen = [];
  for (let next = 0; chosen.length < count; next = nearest.indexOf(Math.min(...nearest))) {
    chosen.push(indices[next]);
    const [x, y, z] = points[next];
    points.forEach((p, k) => (nearest[k] = Math.max(nearest[k], p[0] * x + p[1] * y + p[2] * z)));
  }
  return chosen.sort((a, b) => a - b);
}

const zero = { numerator: 0n, denominator: 1n };

/** An object that stands still. */
export const stillObject = (id, azimuthDeg, elevationDeg, more = {}) => ({
  kind: 'object',
  id: `${id}`,
  name: '',
  gainDb: 0,
  mute: false,
  startSec: zero,
  blocks: [
    { ...objectBlockDefaults, position: { kind: 'polar', azimuthDeg, elevationDeg, distance: 1 }, ...more },
  ],
});

/** Impulse responses of the whole renderer at some directions: an object each, one impulse after another. */
export async function renderedResponses(hrtf, directionsDeg, more = {}) {
  const count = directionsDeg.length / 2;
  const { sampleRateHz } = hrtf;
  const spacing = 1024;
  const scene = createScene(
    'responses',
    range(count).map((i) => stillObject(i, directionsDeg[2 * i], directionsDeg[2 * i + 1], more)),
  );
  const kernels = await loadKernels();
  const renderer = createBinauralRenderer({ scene, sampleRateHz, kernels, hrtf });
  const inputs = range(count).map(() => new Float32Array(spacing));
  const blocks = count + Math.ceil((renderer.latencySamples + tapCount) / spacing);
  const ears = [new Float32Array(blocks * spacing), new Float32Array(blocks * spacing)];
  for (let b = 0; b < blocks; b++) {
    if (b < count) inputs[b][0] = 1;
    renderer.process(
      { channels: inputs, frameCount: spacing },
      { channels: ears.map((ear) => ear.subarray(b * spacing, (b + 1) * spacing)), frameCount: spacing },
    );
    if (b < count) inputs[b][0] = 0;
  }
  const responses = new Float32Array(2 * count * tapCount);
  for (let r = 0; r < 2 * count; r++) {
    const from = (r >> 1) * spacing + renderer.latencySamples - leadSamples;
    responses.set(ears[r & 1].subarray(from, from + tapCount), r * tapCount);
  }
  return { sampleRateHz, tapCount, directionsDeg, responses };
}

/** What a decoder for ambisonics (ACN, SN3D) gives for plane waves from some directions. */
export function decodedResponses({ left, right }, order, sampleRateHz, directionsDeg) {
  const taps = left[0].length;
  const responses = new Float32Array(directionsDeg.length * taps);
  for (let d = 0; d < directionsDeg.length / 2; d++) {
    const gains = sphericalHarmonics(order, directionsDeg[2 * d], directionsDeg[2 * d + 1], 'SN3D');
    [left, right].forEach((filters, ear) => {
      const response = responses.subarray((2 * d + ear) * taps, (2 * d + ear + 1) * taps);
      filters.forEach((filter, acn) => {
        for (let n = 0; n < taps; n++) response[n] += gains[acn] * filter[n];
      });
    });
  }
  return { sampleRateHz, tapCount: taps, directionsDeg, responses };
}
