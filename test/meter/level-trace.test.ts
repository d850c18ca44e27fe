import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createLevelTracer } from '../../src/meter/level-trace.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';

const kernels = createScalarKernels();

/** Trace of a signal for all channels, in blocks of so many frames. */
function traceOf(
  layoutName: string,
  sampleRateHz: number,
  signals: readonly Float32Array[],
  blockFrames: number,
) {
  const layout = getLayout(layoutName);
  const tracer = createLevelTracer({ kernels, sampleRateHz, layout });
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

test('a bin has the true peak of its stretch, LFE left out, whatever the blocks and the rate', () => {
  for (const sampleRateHz of [44_100, 48_000]) {
    const frames = sampleRateHz / 2;
    // fs/4 at 45 degrees: samples of 0.707 of a peak of 1 (EBU Tech 3341, case 16), at a level a bin.
    const level = (n: number): number => 1 / (1 + Math.floor((n * 100) / sampleRateHz) / 20);
    const tone = Float32Array.from(
      { length: frames },
      (_, n) => level(n) * Math.sin((Math.PI / 2) * n + Math.PI / 4),
    );
    const quiet = tone.map((x) => x / 2);
    const lfe = new Float32Array(frames).fill(4);
    const signals = [quiet, tone, quiet, lfe, quiet, quiet];
    const traces = [64, 1000, frames].map((blockFrames) =>
      traceOf('5.1', sampleRateHz, signals, blockFrames),
    );
    const { peaks, energies } = traces[0]!.trace;
    expect(peaks).toHaveLength(50);
    expect(energies).toHaveLength(50);
    for (let bin = 2; bin < 30; bin++) {
      const peakDb = 20 * Math.log10(peaks[bin]! * (1 + bin / 20));
      // The filter reaches a little into the louder bin before.
      expect(peakDb).toBeGreaterThan(-0.1);
      expect(peakDb).toBeLessThan(0.5);
    }
    for (const { trace } of traces) {
      expect(trace.energies).toEqual(energies);
      expect(trace.peaks).toEqual(peaks);
    }
  }
});

test('energies are those that the loudness is made of', () => {
  const tone = Float32Array.from(
    { length: 48_000 },
    (_, n) => 0.1 * Math.sin((2 * Math.PI * 997 * n) / 48_000),
  );
  const { trace, integratedLufs } = traceOf('0+2+0', 48_000, [tone, tone], 4096);
  const steady = trace.energies.slice(40);
  const power = steady.reduce((sum, energy) => sum + energy, 0) / (steady.length * 480);
  expect(-0.691 + 10 * Math.log10(power)).toBeCloseTo(integratedLufs, 1);
});

test('a layout of LFE alone has no levels', () => {
  const layout = getLayout('0+2+0');
  const lfe = { ...layout, loudspeakers: [{ ...layout.loudspeakers[0]!, isLfe: true }] };
  const tracer = createLevelTracer({ kernels, sampleRateHz: 48_000, layout: lfe });
  tracer.process({ channels: [new Float32Array(4800).fill(1)], frameCount: 4800 });
  expect(tracer.trace().peaks).toHaveLength(0);
});
