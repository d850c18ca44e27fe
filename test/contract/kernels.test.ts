import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { polarToCartesian, type Vec3 } from '../../src/base/coordinates.ts';
import { designOctaveBands } from '../../src/dsp/octave-bands.ts';
import { designCrossover } from '../../src/dsp/crossover.ts';
import { designBell } from '../../src/dsp/parametric-eq.ts';
import { designResampler } from '../../src/dsp/resampler.ts';
import { preciseFir } from '../../src/dsp/true-peak-fir.ts';
import type {
  BandSplitOptions,
  BiquadCoefficients,
  DynamicsRow,
  FeedbackDelayOptions,
  LimiterGainOptions,
  FixedConvolverOptions,
  EarConvolverKernel,
  EarMix,
  ExtentShape,
  Kernels,
  PolyphaseFir,
  QuantizerNoise,
  SampleFormat,
  WeightedEnergyKernel,
} from '../../src/kernels/kernels.ts';
import { bytesPerSample } from '../../src/kernels/kernels.ts';
import { earBand, earFftLength, earWindow, type EarSteps } from '../../src/kernels/ear-convolver-plan.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createChannelConvolver } from '../../src/kernels/simd/channel-convolver.ts';
import { createEarConvolver } from '../../src/kernels/simd/ear-convolver.ts';
import { createBandSplit } from '../../src/kernels/simd/band-split.ts';
import { createDelayGain } from '../../src/kernels/simd/delay-gain.ts';
import { createFilterCascade } from '../../src/kernels/simd/filter-cascade.ts';
import { createFeedbackDelay } from '../../src/kernels/simd/feedback-delay.ts';
import { createFixedConvolver } from '../../src/kernels/simd/fixed-convolver.ts';
import { createLimiterGain } from '../../src/kernels/simd/limiter-gain.ts';
import { createMix } from '../../src/kernels/simd/mix.ts';
import { createMixConvolver } from '../../src/kernels/simd/mix-convolver.ts';
import { createNoiseShaper } from '../../src/kernels/simd/noise-shaper.ts';
import { createPcm } from '../../src/kernels/simd/pcm.ts';
import { createPeak } from '../../src/kernels/simd/peak.ts';
import { createPrecisePeak } from '../../src/kernels/simd/precise-peak.ts';
import { createQuantizer } from '../../src/kernels/simd/quantizer.ts';
import { createStereoConvolver } from '../../src/kernels/simd/stereo-convolver.ts';
import { WasmInstance, compileWasm } from '../../src/kernels/simd/wasm-instance.ts';
import { createWeightedEnergy } from '../../src/kernels/simd/weighted-energy.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createExtentGrid } from '../../src/render/panner/extent-grid.ts';
import { createPointSourcePanner } from '../../src/render/panner/point-source.ts';
import { noise } from '../support.ts';

/** The package has no types. */
const wavEncoder = createRequire(import.meta.url)('wav-encoder') as {
  encode(
    audio: { sampleRate: number; channelData: Float32Array[] },
    options: { bitDepth: number },
  ): Promise<ArrayBuffer>;
};

const scalar = createScalarKernels();
const simd = await loadKernels();
const sets: [string, Kernels][] = [
  ['scalar', scalar],
  ['simd', simd],
];

/** Frame counts that a stretch of audio is cut into. */
const cutSizes = [1, 7, 512, 4096];
const channelCounts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 17, 64];
const rows = (count: number, frames: number, seed = 1, amplitude = 0.9): Float32Array[] =>
  Array.from({ length: count }, (_, row) => noise(frames, seed * 1000 + row, amplitude));
const emptyRows = (count: number, frames: number): Float32Array[] =>
  Array.from({ length: count }, () => new Float32Array(frames));
const slices = (channels: readonly Float32Array[], from: number, to: number): Float32Array[] =>
  channels.map((channel) => channel.slice(from, to));

/** Filters of both ears, each of unit power or so. */
const filterPairs = (count: number, tapCount: number): { left: Float32Array; right: Float32Array }[] =>
  Array.from({ length: count }, (_, i) => ({
    left: noise(tapCount, 50 + i, 1 / Math.sqrt(tapCount)),
    right: noise(Math.max(1, tapCount - i), 150 + i, 1 / Math.sqrt(tapCount)),
  }));

/** A network with lines of a small room. */
const feedbackOptions = (hopFrames: number): FeedbackDelayOptions => ({
  lineSamples: [211, 243, 281, 321, 359, 404, 453, 506],
  middleGains: [0.9, 0.88, 0.86, 0.84, 0.82, 0.8, 0.78, 0.76],
  sideGains: [0.02, 0.022, 0.024, 0.026, 0.028, 0.03, 0.032, 0.034],
  tapSpacingSamples: 2,
  inputGains: [0.3, 0.3, 0.3, -0.3, 0.3, -0.3, -0.3, 0.3],
  hopFrames,
});

/** Calls `process` for each piece of [0, frameCount) of the given size. */
function cut(frameCount: number, size: number, process: (from: number, to: number) => void): void {
  for (let from = 0; from < frameCount; from += size) process(from, Math.min(from + size, frameCount));
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    if (!(Math.abs(a[i]! - b[i]!) <= largest)) largest = Math.abs(a[i]! - b[i]!);
  }
  return largest;
}

/** Denormal numbers cost fifty times the time; other work on the machine disturbs by less than this. */
const slack = 4;

/** Least time in ms of several runs: what the work costs when nothing disturbs it. */
function leastTimeMs(work: () => void, runs = 7): number {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

/** Interpolator of BS.1770-5 Annex 2, table 1: 4 phases of 12 taps, the last two mirror the first two. */
const annex2Phases = [
  [
    0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
    0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
  ],
  [
    -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
    0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
  ],
];
const annex2: PolyphaseFir = {
  phaseCount: 4,
  tapCount: 12,
  coefficients: Float32Array.from([
    ...annex2Phases[0]!,
    ...annex2Phases[1]!,
    ...annex2Phases[1]!.toReversed(),
    ...annex2Phases[0]!.toReversed(),
  ]),
};
/** Windowed sinc with 16 phases; its phases mirror each other except the first, which is a delayed impulse. */
const fine: PolyphaseFir = {
  phaseCount: 16,
  tapCount: 32,
  coefficients: Float32Array.from({ length: 512 }, (_, i) => {
    const t = ((i % 32) * 16 + Math.floor(i / 32)) / 16 - 16;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * t) / 16);
    return t === 0 ? 1 : (window * Math.sin(Math.PI * t)) / (Math.PI * t);
  }),
};
const irregular: PolyphaseFir = { phaseCount: 3, tapCount: 5, coefficients: noise(15, 77) };
const symmetricOdd: PolyphaseFir = {
  phaseCount: 3,
  tapCount: 3,
  coefficients: Float32Array.of(0.1, 0.8, -0.2, 0.3, 0.5, 0.3, -0.2, 0.8, 0.1),
};
const firs: [string, PolyphaseFir][] = [
  ['4 x 12', annex2],
  ['16 x 32', fine],
  ['irregular 3 x 5', irregular],
  ['mirrored 3 x 3', symmetricOdd],
];

/** K-weighting at 48 kHz, BS.1770-5 Annex 1, tables 1 and 2. */
const kWeighting = [
  {
    b0: 1.53512485958697,
    b1: -2.69169618940638,
    b2: 1.19839281085285,
    a1: -1.69065929318241,
    a2: 0.73248077421585,
  },
  { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 },
] as const;

describe.each(sets)('%s PCM', (kind, kernels) => {
  test('is the set that its name says', () => expect(kernels.kind).toBe(kind));

  const scales = { uint8: 128, int16: 32768, int24: 8388608, int32: 2147483648 } as const;
  const readSample = (format: SampleFormat, bytes: Buffer, at: number): number => {
    if (format === 'uint8') return (bytes.readUInt8(at) - 128) / 128;
    if (format === 'float32') return bytes.readFloatLE(at);
    if (format === 'float64') return bytes.readDoubleLE(at);
    return bytes.readIntLE(at, bytesPerSample[format]) / scales[format];
  };
  const formats = Object.keys(bytesPerSample) as SampleFormat[];

  test.each(formats)('%s of the other byte order has the same bytes, each sample turned around', (format) => {
    const size = bytesPerSample[format];
    for (const channelCount of channelCounts) {
      const frameCount = 37;
      const inputs = rows(channelCount, frameCount, channelCount, 1.2);
      const little = Buffer.alloc(frameCount * channelCount * size);
      const big = Buffer.alloc(little.length + 1, 0xa5);
      kernels.encodePcm(format, inputs, frameCount, little);
      kernels.encodePcm(format, inputs, frameCount, big.subarray(0, little.length), 'big');
      expect(big[little.length]).toBe(0xa5);
      const turned = Buffer.from(little);
      for (let at = 0; at < turned.length; at += size) turned.subarray(at, at + size).reverse();
      expect(big.subarray(0, little.length).equals(turned)).toBe(true);
      const outputs = emptyRows(channelCount, frameCount);
      const fromLittle = emptyRows(channelCount, frameCount);
      kernels.decodePcm(format, big, frameCount, outputs, 'big');
      kernels.decodePcm(format, little, frameCount, fromLittle);
      expect(outputs).toEqual(fromLittle);
    }
  });

  test.each(formats)(
    'decodes and encodes %s as Buffer reads it, for all channel counts and lengths',
    (format) => {
      for (const channelCount of channelCounts) {
        for (const frameCount of [0, 1, 3, 4, 37, 1030]) {
          const inputs = rows(channelCount, frameCount, channelCount, 1.2);
          const size = bytesPerSample[format];
          const bytes = Buffer.alloc(frameCount * channelCount * size + 5, 0xa5);
          const target = new Uint8Array(bytes.buffer, bytes.byteOffset + 1, frameCount * channelCount * size);
          kernels.encodePcm(format, inputs, frameCount, target);
          expect([bytes[0], ...bytes.subarray(-4)]).toEqual([0xa5, 0xa5, 0xa5, 0xa5, 0xa5]);
          const outputs = emptyRows(channelCount, frameCount + 2);
          for (const output of outputs) output.fill(7);
          kernels.decodePcm(format, target, frameCount, outputs);
          for (let channel = 0; channel < channelCount; channel++) {
            expect([...outputs[channel]!.subarray(frameCount)]).toEqual([7, 7]);
            for (let frame = 0; frame < frameCount; frame++) {
              const sample = readSample(format, bytes, 1 + (frame * channelCount + channel) * size);
              if (outputs[channel]![frame] !== Math.fround(sample))
                expect(outputs[channel]![frame]).toBe(sample);
              const wanted = clipped(format, inputs[channel]![frame]!);
              if (sample !== wanted) expect(sample).toBe(wanted);
            }
          }
        }
      }
    },
  );

  /** The nearest value of the format, halves to the even step. */
  function clipped(format: SampleFormat, sample: number): number {
    if (format === 'float32' || format === 'float64') return sample;
    const scale = scales[format];
    const scaled = sample * scale;
    const floor = Math.floor(scaled);
    const rest = scaled - floor;
    const nearest = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
    return Math.max(-scale, Math.min(scale - 1, nearest)) / scale;
  }

  test('clips, takes NaN as silence and rounds halves to even', () => {
    const input = Float32Array.of(
      1,
      -1,
      2,
      -2,
      Infinity,
      -Infinity,
      NaN,
      0.5 / 32768,
      1.5 / 32768,
      -2.5 / 32768,
    );
    const bytes = Buffer.alloc(20);
    kernels.encodePcm('int16', [input], 10, bytes);
    const values = Array.from({ length: 10 }, (_, i) => bytes.readInt16LE(2 * i));
    expect(values).toEqual([32767, -32768, 32767, -32768, 32767, -32768, 0, 0, 2, -2]);
    const wide = Buffer.alloc(40);
    kernels.encodePcm('int32', [input], 10, wide);
    expect(wide.readInt32LE(0)).toBe(2147483647);
    expect(wide.readInt32LE(4)).toBe(-2147483648);
    expect(wide.readInt32LE(24)).toBe(0);
  });

  test('every 16-bit and 24-bit code survives decoding and encoding', () => {
    for (const [format, step] of [
      ['int16', 1],
      ['int24', 97],
    ] as const) {
      const size = bytesPerSample[format];
      const count = Math.floor(2 ** (8 * size) / step);
      const bytes = Buffer.alloc(count * size);
      for (let i = 0; i < count; i++) bytes.writeUIntLE(i * step, i * size, size);
      const samples = new Float32Array(count);
      kernels.decodePcm(format, bytes, count, [samples]);
      const again = Buffer.alloc(count * size);
      kernels.encodePcm(format, [samples], count, again);
      expect(again.equals(bytes)).toBe(true);
    }
  });

  test('decodes what wav-encoder writes', async () => {
    const channelData = rows(3, 1001, 5, 0.99);
    const file = await wavEncoder.encode({ sampleRate: 48000, channelData }, { bitDepth: 16 });
    const outputs = emptyRows(3, 1001);
    kernels.decodePcm('int16', new Uint8Array(file, 44), 1001, outputs);
    for (let c = 0; c < 3; c++) {
      expect(largestDifference(outputs[c]!, channelData[c]!)).toBeLessThan(1.6 / 32768);
    }
  });

  test('refuses data or channels that are too short', () => {
    expect(() => kernels.decodePcm('int24', new Uint8Array(11), 2, emptyRows(2, 2))).toThrow('12 are needed');
    expect(() => kernels.encodePcm('int16', emptyRows(2, 3), 4, new Uint8Array(99))).toThrow('3 of 4');
  });
});

