import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { music } from './bench-music.mjs';

/**
 * Times the meters and the layout stage of the built package on twelve channels (7.1.4), in both kernel sets,
 * interleaved, by process CPU time on one thread; medians of five, times real time at 48 kHz. Then the whole
 * layout stage of a 7.1.4 file: solver, all its passes, verification, scratch and WAVE files.
 * Usage: node bench/layout-stage.mjs [part of a name]
 */
const dist = new URL('../dist/', import.meta.url);
if (!existsSync(fileURLToPath(new URL('kernels/load-kernels.js', dist)))) {
  console.error('bench/layout-stage.mjs times the built package: run `npm run build` first.');
  process.exit(2);
}
const load = (path) => import(new URL(path, dist).href);
const { loadKernels } = await load('kernels/load-kernels.js');
const { getLayout } = await load('layouts/built-in.js');
const { createDither } = await load('master/dither.js');
const { createLayoutStage } = await load('master/layout-stage.js');
const { createLimiter } = await load('master/limiter.js');
const { limiterGroups } = await load('master/limiter-groups.js');
const { createOverMeter } = await load('master/limiter-overs.js');
const { createLoudnessMeter } = await load('meter/loudness-meter.js');
const { createLargestPeakMeter, createTruePeakMeter } = await load('meter/true-peak-meter.js');

const sampleRateHz = 48000;
const roundCount = 5;
const blockFrames = 4096;
/** Ten seconds, so that the parts of a song differ. */
const blockCount = 117;
const layout = getLayout('4+7+0');
const channelCount = layout.loudspeakers.length;
const groups = limiterGroups(layout, channelCount);

const tones = music({ channelCount, frames: blockFrames * blockCount, sampleRateHz, peakGain: 0.9 });
const noise = tones.map((row, channel) => {
  let state = channel + 1;
  return row.map(() => ((state = (Math.imul(state, 1664525) + 1013904223) | 0) / 2 ** 31) * 0.5);
});
const signals = { music: tones, noise };
const blocksOf = (rows) =>
  Array.from({ length: blockCount }, (_, block) => ({
    channels: rows.map((row) => row.slice(block * blockFrames, (block + 1) * blockFrames)),
    frameCount: blockFrames,
  }));
const blocks = { music: blocksOf(signals.music), noise: blocksOf(signals.noise) };
const output = {
  channels: Array.from({ length: channelCount }, () => new Float32Array(blockFrames)),
  frameCount: blockFrames,
};

const meter = (create) => (kernels) => {
  const made = create(kernels);
  return (block) => made.process(block);
};
const truePeak = (mode) => meter((kernels) => createTruePeakMeter({ kernels, channelCount, mode }));
/** What a pass measures: loudness, the standard's peak, and what is over the ceiling. */
const finished = (kernels) => {
  const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout });
  const standard = createLargestPeakMeter({ kernels, channelCount });
  const standardPeak = () => standard.largestPeak;
  const overs = createOverMeter({ kernels, channelCount, groups, ceilingDbtp: -1, standardPeak });
  return (block) => {
    loudness.process(block);
    standard.process(block);
    overs.process(block);
  };
};
const limiter = (gainDb) => (kernels) => {
  const made = createLimiter({ kernels, sampleRateHz, channelCount, groups, gainDb });
  return (block) => made.process(block, output);
};
const stage = (gainDb) => (kernels) => {
  const made = createLayoutStage({
    ...{ kernels, sampleRateHz, channelCount, groups, gainDb },
    ...{ bitDepth: 24, dither: 'tpdf' },
  });
  const measure = finished(kernels);
  return (block) => {
    made.process(block, output);
    measure(output);
  };
};

/** [name, signal, creates a function that works on one block] */
const benchmarks = [
  ['loudness', 'music', meter((kernels) => createLoudnessMeter({ kernels, sampleRateHz, layout }))],
  ['true peak, standard', 'music', truePeak('standard')],
  ['true peak, standard', 'noise', truePeak('standard')],
  ['true peak, precise', 'music', truePeak('precise')],
  ['true peak, precise', 'noise', truePeak('precise')],
  ['loudness, standard peak, overs', 'music', finished],
  ['limiter, nothing to do', 'music', limiter(-3)],
  ['limiter, 0.5 dB', 'music', limiter(0.5)],
  ['limiter, 6 dB', 'music', limiter(6)],
  ['limiter, 3 dB', 'noise', limiter(8)],
  [
    'dither to 24 bit',
    'music',
    (kernels) => {
      const made = createDither({ kernels, sampleRateHz, channelCount, bitDepth: 24, dither: 'tpdf' });
      return (block) => made.process(block, output);
    },
  ],
  ['gain, limiter, dither, meters, 0.5 dB', 'music', stage(0.5)],
  ['gain, limiter, dither, meters, 6 dB', 'music', stage(6)],
];

