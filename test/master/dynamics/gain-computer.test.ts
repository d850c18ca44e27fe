import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import {
  designGainComputer,
  staticReductionDb,
  type GainComputerSettings,
} from '../../../src/master/dynamics/gain-computer.ts';

const rateHz = 48000;
const simd = await loadKernels();
const sets = [createScalarKernels(), simd];

/** Reductions in dB for powers. */
function reductionsOf(settings: Partial<GainComputerSettings>, powers: Float32Array, kernels = simd) {
  const row = designGainComputer({ thresholdDb: -20, ...settings }, rateHz);
  const found = new Float32Array(powers.length);
  kernels.createDynamicsGain([row]).process([powers], powers.length, [found]);
  return found;
}

/** Power of a level that stays. */
const constant = (levelDb: number, frames: number) => new Float32Array(frames).fill(10 ** (levelDb / 10));

describe.each(sets)('$kind', (kernels) => {
  test.each(['peak', 'rms'] as const)('%s: the static curve within 0.05 dB', (detection) => {
    let worstDb = 0;
    for (const ratio of [1.2, 2, 4, 10, Infinity])
      for (const kneeDb of [0, 3, 6, 12, 24])
        for (const side of ['above', 'below'] as const)
          for (let levelDb = -70; levelDb <= 12; levelDb += 4.1) {
            const settings = { ratio, kneeDb, detection, side, attackMs: 1, releaseMs: 1, windowMs: 1 };
            const found = reductionsOf(settings, constant(levelDb, 1500), kernels).at(-1)!;
            const beyondDb = side === 'above' ? levelDb + 20 : -20 - levelDb;
            // Giannoulis, Massberg and Reiss 2012, equation 4.
            const slope = 1 - 1 / ratio;
            const wantedDb =
              2 * beyondDb < -kneeDb
                ? 0
                : 2 * Math.abs(beyondDb) <= kneeDb && kneeDb > 0
                  ? (slope * (beyondDb + kneeDb / 2) ** 2) / (2 * kneeDb)
                  : slope * beyondDb;
            worstDb = Math.max(worstDb, Math.abs(found - Math.min(60, wantedDb)));
            const row = designGainComputer({ thresholdDb: -20, ...settings }, rateHz);
            expect(staticReductionDb(row, levelDb)).toBeCloseTo(Math.min(60, wantedDb), 9);
          }
    expect(worstDb).toBeLessThan(0.001);
  });

  test.each([
    [0.5, 5],
    [5, 50],
    [30, 200],
    [100, 40],
    [250, 2000],
  ])('attack of %d ms to 63 %%, release of %d ms to 37 %%, within 5 %%', (attackMs, releaseMs) => {
    const settings = { attackMs, releaseMs, ratio: 3, kneeDb: 0, detection: 'peak' } as const;
    const loudFrames = Math.round(12 * attackMs * 48);
    const powers = new Float32Array(loudFrames + Math.round(3 * releaseMs * 48));
    powers.set(constant(-5, loudFrames));
    powers.fill(10 ** -4, loudFrames);
    const found = reductionsOf(settings, powers, kernels);
    const attackFrames = found.findIndex((value) => value >= 10 * (1 - Math.exp(-1)));
    expect(Math.abs(attackFrames / (attackMs * 48) - 1)).toBeLessThan(0.05);
    const releaseFrames = found.subarray(loudFrames).findIndex((value) => value <= 10 * Math.exp(-1));
    expect(Math.abs(releaseFrames / (releaseMs * 48) - 1)).toBeLessThan(0.05);
  });
});

test('peaks of a tone are held: its reduction is that of its peak level and hardly moves', () => {
  const tone = Float32Array.from({ length: 48000 }, (_, n) => Math.sin(2 * Math.PI * 0.0213 * n) ** 2);
  const found = reductionsOf({ detection: 'peak', ratio: 4, kneeDb: 0, releaseMs: 200 }, tone);
  const settled = found.subarray(24000);
  expect(Math.max(...settled)).toBeLessThanOrEqual(15);
  expect(Math.min(...settled)).toBeGreaterThan(14.8);
});

test('the mean of a window settles with its time constant', () => {
  const found = reductionsOf(
    {
      windowMs: 50,
      ratio: Infinity,
      kneeDb: 0,
      attackMs: 0,
      releaseMs: 0,
      thresholdDb: -40,
      detection: 'rms',
    },
    constant(0, 48000),
  );
  const share = 10 ** ((found[50 * 48 - 1]! - 40) / 10);
  expect(share).toBeCloseTo(1 - Math.exp(-1), 4);
});

test('auto release: a lone peak is over in the release, a dense passage lets go slowly', () => {
  const settings = { detection: 'peak', isAutoRelease: true, releaseMs: 50, ratio: 4, kneeDb: 0 } as const;
  const leftAfter = (loudMs: number): number => {
    const loudFrames = loudMs * 48;
    const powers = new Float32Array(loudFrames + 4800);
    powers.set(constant(0, loudFrames));
    return reductionsOf({ ...settings, attackMs: 1 }, powers).at(-1)! / 15;
  };
  expect(leftAfter(5)).toBeLessThan(0.16);
  expect(leftAfter(3000)).toBeGreaterThan(0.75);
});

test('no more than the range; nothing of nothing, and no NaN', () => {
  expect(reductionsOf({ rangeDb: 4, ratio: 10 }, constant(0, 9000)).at(-1)).toBeCloseTo(4, 5);
  const odd = Float32Array.of(NaN, Infinity, -1, 0, 1e38, 1e-44, -Infinity);
  for (const kernels of sets)
    expect(reductionsOf({}, odd, kernels).every((value) => value >= 0 && value <= 60)).toBe(true);
  expect(new Set(reductionsOf({}, new Float32Array(1000)))).toEqual(new Set([0]));
});