/** A mix with moving, static and silent sources, run in pieces of one size. */
function runMix(
  kernels: Kernels,
  sources: readonly Float32Array[],
  frames: number,
  size: number,
): Float32Array[] {
  const outputCount = 5;
  const mix = kernels.createMix(sources.length, outputCount, 4096);
  sources.forEach((_, source) => {
    const { starts, ends } = mixGains(source, outputCount);
    expect(mix.setRamp(source, starts, ends, frames, 10)).toBe(true);
  });
  const outputs = emptyRows(outputCount, frames);
  cut(frames, size, (from, to) => {
    mix.clear(to - from);
    for (let source = 0; source < sources.length; source++) {
      mix.load(sources[source]!, from, to, 0);
      const middle = Math.floor((to - from) / 3);
      for (const [start, end] of [
        [0, middle],
        [middle, to - from],
      ] as const) {
        mix.mix(source, from + start + 100 * source, start, end);
      }
    }
    mix.store(outputs, from, to - from);
  });
  return outputs;
}

function mixGains(source: number, outputCount: number): { starts: Float64Array; ends: Float64Array } {
  const starts = Float64Array.from(noise(outputCount, 50 + source));
  const ends = source % 2 ? starts : Float64Array.from(noise(outputCount, 90 + source));
  starts[4] = ends[4] = 0;
  if (source < 4) starts[1] = ends[1] = 0;
  return { starts, ends };
}

describe.each(sets)('%s mix', (_, kernels) => {
  const frames = 9001;
  const sources = rows(7, frames);
  const whole = runMix(kernels, sources, frames, 4096);

  test('agrees with a float64 reference', () => {
    const wanted = Array.from({ length: 5 }, () => new Float64Array(frames));
    sources.forEach((source, s) => {
      const { starts, ends } = mixGains(s, 5);
      for (let o = 0; o < 5; o++) {
        const step = (ends[o]! - starts[o]!) / frames;
        for (let n = 0; n < frames; n++)
          wanted[o]![n]! += source[n]! * (starts[o]! + step * (n + 10 + 100 * s));
      }
    });
    for (let o = 0; o < 5; o++) expect(largestDifference(whole[o]!, wanted[o]!)).toBeLessThan(2e-6);
    expect(whole[4]!.every((sample) => sample === 0)).toBe(true);
  });

  test('gives the same bits for any cut', () => {
    for (const size of cutSizes) expect(runMix(kernels, sources, frames, size)).toEqual(whole);
  });

  test('gives the bits of its twin', () => {
    expect(runMix(scalar, sources, frames, 512)).toEqual(whole);
  });

  test('passes a sole source at gain 1 bit by bit', () => {
    const mix = kernels.createMix(1, 2, 512);
    const gains = Float64Array.of(1, 0);
    mix.setRamp(0, gains, gains, Infinity, 65536);
    mix.clear(509);
    mix.load(sources[0]!, 20, 520, 9);
    mix.mix(0, 0, 9, 509);
    const outputs = emptyRows(2, 520);
    mix.store(outputs, 11, 509);
    const passed = sources[0]!.slice(0, 520).fill(0, 0, 20);
    expect(outputs).toEqual([passed, new Float32Array(520)]);
  });

  test('says when no output has a gain', () => {
    const mix = kernels.createMix(1, 2, 64);
    expect(mix.setRamp(0, new Float64Array(2), new Float64Array(2), 64, 0)).toBe(false);
    expect(mix.setRamp(0, new Float64Array(2), Float64Array.of(0, 1), 64, 0)).toBe(true);
  });

  test('refuses what does not fit', () => {
    const mix = kernels.createMix(3, 2, 64);
    const gains = new Float64Array(2);
    expect(() => mix.clear(65)).toThrow('0..64');
    expect(() => mix.load(new Float32Array(60), 0, 61, 0)).toThrow('60 of 61');
    expect(() => mix.load(new Float32Array(60), 0, 60, 5)).toThrow('0..4');
    expect(() => mix.setRamp(3, gains, gains, 1, 0)).toThrow('0..2');
    expect(() => mix.mix(3, 0, 0, 10)).toThrow('0..2');
    expect(() => mix.mix(0, 0, 0, 65)).toThrow('0..64');
    expect(() => mix.store(emptyRows(2, 10), 1, 10)).toThrow('10 of 11');
    expect(() => kernels.createMix(0, 2, 64)).toThrow('sourceCount');
  });
});

/** Weighted energy in float64, in direct form I: another structure than the kernels'. */
function referenceEnergy(input: Float32Array): number {
  let signal = Float64Array.from(input);
  for (const { b0, b1, b2, a1, a2 } of kWeighting) {
    const out = new Float64Array(signal.length);
    for (let n = 0; n < out.length; n++) {
      out[n] =
        b0 * signal[n]! +
        b1 * (signal[n - 1] ?? 0) +
        b2 * (signal[n - 2] ?? 0) -
        a1 * (out[n - 1] ?? 0) -
        a2 * (out[n - 2] ?? 0);
    }
    signal = out;
  }
  return signal.reduce((sum, sample) => sum + sample * sample, 0);
}

describe.each(sets)('%s weighted energy', (_, kernels) => {
  const frames = 20000;
  /** Weights a stretch of any length, load by load. */
  const accumulate = (
    energy: WeightedEnergyKernel,
    channels: readonly Float32Array[],
    fromFrame: number,
    toFrame: number,
    sums: Float64Array,
  ): void => {
    for (let from = fromFrame; from < toFrame; from += energy.capacityFrames) {
      const to = Math.min(toFrame, from + energy.capacityFrames);
      energy.load(channels, from, to);
      energy.accumulate(0, to - from, sums);
    }
  };
  const run = (channels: readonly Float32Array[], size: number): Float64Array => {
    const energy = kernels.createWeightedEnergy(channels.length, kWeighting);
    const sums = new Float64Array(channels.length);
    cut(frames, size, (from, to) => accumulate(energy, channels, from, to, sums));
    return sums;
  };

  test.each([1, 2, 3, 6, 12])('agrees with a float64 reference, %i channels', (channelCount) => {
    const channels = rows(channelCount, frames);
    const sums = run(channels, 512);
    channels.forEach((channel, c) => expect(sums[c]! / referenceEnergy(channel)).toBeCloseTo(1, 9));
  });

  test('gives the same bits for any cut', () => {
    const channels = rows(5, frames);
    const whole = run(channels, frames);
    for (const size of cutSizes) expect(run(channels, size)).toEqual(whole);
  });

  test('997 Hz at full scale measures -3.01 LKFS', () => {
    const tone = Float32Array.from({ length: 48000 }, (_, n) => Math.sin((2 * Math.PI * 997 * n) / 48000));
    const energy = kernels.createWeightedEnergy(1, kWeighting);
    const sums = new Float64Array(1);
    accumulate(energy, [tone], 0, 24000, sums);
    sums[0] = 0;
    accumulate(energy, [tone], 24000, 48000, sums);
    expect(-0.691 + 10 * Math.log10(sums[0]! / 24000)).toBeCloseTo(-3.01, 2);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const energy = kernels.createWeightedEnergy(12, kWeighting);
    const sums = new Float64Array(12);
    const sound = rows(12, 4096);
    const denormal = sound.map((channel) => channel.map((sample) => sample * 1e-39));
    const bin = (channels: readonly Float32Array[]) => (): void => {
      for (let i = 0; i < 10; i++) {
        accumulate(energy, channels, 0, 4096, sums);
        energy.flush();
      }
    };
    bin(sound)();
    const soundMs = leastTimeMs(bin(sound));
    for (let i = 0; i < 20; i++) bin(emptyRows(12, 4096))();
    expect(leastTimeMs(bin(emptyRows(12, 4096)))).toBeLessThan(slack * soundMs);
    expect(leastTimeMs(bin(denormal))).toBeLessThan(slack * soundMs);
  });

  test('reset returns to the start; NaN stays in its channel', () => {
    const channels = rows(3, frames);
    const energy = kernels.createWeightedEnergy(3, kWeighting);
    const dirty = channels.map((channel) => channel.slice());
    dirty[1]![100] = NaN;
    const sums = new Float64Array(3);
    accumulate(energy, dirty, 0, frames, sums);
    expect(sums.map(Number.isNaN as unknown as (value: number) => number)).toEqual(Float64Array.of(0, 1, 0));
    energy.reset();
    sums.fill(0);
    accumulate(energy, channels, 0, frames, sums);
    expect(sums).toEqual(run(channels, frames));
  });
});

/** Largest interpolated magnitude of each frame, in float64. */
function referenceMagnitudes(fir: PolyphaseFir, input: Float32Array): Float64Array {
  const { phaseCount, tapCount, coefficients } = fir;
  return Float64Array.from(input, (_, frame) => {
    let largest = 0;
    for (let phase = 0; phase < phaseCount; phase++) {
      let sum = 0;
      for (let tap = 0; tap < tapCount; tap++)
        sum += coefficients[phase * tapCount + tap]! * (input[frame - tap] ?? 0);
      largest = Math.max(largest, Math.abs(sum));
    }
    return largest;
  });
}

describe.each(sets)('%s statistics', (_, kernels) => {
  test('agree with plain sums, for all channel counts and lengths', () => {
    for (const channelCount of [1, 2, 5, 12, 64]) {
      const pairs = [[0, channelCount - 1] as const, [channelCount >> 1, 0] as const];
      const kernel = kernels.createStatistics(channelCount, pairs);
      for (const frames of [1, 3, 4, 481, 4800, 8200]) {
        const inputs = rows(channelCount, frames, frames);
        const statistics = new Float64Array(4 * channelCount);
        const products = new Float64Array(2);
        kernel.measure(inputs, frames, statistics, products);
        const sumOf = (row: Float32Array, other?: Float32Array): number =>
          row.reduce((sum, x, n) => sum + x * (other ? other[n]! : 1), 0);
        inputs.forEach((row, channel) => {
          const [sum, squares, lowest, highest] = statistics.subarray(4 * channel, 4 * channel + 4);
          expect(Math.abs(sum! - sumOf(row))).toBeLessThan(1e-9);
          expect(Math.abs(squares! - sumOf(row, row))).toBeLessThan(1e-9);
          expect([lowest, highest]).toEqual([Math.min(...row), Math.max(...row)]);
        });
        pairs.forEach(([first, second], pair) =>
          expect(Math.abs(products[pair]! - sumOf(inputs[first]!, inputs[second]))).toBeLessThan(1e-9),
        );
      }
    }
  });

  test('denormal samples are silence; NaN stays in its channel', () => {
    const kernel = kernels.createStatistics(2, [[1, 1]]);
    const statistics = new Float64Array(8);
    const products = new Float64Array(1);
    kernel.measure(
      [Float32Array.of(NaN, 1, 1, 1), Float32Array.of(1e-38, -1e-38, 0.5, 1e-31)],
      4,
      statistics,
      products,
    );
    expect(statistics[0]).toBe(NaN);
    expect([...statistics.subarray(4)]).toEqual([0.5, 0.25, 0, 0.5]);
    expect(products[0]).toBe(0.25);
  });

  test('refuses pairs of channels that are not there', () => {
    expect(() => kernels.createStatistics(2, [[0, 2]])).toThrow('0..1 is allowed');
  });
});

/** Sections and half-band filters as their definition says, on whole signals. */
function octaveReference(signal: Float32Array, rateHz: number): number[] {
  const { bands, halfBandTaps } = designOctaveBands(rateHz).design;
  const stages = [Float64Array.from(signal)];
  while (stages.length <= 10) {
    const from = stages.at(-1)!;
    const at = (n: number): number => from[n] ?? 0;
    stages.push(
      Float64Array.from({ length: Math.ceil(from.length / 2) }, (_, n) =>
        halfBandTaps.reduce(
          (sum, tap, k) => sum + tap * (at(2 * n - 13 - 2 * k - 1) + at(2 * n - 13 + 2 * k + 1)),
          at(2 * n - 13) / 2,
        ),
      ),
    );
  }
  return bands.map(({ stage, isHighPass, sections, gain }) => {
    let rows = stages[stage]!.map((x) => gain * x);
    for (const [a1, a2] of sections) {
      const output = new Float64Array(rows.length);
      for (let n = 0; n < rows.length; n++) {
        const [older, oldest] = [rows[n - 1] ?? 0, rows[n - 2] ?? 0];
        const input = isHighPass ? rows[n]! - 2 * older + oldest : rows[n]! - oldest;
        output[n] = input - a1 * (output[n - 1] ?? 0) - a2 * (output[n - 2] ?? 0);
      }
      rows = output;
    }
    return rows.reduce((sum, x) => sum + x * x, 0);
  });
}

