import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import { createLayoutStage } from '../../src/master/layout-stage.ts';
import { type LoudnessProblem, type PassResult, solveLoudness } from '../../src/master/loudness-solver.ts';
import { integratedLoudnessLufs } from '../../src/meter/loudness-gating.ts';
import { createLoudnessMeter } from '../../src/meter/loudness-meter.ts';
import { createTruePeakMeter } from '../../src/meter/true-peak-meter.ts';
import { noise } from '../support.ts';
import { denseMix } from './limiter-battery.ts';

/** A programme of one gating block of a loudness. */
const oneBlock = (lufs: number): Float64Array => Float64Array.of(10 ** ((lufs + 0.691) / 10));

/** A bus whose loudness bends off by so many LU per dB squared above the ceiling. */
function modelBus(integratedLufs: number, truePeakDbtp: number, lossPerDb2: number) {
  const passes: { gainDb: number }[] = [];
  const problem = {
    ceilingDbtp: -1,
    unlimited: { blockPowers: oneBlock(integratedLufs), truePeakDbtp },
    async runPass(settings: { gainDb: number }): Promise<PassResult> {
      passes.push(settings);
      const overDb = Math.max(0, truePeakDbtp + settings.gainDb - -1);
      const limitedLufs = integratedLufs + settings.gainDb - lossPerDb2 * overDb ** 2;
      return {
        integratedLufs: limitedLufs,
        blockPowers: oneBlock(limitedLufs),
        truePeakDbtp: Math.min(truePeakDbtp + settings.gainDb, -1),
        maxReductionDb: overDb,
      };
    },
  };
  return { passes, problem };
}

