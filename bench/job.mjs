/**
 * The whole main job as a user runs it: a bed of 12 channels and 16 moving objects, mastered to the four
 * default targets, or through a recipe to scenes at their level. Prints real-time factor, CPU time and peak memory of
 * the process.
 *
 * node bench/job.mjs [minutes] [threads] [adm|damf|stems ..]
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runMeasured } from './run-measured.mjs';

const sampleRateHz = 48000;
const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Ten seconds of decaying noise bursts and tones, repeated: peaks and pauses like music. */
function writeStem(file, channelCount, seed, minutes) {
  const loopFrames = sampleRateHz * 10;
  const loop = Buffer.alloc(loopFrames * channelCount * 3);
  let state = seed;
  for (let frame = 0, offset = 0; frame < loopFrames; frame++) {
    const envelope = Math.exp(-((frame + seed * 1733) % 24000) / 6000);
    for (let channel = 0; channel < channelCount; channel++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const noise = state / 2147483648 - 1;
      const tone = Math.sin((2 * Math.PI * (110 + 40 * seed + 25 * channel) * frame) / sampleRateHz);
      loop.writeIntLE(Math.round((0.12 * noise + 0.2 * tone) * envelope * 0.6 * 8388607), offset, 3);
      offset += 3;
    }
  }
  const dataBytes = loop.length * minutes * 6;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channelCount, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * channelCount * 3, 28);
  header.writeUInt16LE(channelCount * 3, 32);
  header.writeUInt16LE(24, 34);
  header.write('data', 36);
  header.writeUInt32LE(dataBytes, 40);
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, header);
  for (let i = 0; i < minutes * 6; i++) writeSync(descriptor, loop);
  closeSync(descriptor);
}

/** Writes the scene and its stems; returns the path of the scene. */
function writeBenchScene(folder, minutes) {
  writeStem(join(folder, 'bed.wav'), 12, 1, minutes);
  const objects = Array.from({ length: 16 }, (_, index) => {
    writeStem(join(folder, `object${index}.wav`), 1, index + 2, minutes);
    const blocks = Array.from({ length: minutes * 60 }, (_, second) => ({
      startSec: second,
      durationSec: 1,
      position: { azimuthDeg: ((index * 22.5 + second * 30) % 360) - 180, elevationDeg: (index * 5) % 60 },
    }));
    return { name: `object ${index}`, file: `object${index}.wav`, blocks };
  });
  const beds = [{ name: 'bed', layout: '7.1.4', file: 'bed.wav', channelOrder: 'itu' }];
  const file = join(folder, 'bench.scene.json');
  writeFileSync(file, JSON.stringify({ version: 1, name: 'bench', beds, objects }));
  return file;
}

/** What is done to a scene that is written itself: every kind of effect that is heavy, and a level. */
const recipe = {
  version: 1,
  scene: [
    {
      type: 'eq',
      group: ['all', 'lfe'],
      bands: [
        { type: 'highpass', frequencyHz: 25, slopeDbPerOct: 12 },
        { type: 'bell', frequencyHz: 2500, gainDb: -2 },
        { type: 'highshelf', frequencyHz: 9000, gainDb: 1.5 },
      ],
    },
    {
      type: 'multiband',
      crossoversHz: [120, 1000, 6000],
      bands: [-18, -20, -26, -32].map((thresholdDb) => ({ thresholdDb, ratio: 2, makeUpDb: 2 })),
    },
    { type: 'limiter', ceilingDbtp: -3 },
  ],
  sceneLoudness: {},
};

/**
 * Masters a scene of so many minutes. Wall and CPU time in seconds, peak memory in MB, ratio to real time.
 * @param scenes targets that are the mastered scene; the default targets where there are none
 */
export function measureJob(minutes, threads, scenes = []) {
  const folder = mkdtempSync(join(tmpdir(), 'periphon-bench-'));
  try {
    const args = ['master', writeBenchScene(folder, minutes), '--out', join(folder, 'out'), '--quiet'];
    if (scenes.length > 0) {
      const file = join(folder, 'recipe.json');
      writeFileSync(file, JSON.stringify(recipe));
      args.push('--recipe', file, ...scenes.flatMap((name) => ['--to', name]));
    }
    const usage = runMeasured([cli, ...args, ...(threads === undefined ? [] : ['--threads', `${threads}`])]);
    return { ...usage, timesRealTime: (minutes * 60) / usage.wallSec };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const minutes = Number(process.argv[2] ?? 10);
  const [threads, ...scenes] = process.argv.slice(3);
  const { timesRealTime, cpuSec, peakMegabytes } = measureJob(minutes, threads, scenes);
  console.log(
    `${minutes} min${scenes.map((name) => `, ${name}`).join('')}, ${threads ?? 'default'} threads: ${timesRealTime.toFixed(1)} x real time, ` +
      `CPU ${cpuSec.toFixed(1)} s, peak memory ${peakMegabytes.toFixed(0)} MB`,
  );
}
