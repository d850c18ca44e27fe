import { expect, test } from 'vitest';
import { designQuadratureFir } from '../../src/dsp/quadrature-fir.ts';

/** Response at one frequency, counted from the middle tap, by the definition of the Fourier transform. */
function responseAt(
  { taps, delaySamples }: ReturnType<typeof designQuadratureFir>,
  hz: number,
  rate: number,
) {
  let [real, imaginary] = [0, 0];
  taps.forEach((tap, n) => {
    const phase = (-2 * Math.PI * hz * (n - delaySamples)) / rate;
    real += tap * Math.cos(phase);
    imaginary += tap * Math.sin(phase);
  });
  return {
    levelDb: 10 * Math.log10(real ** 2 + imaginary ** 2),
    phaseDeg: (Math.atan2(imaginary, real) * 180) / Math.PI,
  };
}

test.each([44_100, 48_000, 96_000])(
  'at %i Hz the phase leads by 90 degrees, 0.5 at most off, and the level is 0 dB, 0.05 at most off',
  (sampleRateHz) => {
    const fir = designQuadratureFir(sampleRateHz);
    let [worstPhaseDeg, worstLevelDb] = [0, 0];
    for (let step = 0; step <= 300; step++) {
      const { levelDb, phaseDeg } = responseAt(fir, 40 * 500 ** (step / 300), sampleRateHz);
      worstPhaseDeg = Math.max(worstPhaseDeg, Math.abs(phaseDeg - 90));
      worstLevelDb = Math.max(worstLevelDb, Math.abs(levelDb));
    }
    expect(worstPhaseDeg).toBeLessThan(0.01);
    expect(worstLevelDb).toBeLessThan(0.05);
  },
);
