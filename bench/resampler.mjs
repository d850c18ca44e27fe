import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Times the resampler of the built package on stereo float32 blocks, one thread, by process CPU time: all changes of
 * rate between the families of 44.1 and 48 kHz, times real time, best of five rounds. For 44.1 to 48 kHz sox
 * (rate -v) and ffmpeg with soxr (precision 28) stand beside it, files and start-up included, where installed.
 * Usage: node bench/resampler.mjs
 */
const dist = new URL('../dist/', import.meta.url);
if (!existsSync(fileURLToPath(new URL('dsp/resampler.js', dist)))) {
  console.error('bench/resampler.mjs times the built package: run `npm run build` first.');
  process.exit(2);
}
const load = (path) => import(new URL(path, dist).href);
const { designResampler } = await load('dsp/resampler.js');
const { createStreamResampler } = await load('dsp/stream-resampler.js');
const { loadKernels } = await load('kernels/load-kernels.js');
const { createWavWriter } = await load('io/wav/wav-writer.js');

const ratesHz = [44100, 48000, 88200, 96000, 176400, 192000];
const blockFrames = 4096;
const kernels = await loadKernels();
let state = 1;
const channels = [0, 1].map(() =>
  Float32Array.from({ length: blockFrames }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  }),
);
const block = { channels, frameCount: blockFrames };

const cpuSec = ({ user, system }) => (user + system) / 1e6;

/** Times real time over three seconds of input. */
function speedOf(resampler, fromHz) {
  const rounds = Math.ceil((3 * fromHz) / blockFrames);
  const start = process.cpuUsage();
  for (let i = 0; i < rounds; i++) resampler.process(block);
  return (rounds * blockFrames) / fromHz / cpuSec(process.cpuUsage(start));
}

console.log(
  `stereo, times real time; columns: to Hz\n${'from Hz'.padEnd(10)}${ratesHz.map((hz) => String(hz).padStart(9)).join('')}`,
);
for (const fromHz of ratesHz) {
  const cells = ratesHz.map((toHz) => {
    if (toHz === fromHz) return '-';
    const resampler = createStreamResampler(kernels, 2, designResampler(fromHz, toHz));
    speedOf(resampler, fromHz);
    return `${Math.max(...Array.from({ length: 5 }, () => speedOf(resampler, fromHz))).toFixed(0)} x`;
  });
  console.log(String(fromHz).padEnd(10) + cells.map((cell) => cell.padStart(9)).join(''));
}

const folder = mkdtempSync(join(tmpdir(), 'periphon-resampler-'));
try {
  const durationSec = 120;
  const file = join(folder, 'in.wav');
  const writer = await createWavWriter(file, {
    kernels,
    sampleRateHz: 44100,
    channelCount: 2,
    sampleFormat: 'float32',
  });
  for (let frame = 0; frame < durationSec * 44100; frame += blockFrames) await writer.write(block);
  await writer.finish();
  const peers = [
    ['sox rate -v', 'sox', ['-V1', file, join(folder, 'sox.wav'), 'rate', '-v', '48000']],
    [
      'ffmpeg soxr 28',
      'ffmpeg',
      [
        '-v',
        'error',
        '-y',
        '-threads',
        '1',
        '-i',
        file,
        '-af',
        'aresample=48000:resampler=soxr:precision=28',
        '-c:a',
        'pcm_f32le',
        join(folder, 'soxr.wav'),
      ],
    ],
  ];
  console.log(`\n44100 to 48000 Hz, ${durationSec} s of stereo from file to file`);
  for (const [name, tool, args] of peers) {
    const secs = [];
    for (let round = 0; round < 3; round++) {
      // The shell's last line: user and system time of its children.
      const { status, stdout } = spawnSync('sh', ['-c', '"$@" || exit 1; times', 'sh', tool, ...args], {
        encoding: 'utf8',
      });
      if (status !== 0) break;
      const parts = stdout
        .trim()
        .split('\n')
        .at(-1)
        .matchAll(/(\d+)m([\d.]+)s/g);
      secs.push([...parts].reduce((sum, [, minutes, seconds]) => sum + 60 * minutes + Number(seconds), 0));
    }
    const result = secs.length > 0 ? `${(durationSec / Math.min(...secs)).toFixed(0)} x` : 'not installed';
    console.log(`${name.padEnd(20)}${result.padStart(14)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
