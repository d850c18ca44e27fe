// Speed of the binaural renderer, one thread: node bench/binaural.mjs [SECONDS]. Needs a build. Beside it, where they
// are installed, ffmpeg's sofalizer with the set of Debian's package libmysofa1.
import { spawnSync } from 'node:child_process';
import { loadDefaultHrtf } from '../dist/io/packed/packed-hrtf.js';
import { createScalarKernels } from '../dist/kernels/scalar/scalar-kernels.js';
import { loadKernels } from '../dist/kernels/load-kernels.js';
import { createBinauralRenderer } from '../dist/render/binaural/binaural-renderer.js';
import { sceneOf, sinesFor } from './binaural-scene.mjs';

const seconds = Number(process.argv[2] ?? 60);
const sampleRateHz = 48000;
const blockFrames = 1024;

function measure(kernels, hrtf, staticCount, movingCount) {
  const scene = sceneOf(staticCount, movingCount, seconds);
  const created = performance.now();
  const renderer = createBinauralRenderer({ scene, sampleRateHz, kernels, hrtf });
  const setupMs = performance.now() - created;
  const channels = sinesFor(scene, blockFrames);
  const input = { channels, frameCount: blockFrames };
  const output = {
    channels: [new Float32Array(blockFrames), new Float32Array(blockFrames)],
    frameCount: blockFrames,
  };
  for (let i = 0; i < 8; i++) renderer.process(input, output);
  const start = process.cpuUsage();
  const rounds = Math.floor(((seconds - 0.5) * sampleRateHz) / blockFrames);
  // The best stretch of a second stands beside the mean: other work on the machine slows down both.
  const stretch = Math.round(sampleRateHz / blockFrames);
  let [bestSec, before] = [Infinity, start];
  for (let i = 1; i <= rounds; i++) {
    renderer.process(input, output);
    if (i % stretch > 0) continue;
    const now = process.cpuUsage();
    bestSec = Math.min(bestSec, (now.user + now.system - before.user - before.system) / 1e6);
    before = now;
  }
  const { user, system } = process.cpuUsage(start);
  const factor = (rounds * blockFrames) / sampleRateHz / ((user + system) / 1e6);
  console.log(
    `${kernels.kind.padEnd(7)} ${String(staticCount).padStart(3)} static ${String(movingCount).padStart(3)} moving  ` +
      `${factor.toFixed(1).padStart(7)} x real time, best second ${((stretch * blockFrames) / sampleRateHz / bestSec).toFixed(1).padStart(6)}   set up in ${setupMs.toFixed(0)} ms`,
  );
  return factor;
}

/** CPU seconds of ffmpeg for 16 channels of noise, with the sofalizer or without; undefined where it cannot run. */
function ffmpegSec(filter) {
  const sources = `aevalsrc='${Array(16).fill('0.1*sin(700*t)').join('|')}':c=hexadecagonal:s=48000:d=${seconds}`;
  const { status, stderr } = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-benchmark', '-f', 'lavfi', '-i', sources, '-af', filter, '-f', 'null', '-'],
    { encoding: 'utf8' },
  );
  const times = /utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr ?? '');
  return status === 0 && times ? Number(times[1]) + Number(times[2]) : undefined;
}

const hrtf = await loadDefaultHrtf(sampleRateHz);
const loaded = await loadKernels();
for (const [staticCount, movingCount] of [
  [64, 0],
  [0, 16],
  [12, 16],
  [0, 64],
])
  measure(loaded, hrtf, staticCount, movingCount);
const ours = measure(loaded, hrtf, 16, 0);
const idleSec = ffmpegSec('anull');
const sofaSec = ffmpegSec('sofalizer=sofa=/usr/share/libmysofa/MIT_KEMAR_normal_pinna.sofa:type=freq');
if (idleSec === undefined || sofaSec === undefined) console.log('ffmpeg with sofalizer: not installed');
else {
  const theirs = seconds / (sofaSec - idleSec);
  console.log(
    `sofalizer, 16 sources: ${theirs.toFixed(1)} x real time; ours ${(ours / theirs).toFixed(1)} times as fast`,
  );
}
if (loaded.kind === 'simd') measure(createScalarKernels(), hrtf, 4, 4);