describe.each(sets)('%s octave bands', (_, kernels) => {
  const frames = 30011;
  const measure = (channels: readonly Float32Array[], size: number, rateHz = 48000): Float64Array => {
    const { design } = designOctaveBands(rateHz);
    const kernel = kernels.createOctaveBands(channels.length, design);
    const energies = new Float64Array(channels.length * design.bands.length);
    const length = channels[0]!.length;
    cut(length, size, (from, to) => kernel.accumulate(slices(channels, from, to), to - from, energies));
    return energies;
  };

  test('agree with the definition in float64, at several rates', () => {
    for (const rateHz of [8000, 48000, 192000]) {
      const channels = rows(5, frames, rateHz / 8000);
      const energies = measure(channels, 4800, rateHz);
      const wanted = channels.flatMap((channel) => octaveReference(channel, rateHz));
      expect(energies.length).toBe(wanted.length);
      wanted.forEach((energy, index) => expect(Math.abs(energies[index]! / energy - 1)).toBeLessThan(3e-5));
    }
  });

  test('give the same bits for any cut', () => {
    const channels = rows(3, frames);
    const whole = measure(channels, 4096);
    for (const size of [1, 7, 512]) expect(measure(channels, size)).toEqual(whole);
  });

  test('reset forgets; NaN stays in its channel', () => {
    const { design } = designOctaveBands(48000);
    const kernel = kernels.createOctaveBands(2, design);
    const channels = rows(2, 3001);
    const first = new Float64Array(20);
    kernel.accumulate(channels, 3001, first);
    const bad = new Float64Array(20);
    kernel.accumulate([channels[0]!.map(() => NaN), channels[1]!], 3001, bad);
    expect(bad.subarray(0, 5).every(Number.isNaN) && bad.subarray(10).every(Number.isFinite)).toBe(true);
    kernel.reset();
    const again = new Float64Array(20);
    kernel.accumulate(channels, 3001, again);
    expect(again).toEqual(first);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const { design } = designOctaveBands(48000);
    const kernel = kernels.createOctaveBands(4, design);
    const energies = new Float64Array(40);
    const run = (inputs: readonly Float32Array[], times: number): void => {
      for (let i = 0; i < times; i++) kernel.accumulate(inputs, 4800, energies);
    };
    const sound = rows(4, 4800);
    run(sound, 10);
    const soundMs = leastTimeMs(() => run(sound, 10));
    const silenceMs = leastTimeMs(() => {
      run(sound, 1);
      run(emptyRows(4, 4800), 10);
    });
    const denormalMs = leastTimeMs(() => run(rows(4, 4800, 1, 1e-38), 10));
    expect(Math.max(silenceMs, denormalMs)).toBeLessThan(slack * soundMs + 1);
  });

  test('refuses a design that it cannot hold', () => {
    const { design } = designOctaveBands(48000);
    const short = { ...design, bands: design.bands.map((band) => ({ ...band, sections: [] })) };
    expect(() => kernels.createOctaveBands(2, short)).toThrow('sections.length is 0');
  });
});