describe('on a model', () => {
  test('no limiting: the first pass is the last', async () => {
    const { problem } = modelBus(-25, -12, 0.03);
    const solution = await solveLoudness({ ...problem, loudnessRule: 'at-most', loudnessLufs: -18 });
    expect(solution).toMatchObject({ status: 'met', passCount: 1, missedByLu: 0 });
    expect(solution.result.integratedLufs).toBeLessThanOrEqual(-18);
    expect(solution.result.integratedLufs).toBeGreaterThanOrEqual(-18.1);
    expect(solution.result.maxReductionDb).toBe(0);
  });

  test.each([0, 0.01, 0.03, 0.06])('a loss of %f LU per dB squared takes two passes', async (loss) => {
    for (const loudnessRule of ['at-most', 'target'] as const) {
      const { problem, passes } = modelBus(-20, -5, loss);
      const solution = await solveLoudness({
        ...problem,
        loudnessRule,
        loudnessLufs: -14,
        maxReductionDb: 12,
      });
      expect(solution).toMatchObject({ status: 'met' });
      expect(solution.passCount).toBeLessThanOrEqual(4);
      expect(solution.gainDb).toBe(passes.at(-1)!.gainDb);
      expect(Math.abs(solution.result.integratedLufs - -14)).toBeLessThanOrEqual(0.1);
      if (loudnessRule === 'at-most') expect(solution.result.integratedLufs).toBeLessThanOrEqual(-14);
    }
  });

  test('stops at the allowed limiting and says by how much the loudness is missed', async () => {
    const { problem } = modelBus(-30, -2, 0.02);
    const solution = await solveLoudness({ ...problem, loudnessRule: 'target', loudnessLufs: -14 });
    expect(solution).toMatchObject({ status: 'reduction-limited', passCount: 1 });
    expect(solution.result.maxReductionDb).toBeCloseTo(6, 6);
    expect(solution.missedByLu).toBeCloseTo(-14 - solution.result.integratedLufs, 9);
    expect(solution.missedByLu).toBeGreaterThan(9);
  });

  test('a pass over the ceiling is followed by another, which the limiter takes lower', async () => {
    const { problem, passes } = modelBus(-20, -5, 0.02);
    const leaky: LoudnessProblem = {
      ...problem,
      loudnessRule: 'target',
      loudnessLufs: -14,
      async runPass(settings) {
        const result = await problem.runPass(settings);
        return passes.length === 1 ? { ...result, truePeakDbtp: -0.97 } : result;
      },
    };
    const solution = await solveLoudness(leaky);
    expect(solution.status).toBe('met');
    expect(solution.passCount).toBe(2);
    expect(solution.result.truePeakDbtp).toBeLessThanOrEqual(-1);
  });

  test.each([
    ['none', 4, -5],
    ['none', -20, 0],
    ['peak', 4, -5],
    ['peak', -20, 19],
  ] as const)('%s, peaks at %f dBTP: one gain of %f dB and no limiting', async (loudnessRule, peak, gain) => {
    const solution = await solveLoudness({ ...modelBus(-30, peak, 0).problem, loudnessRule });
    expect(solution).toMatchObject({ status: 'met', passCount: 1, missedByLu: 0 });
    expect(solution.result.maxReductionDb).toBe(0);
    expect(solution.gainDb).toBeCloseTo(gain, 1);
    expect(solution.result.truePeakDbtp).toBeLessThanOrEqual(-1);
  });

  test('maximum: what is louder comes down to it, what is not stays', async () => {
    const solve = (lufs: number, peak = -5) =>
      solveLoudness({ ...modelBus(lufs, peak, 0.02).problem, loudnessRule: 'maximum', loudnessLufs: -14 });
    const loud = await solve(-10);
    expect(loud).toMatchObject({ status: 'met', passCount: 1 });
    expect(loud.result.integratedLufs).toBeLessThanOrEqual(-14);
    expect(loud.result.integratedLufs).toBeGreaterThanOrEqual(-14.1);
    for (const lufs of [-14, -14.5, -40]) {
      expect(await solve(lufs)).toMatchObject({ status: 'met', passCount: 1, gainDb: 0, missedByLu: 0 });
    }
    const peaky = await solve(-20, 9);
    expect(peaky).toMatchObject({ status: 'met', passCount: 1 });
    expect(peaky.result.maxReductionDb).toBeCloseTo(6, 6);
  });

  test('silence passes as it is', async () => {
    const { problem } = modelBus(-Infinity, -Infinity, 0);
    const solution = await solveLoudness({ ...problem, loudnessRule: 'target', loudnessLufs: -14 });
    expect(solution).toMatchObject({ status: 'silent', gainDb: 0, passCount: 1 });
  });

  /**
   * Steady blocks that are never limited, and as many of hits that no gain makes louder: when the gain has put
   * them 10 LU below the mean, the relative gate drops them, and the loudness jumps up by 3 LU.
   */
  const steadyAndHits = (gainDb: number): PassResult => {
    const overDb = Math.max(0, gainDb + 4);
    const lufs = [-20 + gainDb, -29.5 + gainDb - overDb];
    const blockPowers = Float64Array.from({ length: 100 }, (_, n) => 10 ** ((lufs[n % 2]! + 0.691) / 10));
    const integratedLufs = integratedLoudnessLufs(blockPowers);
    return { integratedLufs, blockPowers, truePeakDbtp: Math.min(3 + gainDb, -1), maxReductionDb: overDb };
  };

  test.each(['target', 'at-most', 'maximum'] as const)(
    '%s inside a jump: the nearest below',
    async (rule) => {
      const solution = await solveLoudness({
        loudnessRule: rule,
        loudnessLufs: -22,
        ceilingDbtp: -1,
        unlimited: {
          ...steadyAndHits(0),
          blockPowers: steadyAndHits(-4).blockPowers.map((x) => x * 10 ** 0.4),
          truePeakDbtp: 3,
        },
        runPass: async ({ gainDb }) => steadyAndHits(gainDb),
      });
      let belowDb = -4;
      while (steadyAndHits(belowDb).integratedLufs < -22) belowDb += 0.001;
      expect(steadyAndHits(belowDb).integratedLufs).toBeGreaterThan(-21);
      expect(solution.status).toBe(rule === 'maximum' ? 'met' : 'gate-jump');
      expect(solution.passCount).toBeLessThanOrEqual(4);
      expect(solution.gainDb).toBeLessThan(belowDb);
      expect(solution.gainDb).toBeGreaterThan(belowDb - 0.1);
      expect(solution.missedByLu).toBeCloseTo(
        rule === 'maximum' ? 0 : -22 - solution.result.integratedLufs,
        9,
      );
    },
  );
});

