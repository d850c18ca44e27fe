import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { createProgrammeMeter } from '../../src/meter/measure.ts';
import { playSine } from '../meter/sine.ts';
import { noise, requireTool, run } from '../support.ts';

// ITU-R BS.1770-5 (November 2023).
const kernels = createScalarKernels();
const fast = await loadKernels();
const sampleRateHz = 48000;

test.each([44100, 48000, 96000, 192000])(
  'Annex 1: a 0 dBFS sine of 997 Hz in one front channel reads -3.01 at %i Hz',
  (rate) => {
    for (const channel of [0, 1, 2]) {
      const meter = createLoudnessMeter({ kernels, sampleRateHz: rate, layout: getLayout('5.1') });
      const levels = [0, 1, 2, 3, 4, 5].map((c) => (c === channel ? 0 : -Infinity));
      playSine(meter, [[3, ...levels]], { sampleRateHz: rate, frequencyHz: 997 });
      expect(Math.abs(meter.result().integratedLufs - -3.01)).toBeLessThan(0.01);
    }
  },
);

/** Loudspeakers of the weight 1.41, by layout: Annex 3, Tables 4 and 5. */
const surrounds: Readonly<Record<string, readonly string[]>> = {
  '0+2+0': [],
  '5.1': ['M+110', 'M-110'],
  '5.1.4': ['M+110', 'M-110'],
  '7.1.4': ['M+090', 'M-090'],
  '9.1.6': ['M+060', 'M-060', 'M+090', 'M-090'],
};

describe.each(Object.entries(surrounds))(
  'Annex 3: each channel of %s alone reads as its weight says',
  (name, labels) => {
    test.each([44100, 48000, 96000, 192000])('at %i Hz', (rate) => {
      const layout = getLayout(name);
      for (const [channel, { label, isLfe }] of layout.loudspeakers.entries()) {
        const meter = createLoudnessMeter({ kernels: fast, sampleRateHz: rate, layout });
        const levels = layout.loudspeakers.map((_, c) => (c === channel ? -20 : -Infinity));
        playSine(meter, [[0.5, ...levels]], { frequencyHz: 997, sampleRateHz: rate });
        const { integratedLufs } = meter.result();
        const weight = labels.includes(label) ? 1.41 : 1;
        if (isLfe) expect(integratedLufs, label).toBe(-Infinity);
        else expect(Math.abs(integratedLufs - (-23.01 + 10 * Math.log10(weight))), label).toBeLessThan(0.01);
      }
    });
  },
);

/** Interleaved float32 to ffmpeg's ebur128. */
function measureByFfmpeg(channels: readonly Float32Array[], layoutName: string) {
  const folder = mkdtempSync(join(tmpdir(), 'periphon-'));
  try {
    const frameCount = channels[0]!.length;
    const interleaved = new Float32Array(frameCount * channels.length);
    channels.forEach((channel, c) => {
      for (let n = 0; n < frameCount; n++) interleaved[n * channels.length + c] = channel[n]!;
    });
    const file = join(folder, 'noise.f32');
    writeFileSync(file, new Uint8Array(interleaved.buffer));
    const source = ['-f', 'f32le', '-ar', `${sampleRateHz}`, '-ac', `${channels.length}`];
    const filter = `aformat=channel_layouts=${layoutName},ebur128=peak=true+sample:framelog=verbose`;
    const { stderr } = run('ffmpeg', [
      ...['-hide_banner', '-nostdin', ...source, '-channel_layout', layoutName, '-i', file],
      ...['-af', filter, '-f', 'null', '-'],
    ]);
    const figure = (pattern: RegExp): number => Number(pattern.exec(stderr)![1]);
    return {
      integratedLufs: figure(/I:\s+(\S+) LUFS/),
      truePeakDbtp: figure(/True peak:\s+Peak:\s+(\S+)/),
      samplePeakDbfs: figure(/Sample peak:\s+Peak:\s+(\S+)/),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.for([
  ['stereo', '0+2+0', 31],
  ['5.1', '5.1', 77],
] as const)('%s noise reads as in ffmpeg: 0.1 LU, 0.2 dB', ([name, system, seed], context) => {
  requireTool(context, 'ffmpeg');
  const layout = getLayout(system);
  const frameCount = 12 * sampleRateHz;
  const levels = [1, 0.1, 0.45];
  const channels = layout.loudspeakers.map((_, c) => {
    let last = 0;
    // Softened towards the Nyquist frequency, where the interpolators of meters may differ.
    return noise(frameCount, seed + c, 0.6 - 0.05 * c).map((x, n) => {
      last += 0.4 * (x - last);
      return last * levels[Math.floor((3 * n) / frameCount)]!;
    });
  });
  const meter = createProgrammeMeter({ kernels, sampleRateHz, layout });
  meter.process({ channels, frameCount });
  const ours = meter.finish();
  const theirs = measureByFfmpeg(channels, name);
  expect(Math.abs(ours.integratedLufs - theirs.integratedLufs)).toBeLessThanOrEqual(0.1);
  expect(Math.abs(ours.truePeakDbtp - theirs.truePeakDbtp)).toBeLessThanOrEqual(0.2);
  expect(Math.abs(ours.samplePeakDbfs - theirs.samplePeakDbfs)).toBeLessThanOrEqual(0.06);
});