describe.each(sets)('%s peak', (_, kernels) => {
  const frames = 6001;
  const channels = rows(3, frames).map((channel, c) =>
    channel.map((x, n) => x * Math.sin(n / (300 + c)) ** 4),
  );
  const runMaxima = (fir: PolyphaseFir, size: number): Float32Array => {
    const peak = kernels.createPeak(3, fir);
    const peaks = new Float32Array(3);
    const samplePeaks = new Float32Array(3);
    cut(frames, size, (from, to) => peak.maxima(slices(channels, from, to), to - from, peaks, samplePeaks));
    expect([...samplePeaks]).toEqual(
      channels.map((channel) => channel.reduce((max, x) => Math.max(max, Math.abs(x)), 0)),
    );
    return peaks;
  };
  const runEnvelope = (fir: PolyphaseFir, floor: number, size: number): Float32Array => {
    const peak = kernels.createPeak(3, fir);
    const output = new Float32Array(frames);
    cut(frames, size, (from, to) =>
      peak.envelope(slices(channels, from, to), to - from, floor, output.subarray(from, to)),
    );
    return output;
  };

  describe.each(firs)('with the %s FIR', (_, fir) => {
    test('maxima and envelope agree with a float64 polyphase reference', () => {
      const magnitudes = channels.map((channel) => referenceMagnitudes(fir, channel));
      const wanted = magnitudes.map((values) => Math.max(...values));
      expect(largestDifference(runMaxima(fir, frames), wanted)).toBeLessThan(1e-6);
      for (const floor of [0, 0.4]) {
        const envelope = magnitudes[0]!.map((_, n) =>
          Math.max(floor, ...magnitudes.map((values) => values[n]!)),
        );
        expect(largestDifference(runEnvelope(fir, floor, frames), envelope)).toBeLessThan(1e-6);
      }
    });

    test('gives the same bits for any cut', () => {
      const maxima = runMaxima(fir, frames);
      const envelope = runEnvelope(fir, 0.3, frames);
      for (const size of cutSizes) {
        expect(runMaxima(fir, size)).toEqual(maxima);
        expect(runEnvelope(fir, 0.3, size)).toEqual(envelope);
      }
    });
  });

  test('maxima hold what they were given and start anew from what the caller sets', () => {
    const peak = kernels.createPeak(1, annex2);
    const peaks = Float32Array.of(5);
    peak.maxima([channels[0]!], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBe(5);
    peaks[0] = 0;
    peak.maxima([new Float32Array(20)], 1, peaks, new Float32Array(1));
    const after = referenceMagnitudes(annex2, Float32Array.of(...channels[0]!, 0));
    expect(peaks[0]).toBeCloseTo(after.at(-1)!, 6);
  });

  test('NaN is no peak and goes by; infinity is one', () => {
    const peak = kernels.createPeak(1, annex2);
    const peaks = new Float32Array(1);
    const broken = channels[0]!.slice();
    broken[1000] = NaN;
    peak.maxima([broken], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBeGreaterThan(0.5);
    expect(peaks[0]).toBeLessThan(2);
    broken[1000] = -Infinity;
    peak.maxima([broken], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBe(Infinity);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const peak = kernels.createPeak(8, annex2);
    const output = new Float32Array(4096);
    const sound = rows(8, 4096);
    const run = (signal: readonly Float32Array[]) => () => peak.envelope(signal, 4096, 0, output);
    run(sound)();
    const soundMs = leastTimeMs(run(sound));
    expect(leastTimeMs(run(emptyRows(8, 4096)))).toBeLessThan(slack * soundMs);
    const denormal = sound.map((channel) => channel.map((sample) => sample * 1e-39));
    expect(leastTimeMs(run(denormal))).toBeLessThan(slack * soundMs);
  });
});

/** Every point of the fine grid of the interval of each frame, largest magnitude, in float64. */
function gridMagnitudes(
  { phaseCount, tapCount, coefficients }: PolyphaseFir,
  input: Float32Array,
): Float64Array {
  return Float64Array.from(input, (_, frame) => {
    let largest = 0;
    for (let phase = 0; phase < phaseCount; phase++) {
      let sum = 0;
      for (let tap = 0; tap < tapCount; tap++)
        sum += coefficients[phase * tapCount + tap]! * (input[frame - tap] ?? 0);
      largest = Math.max(largest, Math.abs(sum));
    }
    return largest;
  });
}

describe.each(sets)('%s precise peak', (_, kernels) => {
  const frames = 5001;
  const tone = (hzPerRate: number): Float32Array =>
    Float32Array.from({ length: frames }, (_, n) =>
      n < 4800 ? 0.8 * Math.sin(2 * Math.PI * hzPerRate * n + n * n * 1e-7) : 0,
    );
  const signals = [
    ...rows(2, frames),
    tone(0.003),
    tone(0.11),
    tone(0.26),
    tone(0.43),
    noise(frames, 4, 1e-3),
  ];
  const magnitudes = signals.map((signal) => gridMagnitudes(preciseFir, signal));
  const runMaxima = (size: number): Float32Array => {
    const kernel = kernels.createPrecisePeak(signals.length, preciseFir);
    const peaks = new Float32Array(signals.length);
    const samplePeaks = peaks.slice();
    cut(frames, size, (from, to) => kernel.maxima(slices(signals, from, to), to - from, peaks, samplePeaks));
    expect([...samplePeaks]).toEqual(
      signals.map((row) => row.reduce((max, x) => Math.max(max, Math.abs(x)), 0)),
    );
    return peaks;
  };
  const runEnvelope = (signal: Float32Array, floor: number, size: number): Float32Array => {
    const kernel = kernels.createPrecisePeak(1, preciseFir);
    const output = new Float32Array(frames);
    cut(frames, size, (from, to) =>
      kernel.envelope([signal.subarray(from, to)], to - from, floor, output.subarray(from, to)),
    );
    return output;
  };

  test('maxima are those of the whole fine grid', () => {
    const peaks = runMaxima(512);
    magnitudes.forEach((values, row) => {
      expect(Math.abs(peaks[row]! - values.reduce((a, b) => Math.max(a, b)))).toBeLessThan(1e-6);
    });
  });

  test('the envelope has every crest above the floor, in its interval or on its border', () => {
    signals.forEach((signal, row) => {
      const values = magnitudes[row]!;
      const floor = values.reduce((a, b) => Math.max(a, b)) / 1.4;
      const output = runEnvelope(signal, floor, 512);
      for (let n = 1; n < frames - 1; n++) {
        const around = Math.max(values[n - 1]!, values[n]!, values[n + 1]!);
        expect(output[n]!).toBeLessThanOrEqual(Math.max(around, floor) + 1e-6);
        // A crest of the grid: larger than both intervals beside it.
        if (values[n]! < around || values[n]! <= floor) continue;
        const heard = Math.max(output[n - 1]!, output[n]!, output[n + 1]!);
        expect(heard).toBeGreaterThan(values[n]! - 1e-6);
      }
    });
  });

  test('gives the same bits for any cut', () => {
    const maxima = runMaxima(frames);
    const envelope = runEnvelope(signals[0]!, 0.6, frames);
    for (const size of [1, 7, 31, 512, 4096]) {
      expect(runMaxima(size)).toEqual(maxima);
      expect(runEnvelope(signals[0]!, 0.6, size)).toEqual(envelope);
    }
  });

  test('NaN is no peak and goes by; infinity is one; reset forgets', () => {
    const kernel = kernels.createPrecisePeak(1, preciseFir);
    const broken = signals[0]!.slice();
    broken[1000] = NaN;
    const peaks = new Float32Array(1);
    kernel.maxima([broken], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBeGreaterThan(0.5);
    expect(peaks[0]).toBeLessThan(2);
    broken[1000] = -Infinity;
    kernel.maxima([broken], frames, peaks, new Float32Array(1));
    expect(peaks[0]).toBe(Infinity);
    kernel.reset();
    peaks.fill(0);
    kernel.maxima([new Float32Array(300)], 300, peaks, new Float32Array(1));
    expect(peaks[0]).toBe(0);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const kernel = kernels.createPrecisePeak(8, preciseFir);
    const output = new Float32Array(4096);
    const sound = rows(8, 4096);
    const run = (signal: readonly Float32Array[]) => () => kernel.envelope(signal, 4096, 0, output);
    run(sound)();
    const soundMs = leastTimeMs(run(sound), 3);
    expect(leastTimeMs(run(emptyRows(8, 4096)), 3)).toBeLessThan(slack * soundMs);
    const denormal = sound.map((channel) => channel.map((sample) => sample * 1e-39));
    expect(leastTimeMs(run(denormal), 3)).toBeLessThan(slack * soundMs);
  });

  test('refuses a FIR without its symmetry', () => {
    expect(() => kernels.createPrecisePeak(1, annex2)).toThrow('mirror');
    expect(() => kernels.createPrecisePeak(1, irregular)).toThrow('phaseCount');
  });
});

test('a set that has made its kernels does not grow its memory', async () => {
  const wasm = new WasmInstance(await compileWasm());
  const mix = createMix(wasm, 9, 4, 512);
  const energy = createWeightedEnergy(wasm, 9, kWeighting);
  const peak = createPeak(wasm, 9, annex2);
  const precise = createPrecisePeak(wasm, 9, preciseFir);
  const delay = createDelayGain(wasm, 9, 200);
  const quantizer = createQuantizer(wasm, { bitDepth: 24, noise: 'white', seeds: new Int32Array(9) });
  const cascade = createFilterCascade(wasm, Array(9).fill(kWeighting));
  const bandSplit = createBandSplit(wasm, {
    crossovers: [designCrossover(900, 48000)],
    combination: 'max',
    ...{ detectorOfChannel: Array(9).fill(0), gainSetOfChannel: Array(9).fill(0) },
  });
  const shaper = createNoiseShaper(wasm, { bitDepth: 16, seeds: new Int32Array(9), errorFilter: [0.5] });
  const limiter = createLimiterGain(wasm, limiterOptions());
  const convolver = createStereoConvolver(wasm, { inputCount: 9, tapCount: 700, hopFrames: 512 });
  const ears = createEarConvolver(wasm, {
    sourceCount: 9,
    tapCount: 279,
    stepFrames: 128,
    blockSteps: 2,
    stepCount: 4,
    maximumDelaySamples: 60,
    bandwidth: 1,
    responseCount: 3,
  });
  const channelConvolver = createChannelConvolver(wasm, {
    filters: rows(9, 100),
    hopFrames: 256,
  });
  const fixedConvolver = createFixedConvolver(wasm, {
    filters: filterPairs(3, 100),
    sendGains: [0.5, 0, 1],
    hopFrames: 256,
  });
  const mixConvolver = createMixConvolver(wasm, {
    sourceCount: 9,
    filters: rows(2, 100),
    hopFrames: 256,
    directDelaySamples: 50,
  });
  const gains = new Float64Array(4).fill(0.5);
  const network = createFeedbackDelay(wasm, feedbackOptions(512));
  const pcm = createPcm(wasm);
  const before = wasm.byteLength;
  const audio = rows(9, 512);
  const bytes = new Uint8Array(9 * 512 * 3);
  for (let round = 0; round < 20; round++) {
    channelConvolver.processHop(audio, audio, emptyRows(9, 256));
    for (const mixer of [mix, mixConvolver]) {
      for (let source = 0; source < 9; source++) {
        mixer.setRamp(source, gains, gains, Infinity, 0);
        mixer.load(audio[source]!, 0, 256, 0);
        mixer.mix(source, 0, 0, 256);
      }
    }
    mix.store(emptyRows(4, 512), 0, 512);
    mixConvolver.processHop();
    mixConvolver.store(emptyRows(2, 256), 0, 0, 256);
    network.process(audio[0]!, new Float32Array(512), new Float32Array(512), 0, 512);
    for (let input = 0; input < 3; input++) fixedConvolver.load(input, audio[input]!, 0, 256, 0);
    fixedConvolver.send(audio[0]!, 0, 0, 256);
    fixedConvolver.processHop();
    fixedConvolver.store(new Float32Array(256), new Float32Array(256), 0, 0, 256);
    ears.setResponse(round % 3, noise(279), noise(279));
    ears.setSource(round % 9, round % 4, {
      responses: Int32Array.of(0, 1, 2),
      weights: Float64Array.of(0.5, 0.2, 0.3),
      delaySamples: Float64Array.of(20 + round, 30),
      driftSamples: Float64Array.of(1, 0),
    });
    ears.processHop(audio, new Float32Array(512), new Float32Array(512));
    energy.load(audio, 0, 512);
    energy.accumulate(0, 512, new Float64Array(9));
    peak.maxima(audio, 512, new Float32Array(9), new Float32Array(9));
    precise.maxima(audio, 512, new Float32Array(9), new Float32Array(9));
    precise.envelope(audio, 512, 0.2, new Float32Array(512));
    peak.envelope(audio, 512, 0, new Float32Array(512));
    limiter.process([audio[0]!], 512, [new Float32Array(512)]);
    delay.process(audio, 1, audio[0]!, 512, emptyRows(9, 512));
    quantizer.process(audio, 512, emptyRows(9, 512));
    shaper.process(audio, 512, emptyRows(9, 512));
    cascade.process(audio, 512, emptyRows(9, 512));
    bandSplit.split(audio, 512);
    bandSplit.sum(audio, 512, emptyRows(9, 512));
    convolver.setFilters(round % 9, noise(700), noise(700));
    convolver.processHop(audio, new Float32Array(512), new Float32Array(512));
    pcm.encodePcm('int24', audio, 512, bytes);
    pcm.decodePcm('int24', bytes, 512, audio);
  }
  expect(wasm.byteLength).toBe(before);
});

/** Gain curves of one group unless there are links; the release is quick and has no slow part unless given. */
const limiterOptions = (options: Partial<LimiterGainOptions> = {}): LimiterGainOptions => ({
  links: Float64Array.of(1),
  ceilingGain: 0.5,
  lookaheadSamples: 96,
  holdSamples: 0,
  release: { factor: 0.999, charge: 0, discharge: 0 },
  ...options,
});

describe.each(sets)('%s limiter stage', (_, kernels) => {
  const frames = 6000;
  const channelCounts = [1, 2, 1, 1, 1];
  const groupCount = channelCounts.length;
  /** Loud in turns, so that each group rests at times; the last does for good, and bad values come by. */
  const inputs = channelCounts.map((count, group) =>
    Array.from({ length: count }, (__, channel) =>
      noise(frames, 1 + 2 * group + channel).map((x, n) =>
        n % 1500 === 7 && group === 2
          ? NaN
          : n % 40 === 0
            ? 1e-35
            : (Math.floor(n / 750) % 4 === group ? 1 : 0.1) * x,
      ),
    ),
  );
  const own = Float64Array.from({ length: groupCount ** 2 }, (__, at) => Number(at % (groupCount + 1) === 0));
  const linked = own.map((share, at) => (at === 1 ? 0.5 : share));
  const searches = [
    ['plain', annex2],
    ['precise', preciseFir],
  ] as const;
  const cases = searches.flatMap(([search, fir]) =>
    [own, linked].flatMap((links) => [false, true].map((isLowered) => ({ search, fir, links, isLowered }))),
  );
  const lower = (gains: readonly Float32Array[], frameCount: number): void => {
    for (const row of gains) for (let n = 0; n < frameCount; n++) row[n]! *= 0.75;
  };

  test.each(cases)(
    '$search, $isLowered: the bits of its parts, for any cut',
    ({ search, fir, links, isLowered }) => {
      const options = { ...limiterOptions({ links, holdSamples: 20 }), delaySamples: 110, inputGain: 1.25 };
      const meters = channelCounts.map((count) =>
        search === 'plain' ? kernels.createPeak(count, fir) : kernels.createPrecisePeak(count, fir),
      );
      const curves = kernels.createLimiterGain(options);
      const wantedGains = emptyRows(groupCount, frames);
      meters.forEach((meter, group) => meter.envelope(inputs[group]!, frames, 0.5, wantedGains[group]!));
      curves.process(wantedGains, frames, wantedGains);
      if (isLowered) lower(wantedGains, frames);
      const wanted = channelCounts.map((count, group) => {
        const outputs = emptyRows(count, frames);
        kernels
          .createDelayGain(count, 110)
          .process(inputs[group]!, 1.25, wantedGains[group]!, frames, outputs);
        return outputs;
      });
      const stage = kernels.createLimiterStage({ ...options, channelCounts, search, fir });
      for (const size of [7, 512, 4096]) {
        const outputs = channelCounts.map((count) => emptyRows(count, frames));
        let isSame = true;
        cut(frames, Math.min(size, stage.capacityFrames), (from, to) => {
          const part = (groups: readonly Float32Array[][]): Float32Array[][] =>
            groups.map((group) => group.map((row) => row.subarray(from, to)));
          stage.process(part(inputs), to - from, part(outputs), isLowered ? lower : undefined);
          for (let group = 0; group < groupCount; group++) {
            const gains = wantedGains[group]!.subarray(from, to);
            const stated = stage.isUnity(group) ? undefined : stage.gains[group]!;
            isSame &&= gains.every((gain, n) => gain === (stated ? stated[n] : 1));
          }
        });
        outputs.flat().forEach((row, index) => {
          const right = wanted.flat()[index]!;
          isSame &&= row.every((x, n) => Object.is(x, right[n]));
        });
        expect(isSame).toBe(true);
        stage.reset();
      }
    },
  );
});

describe.each(sets)('%s limiter gain', (_, kernels) => {
  const frames = 20001;
  const peaksOf = (seed: number): Float32Array =>
    noise(frames, seed).map((x, n) => (n % (700 + 150 * seed) < 20 ? 0.4 + Math.abs(x) : Math.abs(x) / 2));
  /** Three groups: the second hands half to the first, the third nothing to anyone. */
  const peaks = [peaksOf(3), peaksOf(4), peaksOf(5)];
  const linked: Partial<LimiterGainOptions> = {
    links: Float64Array.of(1, 0.5, 0, 0.25, 1, 0, 0, 0, 1),
    release: { factor: 0.999, charge: 0.0005, discharge: 0.0001 },
    holdSamples: 13,
  };
  const run = (
    options: Partial<LimiterGainOptions>,
    inputs: readonly Float32Array[],
    size = 512,
    set = kernels,
  ): Float32Array[] => {
    const limiter = set.createLimiterGain(limiterOptions(options));
    const outputs = emptyRows(inputs.length, frames);
    cut(frames, size, (from, to) => {
      const parts = outputs.map((output) => output.subarray(from, to));
      limiter.process(slices(inputs, from, to), to - from, parts);
    });
    return outputs;
  };
  /** Largest bend of a curve in octaves. */
  const bendOf = (gains: Float32Array): number => {
    const octaves = Float64Array.from(gains, Math.log2);
    let largest = 0;
    for (let n = 2; n < octaves.length; n++) {
      largest = Math.max(largest, Math.abs(octaves[n]! - 2 * octaves[n - 1]! + octaves[n - 2]!));
    }
    return largest;
  };

  test.each([2, 4, 96, 480])('no group falls short of what its peaks require, look-ahead %i', (lookahead) => {
    const options = { ...linked, lookaheadSamples: lookahead };
    expect(kernels.createLimiterGain(limiterOptions(options)).latencySamples).toBe(lookahead);
    run(options, peaks).forEach((gains, group) => {
      for (let n = lookahead; n < frames; n++) {
        const peak = peaks[group]![n - lookahead]!;
        if (peak * gains[n]! > 0.5 * (1 + 3e-7) && peak > 0.5) expect(peak * gains[n]!).toBe(0.5);
      }
    });
  });

  test('gives the same bits for any cut, and the values of its twin', () => {
    const whole = run(linked, peaks, frames);
    for (const size of cutSizes) expect(run(linked, peaks, size)).toEqual(whole);
    run(linked, peaks, frames, scalar).forEach((twin, group) =>
      expect(largestDifference(twin, whole[group]!)).toBeLessThan(1e-6),
    );
  });

  test('a group that only follows has its share of the reduction in dB at every sample', () => {
    const [silent, loud] = run({ ...linked, links: Float64Array.of(1, 0.3, 0, 1) }, [
      new Float32Array(frames),
      peaks[0]!,
    ]);
    expect(Math.min(...silent!)).toBeLessThan(0.8);
    const shares = silent!.map((gain, n) => Math.abs(Math.log2(gain) - 0.3 * Math.log2(loud![n]!)));
    expect(Math.max(...shares)).toBeLessThan(1e-6);
  });

  test('holds as a longer window would: a required reduction lasts holdSamples more', () => {
    const hold = 13;
    const held = peaks[0]!.map((_, n) => Math.max(...peaks[0]!.subarray(Math.max(0, n - hold), n + 1)));
    expect(run({ holdSamples: hold }, [peaks[0]!])).toEqual(run({}, [held]));
  });

  test('release: towards the slow follower, which charges while the reduction is held', () => {
    const release = { factor: 0.9, charge: 0.01, discharge: 0.001 };
    const once = new Float32Array(frames);
    once[0] = 1;
    const often = once.map((_, n) => (n < 2000 ? 1 : 0));
    const [short] = run({ release, lookaheadSamples: 2 }, [once]);
    const [long] = run({ release, lookaheadSamples: 2 }, [often]);
    // Three held samples charge it to 1 - 0.99^3, two thousand to all; then it discharges.
    for (const after of [100, 500, 1500]) {
      // The reduction trails the follower by nine samples more.
      const decay = 0.999 ** (after - 9);
      expect(-Math.log2(short![2 + 1 + after]!) / (1 - 0.99 ** 3) / decay).toBeCloseTo(1, 2);
      expect(-Math.log2(long![2000 + 2 + after]!) / decay).toBeCloseTo(1, 2);
    }
  });

  test('is exactly 1 when nothing is required, also long after a peak and after bad values', () => {
    const limiter = kernels.createLimiterGain(
      limiterOptions({ lookaheadSamples: 100, release: { factor: 0.99, charge: 0.01, discharge: 0.002 } }),
    );
    const gains = new Float32Array(48000);
    const quiet = new Float32Array(48000).fill(0.5);
    limiter.process([quiet], 48000, [gains]);
    expect(gains.every((gain) => gain === 1)).toBe(true);
    limiter.process([Float32Array.of(5, NaN, Infinity, -Infinity, 3)], 5, [gains]);
    limiter.process([quiet], 48000, [gains]);
    expect(gains.every((gain) => gain > 0 && gain <= 1)).toBe(true);
    expect(gains.subarray(24000).every((gain) => gain === 1)).toBe(true);
    limiter.process([Float32Array.of(2)], 1, [gains]);
    limiter.reset();
    limiter.process([quiet], 48000, [gains]);
    expect(gains.every((gain) => gain === 1)).toBe(true);
  });

  test('a reset amid loud sound leaves nothing of it, nor behind a quiet beginning', () => {
    const limiter = kernels.createLimiterGain(limiterOptions());
    const signal = peaks[0]!.slice();
    signal.fill(0, 0, 40);
    const wanted = new Float32Array(frames);
    limiter.process([signal], frames, [wanted]);
    limiter.reset();
    limiter.process([new Float32Array(5000).fill(3)], 5000, [new Float32Array(5000)]);
    limiter.reset();
    const found = new Float32Array(frames);
    limiter.process([signal], frames, [found]);
    expect(found).toEqual(wanted);
  });

  test('reaches the target exactly at the peak, bends no more than stated, and is symmetric', () => {
    const hit = new Float32Array(frames);
    hit[1000] = 1;
    const [gains] = run({ lookaheadSamples: 200, release: { factor: 0, charge: 0, discharge: 0 } }, [hit]);
    expect(gains![999]).toBe(1);
    expect(gains![1200]).toBeCloseTo(0.5, 6);
    expect(gains![1401]).toBe(1);
    for (let n = 1; n <= 200; n++) expect(gains![1200 + n]).toBe(gains![1200 - n]);
    // Rounding to float32 adds up to four halves of 2^-24, in octaves.
    const rounding = (2 * 2 ** -24) / Math.LN2 / 0.5;
    expect(bendOf(gains!)).toBeLessThanOrEqual(2 / 101 ** 2 + rounding);
    const [dense] = run({ ...linked, lookaheadSamples: 200 }, [peaks[0]!, peaks[1]!, peaks[2]!]);
    const deepest = -Math.log2(Math.min(...dense!));
    expect(deepest).toBeGreaterThan(0.9);
    expect(bendOf(dense!)).toBeLessThanOrEqual((2 * deepest) / 101 ** 2 + 3 * rounding);
  });
});

describe.each(sets)('%s dynamics', (_, kernels) => {
  const frames = 5001;
  const dynamicsRows = (count: number): DynamicsRow[] =>
    Array.from({ length: count }, (__, row) => ({
      thresholdDb: -30 + row,
      kneeDb: row % 3 === 0 ? 0 : 2 * row,
      slope: 1 - 1 / (2 + row),
      side: row % 4 === 3 ? 'below' : 'above',
      rangeDb: 30,
      meanShare: row % 2 === 0 ? 1 : 0.01,
      attackFactor: row === 1 ? 0 : 0.99,
      release: { factor: 0.9995, charge: row % 2 === 0 ? 0.0003 : 0, discharge: row % 2 === 0 ? 0.0001 : 0 },
    }));
  const powersOf = (count: number): Float32Array[] =>
    rows(count, frames, 7).map((samples) =>
      samples.map((sample, n) => (n > 3500 ? 0 : (sample * Math.sin(n / 700)) ** 2)),
    );
  const run = (set: Kernels, powers: readonly Float32Array[], size: number): Float32Array[] => {
    const kernel = set.createDynamicsGain(dynamicsRows(powers.length));
    const outputs = emptyRows(powers.length, frames);
    cut(frames, size, (from, to) =>
      kernel.process(
        slices(powers, from, to),
        to - from,
        outputs.map((output) => output.subarray(from, to)),
      ),
    );
    return outputs;
  };

  test.each([1, 3, 4, 9])('%i rows: as the twin, and the same bits for any cut', (count) => {
    const powers = powersOf(count);
    const whole = run(kernels, powers, frames);
    for (const size of cutSizes) expect(run(kernels, powers, size)).toEqual(whole);
    for (const [row, wanted] of run(scalar, powers, frames).entries())
      expect(largestDifference(whole[row]!, wanted)).toBeLessThan(3e-5);
    expect(Math.max(...whole[0]!)).toBeGreaterThan(5);
  });

  test('in place, and reset forgets', () => {
    const kernel = kernels.createDynamicsGain(dynamicsRows(3));
    const powers = powersOf(3);
    const [first, again] = [slices(powers, 0, frames), slices(powers, 0, frames)];
    kernel.process(first, frames, first);
    kernel.reset();
    kernel.process(again, frames, again);
    expect(again).toEqual(first);
    expect(first).toEqual(run(kernels, powers, frames));
    const [row] = dynamicsRows(1);
    expect(() => kernels.createDynamicsGain([{ ...row!, kneeDb: -1 }])).toThrow('kneeDb is -1');
    expect(() => kernels.createDynamicsGain([{ ...row!, attackFactor: 2 }])).toThrow('attackFactor is 2');
  });

  test('levels are gains as those of the twin, at any cut', () => {
    const levels = noise(frames, 3, 40);
    const gains = new Float32Array(frames);
    cut(frames, 511, (from, to) =>
      kernels.levelsToGains(levels.subarray(from, to), to - from, 0.7, gains.subarray(from, to)),
    );
    const wanted = new Float32Array(frames);
    scalar.levelsToGains(levels, frames, 0.7, wanted);
    for (const [n, gain] of gains.entries()) expect(Math.abs(gain / wanted[n]! - 1)).toBeLessThan(2e-6);
    const single = new Float32Array(1);
    for (const [n, gain] of gains.subarray(0, 99).entries()) {
      kernels.levelsToGains(levels.subarray(n, n + 1), 1, 0.7, single);
      expect(single[0]).toBe(gain);
    }
  });

  test('silence after sound costs no more than sound', () => {
    const kernel = kernels.createDynamicsGain(dynamicsRows(4));
    const powers = powersOf(4);
    const outputs = emptyRows(4, frames);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let i = 0; i < 8; i++) kernel.process(signal, frames, outputs);
    };
    work(powers)();
    const soundMs = leastTimeMs(work(powers));
    for (const power of [0, 1e-39]) {
      const quiet = powers.map((row) => row.map(() => power));
      for (let i = 0; i < 40; i++) work(quiet)();
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });
});

describe.each(sets)('%s delay and gain', (_, kernels) => {
  const frames = 5001;
  const inputs = rows(3, frames);
  const gains = noise(frames, 5).map(Math.abs);
  const run = (delaySamples: number, size: number): Float32Array[] => {
    const kernel = kernels.createDelayGain(3, delaySamples);
    const outputs = emptyRows(3, frames);
    cut(frames, size, (from, to) => {
      const parts = outputs.map((output) => output.subarray(from, to));
      kernel.process(slices(inputs, from, to), 0.7, gains.subarray(from, to), to - from, parts);
    });
    return outputs;
  };

  test.each([0, 1, 61, 2000])('delays by %i samples and multiplies, the same bits for any cut', (delay) => {
    const whole = run(delay, frames);
    whole.forEach((output, row) => {
      const wanted = output.map((_, n) =>
        n < delay ? 0 : Math.fround(inputs[row]![n - delay]! * Math.fround(0.7)) * gains[n]!,
      );
      expect(output).toEqual(wanted);
    });
    for (const size of cutSizes) expect(run(delay, size)).toEqual(whole);
  });

  test('takes its outputs as inputs; reset forgets', () => {
    const kernel = kernels.createDelayGain(1, 5);
    const row = inputs[0]!.slice();
    kernel.process([row], 1, new Float32Array(frames).fill(1), frames, [row]);
    expect(row.subarray(5)).toEqual(inputs[0]!.subarray(0, frames - 5));
    kernel.reset();
    kernel.process([new Float32Array(8)], 1, gains, 8, [row]);
    expect(row.subarray(0, 8)).toEqual(new Float32Array(8));
  });
});

describe.each(sets)('%s quantiser', (_, kernels) => {
  const frames = 5001;
  const seeds = Int32Array.of(1, -77, 123456789);
  const inputs = rows(3, frames, 4, 1.1);
  inputs[2]!.set([NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e-10, 0.99999994], 10);
  const run = (set: Kernels, bitDepth: number, noise: QuantizerNoise, size: number): Float32Array[] => {
    const kernel = set.createQuantizer({ bitDepth, noise, seeds });
    const outputs = emptyRows(3, frames);
    cut(frames, size, (from, to) =>
      kernel.process(
        slices(inputs, from, to),
        to - from,
        outputs.map((output) => output.subarray(from, to)),
      ),
    );
    return outputs;
  };

  test.each([16, 20, 24])('%i bit: the bits of its twin, for any cut, whatever the noise', (bitDepth) => {
    for (const noise of ['none', 'white', 'high-pass'] as const) {
      const whole = run(kernels, bitDepth, noise, frames);
      expect(run(scalar, bitDepth, noise, 512)).toEqual(whole);
      for (const size of cutSizes) expect(run(kernels, bitDepth, noise, size)).toEqual(whole);
    }
  });

  test('rounds to the nearest step without noise, and within 1.5 steps with it', () => {
    const scale = 2 ** 23;
    for (const [noise, most] of [
      ['none', 0.5],
      ['white', 1.5],
      ['high-pass', 1.5],
    ] as const) {
      const [output] = run(kernels, 24, noise, frames);
      output!.forEach((value, n) => {
        const wanted = Math.max(-scale, Math.min(scale - 1, inputs[0]![n]! * scale));
        expect(Number.isInteger(value * scale)).toBe(true);
        expect(Math.abs(value * scale - wanted)).toBeLessThanOrEqual(most);
      });
    }
  });

  test('a gain in front rounds its products to float32', () => {
    const options = { bitDepth: 24, noise: 'white', seeds } as const;
    const [gained, plain] = [emptyRows(3, frames), emptyRows(3, frames)];
    kernels.createQuantizer({ ...options, inputGain: 0.7 }).process(inputs, frames, gained);
    const products = inputs.map((row) => row.map((x) => Math.fround(x * Math.fround(0.7))));
    kernels.createQuantizer(options).process(products, frames, plain);
    expect(gained).toEqual(plain);
  });

  test('clips infinity, hands NaN on, and starts again at reset', () => {
    const kernel = kernels.createQuantizer({ bitDepth: 16, noise: 'white', seeds: seeds.subarray(0, 1) });
    const row = Float32Array.of(NaN, Infinity, -Infinity, 0);
    const first = row.slice();
    kernel.process([row], 4, [first]);
    expect([...first.subarray(0, 3)]).toEqual([NaN, 32767 / 32768, -1]);
    kernel.reset();
    kernel.process([row], 4, [row]);
    expect(row).toEqual(first);
    expect(() => kernels.createQuantizer({ bitDepth: 25, noise: 'white', seeds })).toThrow('bitDepth');
  });
});

describe.each(sets)('%s filter cascade', (_, kernels) => {
  const frames = 3001;
  const bell = designBell(4000, 6, 1, 48000);
  /** Channels with filters of their own, three sections each. */
  const sectionsOf = (channelCount: number): BiquadCoefficients[][] =>
    Array.from({ length: channelCount }, (__, channel) => [
      ...kWeighting,
      channel % 2 === 0 ? bell : { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 },
    ]);
  const run = (set: Kernels, inputs: readonly Float32Array[], size: number): Float32Array[] => {
    const kernel = set.createFilterCascade(sectionsOf(inputs.length));
    const outputs = emptyRows(inputs.length, inputs[0]!.length);
    cut(inputs[0]!.length, size, (from, to) =>
      kernel.process(
        slices(inputs, from, to),
        to - from,
        outputs.map((output) => output.subarray(from, to)),
      ),
    );
    return outputs;
  };

  test.each([1, 3, 4, 9, 12])(
    '%i channels: the bits of its twin, for any cut, in float64',
    (channelCount) => {
      const inputs = rows(channelCount, frames, 5);
      const whole = run(kernels, inputs, frames);
      expect(run(scalar, inputs, 100)).toEqual(whole);
      for (const size of cutSizes) expect(run(kernels, inputs, size)).toEqual(whole);
      for (const [channel, output] of whole.entries()) {
        let signal = Float64Array.from(inputs[channel]!);
        for (const { b0, b1, b2, a1, a2 } of sectionsOf(channelCount)[channel]!) {
          const next = new Float64Array(frames);
          for (let n = 0; n < frames; n++)
            next[n] =
              b0 * signal[n]! +
              b1 * (signal[n - 1] ?? 0) +
              b2 * (signal[n - 2] ?? 0) -
              a1 * (next[n - 1] ?? 0) -
              a2 * (next[n - 2] ?? 0);
          signal = next;
        }
        expect(largestDifference(output, signal.map(Math.fround))).toBeLessThan(1.3e-7);
      }
    },
  );

  test('in place, and reset forgets', () => {
    const kernel = kernels.createFilterCascade(sectionsOf(2));
    const inputs = rows(2, frames, 3);
    const [first, again] = [slices(inputs, 0, frames), slices(inputs, 0, frames)];
    kernel.process(first, frames, first);
    kernel.reset();
    kernel.process(again, frames, again);
    expect(again).toEqual(first);
    expect(first).toEqual(run(kernels, inputs, frames));
    expect(() => kernels.createFilterCascade([[bell], []])).toThrow('sections of channel 1');
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const kernel = kernels.createFilterCascade(sectionsOf(4));
    const sound = rows(4, 4096);
    const outputs = emptyRows(4, 4096);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let i = 0; i < 8; i++) kernel.process(signal, 4096, outputs);
    };
    work(sound)();
    const soundMs = leastTimeMs(work(sound));
    for (const scale of [0, 1e-30, 1e-39]) {
      const quiet = sound.map((channel) => channel.map((sample) => sample * scale));
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });
});

describe.each(sets)('%s band split', (_, kernels) => {
  const frames = 1501;
  const crossovers = [120, 900, 5000].map((frequencyHz) => designCrossover(frequencyHz, 48000));
  /** Two detectors and three sets of gains over the channels. */
  const optionsOf = (
    channelCount: number,
    combination: BandSplitOptions['combination'],
  ): BandSplitOptions => ({
    crossovers,
    combination,
    detectorOfChannel: Array.from({ length: channelCount }, (__, channel) => channel % 2),
    gainSetOfChannel: Array.from({ length: channelCount }, (__, channel) => channel % 3),
  });
  const run = (
    set: Kernels,
    inputs: readonly Float32Array[],
    combination: BandSplitOptions['combination'],
    size: number,
  ): { outputs: Float32Array[]; powers: Float32Array[] } => {
    const kernel = set.createBandSplit(optionsOf(inputs.length, combination));
    const outputs = emptyRows(inputs.length, frames);
    const powers = emptyRows(4 * Math.min(2, inputs.length), frames);
    const gains = rows(4 * Math.min(3, inputs.length), frames, 7);
    const weights = inputs.map((__, channel) => (channel % 4 === 1 ? noise(frames, 9) : undefined));
    const views = (channels: readonly Float32Array[], from: number, to: number): Float32Array[] =>
      channels.map((channel) => channel.subarray(from, to));
    cut(frames, size, (from, to) => {
      kernel.split(slices(inputs, from, to), to - from);
      kernel.measure(
        weights.map((row) => row?.slice(from, to)),
        to - from,
        views(powers, from, to),
      );
      kernel.sum(slices(gains, from, to), to - from, views(outputs, from, to));
    });
    return { outputs, powers };
  };

  test.each([1, 2, 3, 4, 9])('%i channels: the bits of its twin, for any cut', (channelCount) => {
    const inputs = rows(channelCount, frames, 5);
    inputs[0]!.fill(0, 100, 200).fill(1e-39, 200, 300);
    const combination = channelCount % 2 === 0 ? 'max' : 'sum';
    const whole = run(kernels, inputs, combination, 1024);
    expect(run(scalar, inputs, combination, 100)).toEqual(whole);
    for (const size of [1, 7, 512]) expect(run(kernels, inputs, combination, size)).toEqual(whole);
  });

  test('detectors hear their channels band by band, and bands can come from outside', () => {
    const kernel = kernels.createBandSplit({
      crossovers: crossovers.slice(0, 1),
      detectorOfChannel: [0, 0, 1, -1],
      gainSetOfChannel: [0, 1, 1, 1],
      combination: 'sum',
    });
    const below = [
      Float32Array.of(1, 2),
      Float32Array.of(3, 4),
      Float32Array.of(5, 6),
      Float32Array.of(9, 9),
    ];
    const above = [
      Float32Array.of(0, 0),
      Float32Array.of(1, -2),
      Float32Array.of(7, 8),
      Float32Array.of(9, 9),
    ];
    kernel.load(0, below, 2);
    kernel.load(1, above, 2);
    const powers = emptyRows(4, 2);
    kernel.measure([undefined, Float32Array.of(0.5, 1), undefined, undefined], 2, powers);
    expect(powers.map((row) => [...row])).toEqual([
      [3.25, 20],
      [0.25, 4],
      [25, 36],
      [49, 64],
    ]);
    const outputs = emptyRows(4, 2);
    const gains = [1, 2, 0.5, -1].map((gain) => new Float32Array(2).fill(gain));
    kernel.sum(gains, 2, outputs);
    expect(outputs.map((row) => [...row])).toEqual([
      [1, 2],
      [0.5, 4],
      [-4.5, -5],
      [-4.5, -4.5],
    ]);
  });

  test('reset forgets; silence after sound costs no more than sound', () => {
    const kernel = kernels.createBandSplit(optionsOf(8, 'max'));
    const sound = rows(8, 1024);
    const once = (): Float32Array[] => {
      const powers = emptyRows(8, 1024);
      kernel.split(sound, 1024);
      kernel.measure(Array(8).fill(undefined), 1024, powers);
      return powers;
    };
    const first = once();
    expect(once()).not.toEqual(first);
    kernel.reset();
    expect(once()).toEqual(first);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let i = 0; i < 16; i++) kernel.split(signal, 1024);
    };
    work(sound)();
    const soundMs = leastTimeMs(work(sound));
    for (const scale of [0, 1e-30, 1e-39]) {
      const quiet = sound.map((channel) => channel.map((sample) => sample * scale));
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });
});

describe.each(sets)('%s noise shaper', (_, kernels) => {
  const frames = 5001;
  const errorFilter = [1.7, -1.2, 0.6, -0.1];
  const seedsOf = (channelCount: number): Int32Array =>
    Int32Array.from({ length: channelCount }, (__, channel) => 77 + channel * 123456789);
  const run = (set: Kernels, inputs: readonly Float32Array[], bitDepth: number, size = frames) => {
    const kernel = set.createNoiseShaper({ bitDepth, seeds: seedsOf(inputs.length), errorFilter });
    const outputs = emptyRows(inputs.length, frames);
    cut(frames, size, (from, to) =>
      kernel.process(
        slices(inputs, from, to),
        to - from,
        outputs.map((output) => output.subarray(from, to)),
      ),
    );
    return outputs;
  };

  test.each([1, 3, 4, 9])('%i channels: the bits of its twin, for any cut', (channelCount) => {
    const inputs = rows(channelCount, frames, 6, 1.1);
    inputs[0]!.set([NaN, Infinity, -Infinity, 0, -0, 1, -1, 3e-10, 0.99999994], 10);
    for (const bitDepth of [16, 24]) {
      const whole = run(kernels, inputs, bitDepth);
      expect(run(scalar, inputs, bitDepth, 512)).toEqual(whole);
      for (const size of cutSizes) expect(run(kernels, inputs, bitDepth, size)).toEqual(whole);
    }
  });

  test('its error is that of a quantiser through the filter, on the grid of the word length', () => {
    const inputs = rows(2, frames, 7, 0.9);
    const scale = 2 ** 15;
    for (const [channel, output] of run(kernels, inputs, 16).entries()) {
      const plain = new Float64Array(frames);
      output.forEach((value, n) => {
        expect(Number.isInteger(value * scale)).toBe(true);
        // Undoing the filter leaves the error of rounding with noise: at most 1.5 steps.
        const shaped = (value - inputs[channel]![n]!) * scale;
        plain[n] = errorFilter.reduce((sum, tap, k) => sum + tap * (plain[n - 1 - k] ?? 0), shaped);
        expect(Math.abs(plain[n]!)).toBeLessThan(1.501);
      });
    }
  });

  test('full scale and NaN leave no trace, and reset starts again', () => {
    const input = noise(frames, 8, 0.5);
    const disturbed = input.slice();
    disturbed.fill(4, 100, 200).fill(NaN, 200, 220);
    const kernel = kernels.createNoiseShaper({ bitDepth: 16, seeds: seedsOf(1), errorFilter });
    const output = new Float32Array(frames);
    kernel.process([disturbed], frames, [output]);
    const largest = (1.5 * (1 + 1.7 + 1.2 + 0.6 + 0.1)) / 2 ** 15;
    expect(output.subarray(100, 200).every((value) => value === 32767 / 32768)).toBe(true);
    expect(output.subarray(200, 220).every(Number.isNaN)).toBe(true);
    for (let n = 220; n < frames; n++) expect(Math.abs(output[n]! - input[n]!)).toBeLessThan(largest);
    kernel.reset();
    const again = new Float32Array(frames);
    kernel.process([disturbed], frames, [again]);
    expect(again).toEqual(output);
    expect(() => kernels.createNoiseShaper({ bitDepth: 16, seeds: seedsOf(1), errorFilter: [] })).toThrow(
      'errorFilter',
    );
  });
});

/** Direct convolution in float64 of inputs with filters that change linearly between hops. */
function referenceConvolution(
  inputs: readonly Float32Array[],
  filtersAt: (input: number, hop: number) => Float32Array,
  hopFrames: number,
): Float64Array {
  const frames = inputs[0]!.length;
  const output = new Float64Array(frames);
  inputs.forEach((input, i) => {
    for (let n = 0; n < frames; n++) {
      const hop = Math.floor(n / hopFrames);
      const after = filtersAt(i, hop);
      const before = hop > 0 ? filtersAt(i, hop - 1) : after;
      const fade = (n % hopFrames) / hopFrames;
      let sum = 0;
      for (let tap = 0; tap < Math.min(after.length, n + 1); tap++) {
        sum += input[n - tap]! * (before[tap]! + (after[tap]! - before[tap]!) * fade);
      }
      output[n]! += sum;
    }
  });
  return output;
}

describe.each(sets)('%s resampler', (_, kernels) => {
  const inputs = rows(3, 5000);
  const resample = (fromHz: number, toHz: number, size: number, from: Kernels = kernels): Float32Array[] => {
    const [fir] = designResampler(fromHz, toHz).stages;
    const kernel = from.createResampler(3, fir!);
    const pieces: Float32Array[][] = [];
    cut(5000, size, (start, end) => {
      const outputs = emptyRows(3, kernel.mostOutputFrames(end - start));
      const count = kernel.process(slices(inputs, start, end), end - start, outputs);
      pieces.push(slices(outputs, 0, count));
    });
    return inputs.map((_, row) => Float32Array.from(pieces.flatMap((piece) => [...piece[row]!])));
  };
  const rates: [number, number][] = [
    [44100, 48000],
    [48000, 44100],
    [48000, 96000],
    [192000, 88200],
    [96000, 48000],
    // Begins with a filter that halves the rate, every other tap zero.
    [192000, 44100],
  ];

  test.each(rates)('%i to %i Hz: the same bits for any cut, and as the other set', (fromHz, toHz) => {
    const whole = resample(fromHz, toHz, 5000);
    for (const size of cutSizes) expect(resample(fromHz, toHz, size)).toEqual(whole);
    expect(resample(fromHz, toHz, 5000, kernels === scalar ? simd : scalar)).toEqual(whole);
  });

  test('refuses what it cannot do', () => {
    const fir = { upFactor: 1, downFactor: 2, tapCount: 12, coefficients: new Float64Array(12) };
    expect(() => kernels.createResampler(1, fir)).toThrow(/tapCount/);
    expect(() => kernels.createResampler(1, { ...fir, tapCount: 16 })).toThrow(/coefficients/);
    expect(() => kernels.createResampler(1, { ...fir, upFactor: 0.5 })).toThrow(/upFactor/);
    const kernel = kernels.createResampler(1, { ...fir, tapCount: 8, coefficients: new Float64Array(8) });
    expect(() => kernel.process([new Float32Array(3)], 4, [new Float32Array(8)])).toThrow(/3 of 4/);
  });
});

describe.each(sets)('%s stereo convolver', (_, kernels) => {
  /** Every third input moves in every hop; the others hold their first filters. */
  const filterSeed = (input: number, hop: number, ear: number): number =>
    1 + ear + 2 * input + 1000 * (input % 3 === 1 ? hop : 0);
  const run = (
    inputs: readonly Float32Array[],
    tapCount: number,
    hopFrames: number,
  ): [Float32Array, Float32Array] => {
    const convolver = kernels.createStereoConvolver({ inputCount: inputs.length, tapCount, hopFrames });
    const left = new Float32Array(inputs[0]!.length);
    const right = left.slice();
    cut(left.length, hopFrames, (from, to) => {
      inputs.forEach((_, i) => {
        if (from > 0 && i % 3 !== 1) return;
        const hop = from / hopFrames;
        const filters = [0, 1].map((ear) => noise(tapCount, filterSeed(i, hop, ear), 1 / tapCount));
        convolver.setFilters(i, filters[0]!, filters[1]!);
      });
      convolver.processHop(slices(inputs, from, to), left.subarray(from, to), right.subarray(from, to));
    });
    return [left, right];
  };

  test.each([
    [1, 1, 64],
    [2, 64, 64],
    [3, 65, 64],
    [9, 200, 64],
    [5, 128, 128],
    [11, 300, 256],
    [2, 1500, 128],
    [8, 257, 512],
    [17, 512, 512],
    [3, 513, 512],
    [1, 900, 2048],
    [2, 30, 8192],
  ])(
    'agrees with direct convolution in float64: %i inputs, %i taps, hop %i',
    (inputCount, tapCount, hopFrames) => {
      const inputs = rows(inputCount, hopFrames * (hopFrames < 1024 ? 6 : 2));
      run(inputs, tapCount, hopFrames).forEach((output, ear) => {
        const cache = new Map<number, Float32Array>();
        const filtersAt = (input: number, hop: number): Float32Array => {
          const seed = filterSeed(input, hop, ear);
          if (!cache.has(seed)) cache.set(seed, noise(tapCount, seed, 1 / tapCount));
          return cache.get(seed)!;
        };
        expect(largestDifference(output, referenceConvolution(inputs, filtersAt, hopFrames))).toBeLessThan(
          1e-6,
        );
      });
    },
  );

  test('a unit impulse passes every input to its ear without delay', () => {
    const convolver = kernels.createStereoConvolver({ inputCount: 2, tapCount: 32, hopFrames: 64 });
    convolver.setFilters(0, [1], [0]);
    convolver.setFilters(1, [], [0, 1]);
    const inputs = rows(2, 64);
    const [left, right] = [new Float32Array(64), new Float32Array(64)];
    convolver.processHop(inputs, left, right);
    expect(largestDifference(left, inputs[0]!)).toBeLessThan(5e-7);
    expect(largestDifference(right.subarray(1), inputs[1]!.subarray(0, 63))).toBeLessThan(5e-7);
  });

  test('reset forgets the audio, keeps the filters and sets the next ones without a fade', () => {
    const inputs = rows(4, 512);
    const [left] = run(inputs, 100, 512);
    const convolver = kernels.createStereoConvolver({ inputCount: 4, tapCount: 100, hopFrames: 512 });
    const again = new Float32Array(512);
    const set = (seedHop: number): void =>
      inputs.forEach((_, i) =>
        convolver.setFilters(
          i,
          noise(100, filterSeed(i, seedHop, 0), 0.01),
          noise(100, filterSeed(i, seedHop, 1), 0.01),
        ),
      );
    set(5);
    convolver.processHop(inputs, again, again.slice());
    set(0);
    convolver.reset();
    convolver.processHop(inputs, again, again.slice());
    expect(again).toEqual(left);
  });

  test('NaN leaves with its window', () => {
    const convolver = kernels.createStereoConvolver({ inputCount: 1, tapCount: 300, hopFrames: 128 });
    convolver.setFilters(0, noise(300), noise(300));
    const outputs = [new Float32Array(128), new Float32Array(128)] as const;
    convolver.processHop([new Float32Array(128).fill(NaN)], ...outputs);
    for (let hop = 0; hop < 20; hop++) convolver.processHop(rows(1, 128), ...outputs);
    expect(outputs[0].every(Number.isFinite)).toBe(true);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const convolver = kernels.createStereoConvolver({ inputCount: 8, tapCount: 256, hopFrames: 256 });
    for (let i = 0; i < 8; i++) convolver.setFilters(i, noise(256, i), noise(256, i + 8));
    const outputs = [new Float32Array(256), new Float32Array(256)] as const;
    const sound = rows(8, 256);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let hop = 0; hop < 40; hop++) convolver.processHop(signal, ...outputs);
    };
    work(sound)();
    const soundMs = leastTimeMs(work(sound));
    for (const scale of [0, 1e-30, 1e-39]) {
      const quiet = sound.map((channel) => channel.map((sample) => sample * scale));
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });

  test('refuses options and filters that are not allowed', () => {
    const create = (inputCount: number, tapCount: number, hopFrames: number) => () =>
      kernels.createStereoConvolver({ inputCount, tapCount, hopFrames });
    expect(create(1, 16, 100)).toThrow('hopFrames');
    expect(create(1, 0, 128)).toThrow('tapCount');
    expect(create(0, 16, 128)).toThrow('inputCount');
    expect(() => create(1, 16, 128)().setFilters(0, new Float32Array(17), [])).toThrow('17 taps');
    expect(() => create(1, 16, 128)().setFilters(1, [], [])).toThrow('0..0');
  });
});

