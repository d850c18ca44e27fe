/**
 * Makes the stems of the example song: a 7.1.2 bed, mono objects and a stereo master for reference, 48 kHz / 24 bit.
 * Everything is synthesised here and comes out the same on every run.
 *
 *     node make-stems.mjs [folder]        (default: stems/ beside this file)
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeWav } from '../shared/write-wav.mjs';
import { sampleRateHz } from './composition.mjs';
import { playBed } from './bed.mjs';
import { playObjects } from './objects.mjs';
import { fadeEnds, removeRumble } from './synth/filters.mjs';
import { foldToStereo } from './stereo-fold.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = resolve(process.argv[2] ?? join(here, 'stems'));
const started = performance.now();

const objects = playObjects();
const bed = playBed(objects);

/** Leaves room above the sum of all stems, as a mix on its way to mastering does. */
const headroom = 10 ** (-5.5 / 20);

for (const samples of [...Object.values(bed), ...Object.values(objects)]) {
  for (let i = 0; i < samples.length; i++) samples[i] *= headroom;
  removeRumble(samples, sampleRateHz, samples === bed.LFE ? 16 : 22);
  fadeEnds(samples, sampleRateHz, 0.002, 1);
}

mkdirSync(folder, { recursive: true });
writeWav(join(folder, 'bed_7.1.2.wav'), Object.values(bed), sampleRateHz);
for (const [name, samples] of Object.entries(objects)) {
  writeWav(join(folder, `obj_${name}.wav`), [samples], sampleRateHz);
}
const stereo = foldToStereo(join(here, 'song.scene.json'), bed, objects);
writeWav(join(folder, 'stereo-master.wav'), stereo, sampleRateHz, 0b11);

const fileCount = Object.keys(objects).length + 2;
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(`${fileCount} stems written to ${folder} in ${seconds} s`);