/** Times real time over the whole signal, or over as much of it as half a second of CPU time allows. */
function speedOf(work, signal) {
  const start = process.cpuUsage();
  let frames = 0;
  let elapsedSec = 0;
  for (const block of blocks[signal]) {
    work(block);
    frames += blockFrames;
    const { user, system } = process.cpuUsage(start);
    elapsedSec = (user + system) / 1e6;
    if (elapsedSec > 0.5) break;
  }
  return frames / sampleRateHz / elapsedSec;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

console.log(
  `${'twelve channels'.padEnd(44)}${'scalar'.padStart(10)}${'simd'.padStart(10)}${'simd:scalar'.padStart(13)}`,
);
for (const [name, signal, create] of benchmarks) {
  const title = `${name}, ${signal}`;
  if (!title.includes(process.argv[2] ?? '')) continue;
  const works = [];
  for (const prefer of ['scalar', 'simd']) works.push(create(await loadKernels({ prefer })));
  for (const work of works) speedOf(work, signal);
  const speeds = works.map(() => []);
  for (let round = 0; round < roundCount; round++) {
    works.forEach((work, index) => speeds[index].push(speedOf(work, signal)));
  }
  const [scalar, simd] = speeds.map(median);
  const format = (speed) => `${speed.toFixed(speed < 100 ? 1 : 0)} x`.padStart(10);
  console.log(title.padEnd(44) + format(scalar) + format(simd) + (simd / scalar).toFixed(1).padStart(13));
}

const wholeTitle = 'whole layout stage, files included';
if (wholeTitle.includes(process.argv[2] ?? '')) await timeWholeStage();

/** The job of one target over a minute of scratch file, by the CPU time of all threads of this process. */
async function timeWholeStage() {
  const { masterTarget } = await load('job/master-target.js');
  const { createScratch } = await load('job/scratch.js');
  const { createLevelTracer } = await load('meter/level-trace.js');
  const { resolveTargetSettings } = await load('master/target-settings.js');
  const { parseTarget } = await load('master/targets.js');
  const folder = mkdtempSync(join(tmpdir(), 'periphon bench '));
  const repeats = 6;
  const frameCount = repeats * blockCount * blockFrames;
  try {
    const kernels = await loadKernels();
    const scratch = await createScratch(folder, { channelCount, frameCount });
    const tracer = createLevelTracer({
      ...{ kernels, sampleRateHz, layout },
      groups: groups.map(({ channels }) => channels),
    });
    const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout, hearBin: tracer.hearBin });
    const peak = createLargestPeakMeter({ kernels, channelCount, mode: 'precise' });
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const block of blocks.music) {
        await scratch.write(block);
        for (const part of [tracer, loudness, peak]) part.process(block);
      }
    }
    await scratch.close();
    const { truePeakDbtp } = peak.finish();
    const unlimited = { truePeakDbtp, blockPowers: loudness.blockPowers(), trace: tracer.trace() };
    const { integratedLufs } = loudness.result();
    for (const overDb of [0.5, 3, 6]) {
      const task = {
        target: '7.1.4',
        // So loud that peaks are over the ceiling by about that much.
        settings: {
          ...resolveTargetSettings(parseTarget('7.1.4')),
          loudnessLufs: integratedLufs - 1 - truePeakDbtp + 0.8 * overDb,
        },
        ...{ maxReductionDb: 12, layout, overwrite: true, channelMask: 0, blockFrames: undefined },
        fileChannels: [...layout.loudspeakers.keys()],
        programmes: [
          { scratch: scratch.description, sampleRateHz, unlimited, outFile: join(folder, 'out.wav') },
        ],
      };
      const start = process.cpuUsage();
      const [{ solution }] = await masterTarget(task, {});
      const { user, system } = process.cpuUsage(start);
      const speed = frameCount / sampleRateHz / ((user + system) / 1e6);
      const passes = `${solution.passCount} pass${solution.passCount === 1 ? '' : 'es'}`;
      const depth = `${solution.result.maxReductionDb.toFixed(1)} dB deep, ${passes}, ${solution.status}`;
      console.log(`${wholeTitle}, ${depth}`.padEnd(74) + `${speed.toFixed(1)} x`.padStart(10));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