describe('feedback delays', () => {
  const run = (kernels: Kernels, pieceFrames: number, input: Float32Array): Float32Array[] => {
    const network = kernels.createFeedbackDelay(feedbackOptions(4096));
    const outputs = emptyRows(2, input.length);
    cut(input.length, pieceFrames, (from, to) => {
      const [first, second] = outputs.map((output) => output.subarray(from - (from % 1024)));
      const at = from % 1024;
      network.process(input.subarray(from - at), first!, second!, at, at + to - from);
    });
    return outputs;
  };
  const input = noise(4096, 5);

  test('both sets agree', () => {
    const [expected, found] = [run(scalar, 1024, input), run(simd, 1024, input)];
    for (const output of [0, 1])
      expect(largestDifference(found[output]!, expected[output]!)).toBeLessThan(2e-6);
  });

  test.each(sets)('%s: the length of pieces changes nothing', (_, kernels) => {
    const whole = run(kernels, 4096, input);
    for (const pieceFrames of [8, 72, 512]) expect(run(kernels, pieceFrames, input)).toEqual(whole);
  });

  test.each(sets)('%s: reset forgets, and what dies away costs no more than sound', (_, kernels) => {
    const network = kernels.createFeedbackDelay(feedbackOptions(1024));
    const [first, second] = emptyRows(2, 1024);
    const round = (sound: Float32Array) => network.process(sound, first!, second!, 0, 1024);
    round(noise(1024, 1));
    network.reset();
    round(new Float32Array(1024));
    expect(first).toEqual(new Float32Array(1024));
    const soundMs = leastTimeMs(() => round(input.subarray(0, 1024)));
    for (let hop = 0; hop < 60; hop++) round(new Float32Array(1024));
    const silentMs = leastTimeMs(() => round(new Float32Array(1024)));
    expect(silentMs).toBeLessThan(slack * soundMs);
  });

  test.each(sets)('%s: lines that are too short or too few are refused', (_, kernels) => {
    const options = feedbackOptions(64);
    const make = (more: Partial<FeedbackDelayOptions>) => () =>
      kernels.createFeedbackDelay({ ...options, ...more });
    expect(make({ lineSamples: options.lineSamples.map(() => 65) })).toThrow(/lineSamples is 65/);
    expect(make({ lineSamples: [100] })).toThrow(/lines is 1/);
    expect(make({ hopFrames: 100 })).toThrow(/an eighth of hopFrames/);
    const sound = new Float32Array(64);
    expect(() => make({})().process(sound, sound, sound, 0, 60)).toThrow(/an eighth of a piece/);
  });
});

