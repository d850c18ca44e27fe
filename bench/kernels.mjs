import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Times each kernel of the built package in both sets, interleaved, by process CPU time; medians.
 * Usage: node bench/kernels.mjs [part of a kernel's name]
 */
const built = new URL('../dist/kernels/load-kernels.js', import.meta.url);
if (!existsSync(fileURLToPath(built))) {
  console.error('bench/kernels.mjs times the built package: run `npm run build` first.');
  process.exit(2);
}
const { loadKernels } = await import(built.href);
const { getLayout } = await import('../dist/layouts/built-in.js');
const { createExtentGrid } = await import('../dist/render/panner/extent-grid.js');
const { createPointSourcePanner } = await import('../dist/render/panner/point-source.js');

const sampleRateHz = 48000;
const roundCount = 5;
/** CPU time of one measurement. */
const leastMs = 120;

function noise(length, seed, amplitude = 0.5) {
  let state = seed * 2654435761 + 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state / 2147483648) * amplitude;
  });
}
const rows = (count, frames, seed = 1) =>
  Array.from({ length: count }, (_, row) => noise(frames, seed * 100 + row));

/** Noise under a slow envelope: peaks are rare, as in music. */
const music = (count, frames) =>
  rows(count, frames).map((row) => row.map((x, n) => x * Math.sin((n * Math.PI) / frames) ** 8));

const kWeighting = [
  {
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  },
  { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 },
];
const annex2Half = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
  0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625, 0.77978515625,
  -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
];
const annex2 = {
  phaseCount: 4,
  tapCount: 12,
  coefficients: Float32Array.from([...annex2Half, ...annex2Half.toReversed()]),
};
const fine = {
  phaseCount: 16,
  tapCount: 32,
  coefficients: Float32Array.from({ length: 512 }, (_, i) => {
    const t = (i % 32) + (Math.floor(i / 32) + 0.5) / 16 - 16;
    return ((0.5 + 0.5 * Math.cos((Math.PI * t) / 16)) * Math.sin(Math.PI * t)) / (Math.PI * t);
  }),
};

function convolution(inputCount, tapCount, hopFrames, movingCount = 0) {
  return (kernels) => {
    const convolver = kernels.createStereoConvolver({ inputCount, tapCount, hopFrames });
    const inputs = rows(inputCount, hopFrames);
    const filters = rows(32, tapCount, 9);
    for (let i = 0; i < inputCount; i++) convolver.setFilters(i, filters[i % 16], filters[16 + (i % 16)]);
    const [left, right] = [new Float32Array(hopFrames), new Float32Array(hopFrames)];
    let hop = 0;
    return () => {
      for (let i = 0; i < movingCount; i++) {
        convolver.setFilters(i, filters[(i + hop) % 16], filters[16 + ((i + hop) % 16)]);
      }
      hop++;
      convolver.processHop(inputs, left, right);
      return hopFrames;
    };
  };
}

/** Objects whose gains move all the time; `density` of them sound in each output. */
function mixing(sourceCount, outputCount, density, isMoving = true) {
  return (kernels) => {
    const frames = 512;
    const mix = kernels.createMix(sourceCount, outputCount, frames);
    const inputs = rows(sourceCount, frames);
    const outputs = rows(outputCount, frames);
    const gains = rows(sourceCount, outputCount, 3).map((row, source) =>
      row.map((gain, output) => (((source >> 2) + output) % Math.round(1 / density) === 0 ? gain : 0)),
    );
    const starts = gains.map((row) => Float64Array.from(row));
    const ends = gains.map((row) => Float64Array.from(row, (gain) => (isMoving ? 2 * gain : gain)));
    return () => {
      mix.clear(frames);
      for (let source = 0; source < sourceCount; source++) {
        mix.load(inputs[source], 0, frames, 0);
        mix.setRamp(source, starts[source], ends[source], frames, 0);
        mix.mix(source, 0, 0, frames);
      }
      mix.store(outputs, 0, frames);
      return frames;
    };
  };
}

const peak = (channelCount, fir, method, signal) => (kernels) => {
  const frames = 4096;
  const kernel = kernels.createPeak(channelCount, fir);
  const inputs = signal(channelCount, frames);
  const peaks = new Float32Array(channelCount);
  const samplePeaks = new Float32Array(channelCount);
  const envelope = new Float32Array(frames);
  return () => {
    // A peak of zero beforehand would only measure the start.
    if (method === 'maxima, no skips') peaks.fill(0);
    if (method.startsWith('maxima')) kernel.maxima(inputs, frames, peaks, samplePeaks);
    else kernel.envelope(inputs, frames, method === 'envelope' ? 0.5 : 0, envelope);
    return frames;
  };
};

