import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { music } from './bench-music.mjs';

/**
 * Times the effects of the scene stage of the built package on a bed of twelve channels and sixteen objects, in both
 * kernel sets, by process CPU time on one thread; medians of five, times real time at 48 kHz.
 * Usage: node bench/scene-stage.mjs [part of a name]
 */
const dist = new URL('../dist/', import.meta.url);
if (!existsSync(fileURLToPath(new URL('kernels/load-kernels.js', dist)))) {
  console.error('bench/scene-stage.mjs times the built package: run `npm run build` first.');
  process.exit(2);
}
const load = (path) => import(new URL(path, dist).href);
const { loadKernels } = await load('kernels/load-kernels.js');
const { parseEntries } = await load('master/scene-stage/entry-schema.js');
const { createSceneStage } = await load('master/scene-stage/scene-stage.js');
const { createScene, elementDefaults, objectBlockDefaults } = await load('scene/make-scene.js');
const { sceneTracks } = await load('scene/scene.js');

const sampleRateHz = 48000;
const roundCount = 5;
const blockFrames = 4096;
const blockCount = 117;

const bedLabels = 'M+030 M-030 M+000 LFE1 M+090 M-090 M+135 M-135 U+045 U-045 U+135 U-135'.split(' ');
const bed = {
  ...elementDefaults,
  ...{ id: 'bed', name: 'Bed', kind: 'bed', layout: undefined },
  channels: bedLabels.map((label) => ({ label, position: undefined, isLfe: label === 'LFE1', gainDb: 0 })),
};
const objects = Array.from({ length: 16 }, (_, index) => {
  const azimuthDeg = 22.5 * index - 180;
  const position = { kind: 'polar', azimuthDeg, elevationDeg: 30 * (index % 2), distance: 1 };
  const name = `Object ${index + 1}`;
  return {
    ...elementDefaults,
    ...{ id: `object${index + 1}`, name, kind: 'object', blocks: [{ ...objectBlockDefaults, position }] },
  };
});
const scene = createScene('Bench', [bed, ...objects]);
const channelCount = sceneTracks(scene).length;

const eq = {
  type: 'eq',
  group: ['all', 'lfe'],
  bands: [
    { type: 'highpass', frequencyHz: 25, slopeDbPerOct: 12 },
    { type: 'lowshelf', frequencyHz: 110, gainDb: 1 },
    { type: 'bell', frequencyHz: 2500, gainDb: -2 },
    { type: 'highshelf', frequencyHz: 9000, gainDb: 1.5 },
  ],
};
const multiband = {
  type: 'multiband',
  crossoversHz: [120, 1000, 6000],
  bands: [-18, -20, -26, -32].map((thresholdDb) => ({ thresholdDb, ratio: 2, makeUpDb: 2 })),
};
const limiter = (ceilingDbtp) => ({ type: 'limiter', group: ['all', 'lfe'], ceilingDbtp });

/** [name, entries] */
const benchmarks = [
  ['EQ, 4 bands', [eq]],
  ['multiband, 4 bands, linked', [multiband]],
  ['multiband, 4 bands, each by itself', [{ ...multiband, detector: { mode: 'own' } }]],
  ['multiband, 4 bands, linear phase', [{ ...multiband, phase: 'linear' }]],
  ['compressor, linked', [{ type: 'compressor', thresholdDb: -20 }]],
  ['element limiters, next to nothing to do', [limiter(-0.5)]],
  ['element limiters, 3 dB', [limiter(-4)]],
  ['EQ, multiband, element limiters, 1 dB', [eq, multiband, limiter(-1)]],
  ['EQ, multiband, element limiters, 4 dB', [eq, multiband, limiter(-4)]],
];

const signal = music({ channelCount, frames: blockFrames * blockCount, sampleRateHz, peakGain: 0.9 });
const blocks = Array.from({ length: blockCount }, (_, block) => ({
  channels: signal.map((row) => row.slice(block * blockFrames, (block + 1) * blockFrames)),
  frameCount: blockFrames,
}));
const output = {
  channels: Array.from({ length: channelCount }, () => new Float32Array(blockFrames)),
  frameCount: blockFrames,
};

const createStage = (entries, kernels) =>
  createSceneStage(parseEntries(entries), {
    ...{ scene, sampleRateHz, kernels, startSample: 0 },
    createDetectorRender: () => undefined,
    onWarning: () => undefined,
  });

/** Times real time over the whole signal, or over as much of it as half a second of CPU time allows. */
function speedOf(stage) {
  const start = process.cpuUsage();
  let frames = 0;
  let elapsedSec = 0;
  for (const block of blocks) {
    stage.process(block, output);
    frames += blockFrames;
    const { user, system } = process.cpuUsage(start);
    elapsedSec = (user + system) / 1e6;
    if (elapsedSec > 0.5) break;
  }
  return frames / sampleRateHz / elapsedSec;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

console.log(`${`${channelCount} tracks`.padEnd(44)}${'scalar'.padStart(10)}${'simd'.padStart(10)}`);
for (const [name, entries] of benchmarks) {
  if (!name.includes(process.argv[2] ?? '')) continue;
  const stages = [];
  for (const prefer of ['scalar', 'simd']) stages.push(createStage(entries, await loadKernels({ prefer })));
  for (const stage of stages) speedOf(stage);
  const before = process.memoryUsage().rss;
  const speeds = stages.map(() => []);
  for (let round = 0; round < roundCount; round++)
    stages.forEach((stage, index) => speeds[index].push(speedOf(stage)));
  const grownMegabytes = (process.memoryUsage().rss - before) / 1e6;
  const format = (speed) => `${speed.toFixed(speed < 100 ? 1 : 0)} x`.padStart(10);
  const reductions = stages[1]
    .figures()
    .map(({ reductions: of }) => Math.max(0, ...of.map((one) => one.maxReductionDb)));
  console.log(
    name.padEnd(44) +
      speeds.map((own) => format(median(own))).join('') +
      `   up to ${reductions.map((depth) => depth.toFixed(1)).join(', ')} dB; memory ${grownMegabytes.toFixed(1)} MB more`,
  );
}
