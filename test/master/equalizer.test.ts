import { expect, test } from 'vitest';
import { createFft } from '../../src/dsp/fft.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import {
  createEqualizer,
  designEqualizer,
  type ChannelEqBand as EqBand,
} from '../../src/master/equalizer.ts';
import { frequenciesHz, responseOf } from '../dsp/filter-response.ts';
import { noise } from '../support.ts';

const kernels = await loadKernels();
const sampleRateHz = 48000;
const design = (bands: readonly EqBand[], channelLabels = ['M'], removesDc = false) =>
  designEqualizer({ bands, removesDc, sampleRateHz, channelLabels });

const chain: EqBand[] = [
  { type: 'highpass', frequencyHz: 30, slopeDbPerOct: 18 },
  { type: 'lowshelf', frequencyHz: 120, gainDb: 3 },
  { type: 'bell', frequencyHz: 3000, gainDb: -6, q: 3 },
  { type: 'bell', frequencyHz: 16_000, gainDb: 12, q: 0.7 },
  { type: 'highshelf', frequencyHz: 9000, gainDb: -2.5, q: 0.5 },
  { type: 'lowpass', frequencyHz: 20_000, slopeDbPerOct: 24 },
];

test('what is applied is the response that was designed, within 0.01 dB and 0.1 degree', () => {
  const sections = design(chain, ['M'], true)!;
  const size = 1 << 17;
  const impulse = new Float32Array(size);
  impulse[0] = 1;
  const output = new Float32Array(size);
  createEqualizer(kernels, sections).process(
    { channels: [impulse], frameCount: size },
    { channels: [output], frameCount: size },
  );
  const [re, im] = [Float64Array.from(output), new Float64Array(size)];
  createFft(size).forward(re, im);
  for (const wantedHz of frequenciesHz(10, 23_000, 200)) {
    const bin = Math.round((wantedHz * size) / sampleRateHz);
    const { levelDb, phaseDeg } = responseOf(sections[0]!, (bin * sampleRateHz) / size, sampleRateHz);
    expect(Math.abs(20 * Math.log10(Math.hypot(re[bin]!, im[bin]!)) - levelDb)).toBeLessThan(0.01);
    const turnDeg = (180 / Math.PI) * Math.atan2(im[bin]!, re[bin]!) - phaseDeg;
    expect(Math.abs(turnDeg - 360 * Math.round(turnDeg / 360))).toBeLessThan(0.1);
  }
});

test('DC goes, and 20 Hz stays within 0.05 dB', () => {
  const [sections] = design([], ['M'], true)!;
  expect(responseOf(sections!, 0, sampleRateHz).levelDb).toBeLessThan(-200);
  expect(responseOf(sections!, 2, sampleRateHz).levelDb).toBeCloseTo(-3.01, 2);
  // First order: 1 / (1 + (2 / 20)^2).
  expect(responseOf(sections!, 20, sampleRateHz).levelDb).toBeCloseTo(-0.043, 3);
  const input = new Float32Array(sampleRateHz * 2).fill(0.1);
  const output = new Float32Array(input.length);
  createEqualizer(kernels, [sections!]).process(
    { channels: [input], frameCount: input.length },
    { channels: [output], frameCount: input.length },
  );
  expect(Math.abs(output.at(-1)!)).toBeLessThan(1e-9);
});

test('bands for some channels leave the others bit for bit', () => {
  const sections = design(
    [{ type: 'bell', frequencyHz: 1000, gainDb: 6, channels: ['L', 'R'] }],
    ['L', 'R', 'LFE1'],
  )!;
  const inputs = [1, 1, 2].map((seed) => noise(5000, seed));
  const outputs = inputs.map((input) => new Float32Array(input.length));
  createEqualizer(kernels, sections).process(
    { channels: inputs, frameCount: 5000 },
    { channels: outputs, frameCount: 5000 },
  );
  expect(outputs[2]).toEqual(inputs[2]);
  expect(outputs[0]).not.toEqual(inputs[0]);
  expect(outputs[1]).toEqual(outputs[0]);
});

test('blocks change nothing', () => {
  const sections = design(chain, ['L', 'R'])!;
  const inputs = [noise(5000, 1), noise(5000, 2)];
  const runs = [1, 7, 512, 5000].map((size) => {
    const equalizer = createEqualizer(kernels, sections);
    const outputs = [new Float32Array(5000), new Float32Array(5000)];
    for (let from = 0; from < 5000; from += size) {
      const cut = (rows: Float32Array[]) => rows.map((row) => row.subarray(from, from + size));
      const frameCount = Math.min(size, 5000 - from);
      equalizer.process({ channels: cut(inputs), frameCount }, { channels: cut(outputs), frameCount });
    }
    return outputs;
  });
  for (const run of runs) expect(run).toEqual(runs[0]);
});

test('nothing to do is no equaliser; what cannot be done says why', () => {
  expect(design([{ type: 'bell', frequencyHz: 1000, gainDb: 0 }])).toBeUndefined();
  expect(design([])).toBeUndefined();
  expect(() => design([{ type: 'bell', frequencyHz: 23_000, gainDb: 3 }])).toThrow(
    'eq[0].frequencyHz: found 23000; allowed at 48000 Hz: 22800 or less',
  );
  const band = { type: 'highpass', frequencyHz: 30, channels: ['X'] } as const;
  expect(() => design([band], ['L', 'R'])).toThrow('eq[0].channels[0]: found "X"; the channels are L, R');
});
