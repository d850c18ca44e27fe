import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { join } from 'node:path';
import { masterScene } from 'periphon';
import { describe, expect, test } from 'vitest';
import { InternalError } from '../../src/base/errors.ts';
import { rationalFromDecimal } from '../../src/base/time.ts';
import { getLayout } from '../../src/layouts/built-in.ts';
import { parseRecipe } from '../../src/master/recipe.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { createSceneStage } from '../../src/master/scene-stage/scene-stage.ts';
import type { RenderFormat } from '../../src/render/render-format.ts';
import { createRenderer } from '../../src/render/renderer.ts';
import { ambisonicScene, bedScene } from '../../src/scene/make-scene.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { runEffect } from '../master/scene-stage/effect-support.ts';
import { jobFolder, writeTinyScene } from '../job/scenes.ts';
import { bedOf, blockAt, circlingObject, objectOf, sceneOf } from '../render/binaural/scenes.ts';
import { readPlainWav } from '../cli/outside-tools.ts';
import { noise } from '../support.ts';

/** What the scene stage promises of recipes as a whole. */
const sampleRateHz = 48000;
const seconds = rationalFromDecimal;

async function stageOf(scene: Scene, entries: readonly object[]) {
  return createSceneStage(parseRecipe({ version: 1, scene: entries }).scene, {
    ...{ scene, sampleRateHz, startSample: 0, kernels: await loadKernels({}) },
    createDetectorRender() {
      throw new InternalError('no-render', 'nothing listens here');
    },
    onWarning: ({ code, message }) => {
      throw new InternalError(code, message);
    },
  });
}

const formats: readonly { name: string; format: RenderFormat; rendered: Scene }[] = [
  ...['7.1.4', '5.1'].map((name) => {
    const layout = getLayout(name);
    return { name, format: { kind: 'loudspeakers', layout } as const, rendered: bedScene(layout) };
  }),
  { name: 'ambix3', format: { kind: 'ambisonics', order: 3 }, rendered: ambisonicScene(3) },
];

/** Largest difference in dBFS between the render of the processed scene and the processed render. */
async function differenceDbfs(
  scene: Scene,
  { format, rendered }: (typeof formats)[number],
  entries: readonly object[],
): Promise<number> {
  const render = async () => createRenderer({ scene, format, sampleRateHz, kernels: await loadKernels({}) });
  const stage = await stageOf(scene, entries);
  const inputs = Array.from({ length: stage.inputChannelCount }, (_, track) => noise(24_000, track + 1, 0.3));
  const processedFirst = runEffect(await render(), runEffect(stage, inputs));
  const renderedFirst = runEffect(await stageOf(rendered, entries), runEffect(await render(), inputs));
  let largest = 0;
  for (const [channel, samples] of renderedFirst.entries())
    for (let n = 0; n < samples.length; n++)
      largest = Math.max(largest, Math.abs(samples[n]! - processedFirst[channel]![n]!));
  return 20 * Math.log10(largest);
}

describe('processing the scene is processing its renders', () => {
  const everything = ['all', 'lfe'];
  const filters = [
    {
      type: 'eq',
      group: everything,
      bands: [
        { type: 'highpass', frequencyHz: 30, slopeDbPerOct: 24 },
        { type: 'bell', frequencyHz: 900, gainDb: 5, q: 2 },
        { type: 'highshelf', frequencyHz: 6000, gainDb: -4 },
      ],
    },
    {
      type: 'eq',
      group: everything,
      phase: 'linear',
      bands: [{ type: 'lowshelf', frequencyHz: 200, gainDb: 3 }],
    },
    { type: 'dc', group: everything },
    { type: 'delay', group: everything, delayMs: 3 },
    { type: 'gain', group: everything, gainDb: -2.5 },
  ];
  const bed = bedOf(['M+030', 'M-030', 'M+000', 'LFE1', 'M+090', 'M-090', 'U+045', 'U-045'], {
    layout: undefined,
  });
  const resting = sceneOf(
    bed,
    objectOf([blockAt(70, 20)], { id: 'o1' }),
    objectOf([{ ...blockAt(0, 0), position: { kind: 'cartesian', xyz: [-0.3, 0.4, 1] } }], { id: 'o2' }),
  );
  const moving = sceneOf(bed, circlingObject(0.3, 4));

  test.each(formats)('static filters and unmoving elements, $name: below -120 dBFS', async (format) => {
    expect(await differenceDbfs(resting, format, filters)).toBeLessThan(-120);
  });

  test.each(formats)('a common gain and moving elements, $name: below -120 dBFS', async (format) => {
    const gain = [{ type: 'gain', group: everything, gainDb: -7.3 }];
    expect(await differenceDbfs(moving, format, gain)).toBeLessThan(-120);
  });
});

