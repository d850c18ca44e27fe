import { beforeAll, describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/kernels/kernels.ts';
import type { EarConvolverKernel, EarMix } from '../../src/kernels/interfaces/convolvers.ts';
import { earBand, earFftLength, earWindow, type EarSteps } from '../../src/kernels/ear-convolver-plan.ts';
import { noise } from '../support.ts';
import { cut, largestDifference, leastTimeMs, rows, sets, slack, slices } from './contract-support.ts';

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
const create = (
  kernels: Kernels,
  sourceCount: number,
  tapCount: number,
  steps: EarSteps,
): EarConvolverKernel => {
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

/** Settings that the definition is worked out for: sources, taps, frames of a step, steps of a block. */
const settings = [
  [1, 1, 64, 1],
  [2, 64, 64, 2],
  [3, 100, 64, 3],
  [5, 279, 128, 2],
] as const;

const inputsOf = (sourceCount: number, { stepFrames, blockSteps }: EarSteps): Float32Array[] => {
  const inputs = rows(sourceCount, stepFrames * blockCount * blockSteps * 3);
  if (sourceCount > 1) inputs[1]!.fill(0, stepFrames, 5 * stepFrames);
  return inputs;
};

/** What both ears hear by the definition. */
function referenceEars(sourceCount: number, tapCount: number, steps: EarSteps): Float64Array[] {
  const options = optionsOf(sourceCount, tapCount, steps);
  const fftLength = earFftLength(options);
  const band = earBand(fftLength, options.bandwidth);
  const inputs = inputsOf(sourceCount, steps);
  return [0, 1].map((ear) => {
    const expected = new Float64Array(inputs[0]!.length);
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
        band,
        mixed,
        (step) => heardAs(step).delaySamples[ear]!,
        (step) => heardAs(step).driftSamples[ear]!,
      );
      one.forEach((sample, n) => (expected[n]! += sample));
    });
    return expected;
  });
}

describe.each(settings)(
  'ear convolvers: %i sources, %i taps, steps of %i, %i of them a block',
  (sourceCount, tapCount, stepFrames, blockSteps) => {
    const steps = { stepFrames, blockSteps };
    let expected: Float64Array[] = [];
    beforeAll(() => {
      expected = referenceEars(sourceCount, tapCount, steps);
    });

    test.each(sets)('%s agrees with the definition', (_, kernels) => {
      const convolver = create(kernels, sourceCount, tapCount, steps);
      render(convolver, inputsOf(sourceCount, steps), blockCount * blockSteps).forEach((output, ear) =>
        expect(largestDifference(output, expected[ear]!)).toBeLessThan(2e-6),
      );
    });
  },
);

describe.each(sets)('%s ear convolver', (_, kernels) => {
  test('a setting that stays is a plain delayed filter', () => {
    const convolver = create(kernels, 1, 1, { stepFrames: 64, blockSteps: 2 });
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
    const convolver = create(kernels, 5, 100, { stepFrames: 256, blockSteps: 2 });
    const first = render(convolver, inputs, 4);
    convolver.reset();
    expect(render(convolver, inputs, 4)).toEqual(first);
  });

  test('NaN leaves with its windows', () => {
    const convolver = create(kernels, 1, 300, { stepFrames: 128, blockSteps: 1 });
    for (const step of [-3, -2, -1]) convolver.setSource(0, step, mixAt(0, step));
    const outputs = [new Float32Array(256), new Float32Array(256)] as const;
    convolver.processHop([new Float32Array(256).fill(NaN)], ...outputs);
    for (let hop = 0; hop < 10; hop++) convolver.processHop(rows(1, 256), ...outputs);
    expect(outputs[0].every(Number.isFinite)).toBe(true);
  });

  test('silence after sound costs no more than sound, with and without denormal samples', () => {
    const convolver = create(kernels, 8, 256, { stepFrames: 256, blockSteps: 2 });
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
    expect(() => create(kernels, 0, 16, steps)).toThrow('sourceCount');
    expect(() => create(kernels, 1, 0, steps)).toThrow('tapCount');
    expect(() => create(kernels, 1, 16, { ...steps, stepFrames: 100 })).toThrow('stepFrames');
    expect(() => kernels.createEarConvolver({ ...optionsOf(1, 16, steps), stepCount: 3 })).toThrow(
      'stepCount / blockSteps',
    );
    for (const bandwidth of [0, 1.01, NaN])
      expect(() => kernels.createEarConvolver({ ...optionsOf(1, 16, steps), bandwidth })).toThrow(
        'bandwidth',
      );
    const convolver = create(kernels, 1, 16, steps);
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