describe('what is kept in the end', () => {
  /** Loudness over gain as a staircase, as sparse programmes at the gates have it. */
  const staircase = (stepLu: number, offsetLu: number) => (integratedLufs: number) =>
    Math.ceil((integratedLufs - offsetLu) / stepLu) * stepLu + offsetLu + stepLu / 2;

  test('never above its maximum or the ceiling, whatever the curve; all other passes are discarded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.15, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 0.06, noNaN: true }),
        fc.double({ min: -0.02, max: 0.2, noNaN: true }),
        fc.integer({ min: 1, max: 5 }),
        async (stepLu, phase, loss, leakDb, maxPasses) => {
          const { problem } = modelBus(-22, -6, loss);
          const read = staircase(stepLu, phase * stepLu);
          const open = new Set<PassResult>();
          let loweredDb = 0;
          const solution = await solveLoudness({
            ...problem,
            loudnessRule: 'at-most',
            loudnessLufs: -16,
            maxReductionDb: 12,
            maxPasses,
            async runPass(settings) {
              expect(open.size).toBeLessThanOrEqual(1);
              const result = await problem.runPass(settings);
              const integratedLufs = read(result.integratedLufs);
              // The limiter goes lower where a pass was over.
              const truePeakDbtp = result.truePeakDbtp + leakDb - loweredDb;
              if (truePeakDbtp > -1) loweredDb += truePeakDbtp + 1.005;
              const finished = {
                ...result,
                integratedLufs,
                blockPowers: oneBlock(integratedLufs),
                truePeakDbtp,
              };
              open.add(finished);
              return finished;
            },
            async discard(result) {
              expect(open.delete(result)).toBe(true);
            },
          });
          expect([...open]).toEqual([solution.result]);
          expect(solution.result.integratedLufs).toBeLessThanOrEqual(-16);
          expect(solution.result.truePeakDbtp).toBeLessThanOrEqual(-1);
        },
      ),
      { seed: 11, numRuns: 400 },
    );
  });

  test('the nearest from below of passes that miss', async () => {
    const { problem, passes } = modelBus(-25, -20, 0);
    const loudness = [-18.5, -17.5, -18.2, -18.6];
    const solution = await solveLoudness({
      ...problem,
      loudnessRule: 'target',
      loudnessLufs: -18,
      async runPass(settings) {
        const result = await problem.runPass(settings);
        const integratedLufs = loudness[passes.length - 1]!;
        return { ...result, integratedLufs, blockPowers: oneBlock(integratedLufs) };
      },
    });
    expect(solution).toMatchObject({ passCount: 4, gainDb: passes[2]!.gainDb });
    expect(solution.missedByLu).toBeCloseTo(0.2, 9);
  });
});

describe('on audio, through the layout stage', () => {
  const kernels = createScalarKernels();
  const sampleRateHz = 48000;
  const length = 5 * sampleRateHz;
  const programmes: readonly (readonly [string, Float32Array])[] = [
    ['dense mix', denseMix(length)],
    ['quiet noise', noise(length, 4, 0.01)],
    [
      'sparse hits between silences',
      noise(length, 6).map((x, n) => x * Math.exp(-(n % 24000) / 3000) * (n < 2 * sampleRateHz ? 1 : 0.02)),
    ],
    [
      'long silence, then a tone',
      Float32Array.from({ length }, (_, n) => (n < length / 2 ? 0 : 0.2 * Math.sin(n / 20))),
    ],
  ];

  const measure = (samples: Float32Array): Omit<PassResult, 'maxReductionDb'> => {
    const loudness = createLoudnessMeter({ kernels, sampleRateHz, layout: [1] });
    const peaks = createTruePeakMeter({ kernels, channelCount: 1, mode: 'precise' });
    const block = { channels: [samples], frameCount: samples.length };
    loudness.process(block);
    peaks.process(block);
    const { integratedLufs } = loudness.result();
    return {
      integratedLufs,
      blockPowers: loudness.blockPowers(),
      truePeakDbtp: peaks.finish().truePeaksDbtp[0]!,
    };
  };

  test.each(programmes)('%s meets its loudness under its ceiling', async (_name, samples) => {
    const unlimited = measure(samples);
    const solution = await solveLoudness({
      loudnessRule: 'at-most',
      loudnessLufs: -16,
      ceilingDbtp: -1,
      unlimited,
      maxReductionDb: 20,
      async runPass({ gainDb }) {
        const stage = createLayoutStage({
          ...{ kernels, sampleRateHz, channelCount: 1, bitDepth: 16, dither: 'tpdf', gainDb },
        });
        const frameCount = samples.length + stage.latencySamples;
        const input = new Float32Array(frameCount);
        input.set(samples);
        const output = new Float32Array(frameCount);
        stage.process({ channels: [input], frameCount }, { channels: [output], frameCount });
        const finished = output.subarray(stage.latencySamples);
        return { ...measure(finished), maxReductionDb: stage.maxReductionDb };
      },
    });
    expect(solution.status).toBe('met');
    expect(solution.passCount).toBeLessThanOrEqual(4);
    expect(solution.result.integratedLufs).toBeLessThanOrEqual(-16);
    expect(solution.result.integratedLufs).toBeGreaterThanOrEqual(-16.1);
    expect(solution.result.truePeakDbtp).toBeLessThanOrEqual(-1);
  });
});
