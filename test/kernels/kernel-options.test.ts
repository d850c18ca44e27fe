import { describe, expect, test } from 'vitest';
import { InternalError } from '../../src/base/errors.ts';
import {
  requireBandSplit,
  requireConvolver,
  requireEarConvolver,
  requireEarMix,
  requireFir,
  requireFrames,
  requireInteger,
  requireLimiterGain,
  requireOctaveBands,
  requirePairs,
  requirePcm,
  requirePreciseFir,
  requireQuantizer,
  requireResponse,
} from '../../src/kernels/kernel-options.ts';

describe('kernel options', () => {
  test('an integer in range passes, everything else names what is allowed', () => {
    requireInteger('count', 3, 1, 3);
    for (const value of [0, 4, 1.5, NaN]) {
      expect(() => requireInteger('count', value, 1, 3)).toThrow(
        `count is ${value}; an integer in 1..3 is allowed`,
      );
    }
    expect(() => requireInteger('count', 0, 1, 3)).toThrow(InternalError);
  });

  test('short arrays are refused', () => {
    requireFrames('inputs', [new Float32Array(4)], 4);
    expect(() => requireFrames('inputs', [new Float32Array(3)], 4)).toThrow('inputs hold 3 of 4 samples');
    requirePcm('int24', new Uint8Array(6), 1, [new Float32Array(1), new Float32Array(1)]);
    expect(() => requirePcm('int24', new Uint8Array(5), 2, [new Float32Array(2)])).toThrow('6 are needed');
  });

  test('options of the kernels', () => {
    const split = {
      crossovers: [{ gain: 1, a1: 0, a2: 0 }],
      detectorOfChannel: [0, 1],
      gainSetOfChannel: [0, 0],
      combination: 'max',
    } as const;
    requireBandSplit(split);
    expect(() => requireBandSplit({ ...split, crossovers: [] })).toThrow('count of crossovers is 0');
    expect(() => requireBandSplit({ ...split, gainSetOfChannel: [0] })).toThrow('2..2 is allowed');
    expect(() => requireBandSplit({ ...split, detectorOfChannel: [0, 2] })).toThrow(
      'is 2; an integer in -1..1',
    );
    expect(() => requireBandSplit({ ...split, detectorOfChannel: [1, 1] })).toThrow('and none is 0');
    requireFir({ phaseCount: 2, tapCount: 3, coefficients: new Float32Array(6) });
    expect(() => requireFir({ phaseCount: 2, tapCount: 3, coefficients: new Float32Array(5) })).toThrow(
      '6..6',
    );
    requirePreciseFir({ phaseCount: 4, tapCount: 2, coefficients: Float32Array.of(0, 1, 1, 2, 3, 3, 2, 1) });
    expect(() =>
      requirePreciseFir({
        phaseCount: 4,
        tapCount: 2,
        coefficients: Float32Array.of(0, 1, 1, 2, 3, 3, 1, 2),
      }),
    ).toThrow('mirror');
    requirePairs(2, [[0, 1]]);
    expect(() => requirePairs(2, [[0, 2]])).toThrow('channel of a pair is 2');
    expect(() => requireOctaveBands(1, { bands: [], halfBandTaps: [0.25] })).toThrow('bands.length is 0');
    requireQuantizer(24, new Int32Array(1));
    expect(() => requireQuantizer(1, new Int32Array(1))).toThrow('bitDepth');
    expect(() => requireQuantizer(16, new Int32Array(0))).toThrow('seeds');
    const limiter = {
      links: Float64Array.of(1, 0.5, 0, 1),
      ceilingGain: 1,
      lookaheadSamples: 2,
      holdSamples: 0,
      release: { factor: 0, charge: 0, discharge: 0 },
    };
    requireLimiterGain(limiter);
    for (const [fault, message] of [
      [{ holdSamples: -1 }, 'hold'],
      [{ lookaheadSamples: 3 }, 'lookaheadSamples'],
      [{ links: Float64Array.of(1, 0.5) }, 'links'],
      [{ links: Float64Array.of(1.1) }, 'link is 1.1'],
      [{ ceilingGain: 0 }, 'ceilingGain'],
      [{ release: { ...limiter.release, factor: 1 } }, 'below 1'],
      [{ release: { ...limiter.release, charge: -1 } }, 'charge'],
      [{ release: { ...limiter.release, discharge: 0.1 } }, 'discharge'],
    ] as const) {
      expect(() => requireLimiterGain({ ...limiter, ...fault })).toThrow(message);
    }
    requireConvolver({ inputCount: 1, tapCount: 1, hopFrames: 64 });
    requireConvolver({ inputCount: 1, tapCount: 1, hopFrames: 2088 });
    const ears = {
      sourceCount: 2,
      responseCount: 3,
      tapCount: 4,
      stepFrames: 232,
      blockSteps: 3,
      stepCount: 9,
      maximumDelaySamples: 8,
      bandwidth: 1,
    };
    requireEarConvolver(ears);
    expect(() => requireEarConvolver({ ...ears, stepCount: 0 })).toThrow('stepCount');
    requireResponse(ears, 2, new Float32Array(4), new Float32Array(1));
    expect(() => requireResponse(ears, 2, new Float32Array(5), new Float32Array(1))).toThrow('left.length');
    const mix = {
      responses: new Int32Array(3),
      weights: new Float64Array(3),
      delaySamples: Float64Array.of(0, 8),
      driftSamples: new Float64Array(2),
    };
    requireEarMix(ears, 1, 8, mix);
    expect(() => requireEarMix(ears, 1, 9, mix)).toThrow('step');
    expect(() => requireConvolver({ inputCount: 1, tapCount: 1, hopFrames: 32 })).toThrow('hopFrames');
  });
});
