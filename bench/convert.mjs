/**
 * Ten minutes of a 7.1.2 bed and 20 moving objects from ADM BWF to DAMF, as a user converts them. Prints the ratio to
 * real time by wall clock and by CPU time, and peak memory of the process.
 *
 * node bench/convert.mjs [minutes] [milliseconds a block] [input.wav to use again]
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMeasured } from './run-measured.mjs';

const sampleRateHz = 48000;
const objectCount = 20;
const dist = new URL('../dist/', import.meta.url);
const cli = fileURLToPath(new URL('cli/main.js', dist));

/** Objects that circle, each with a block every so often, as panner automation is recorded. */
function circlingObjects(minutes, blockMs, { elementDefaults, objectBlockDefaults }) {
  const rate = BigInt(sampleRateHz);
  const blockSamples = Math.round((blockMs * sampleRateHz) / 1000);
  const count = Math.floor((minutes * 60 * sampleRateHz) / blockSamples);
  return Array.from({ length: objectCount }, (_, object) => ({
    ...elementDefaults,
    id: `object${object}`,
    name: `object ${object}`,
    kind: 'object',
    blocks: Array.from({ length: count }, (_, block) => {
      const angle = 0.31 * object + 0.02 * block;
      return {
        ...objectBlockDefaults,
        startSec: { numerator: BigInt(block * blockSamples), denominator: rate },
        durationSec: { numerator: BigInt(blockSamples), denominator: rate },
        position: { kind: 'cartesian', xyz: [Math.sin(angle), Math.cos(angle), (object % 5) / 5] },
        gainDb: -6,
        jumpPosition: true,
        interpolationLengthSec: { numerator: 250n, denominator: rate },
      };
    }),
  }));
}

/** Writes the studio master that is converted. */
async function writeMaster(file, minutes, blockMs) {
  const load = (path) => import(new URL(path, dist).href);
  const { planAdm } = await load('io/adm/adm-writer.js');
  const { loadKernels } = await load('kernels/load-kernels.js');
  const { getLayout } = await load('layouts/built-in.js');
  const scenes = await load('scene/make-scene.js');
  const bed = scenes.bedScene(getLayout('7.1.2')).elements[0];
  const scene = scenes.createScene('bench', [bed, ...circlingObjects(minutes, blockMs, scenes)]);
  const frameCount = minutes * 60 * sampleRateHz;
  const options = { scene, kernels: await loadKernels(), sampleRateHz, frameCount };
  const tool = { name: 'bench', version: [1, 0, 0] };
  const writer = await planAdm(file, 'dolby', { ...options, tool, onWarning() {} }).start();
  const channels = Array.from({ length: 10 + objectCount }, (_, channel) =>
    Float32Array.from({ length: sampleRateHz }, (_, n) => 0.5 * Math.sin(0.01 * (channel + 1) * n)),
  );
  for (let second = 0; second < minutes * 60; second++)
    await writer.write({ channels, frameCount: sampleRateHz });
  await writer.finish();
}

/** Converts a master of so many minutes. Wall and CPU time in seconds, peak memory in MB, ratios to real time. */
export async function measureConvert(minutes, blockMs, kept) {
  const folder = mkdtempSync(join(tmpdir(), 'periphon-bench-'));
  try {
    const input = kept ?? join(folder, 'master.wav');
    if (!existsSync(input)) await writeMaster(input, minutes, blockMs);
    const args = ['convert', input, join(folder, 'out.atmos'), '--to', 'damf', '--quiet'];
    const usage = runMeasured([cli, ...args]);
    const times = (seconds) => (minutes * 60) / seconds;
    return { ...usage, timesRealTime: times(usage.wallSec), timesByCpu: times(usage.cpuSec) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const minutes = Number(process.argv[2] ?? 10);
  const blockMs = Number(process.argv[3] ?? 50);
  const { timesRealTime, timesByCpu, cpuSec, peakMegabytes } = await measureConvert(
    minutes,
    blockMs,
    process.argv[4],
  );
  console.log(
    `ADM to DAMF, ${minutes} min of 10 + ${objectCount} channels, a block every ${blockMs} ms: ` +
      `${timesRealTime.toFixed(0)} x real time, CPU ${cpuSec.toFixed(1)} s (${timesByCpu.toFixed(0)} x), ` +
      `peak memory ${peakMegabytes.toFixed(0)} MB`,
  );
}
