import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import type { Layout } from '../../src/layouts/layout.ts';
import { createLevelTracer } from '../../src/meter/level-trace.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';

const kernels = createScalarKernels();

/** Trace of a signal for each channel, in blocks of so many frames. */
function traceOf(
  layout: Layout,
  groups: readonly (readonly number[])[],
  sampleRateHz: number,
  signals: readonly Float32Array[],
  blockFrames: number,
) {
  const tracer = createLevelTracer({ kernels, sampleRateHz, layout, groups });
  const meter = createLoudnessMeter({ kernels, sampleRateHz, layout, hearBin: tracer.hearBin });
  const frameCount = signals[0]!.length;
  for (let from = 0; from < frameCount; from += blockFrames) {
    const channels = signals.map((signal) => signal.slice(from, from + blockFrames));
    const block = { channels, frameCount: channels[0]!.length };
    tracer.process(block);
    meter.process(block);
  }
  return { trace: tracer.trace(), integratedLufs: meter.result().integratedLufs };
}

const { sin, sqrt, floor, log10, PI } = Math;
const surround = getLayout('5.1');
const surroundGroups = [[0, 1, 2], [3], [4, 5]];

test('a bin has the true peak of each group in its stretch, whatever the blocks and the rate', () => {
  for (const sampleRateHz of [44_100, 48_000]) {
    const frames = sampleRateHz / 2;
    // fs/4 at 45 degrees: samples of 0.707 of a peak of 1 (EBU Tech 3341, case 16), at a level a bin.
    const level = (n: number): number => 1 / (1 + floor((n * 100) / sampleRateHz) / 20);
    const tone = Float32Array.from({ length: frames }, (_, n) => level(n) * sin((PI / 2) * n + PI / 4));
    const scaled = (gain: number): Float32Array => tone.map((x) => gain * x);
    const gains = [0.5, 1, 0.5, 1.2, 0.6, 0.8];
    const traces = [64, 1000, frames].map((blockFrames) =>
      traceOf(surround, surroundGroups, sampleRateHz, gains.map(scaled), blockFrames),
    );
    for (const [group, gain] of [1, 1.2, 0.8].entries()) {
      const { peaks, energies } = traces[0]!.trace[group]!;
      expect(peaks).toHaveLength(50);
      expect(energies).toHaveLength(group === 1 ? 0 : 50);
      for (let bin = 2; bin < 15; bin++) {
        const peakDb = 20 * log10((peaks[bin]! / gain) * (1 + bin / 20));
        // The filter reaches a little into the louder bin before.
        expect(peakDb).toBeGreaterThan(-0.1);
        expect(peakDb).toBeLessThan(0.5);
      }
      for (const { trace } of traces) expect(trace[group]).toEqual({ energies, peaks });
    }
  }
});

test('far below the highest peak of all groups, the sample peak is enough', () => {
  const tone = Float32Array.from({ length: 24_000 }, (_, n) => sin((PI / 2) * n + PI / 4));
  const signals = [tone, ...Array.from({ length: 5 }, () => tone.map((x) => 0.1 * x))];
  const { trace } = traceOf(surround, surroundGroups, 48_000, signals, 4096);
  for (const group of [1, 2]) expect(trace[group]!.peaks[20]).toBeCloseTo(0.1 * sqrt(0.5), 6);
});

test('energies are those that the loudness is made of, each in its group', () => {
  const frames = 48_000;
  const of = (gain: number): Float32Array =>
    Float32Array.from({ length: frames }, (_, n) => gain * sin((2 * PI * 997 * n) / 48_000));
  const gains = [0.1, 0.1, 0.2, 0.9, 0.05, 0.05];
  const { trace, integratedLufs } = traceOf(surround, surroundGroups, 48_000, gains.map(of), 4096);
  const [front, lfe, rear] = trace.map(({ energies }) => energies.slice(40).reduce((sum, x) => sum + x, 0));
  const power = (front! + rear!) / ((frames / 480 - 40) * 480);
  expect(-0.691 + 10 * log10(power)).toBeCloseTo(integratedLufs, 1);
  expect(lfe).toBe(0);
  // BS.1770-5, Annex 3, Table 4: surround channels weigh 1.41.
  expect(rear! / front!).toBeCloseTo((1.41 * 2 * 0.05 ** 2) / (2 * 0.1 ** 2 + 0.2 ** 2), 3);
});

test('a layout of LFE alone has peaks and no energies', () => {
  const layout = getLayout('0+2+0');
  const lfe = { ...layout, loudspeakers: [{ ...layout.loudspeakers[0]!, isLfe: true }] };
  const { trace } = traceOf(lfe, [[0]], 48_000, [new Float32Array(4800).fill(1)], 4800);
  expect(trace[0]!.peaks).toHaveLength(10);
  expect(trace[0]!.energies).toHaveLength(0);
});
