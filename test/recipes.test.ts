import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { MasterReport } from '../src/deliver/report.ts';
import { explainRecipe } from '../src/job/explain-recipe.ts';
import { masterScene } from '../src/job/master-scene.ts';
import { readRecipe } from '../src/job/read-recipe.ts';
import { temporaryFolder, writeSmallScene } from './cli/cli-support.ts';

const recipes = resolve(import.meta.dirname, '../examples/recipes');
const folder = temporaryFolder();
let scene = '';

beforeAll(() => {
  scene = writeSmallScene(folder, 2);
});

/** Masters a bed and two objects by a recipe, to the targets that all of them have. */
async function master(name: string): Promise<MasterReport> {
  const { report } = await masterScene({
    scene,
    recipe: join(recipes, `${name}.yaml`),
    targets: ['7.1.4', 'stereo'],
    outDir: join(folder, name),
  });
  return report;
}

describe('the recipes of examples/recipes', () => {
  test.each(readdirSync(recipes).filter((name) => name.endsWith('.yaml')))(
    '%s is valid, and each step has its reason',
    async (name) => {
      const { scene: entries } = await readRecipe(join(recipes, name));
      expect(entries.length).toBeGreaterThan(0);
      for (const { note } of entries) expect(note?.length).toBeGreaterThan(10);
    },
  );

  test.each(readdirSync(recipes).filter((name) => name.endsWith('.yaml')))(
    '%s can be explained: every step has its tracks',
    async (name) => {
      const { sceneStage } = await explainRecipe({ recipe: join(recipes, name), scene });
      expect(sceneStage.filter(({ idle, members }) => idle !== undefined || members.length === 0)).toEqual(
        [],
      );
    },
  );

  test('gentle glue: one gain for all, a few dB at most; the net below it is not touched', async () => {
    const { sceneStage, targets } = await master('gentle-glue');
    const [glue, net] = sceneStage!;
    expect(glue!.kind).toBe('common-gain');
    expect(Math.max(...net!.reductions.map(({ maxReductionDb }) => maxReductionDb))).toBe(0);
    for (const { maxReductionDb } of glue!.reductions) {
      expect(maxReductionDb).toBeGreaterThan(0.1);
      expect(maxReductionDb).toBeLessThan(5);
    }
    expect(targets[1]!.integratedLufs).toBeCloseTo(-14, 1);
  }, 60_000);

  test('streaming, loud: -11 LUFS in stereo, within the limiting that is allowed', async () => {
    const { sceneStage, targets } = await master('streaming-loud');
    expect(sceneStage!.map(({ type, kind }) => [type, kind])).toEqual([
      ['eq', 'linear'],
      ['limiter', 'non-linear'],
      ['multiband', 'linear'],
    ]);
    const bands = sceneStage![2]!.reductions.map(({ name }) => name);
    expect(bands).toEqual(['below 120 Hz', '120..2500 Hz', 'above 2500 Hz']);
    for (const { maxReductionDb } of sceneStage![2]!.reductions) expect(maxReductionDb).toBeLessThan(15);
    expect(targets[1]).toMatchObject({ status: 'met' });
    expect(targets[1]!.integratedLufs).toBeCloseTo(-11, 1);
    expect(targets[1]!.truePeakDbtp).toBeLessThanOrEqual(-1);
    expect(targets[0]!.integratedLufs).toBeLessThanOrEqual(-18);
  }, 60_000);

  test('film-like: -24 LUFS, and nothing turned down by its level', async () => {
    const { sceneStage, targets } = await master('film-like');
    expect(sceneStage!.map(({ kind }) => kind)).toEqual(['linear', 'linear']);
    for (const { integratedLufs, maxReductionDb, truePeakDbtp } of targets) {
      expect(integratedLufs).toBeCloseTo(-24, 1);
      expect(maxReductionDb).toBe(0);
      expect(truePeakDbtp).toBeLessThanOrEqual(-2);
    }
  }, 60_000);

  test('voice forward: the voice is lifted, and beds alone make room', async () => {
    const { sceneStage } = await master('voice-forward');
    const elements = sceneStage!.map(({ members }) => [...new Set(members.map(({ element }) => element))]);
    expect(elements).toEqual([['voice'], ['voice'], ['voice'], ['bed']]);
    expect(sceneStage!.map(({ kind }) => kind)).toEqual(['linear', 'non-linear', 'common-gain', 'linear']);
    for (const { maxReductionDb } of sceneStage![1]!.reductions)
      expect(maxReductionDb).toBeLessThanOrEqual(6);
  }, 60_000);

  test('catalogue transfer: never turned up, and a dB and a half at most where it is sharp', async () => {
    const { sceneStage, targets } = await master('catalogue-transfer');
    expect(sceneStage!.every(({ kind }) => kind === 'linear' || kind === 'mixing')).toBe(true);
    for (const { maxReductionDb } of sceneStage![3]!.reductions)
      expect(maxReductionDb).toBeLessThanOrEqual(1.5);
    for (const { gainDb, status } of targets) {
      expect(gainDb).toBeLessThanOrEqual(0);
      expect(status).toBe('met');
    }
  }, 60_000);
});