describe.each(sets)('%s fixed convolver', (_, kernels) => {
  /** Loads, convolves and stores in pieces; every hop comes out one hop later. */
  function run(
    options: FixedConvolverOptions,
    inputs: readonly Float32Array[],
    pieceFrames = options.hopFrames,
  ): { ears: Float32Array[]; sent: Float32Array } {
    const convolver = kernels.createFixedConvolver(options);
    const [left, right, sent] = emptyRows(3, inputs[0]!.length);
    for (let hop = 0; hop < inputs[0]!.length; hop += options.hopFrames) {
      cut(options.hopFrames, pieceFrames, (from, to) => {
        inputs.forEach((input, i) => convolver.load(i, input, hop + from, hop + to, from));
        convolver.send(sent!, hop + from, from, to);
        convolver.store(left!, right!, hop + from, from, to);
      });
      convolver.processHop();
    }
    return { ears: [left!, right!], sent: sent! };
  }

  test.each([
    [1, 1, 64],
    [2, 7, 80],
    [9, 200, 112],
    [6, 300, 512],
    [17, 33, 256],
  ])(
    'agrees with direct convolution in float64: %i inputs, %i taps, hop %i',
    (count, tapCount, hopFrames) => {
      const inputs = rows(count, 4 * hopFrames, 1, 1 / Math.sqrt(count));
      const filters = filterPairs(count, tapCount);
      const sendGains = inputs.map((_, i) => (i % 3 ? 1 / (i + 1) : 0));
      const { ears, sent } = run({ filters, sendGains, hopFrames }, inputs);
      (['left', 'right'] as const).forEach((side, ear) => {
        const expected = Float64Array.from({ length: 4 * hopFrames }, (_, n) =>
          inputs.reduce(
            (sum, input, i) =>
              filters[i]![side].reduce((part, tap, k) => part + tap * (input[n - hopFrames - k] ?? 0), sum),
            0,
          ),
        );
        expect(largestDifference(ears[ear]!, expected)).toBeLessThan(2e-6);
      });
      const sums = sent.map((_, n) => inputs.reduce((sum, input, i) => sum + sendGains[i]! * input[n]!, 0));
      expect(largestDifference(sent, sums)).toBeLessThan(1e-6);
    },
  );

  test('gives the same bits for any cut', () => {
    const options = { filters: filterPairs(3, 90), sendGains: [1, 0.5, 0.25], hopFrames: 128 };
    const whole = run(options, rows(3, 768));
    for (const size of [8, 24, 120]) expect(run(options, rows(3, 768), size)).toEqual(whole);
  });

  test('reset forgets the audio; NaN leaves with its window; silence stays silence', () => {
    const options = { filters: filterPairs(3, 100), sendGains: [], hopFrames: 128 };
    const convolver = kernels.createFixedConvolver(options);
    const ears = emptyRows(2, 128);
    const round = (input: Float32Array) => {
      for (let i = 0; i < 3; i++) convolver.load(i, input, 0, 128, 0);
      convolver.processHop();
      convolver.store(ears[0]!, ears[1]!, 0, 0, 128);
    };
    round(new Float32Array(128).fill(NaN));
    for (let hop = 0; hop < 4; hop++) round(noise(128, hop));
    expect(ears.every((ear) => ear.every(Number.isFinite))).toBe(true);
    convolver.reset();
    convolver.store(ears[0]!, ears[1]!, 0, 0, 128);
    expect(ears).toEqual(emptyRows(2, 128));
    round(new Float32Array(128));
    expect(ears).toEqual(emptyRows(2, 128));
  });

  test('refuses options that are not allowed', () => {
    const options = { filters: filterPairs(1, 5), sendGains: [], hopFrames: 64 };
    const create = (more: object) => () => kernels.createFixedConvolver({ ...options, ...more });
    expect(create({ filters: [] })).toThrow('filters.length');
    expect(create({ hopFrames: 60 })).toThrow('hopFrames');
    expect(create({ sendGains: [1, 1] })).toThrow('sendGains.length');
    expect(() => create({})().send(new Float32Array(64), 0, 0, 60)).toThrow('an eighth of a piece');
  });
});