function pcm(direction, format, sampleBytes, channelCount) {
  return (kernels) => {
    const frames = 4096;
    const bytes = new Uint8Array(frames * channelCount * sampleBytes).map((_, i) => i * 37);
    const channels = rows(channelCount, frames);
    return () => {
      if (direction === 'decode') kernels.decodePcm(format, bytes, frames, channels);
      else kernels.encodePcm(format, channels, frames, bytes);
      return bytes.length;
    };
  };
}

/** A kernel that changes channels. */
function inPlace(channelCount, create) {
  return (kernels) => {
    const kernel = create(kernels);
    const inputs = rows(channelCount, 4096);
    const outputs = rows(channelCount, 4096);
    return () => {
      kernel.process(inputs, 4096, outputs);
      return 4096;
    };
  };
}

/** Channels with a direct part and one for the decorrelators, in hops. */
function decorrelating(sourceCount, channelCount) {
  return (kernels) => {
    const hopFrames = 6144;
    const filters = rows(channelCount, 512, 7).map((row) => row.map((tap) => tap / 20));
    const mix = kernels.createMixConvolver({ sourceCount, filters, hopFrames, directDelaySamples: 255 });
    const inputs = rows(sourceCount, hopFrames);
    const outputs = rows(channelCount, hopFrames);
    const gains = new Float64Array(2 * channelCount).fill(0.1);
    return () => {
      for (let source = 0; source < sourceCount; source++) {
        mix.load(inputs[source], 0, hopFrames, 0);
        mix.setRamp(source, gains, gains, Infinity, 0);
        mix.mix(source, 0, 0, hopFrames);
      }
      mix.processHop();
      mix.store(outputs, 0, 0, hopFrames);
      return hopFrames;
    };
  };
}

/** Objects with extent that are spread anew every 20 ms over the grid of BS.2127 for 4+7+0. */
function spreading(objectCount) {
  const layout = getLayout('4+7+0');
  const outputCount = layout.loudspeakers.length;
  const grid = createExtentGrid(createPointSourcePanner(layout), outputCount);
  const shapes = Array.from({ length: 500 }, (_, i) => {
    const [x, y] = [Math.cos(i / 10), Math.sin(i / 10)];
    const axes = { right: [y, -x, 0], front: [x, y, 0], up: [0, 0, 1] };
    return { ...axes, radiusRad: 0.15 + 0.1 * x, endRad: 0.3 + 0.2 * y };
  });
  return (kernels) => {
    const extent = kernels.createExtent(grid, outputCount);
    const sums = new Float64Array(outputCount);
    let turn = 0;
    return () => {
      for (let object = 0; object < objectCount; object++) extent.sum(shapes[turn++ % 500], sums);
      return sampleRateHz / 50;
    };
  };
}

