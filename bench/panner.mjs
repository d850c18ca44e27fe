// Speed of the loudspeaker renderer, one thread, process CPU time: node bench/panner.mjs [SECONDS]. Needs a build.
import { loadKernels } from '../dist/kernels/load-kernels.js';
import { getLayout } from '../dist/layouts/built-in.js';
import { createRenderer } from '../dist/render/renderer.js';
import { createScene, elementDefaults, objectBlockDefaults } from '../dist/scene/make-scene.js';

const seconds = Number(process.argv[2] ?? 60);
const sampleRateHz = 48000;
const frameCount = 4096;
/** Repeats that count; one more runs before them, while code is still being compiled. */
const repeats = 5;

/** Times real time of the peers, as measured for the same task on one thread of a 2-core Xeon. */
const peers = {
  '16 objects': 'EAR 1.9-2.6, libspatialaudio 9, libear 36.5 (default flags) to 103 (-march=native)',
  '118 objects': 'EAR 0.29, libspatialaudio 1.5, libear 5.2 to 15',
  '64 objects with extent': "EAR 0.4, libspatialaudio 1.75, libear's gains with a fused mixer 54",
};

const ratio = (numerator, denominator) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** An object on its way around, with a new interpolated block every 20 ms. */
const moving = (index, block) => ({
  ...elementDefaults,
  kind: 'object',
  id: `object ${index}`,
  name: `object ${index}`,
  blocks: Array.from({ length: 50 * seconds }, (_, i) => ({
    ...objectBlockDefaults,
    startSec: ratio(i, 50),
    durationSec: ratio(1, 50),
    position: {
      kind: 'polar',
      azimuthDeg: ((i * 1.8 + index * 31) % 360) - 180,
      elevationDeg: ((index * 7) % 60) + 10 * Math.sin(i / 50),
      distance: 1,
    },
    ...block(index, i),
  })),
});

const cases = [
  { name: '16 objects', count: 16, bar: 200, block: (index) => ({ diffuse: index % 4 === 0 ? 0.5 : 0 }) },
  { name: '118 objects', count: 118, bar: 60, block: (index) => ({ diffuse: index % 4 === 0 ? 0.5 : 0 }) },
  {
    name: '64 objects with extent',
    count: 64,
    bar: 50,
    block: (index, i) => ({
      width: 40 + 30 * Math.sin(i / 80 + index),
      height: 20 + 15 * Math.cos(i / 90),
      diffuse: index % 4 === 0 ? 0.5 : 0,
    }),
  },
];

const noise = Float32Array.from({ length: frameCount }, () => 0.1 * (Math.random() - 0.5));
const kernels = await loadKernels();
console.log(
  `Objects to 4+7+0, one thread, process CPU time, ${seconds} s, a new block every 20 ms, ` +
    `a quarter of the objects diffuse, ${kernels.kind} kernels, median of ${repeats} after a first`,
);
for (const { name, count, bar, block } of cases) {
  const scene = createScene(
    'bench',
    Array.from({ length: count }, (_, index) => moving(index, block)),
  );
  const factors = [];
  for (let repeat = -1; repeat < repeats; repeat++) {
    const before = process.cpuUsage();
    const renderer = createRenderer({
      scene,
      format: { kind: 'loudspeakers', layout: getLayout('4+7+0') },
      sampleRateHz,
      kernels: await loadKernels(),
    });
    const input = { channels: Array.from({ length: count }, () => noise), frameCount };
    const output = {
      channels: Array.from({ length: renderer.outputChannelCount }, () => new Float32Array(frameCount)),
      frameCount,
    };
    for (let frame = 0; frame < seconds * sampleRateHz; frame += frameCount) renderer.process(input, output);
    const { user, system } = process.cpuUsage(before);
    if (repeat >= 0) factors.push(seconds / ((user + system) / 1e6));
  }
  factors.sort((a, b) => a - b);
  console.log(
    `${name.padEnd(23)} ${factors[repeats >> 1].toFixed(0).padStart(5)} x real time (bar ${bar}); peers: ${peers[name]}`,
  );
}