describe.each(sets)('%s channel convolver', (_, kernels) => {
  const run = (
    inputs: readonly Float32Array[],
    additions: readonly Float32Array[],
    filters: readonly Float32Array[],
    hopFrames: number,
  ): Float32Array[] => {
    const convolver = kernels.createChannelConvolver({ filters, hopFrames });
    const outputs = additions.map((addition) => addition.slice());
    cut(inputs[0]!.length, hopFrames, (from, to) => {
      const hop = outputs.map((output) => output.subarray(from, to));
      convolver.processHop(slices(inputs, from, to), hop, hop);
    });
    return outputs;
  };

  test.each([
    [1, 1, 64],
    [2, 7, 80],
    [8, 64, 64],
    [9, 200, 112],
    [12, 512, 1536],
    [17, 33, 256],
  ])(
    'agrees with direct convolution in float64: %i channels, up to %i taps, hop %i',
    (count, tapCount, hopFrames) => {
      const inputs = rows(count, 4 * hopFrames);
      const additions = rows(count, 4 * hopFrames, 3);
      const filters = inputs.map((_, i) => noise(Math.max(1, tapCount - i), i + 50, 1 / Math.sqrt(tapCount)));
      run(inputs, additions, filters, hopFrames).forEach((output, channel) => {
        const expected = Float64Array.from(additions[channel]!, (addition, n) =>
          filters[channel]!.reduce((sum, tap, k) => sum + tap * (inputs[channel]![n - k] ?? 0), addition),
        );
        expect(largestDifference(output, expected)).toBeLessThan(1e-6);
      });
    },
  );

  test('reset forgets the audio; NaN leaves with its window; silence is not touched', () => {
    const filters = rows(3, 100);
    const convolver = kernels.createChannelConvolver({ filters, hopFrames: 128 });
    const outputs = emptyRows(3, 128);
    convolver.processHop(
      outputs.map(() => new Float32Array(128).fill(NaN)),
      emptyRows(3, 128),
      outputs,
    );
    for (let hop = 0; hop < 4; hop++) convolver.processHop(rows(3, 128), emptyRows(3, 128), outputs);
    expect(outputs.every((output) => output.every(Number.isFinite))).toBe(true);
    convolver.reset();
    const additions = rows(3, 128, 9);
    convolver.processHop(emptyRows(3, 128), additions, outputs);
    expect(outputs).toEqual(additions);
  });

  test('refuses options that are not allowed', () => {
    expect(() => kernels.createChannelConvolver({ filters: [], hopFrames: 64 })).toThrow('filters.length');
    expect(() => kernels.createChannelConvolver({ filters: rows(1, 5), hopFrames: 60 })).toThrow('hopFrames');
  });
});

test('the twins of the channel convolver agree', () => {
  const options = { filters: rows(12, 512, 4, 0.1), hopFrames: 1536 };
  const inputs = rows(12, 1536);
  const outputs = sets.map(([, kernels]) => {
    const output = emptyRows(12, 1536);
    kernels.createChannelConvolver(options).processHop(inputs, rows(12, 1536, 2), output);
    return output;
  });
  outputs[0]!.forEach((row, channel) =>
    expect(largestDifference(row, outputs[1]![channel]!)).toBeLessThan(2e-6),
  );
});

describe.each(sets)('%s mix convolver', (_, kernels) => {
  const options = { sourceCount: 3, filters: rows(3, 90, 7, 0.1), hopFrames: 128, directDelaySamples: 41 };
  const hops = 6;
  const sources = rows(3, hops * 128);
  const gains = sources.map((_, source) => Float64Array.from(noise(6, 60 + source)));

  /** Mixes and convolves in pieces of `size` frames; every hop comes out one hop later. */
  function run(size: number): Float32Array[] {
    const kernel = kernels.createMixConvolver(options);
    const outputs = emptyRows(3, hops * 128);
    for (let pass = 0; pass < 2; pass++) {
      kernel.reset();
      gains.forEach((row, source) => kernel.setRamp(source, row, row, Infinity, 0));
      for (let hop = 0; hop < hops; hop++) {
        cut(128, size, (from, to) => {
          for (let source = 0; source < 3; source++) {
            kernel.load(sources[source]!, hop * 128 + from, hop * 128 + to, from);
            kernel.mix(source, from, from, to);
          }
          kernel.store(outputs, hop * 128 + from, from, to);
        });
        kernel.processHop();
      }
    }
    return outputs;
  }

  test('agrees with a delay and direct convolution in float64', () => {
    const mixed = Array.from({ length: 6 }, (_, output) =>
      Float64Array.from({ length: hops * 128 }, (_, n) =>
        sources.reduce((sum, source, s) => sum + source[n]! * gains[s]![output]!, 0),
      ),
    );
    run(128).forEach((output, channel) => {
      const expected = Float64Array.from(output, (_, n) =>
        options.filters[channel]!.reduce(
          (sum, tap, k) => sum + tap * (mixed[3 + channel]![n - 128 - k] ?? 0),
          mixed[channel]![n - 128 - 41] ?? 0,
        ),
      );
      expect(largestDifference(output, expected)).toBeLessThan(2e-6);
    });
  });

  test('gives the same bits for any cut, also after a reset', () => {
    const whole = run(128);
    for (const size of [1, 7, 100]) expect(run(size)).toEqual(whole);
  });

  test('refuses options that are not allowed', () => {
    const create = (more: object) => () => kernels.createMixConvolver({ ...options, ...more });
    expect(create({ sourceCount: 0 })).toThrow('sourceCount');
    expect(create({ filters: [] })).toThrow('filters.length');
    expect(create({ directDelaySamples: -1 })).toThrow('directDelaySamples');
  });
});