/** [name, unit, creates a function that works and returns how many frames or bytes it did] */
const benchmarks = [
  ['convolution, 64 sources x 2 ears, 256 taps, hop 512', 'x', convolution(64, 256, 512)],
  ['convolution, 64 sources x 2 ears, 256 taps, hop 4096', 'x', convolution(64, 256, 4096)],
  ['convolution, 64 sources x 2 ears, 512 taps, hop 512', 'x', convolution(64, 512, 512)],
  ['convolution, the same, 16 of them moving', 'x', convolution(64, 512, 512, 16)],
  ['convolution, the same, all moving', 'x', convolution(64, 512, 512, 64)],
  ['convolution, 64 sources x 2 ears, 4096 taps, hop 8192', 'x', convolution(64, 4096, 8192)],
  ['convolution, 16 sources x 2 ears, 512 taps, hop 512', 'x', convolution(16, 512, 512)],
  ['mix, 118 objects to 12 channels, all gains move', 'x', mixing(118, 12, 1)],
  ['mix, the same, gains stand', 'x', mixing(118, 12, 1, false)],
  ['mix, the same, a quarter of the gains, moving', 'x', mixing(118, 12, 0.25)],
  ['mix and 12 decorrelators, 16 objects', 'x', decorrelating(16, 12)],
  ['extent, 64 objects, a block every 20 ms', 'x', spreading(64)],
  [
    'K-weighting and mean square, 12 channels',
    'x',
    (kernels) => {
      const energy = kernels.createWeightedEnergy(12, kWeighting);
      const inputs = rows(12, 3840);
      const sums = new Float64Array(12);
      return () => {
        energy.load(inputs, 0, 3840);
        for (let from = 0; from < 3840; from += 480) {
          energy.accumulate(from, from + 480, sums);
          energy.flush();
        }
        return 3840;
      };
    },
  ],
  ['true peak 4 x 12, 12 channels, no skips', 'x', peak(12, annex2, 'maxima, no skips', rows)],
  ['true peak 4 x 12, 12 channels, music', 'x', peak(12, annex2, 'maxima', music)],
  ['true peak 16 x 32, 12 channels, music', 'x', peak(12, fine, 'maxima', music)],
  ['peak envelope 4 x 12, 12 channels, no skips', 'x', peak(12, annex2, 'envelope, no skips', rows)],
  ['peak envelope 4 x 12, 12 channels, music', 'x', peak(12, annex2, 'envelope', music)],
  [
    'limiter gains, 4 linked groups, look-ahead 240',
    'x',
    (kernels) => {
      const limiter = kernels.createLimiterGain({
        links: Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 1 : 0.5)),
        ...{ ceilingGain: 0.9, lookaheadSamples: 240, holdSamples: 480 },
        release: { factor: 0.9995, charge: 1e-4, discharge: 5e-5 },
      });
      const peaks = rows(4, 4096).map((row) => row.map((x) => (Math.abs(x) > 0.49 ? 1 : 0)));
      const gains = rows(4, 4096);
      return () => {
        limiter.process(peaks, 4096, gains);
        return 4096;
      };
    },
  ],
  [
    'five filters in series, 12 channels',
    'x',
    inPlace(12, (kernels) =>
      kernels.createFilterCascade(Array(12).fill([...kWeighting, ...kWeighting, kWeighting[0]])),
    ),
  ],
  [
    'TPDF to 24 bit, 12 channels',
    'x',
    inPlace(12, (kernels) =>
      kernels.createQuantizer({
        bitDepth: 24,
        noise: 'white',
        seeds: Int32Array.from({ length: 12 }, (_, i) => i),
      }),
    ),
  ],
  [
    'shaped noise to 16 bit, 9 taps, 12 channels',
    'x',
    inPlace(12, (kernels) =>
      kernels.createNoiseShaper({
        ...{ bitDepth: 16, seeds: Int32Array.from({ length: 12 }, (_, i) => i) },
        errorFilter: [2.2, -2.1, 1.5, -0.9, 0.3, 0.1, -0.2, 0.2, -0.1],
      }),
    ),
  ],
  ['PCM 24 bit decode, 12 channels', 'GB/s', pcm('decode', 'int24', 3, 12)],
  ['PCM 24 bit decode, 1 channel', 'GB/s', pcm('decode', 'int24', 3, 1)],
  ['PCM 24 bit decode, 2 channels', 'GB/s', pcm('decode', 'int24', 3, 2)],
  ['PCM 16 bit decode, 12 channels', 'GB/s', pcm('decode', 'int16', 2, 12)],
  ['PCM 24 bit encode, 12 channels', 'GB/s', pcm('encode', 'int24', 3, 12)],
  ['PCM float decode, 12 channels', 'GB/s', pcm('decode', 'float32', 4, 12)],
];

/** Work a second of CPU time. */
function speedOf(work) {
  let amount = 0;
  const start = process.cpuUsage();
  for (;;) {
    for (let i = 0; i < 4; i++) amount += work();
    const { user, system } = process.cpuUsage(start);
    const elapsedMs = (user + system) / 1000;
    if (elapsedMs >= leastMs) return (amount * 1000) / elapsedMs;
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

console.log(
  `${'kernel'.padEnd(58)}${'scalar'.padStart(10)}${'simd'.padStart(10)}${'simd:scalar'.padStart(13)}`,
);
for (const [name, unit, create] of benchmarks) {
  if (!name.includes(process.argv[2] ?? '')) continue;
  const works = [];
  for (const prefer of ['scalar', 'simd']) works.push(create(await loadKernels({ prefer })));
  for (const work of works) speedOf(work);
  const speeds = works.map(() => []);
  for (let round = 0; round < roundCount; round++) works.forEach((work, i) => speeds[i].push(speedOf(work)));
  const figures = speeds.map((values) => median(values) / (unit === 'x' ? sampleRateHz : 1e9));
  const text = figures.map(
    (value) => (unit === 'x' ? value.toFixed(value < 100 ? 1 : 0) : value.toFixed(2)) + ` ${unit}`,
  );
  const ratio = (figures[1] / figures[0]).toFixed(1);
  console.log(name.padEnd(58) + text[0].padStart(10) + text[1].padStart(10) + ratio.padStart(13));
}