describe('through the job', () => {
  const folder = jobFolder();
  const sceneFile = writeTinyScene(folder, 12_000);
  const effects = [
    { type: 'eq', bands: [{ type: 'bell', frequencyHz: 300, gainDb: 6 }] },
    { type: 'balance', heightDb: 4, surroundDb: -2 },
    { type: 'width', group: 'beds', widthPercent: 130 },
    { type: 'saturation', group: 'objects', driveDb: 6 },
    { type: 'delay', group: 'height', delaySamples: -100 },
    { type: 'mono-below', frequencyHz: 120 },
  ];
  let runs = 0;
  const hashesOf = async (scene: readonly object[], more: object = {}) => {
    const outDir = join(folder, `run ${runs++}`);
    const { report } = await masterScene({
      scene: sceneFile,
      outDir,
      targets: ['7.1.4', 'binaural'],
      recipe: parseRecipe({ version: 1, scene }) as never,
      ...more,
    });
    // The audio alone: files name the recipe that they were made by.
    return report.targets.map(({ file }) => {
      const { channels } = readPlainWav(join(outDir, file));
      const hash = createHash('sha256');
      for (const channel of channels) hash.update(Float64Array.from(channel));
      return hash.digest('hex');
    });
  };

  test('amount 0 and bypass null exactly; block size and thread count change no bit', async () => {
    const plain = await hashesOf([]);
    const idle = effects.map((effect, index) => ({
      ...effect,
      ...(index % 2 ? { bypass: true } : { amount: 0 }),
    }));
    expect(await hashesOf(idle)).toEqual(plain);
    const processed = await hashesOf(effects);
    for (const [index, hash] of processed.entries()) expect(hash).not.toBe(plain[index]);
    expect(await hashesOf(effects, { threads: 1, blockFrames: 777 })).toEqual(processed);
    expect(await hashesOf(effects, { threads: 3, blockFrames: 64 })).toEqual(processed);
  }, 120_000);
});

test('positions automated through the soft edge of a group make no click: every step is one of the gain ramp', async () => {
  const frameCount = 9600;
  const position = fc.record({
    azimuthDeg: fc.double({ min: -180, max: 180, noNaN: true }),
    elevationDeg: fc.double({ min: -90, max: 90, noNaN: true }),
    jumps: fc.boolean(),
  });
  const gainDb = 12;
  await fc.assert(
    fc.asyncProperty(fc.array(position, { minLength: 2, maxLength: 12 }), async (path) => {
      const blocks = path.map(({ azimuthDeg, elevationDeg, jumps }, index) =>
        blockAt(azimuthDeg, elevationDeg, {
          startSec: seconds(0.01 * index),
          durationSec: seconds(0.01),
          jumpPosition: jumps,
        }),
      );
      const scene = sceneOf(bedOf(['M+030']), objectOf(blocks));
      const entries = [{ type: 'gain', group: ['front', { names: ['bed'] }], gainDb }];
      const input = Float32Array.from(
        { length: frameCount },
        (_, n) => 0.5 * Math.sin((2 * Math.PI * 50 * n) / 48000),
      );
      const stage = await stageOf(scene, entries);
      const output = runEffect(stage, [input, input])[1]!;
      const gain = 10 ** (gainDb / 20);
      // The weight moves by 1/64 a sample at most, and with it the dB.
      const mostGainStep = gain * (1 - 10 ** (-gainDb / 64 / 20));
      for (let n = 1; n < frameCount; n++) {
        const own = Math.abs(input[n]! - input[n - 1]!);
        const allowed = gain * own + mostGainStep * Math.abs(input[n]!) + 1e-6;
        expect(Math.abs(output[n]! - output[n - 1]!)).toBeLessThanOrEqual(allowed);
      }
    }),
    { numRuns: 25, seed: 11 },
  );
});
