// What the room costs in binaural, one thread: node bench/room.mjs [STRETCHES]. Needs a build. With the room and
// without it, renderers take turns, a stretch of audio each, so that other work on the machine meets both alike.
import { loadDefaultHrtf } from '../dist/io/packed/packed-hrtf.js';
import { loadKernels } from '../dist/kernels/load-kernels.js';
import { createBinauralRenderer } from '../dist/render/binaural/binaural-renderer.js';
import { sceneOf, sinesFor } from './binaural-scene.mjs';

const stretches = Number(process.argv[2] ?? 24);
const sampleRateHz = 48000;
const blockFrames = 1024;
/** Blocks of a stretch: 4.1 s of audio. */
const stretchBlocks = 192;

const hrtf = await loadDefaultHrtf(sampleRateHz);
const kernels = await loadKernels();

/** A renderer at work. */
function createRun(scene, room) {
  const renderer = createBinauralRenderer({ scene, sampleRateHz, kernels, hrtf, room });
  const input = { channels: sinesFor(scene, blockFrames), frameCount: blockFrames };
  const output = {
    channels: [new Float32Array(blockFrames), new Float32Array(blockFrames)],
    frameCount: blockFrames,
  };
  return () => {
    const start = process.cpuUsage();
    for (let i = 0; i < stretchBlocks; i++) renderer.process(input, output);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6;
  };
}

for (const [staticCount, movingCount] of [
  [32, 0],
  [16, 16],
  [0, 32],
]) {
  const stretchSec = (stretchBlocks * blockFrames) / sampleRateHz;
  const scene = sceneOf(staticCount, movingCount, Math.ceil(stretchSec * (stretches + 2)), 'mid');
  const runs = ['off', 'scene'].map((room) => createRun(scene, room));
  for (const run of runs) run();
  const pairs = Array.from({ length: stretches }, () => runs.map((run) => run()));
  // The best stretch of each: whatever else runs can only take time.
  const [dry, wet] = [0, 1].map((which) => stretchSec / Math.min(...pairs.map((pair) => pair[which])));
  console.log(
    `${String(staticCount).padStart(2)} static ${String(movingCount).padStart(2)} moving  ` +
      `dry ${dry.toFixed(1).padStart(6)}, with the room ${wet.toFixed(1).padStart(6)} x real time: ` +
      `${((dry / wet - 1) * 100).toFixed(0).padStart(3)} % more`,
  );
}
