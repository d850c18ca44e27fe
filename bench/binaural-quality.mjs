/**
 * Scores of the binaural renderer against the sets that it was given: node bench/binaural-quality.mjs. Needs a build;
 * the KU100 takes part where PERIPHON_TEST_DATA names a folder that holds data/hrtf/sadie_ku100.sofa.
 */
import { loadDefaultHrtf } from '../dist/io/packed/packed-hrtf.js';
import { designBinauralDecoder } from '../dist/render/ambisonic/binaural-decoder.js';
import { scoreBinaural } from './binaural-score.mjs';
import {
  decodedResponses,
  evenDirections,
  heldOutFifth,
  higherDirections,
  loadKu100,
  measuredDirections,
  pickDirections,
  renderedResponses,
  wholeResponses,
} from './binaural-sets.mjs';
import { hasSofalizer, sofalizerResponses } from './sofalizer.mjs';

const columns = ['n', 'SD', 'SDip', 'SDco', 'CTF', 'ILDlo', 'ILDhi', 'ITD', 'ITDon', 'ICdf', 'DFdB', 'gain'];
const digits = { n: 0, ITD: 1, ITDon: 0, ICdf: 3 };

function print(label, score) {
  const figures = columns.map((column) => score[column].toFixed(digits[column] ?? 2).padStart(7));
  console.log(`${label.padEnd(34)}${figures.join('')}`);
}

/** Object rendering: at the set's own directions, and between them where some are left out; sofalizer beside it. */
async function scoreObjects(name, hrtf, truth, isFilled) {
  const measured = measuredDirections(hrtf, isFilled);
  const others = Array.from({ length: hrtf.directionCount }, (_, i) => i).filter(
    (i) => !measured.includes(i),
  );
  const score = (label, scored, responses) => {
    const wanted = pickDirections(truth, scored);
    print(label, scoreBinaural(wanted, responses));
    const higher = higherDirections(
      wanted,
      Array.from(scored, (_, i) => i),
    );
    if (higher.length === scored.length) return;
    const parts = [wanted, responses].map((set) => pickDirections(set, higher));
    print('  of these, above -41 deg', scoreBinaural(...parts));
  };
  const directionsOf = (scored) => pickDirections(truth, scored).directionsDeg;
  const scoreOurs = async (label, used, scored) =>
    score(
      `${name}, ${label}`,
      scored,
      await renderedResponses(pickDirections(hrtf, used), directionsOf(scored)),
    );
  const without = (out) => measured.filter((i) => !out.includes(i));
  const fifth = heldOutFifth(measured);
  const even = evenDirections(hrtf, measured, 240);
  await scoreOurs('its own directions', [...measured, ...others], measured);
  await scoreOurs('a fifth held out', [...without(fifth), ...others], fifth);
  await scoreOurs(`from ${even.length} directions`, even, without(even));
  if (!hasSofalizer()) return;
  for (const options of ['', 'interpolate=1']) {
    const used = pickDirections(truth, even);
    const heard = await sofalizerResponses(used, directionsOf(without(even)), options);
    score(`  sofalizer ${options}`, without(even), heard);
  }
}

if (!hasSofalizer()) console.log('no ffmpeg with sofalizer here: it is not scored');
console.log(`${''.padEnd(34)}${columns.map((column) => column.padStart(7)).join('')}`);
const kemar = await loadDefaultHrtf(48000);
await scoreObjects('KEMAR', kemar, wholeResponses(kemar), true);
const ku100 = await loadKu100();
if (!ku100) console.log('KU100: PERIPHON_TEST_DATA names no folder with data/hrtf/sadie_ku100.sofa');
const [target, truth] = ku100 ? [ku100.hrtf, ku100.measured] : [kemar, wholeResponses(kemar)];
if (ku100) await scoreObjects('KU100', target, truth, false);
for (const design of ['covariance', 'magnitude'])
  for (const order of [3, 5, 7]) {
    const started = performance.now();
    const decoder = designBinauralDecoder(order, target, design);
    const sec = ((performance.now() - started) / 1000).toFixed(1);
    const decoded = decodedResponses(decoder, order, target.sampleRateHz, truth.directionsDeg);
    print(`MagLS ${design} ${order} (${sec} s)`, scoreBinaural(truth, decoded));
  }
console.log(
  'published beside it, KU100: omnitone order 3 SD 3.95; SAF MagLS orders 3 / 5 / 7 SD 1.83 / 1.23 / 1.02',
);
