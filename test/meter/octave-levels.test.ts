import { expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createOctaveMeter } from '../../src/meter/octave-levels.ts';
import { noise } from '../support.ts';

const kernels = createScalarKernels();

function measure(channels: readonly Float32Array[], sampleRateHz = 48000) {
  const meter = createOctaveMeter(kernels, channels.length, sampleRateHz);
  const frameCount = channels[0]!.length;
  const size = sampleRateHz / 10;
  for (let from = 0; from < frameCount; from += size) {
    const parts = channels.map((channel) => channel.subarray(from, from + size));
    meter.take({ channels: parts, frameCount: parts[0]!.length });
  }
  return meter.finish();
}

test.each([44100, 48000, 192000])(
  'sines at %i Hz read their level in their band, by Butterworth elsewhere',
  (rateHz) => {
    const { centresHz } = createOctaveMeter(kernels, 1, rateHz).finish();
    const tones = centresHz.map((centreHz) =>
      Float32Array.from(
        { length: 2 * rateHz },
        (_, n) => 0.5 * Math.sin((2 * Math.PI * centreHz * n) / rateHz),
      ),
    );
    const { levelsDbfs } = measure(tones, rateHz);
    const levelDbfs = 20 * Math.log10(0.5) - 3.0103;
    for (const [band] of centresHz.entries()) {
      expect(Math.abs(levelsDbfs[band]![band]! - levelDbfs)).toBeLessThan(0.08);
      // A Butterworth band pass of sixth order is 18.9 dB down an octave off; the bilinear transform steepens it.
      for (const other of [band - 1, band + 1])
        expect(levelsDbfs[band]![other] ?? -Infinity).toBeLessThan(levelDbfs - 16.6);
    }
  },
);

test('white noise has 3 dB more in each octave', () => {
  const { centresHz, levelsDbfs } = measure([noise(480000, 3)]);
  // Power 1/3 spread evenly to 24 kHz; a third-order prototype passes pi/6 / sin(pi/6) of its nominal width.
  for (const [band, centreHz] of centresHz.entries()) {
    if (centreHz < 100 || centreHz > 9000) continue;
    const widthHz = centreHz * (10 ** 0.15 - 10 ** -0.15) * (Math.PI / 3);
    expect(Math.abs(levelsDbfs[0]![band]! - 10 * Math.log10(widthHz / 24000 / 3))).toBeLessThan(0.3);
  }
});

test('silence, and nothing at all', () => {
  for (const frames of [0, 4800]) {
    const meter = createOctaveMeter(kernels, 1, 48000);
    if (frames > 0) meter.take({ channels: [new Float32Array(frames)], frameCount: frames });
    expect(meter.finish().levelsDbfs[0]!.every((level) => level === -Infinity)).toBe(true);
  }
});
