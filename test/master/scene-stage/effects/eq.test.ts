import { describe, expect, test } from 'vitest';
import { createFft } from '../../../../src/dsp/fft.ts';
import type { EqBand } from '../../../../src/master/eq-band.ts';
import { designEqBand } from '../../../../src/master/eq-band.ts';
import { eqEffect } from '../../../../src/master/scene-stage/effects/eq.ts';
import { constantMembers } from '../../../../src/master/scene-stage/group-members.ts';
import { frequenciesHz, responseOf } from '../../../dsp/filter-response.ts';
import { noise } from '../../../support.ts';
import { effectContext, runEffect } from '../effect-support.ts';

const bands: EqBand[] = [
  { type: 'highpass', frequencyHz: 28, slopeDbPerOct: 24 },
  { type: 'lowshelf', frequencyHz: 120, gainDb: 3 },
  { type: 'tilt', frequencyHz: 800, gainDb: -1.5 },
  { type: 'bell', frequencyHz: 3000, gainDb: -6, q: 3 },
  { type: 'highshelf', frequencyHz: 9000, gainDb: 2.5, q: 0.5 },
];
const size = 1 << 17;

/** Response at bins, of a processor fed with an impulse in the middle. */
async function realised(
  parameters: Parameters<typeof eqEffect.create>[0],
): Promise<(bin: number) => { levelDb: number; phaseDeg: number }> {
  const input = new Float32Array(size);
  input[size / 2] = 1;
  const [output] = runEffect(eqEffect.create(parameters, await effectContext()), [input]);
  const real = Float64Array.from(output!, (_, n) => output![(n + size / 2) % size]!);
  const imaginary = new Float64Array(size);
  createFft(size).forward(real, imaginary);
  return (bin) => ({
    levelDb: 20 * Math.log10(Math.hypot(real[bin]!, imaginary[bin]!)),
    phaseDeg: (180 / Math.PI) * Math.atan2(imaginary[bin]!, real[bin]!),
  });
}

describe.each(['minimum', 'linear'] as const)('%s phase', (phase) => {
  test('the response that was designed, within 0.01 dB and 0.1 degree', async () => {
    const responseAt = await realised({ bands, phase });
    const sections = bands.flatMap((band) => designEqBand(band, 48000));
    for (const wantedHz of frequenciesHz(20, 23_000, 300)) {
      const bin = Math.round((wantedHz * size) / 48000);
      const designed = responseOf(sections, (bin * 48000) / size, 48000);
      const found = responseAt(bin);
      expect(Math.abs(found.levelDb - designed.levelDb)).toBeLessThan(0.01);
      const turnDeg = found.phaseDeg - (phase === 'linear' ? 0 : designed.phaseDeg);
      expect(Math.abs(turnDeg - 360 * Math.round(turnDeg / 360))).toBeLessThan(0.1);
    }
  });

  test('blocks change nothing, others pass, and a weight of a half is half of it in amplitude', async () => {
    const group = constantMembers(
      new Map([
        [0, 1],
        [2, 0.5],
      ]),
    );
    const context = await effectContext({ trackCount: 3, group });
    const input = noise(6000, 1);
    const runs = [6000, 511, 64].map((blockFrames) =>
      runEffect(eqEffect.create({ bands, phase }, context), [input, input, input], blockFrames),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
    const [whole, none, half] = runs[0]!;
    expect(none).toEqual(input);
    for (let n = 0; n < 6000; n += 7) expect(half![n]).toBeCloseTo((whole![n]! + input[n]!) / 2, 5);
  });
});

test('half the amount is half the dB', async () => {
  const bell: EqBand = { type: 'bell', frequencyHz: 1000, gainDb: 8 };
  const context = await effectContext({ amount: 0.5 });
  const input = noise(2000, 1);
  const whole = eqEffect.create({ bands: [{ ...bell, gainDb: 4 }] }, await effectContext());
  expect(runEffect(eqEffect.create({ bands: [bell] }, context), [input])).toEqual(runEffect(whole, [input]));
});

test('a frequency above what the rate holds is a fault, where the rate is known', () => {
  const parameters: Parameters<typeof eqEffect.create>[0] = {
    bands: [
      { type: 'bell', frequencyHz: 1000, gainDb: 1 },
      { type: 'notch', frequencyHz: 21_000 },
    ],
  };
  const message = 'found 21000; allowed at 44100 Hz: 20947 or less';
  expect(eqEffect.faultsOf!(parameters, 44_100)).toMatchObject([
    { path: ['bands', 1, 'frequencyHz'], message },
  ]);
  expect(eqEffect.faultsOf!(parameters, undefined)).toEqual([]);
});