describe.each(sets)('%s extent', (_, kernels) => {
  const layout = getLayout('9+10+3');
  const outputCount = layout.loudspeakers.length;
  const grid = createExtentGrid(createPointSourcePanner(layout), outputCount);
  const kernel = kernels.createExtent(grid, outputCount);
  const shapes = Array.from({ length: 200 }, (_, index) => {
    const random = noise(5, 700 + index, 1);
    const azimuthDeg = 180 * random[0]!;
    const elevationDeg = index % 10 === 0 ? 90 : 90 * random[1]!;
    const axes = [
      polarToCartesian(azimuthDeg - 90, 0),
      polarToCartesian(azimuthDeg, elevationDeg),
      polarToCartesian(azimuthDeg, elevationDeg + 90),
    ] as const;
    const [right, front, up] = index % 3 ? axes : [axes[2], axes[1], axes[0]];
    const radiusRad = Math.max(Math.PI / 72, Math.PI * Math.abs(random[2]!) ** 3);
    return { right, front, up, radiusRad, endRad: index % 7 ? Math.PI * Math.abs(random[3]!) : 0 };
  });

  /** The plain definition, by the angle from the arc. */
  function reference({ right, front, up, radiusRad, endRad }: ExtentShape): Float64Array {
    const sums = new Float64Array(outputCount);
    for (let n = 0; n < grid.points.length / 3; n++) {
      const along = (axis: Vec3): number =>
        grid.points[3 * n]! * axis[0] + grid.points[3 * n + 1]! * axis[1] + grid.points[3 * n + 2]! * axis[2];
      const aroundRad = Math.abs(Math.atan2(along(right), along(front)));
      const beyondRad = Math.max(0, aroundRad - endRad);
      // From the nearer end, or from the plane of the arc where that is nearer.
      const planar = Math.sqrt(Math.max(0, 1 - along(up) ** 2));
      const angleRad = Math.atan2(
        Math.hypot(along(up), planar * Math.sin(beyondRad)),
        planar * Math.cos(beyondRad),
      );
      const weight = Math.min(1, Math.max(0, 1 - (angleRad - radiusRad) / (Math.PI / 18)));
      for (let i = grid.gainStarts[n]!; i < grid.gainStarts[n + 1]!; i++) {
        sums[grid.outputs[i]!]! += weight * grid.gains[i]!;
      }
    }
    return sums;
  }

  test('agrees with the plain definition in 200 shapes', () => {
    const sums = new Float64Array(outputCount);
    for (const shape of shapes) {
      kernel.sum(shape, sums);
      expect(largestDifference(sums, reference(shape))).toBeLessThan(1e-6);
    }
  });

  test('agrees with its twin', () => {
    const twin = scalar.createExtent(grid, outputCount);
    const sums = [new Float64Array(outputCount), new Float64Array(outputCount)] as const;
    for (const shape of shapes) {
      kernel.sum(shape, sums[0]);
      twin.sum(shape, sums[1]);
      expect(largestDifference(...sums)).toBeLessThan(1e-8);
    }
  });

  test('refuses a grid that does not fit', () => {
    expect(() => kernels.createExtent(grid, 5)).toThrow('output is');
    expect(() => kernels.createExtent({ ...grid, points: new Float64Array(3) }, outputCount)).toThrow(
      'gainStarts',
    );
  });
});

/**
 * What the contract says of the ear convolver for one ear of one source, in float64: every block through the filter
 * of every step, delayed by sines and cosines over the circle of the transform, under the window of the step.
 */
function referenceEar(
  input: Float32Array,
  { stepFrames, blockSteps }: EarSteps,
  fftLength: number,
  band: Float32Array,
  responseAt: (step: number) => Float64Array,
  delayAt: (step: number) => number,
  driftAt: (step: number) => number,
): Float64Array {
  const output = new Float64Array(input.length);
  const window = earWindow(stepFrames);
  const [cosines, sines] = [Math.cos, Math.sin].map((of) =>
    Float64Array.from({ length: fftLength }, (_, n) => of((2 * Math.PI * n) / fftLength)),
  ) as [Float64Array, Float64Array];
  const blockFrames = blockSteps * stepFrames;
  for (let start = 0; start < input.length; start += blockFrames) {
    const first = start + blockFrames - fftLength;
    const heard = Float64Array.from({ length: fftLength }, (_, n) => input[first + n] ?? 0);
    for (let i = -3; i < blockSteps; i++) {
      const step = start / stepFrames + i;
      const delay = delayAt(step);
      const rise = ((2 * Math.PI * driftAt(step)) / fftLength) ** 2 / 6;
      const spectrum = Array.from(band, (weight, k) => {
        const [gain, turn] = [
          k === 0 ? 1 : 2 * weight * (1 + rise * k * k),
          (2 * Math.PI * k * delay) / fftLength,
        ];
        return [(gain * Math.cos(turn)) / fftLength, (gain * Math.sin(turn)) / fftLength] as const;
      });
      const kernel = Float64Array.from({ length: fftLength }, (_, n) =>
        spectrum.reduce(
          (sum, [re, im], k) => sum + re * cosines[(k * n) % fftLength]! + im * sines[(k * n) % fftLength]!,
          0,
        ),
      );
      const filtered = circularConvolution(circularConvolution(kernel, responseAt(step)), heard);
      for (let n = start; n < start + blockFrames; n++)
        output[n]! += (window[n - step * stepFrames] ?? 0) * filtered[n - first]!;
    }
  }
  return output;
}

/** Circular convolution over the length of `a`. */
function circularConvolution(a: Float64Array, b: ArrayLike<number>): Float64Array {
  const output = new Float64Array(a.length);
  for (let j = 0; j < b.length; j++) {
    if (b[j] === 0) continue;
    for (let n = 0; n < a.length; n++) output[n]! += b[j]! * a[(n - j + a.length) % a.length]!;
  }
  return output;
}

describe.each(sets)('%s ear convolver', (_, kernels) => {
  const maximumDelaySamples = 30;
  const responseCount = 7;
  const blockCount = 2;
  const optionsOf = (sourceCount: number, tapCount: number, steps: EarSteps) => ({
    sourceCount,
    responseCount,
    tapCount,
    ...steps,
    stepCount: blockCount * steps.blockSteps,
    maximumDelaySamples,
    bandwidth: sourceCount > 2 ? 0.9 : 1,
  });
  const responseOf = (response: number, ear: number, tapCount: number): Float32Array =>
    noise(tapCount, 1 + 2 * response + ear, 1 / tapCount);
  /** Source 3 rests from the third step to the ninth. */
  const rests = (source: number, step: number) => source === 3 && step > 2 && step < 9;
  const mixAt = (source: number, step: number): EarMix => ({
    responses: Int32Array.of(source % 7, (source + step + 7) % 7, (source + 2 * step + 8) % 7),
    weights: Float64Array.of(0.5, 0.2 + 0.1 * (step % 3), -0.1 * source),
    delaySamples: Float64Array.of((source * 3.7 + (step + 3) * 0.31) % 30, step % 4 === 3 ? 30 : 12),
    driftSamples: Float64Array.of(step % 3 === 1 ? 0.31 : 0, -0.2 * source),
  });
  const create = (sourceCount: number, tapCount: number, steps: EarSteps): EarConvolverKernel => {
    const convolver = kernels.createEarConvolver(optionsOf(sourceCount, tapCount, steps));
    for (let response = 0; response < responseCount; response++)
      convolver.setResponse(response, responseOf(response, 0, tapCount), responseOf(response, 1, tapCount));
    return convolver;
  };
  const render = (
    convolver: EarConvolverKernel,
    inputs: readonly Float32Array[],
    stepCount: number,
  ): [Float32Array, Float32Array] => {
    const { hopFrames } = convolver;
    const left = new Float32Array(inputs[0]!.length);
    const right = left.slice();
    cut(left.length, hopFrames, (from, to) => {
      const first = (from / hopFrames) * stepCount;
      for (let s = 0; s < inputs.length; s++)
        for (let step = from === 0 ? -3 : 0; step < stepCount; step++)
          if (!rests(s, first + step)) convolver.setSource(s, step, mixAt(s, first + step));
      convolver.processHop(slices(inputs, from, to), left.subarray(from, to), right.subarray(from, to));
    });
    return [left, right];
  };

  test.each([
    [1, 1, 64, 1],
    [2, 64, 64, 2],
    [3, 100, 64, 3],
    [5, 279, 128, 2],
  ])(
    'agrees with its definition: %i sources, %i taps, steps of %i, %i of them a block',
    (sourceCount, tapCount, stepFrames, blockSteps) => {
      const steps = { stepFrames, blockSteps };
      const stepCount = blockCount * blockSteps;
      const inputs = rows(sourceCount, stepFrames * stepCount * 3);
      if (sourceCount > 1) inputs[1]!.fill(0, stepFrames, 5 * stepFrames);
      const options = optionsOf(sourceCount, tapCount, steps);
      const fftLength = earFftLength(options);
      const convolver = create(sourceCount, tapCount, steps);
      render(convolver, inputs, stepCount).forEach((output, ear) => {
        const expected = new Float64Array(output.length);
        inputs.forEach((input, s) => {
          const heardAs = (step: number): EarMix => mixAt(s, rests(s, step) ? 2 : step);
          const mixed = (step: number): Float64Array => {
            const { responses, weights } = heardAs(step);
            const sum = new Float64Array(tapCount);
            responses.forEach((response, j) =>
              responseOf(response, ear, tapCount).forEach((tap, n) => (sum[n]! += weights[j]! * tap)),
            );
            return sum;
          };
          const one = referenceEar(
            input,
            steps,
            fftLength,
            earBand(fftLength, options.bandwidth),
            mixed,
            (step) => heardAs(step).delaySamples[ear]!,
            (step) => heardAs(step).driftSamples[ear]!,
          );
          one.forEach((sample, n) => (expected[n]! += sample));
        });
        expect(largestDifference(output, expected)).toBeLessThan(2e-6);
      });
    },
  );

  test('a setting that stays is a plain delayed filter', () => {
    const convolver = create(1, 1, { stepFrames: 64, blockSteps: 2 });
    convolver.setResponse(0, Float32Array.of(0.5), Float32Array.of(1));
    for (const step of [-3, -2, -1])
      convolver.setSource(0, step, {
        responses: new Int32Array(3),
        weights: Float64Array.of(1, 0, 0),
        delaySamples: Float64Array.of(3, 11),
        driftSamples: new Float64Array(2),
      });
    const input = Float32Array.from({ length: 768 }, (_, n) => Math.sin(0.3 * n));
    const [left, right] = [new Float32Array(768), new Float32Array(768)];
    cut(768, 256, (from, to) =>
      convolver.processHop([input.slice(from, to)], left.subarray(from, to), right.subarray(from, to)),
    );
    // The highest bin is left out, so that half the rate is not heard; how much that is changes from block to block.
    const isInside = (n: number) => n % 128 > 0 && n % 128 < 127;
    const smooth = (signal: Float32Array, n: number) =>
      (signal[n - 1]! + 2 * signal[n]! + signal[n + 1]!) / 4;
    for (let n = 192; n < 700; n++) {
      if (isInside(n + 3)) expect(smooth(left, n + 3)).toBeCloseTo(0.5 * smooth(input, n), 4);
      if (isInside(n + 11)) expect(smooth(right, n + 11)).toBeCloseTo(smooth(input, n), 4);
    }
  });

  test('reset forgets the audio', () => {
    const inputs = rows(5, 256 * 4 * 2);
    const convolver = create(5, 100, { stepFrames: 256, blockSteps: 2 });
    const first = render(convolver, inputs, 4);
    convolver.reset();
    expect(render(convolver, inputs, 4)).toEqual(first);
  });

  test('NaN leaves with its windows', () => {
    const convolver = create(1, 300, { stepFrames: 128, blockSteps: 1 });
    for (const step of [-3, -2, -1]) convolver.setSource(0, step, mixAt(0, step));
    const outputs = [new Float32Array(256), new Float32Array(256)] as const;
    convolver.processHop([new Float32Array(256).fill(NaN)], ...outputs);
    for (let hop = 0; hop < 10; hop++) convolver.processHop(rows(1, 256), ...outputs);
    expect(outputs[0].every(Number.isFinite)).toBe(true);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const convolver = create(8, 256, { stepFrames: 256, blockSteps: 2 });
    const outputs = [new Float32Array(1024), new Float32Array(1024)] as const;
    const sound = rows(8, 1024);
    const work = (signal: readonly Float32Array[]) => (): void => {
      for (let hop = 0; hop < 7; hop++) {
        for (let s = 0; s < 8; s++)
          for (let step = -3; step < 4; step++) convolver.setSource(s, step, mixAt(s, step));
        convolver.processHop(signal, ...outputs);
      }
    };
    work(sound)();
    const soundMs = leastTimeMs(work(sound));
    for (const scale of [0, 1e-30, 1e-39]) {
      const quiet = sound.map((channel) => channel.map((sample) => sample * scale));
      expect(leastTimeMs(work(quiet))).toBeLessThan(slack * soundMs);
    }
  });

  test('refuses options, responses and mixes that are not allowed', () => {
    const steps = { stepFrames: 128, blockSteps: 2 };
    expect(() => create(0, 16, steps)).toThrow('sourceCount');
    expect(() => create(1, 0, steps)).toThrow('tapCount');
    expect(() => create(1, 16, { ...steps, stepFrames: 100 })).toThrow('stepFrames');
    expect(() => kernels.createEarConvolver({ ...optionsOf(1, 16, steps), stepCount: 3 })).toThrow(
      'stepCount / blockSteps',
    );
    for (const bandwidth of [0, 1.01, NaN])
      expect(() => kernels.createEarConvolver({ ...optionsOf(1, 16, steps), bandwidth })).toThrow(
        'bandwidth',
      );
    const convolver = create(1, 16, steps);
    const ear = new Float32Array(16);
    expect(() => convolver.setResponse(7, ear, ear)).toThrow('0..6');
    expect(() => convolver.setResponse(0, ear, new Float32Array(17))).toThrow('right.length');
    expect(() => convolver.setSource(1, 0, mixAt(0, 0))).toThrow('0..0');
    expect(() => convolver.setSource(0, 4, mixAt(0, 0))).toThrow('-3..3');
    expect(() => convolver.setSource(0, 0, { ...mixAt(0, 0), responses: Int32Array.of(0, 7, 0) })).toThrow(
      '0..6',
    );
    for (const delay of [-0.1, 30.1, NaN])
      expect(() =>
        convolver.setSource(0, 0, { ...mixAt(0, 0), delaySamples: Float64Array.of(delay, 0) }),
      ).toThrow('0..30');
  });
});
