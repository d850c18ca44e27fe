import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { music } from './bench-music.mjs';

/**
 * Times the meters of the built package on twelve channels (7.1.4) at 48 kHz beside libebur128, interleaved, by
 * process CPU time on one thread; medians of five, times real time.
 *
 * - figures: integrated loudness, maxima, range, true and sample peak of the programme (`createFiguresMeter`)
 * - channels: the same with the true peak of every channel, which is what libebur128 gives
 * - everything: all that `periphon measure` prints (`createProgrammeMeter`)
 */
const dist = new URL('../dist/', import.meta.url);
if (!existsSync(fileURLToPath(new URL('kernels/load-kernels.js', dist)))) {
  console.error('bench/meter.mjs times the built package: run `npm run build` first.');
  process.exit(2);
}
const load = (path) => import(new URL(path, dist).href);
const { loadKernels } = await load('kernels/load-kernels.js');
const { getLayout } = await load('layouts/built-in.js');
const { createLoudnessMeter } = await load('meter/loudness-meter.js');
const { createFiguresMeter, createProgrammeMeter } = await load('meter/measure.js');
const { createTruePeakMeter } = await load('meter/true-peak-meter.js');

const sampleRateHz = 48000;
const blockFrames = 4096;
const durationSec = 10;
const roundCount = 5;
const layout = getLayout('4+7+0');
const channelCount = layout.loudspeakers.length;
/** Numbers of the channels in libebur128: L, R, C, no LFE, then side, rear and upper ones by azimuth alone. */
const channelMap = [1, 2, 3, 0, 11, 12, 13, 14, 13, 14, 13, 14];

const noise = () => {
  let state = 7;
  return Array.from({ length: channelCount }, () =>
    Float32Array.from(
      { length: durationSec * sampleRateHz },
      () => ((state = (Math.imul(state, 1664525) + 1013904223) | 0) / 2 ** 31) * 0.5,
    ),
  );
};

const blocksOf = (rows) =>
  Array.from({ length: Math.ceil(rows[0].length / blockFrames) }, (_, block) => {
    const channels = rows.map((row) => row.slice(block * blockFrames, (block + 1) * blockFrames));
    return { channels, frameCount: channels[0].length };
  });

/** Makes a meter of each kind; all are asked for their figures at the end. */
const meters = {
  figures: (kernels, truePeakMode) => createFiguresMeter({ kernels, sampleRateHz, layout, truePeakMode }),
  channels(kernels, mode) {
    const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout });
    const peaks = createTruePeakMeter({ kernels, channelCount, mode });
    return {
      process(block) {
        loudness.process(block);
        peaks.process(block);
      },
      finish: () => ({ ...loudness.result(), ...peaks.finish() }),
    };
  },
  everything: (kernels, truePeakMode) =>
    createProgrammeMeter({ kernels, sampleRateHz, layout, truePeakMode }),
};

async function speedOf(create, mode, blocks) {
  const meter = create(await loadKernels(), mode);
  const start = process.cpuUsage();
  for (const block of blocks) meter.process(block);
  meter.finish();
  const { user, system } = process.cpuUsage(start);
  return (durationSec * 1e6) / (user + system);
}

/** libebur128 on a file of interleaved samples; undefined where it is not installed. */
function speedOfPeer(file) {
  const entry = { file, channels: channelCount, rate: sampleRateHz, map: channelMap, mode: 'full' };
  const script = fileURLToPath(new URL('../test/ebur128.py', import.meta.url));
  const { status, stdout } = spawnSync('python3', [script], {
    input: JSON.stringify([entry]),
    encoding: 'utf8',
  });
  return status === 0 ? durationSec / JSON.parse(stdout)[0].cpuSec : undefined;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const folder = mkdtempSync(join(tmpdir(), 'periphon-bench-'));
try {
  for (const [name, rows] of Object.entries({
    music: music({ channelCount, frames: durationSec * sampleRateHz, sampleRateHz, peakGain: 0.8 }),
    noise: noise(),
  })) {
    const blocks = blocksOf(rows);
    const file = join(folder, `${name}.f32`);
    const interleaved = new Float32Array(rows[0].length * channelCount);
    rows.forEach((row, channel) => row.forEach((x, n) => (interleaved[n * channelCount + channel] = x)));
    writeFileSync(file, new Uint8Array(interleaved.buffer));
    const runs = Object.entries(meters).flatMap(([kind, create]) =>
      ['standard', 'precise'].map((mode) => ({ name: `${kind}, ${mode}`, create, mode, speeds: [] })),
    );
    const peer = [];
    for (const run of runs) await speedOf(run.create, run.mode, blocks);
    for (let round = 0; round < roundCount; round++) {
      for (const run of runs) run.speeds.push(await speedOf(run.create, run.mode, blocks));
      peer.push(speedOfPeer(file));
    }
    const peerSpeed = peer.includes(undefined) ? undefined : median(peer);
    console.log(`${name}, 12 channels at 48 kHz`);
    for (const run of runs) {
      const speed = median(run.speeds);
      const ratio = peerSpeed === undefined ? '' : `${(speed / peerSpeed).toFixed(1)} times libebur128`;
      console.log(`  ${run.name.padEnd(24)}${`${speed.toFixed(0)} x`.padStart(8)}   ${ratio}`);
    }
    console.log(
      `  libebur128, full        ${peerSpeed === undefined ? '   not installed' : `${peerSpeed.toFixed(1)} x`.padStart(8)}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
