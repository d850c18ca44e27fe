import { expect, test } from 'vitest';
import { designGainComputer } from '../../../src/master/dynamics/gain-computer.ts';
import { processMultiband } from '../../../src/master/scene-stage/multiband.ts';
import { noise } from '../../support.ts';
import { lateRender } from './dynamics-support.ts';
import { effectContext, runEffect } from './effect-support.ts';

const bandsOf = (thresholdsDb: readonly number[]) =>
  thresholdsDb.map((thresholdDb, band) => ({
    name: `band ${band}`,
    computer: designGainComputer({ thresholdDb, ratio: 4, kneeDb: 0 }, 48000),
    scale: { gainPerDb: -1, makeUpDb: 0, wetShare: 1 },
  }));

test.each(['minimum', 'linear'] as const)(
  '%s phase: a render that lags is heard band by band, and its gains meet the sound they belong to',
  async (phase) => {
    const context = await effectContext({
      trackCount: 2,
      createDetectorRender: () => lateRender(2, 37),
    });
    const create = (thresholdsDb: readonly number[]) =>
      processMultiband(context, {
        ...{ crossoversHz: [1000], phase, lookaheadMs: 0, bands: bandsOf(thresholdsDb) },
        detector: { mode: 'render' },
      });
    // A silence, and noise in the middle: nothing is turned down before it begins.
    const input = noise(6000, 1, 0.7).fill(0, 0, 3000);
    const untouched = runEffect(create([60, 60]), [input, input]);
    const effect = create([-30, 60]);
    if (phase === 'minimum') expect(effect.latencySamples).toBe(37);
    else expect(effect.latencySamples).toBeGreaterThan(512);
    const [left, right] = runEffect(effect, [input, input]);
    // Convolutions take channels in pairs, which differ in their last bits.
    for (let n = 0; n < left!.length; n++) expect(Math.abs(left![n]! - right![n]!)).toBeLessThan(1e-6);
    expect(left!.subarray(0, 2990)).toEqual(untouched[0]!.subarray(0, 2990));
    expect(left!.subarray(4000)).not.toEqual(untouched[0]!.subarray(4000));
    const [low, high] = effect.reductions();
    expect(low!.maxReductionDb).toBeGreaterThan(3);
    expect(high!.maxReductionDb).toBe(0);
  },
);
