import { heldSettings, lfeRow, mainRow, renderMarginDb } from '../master/render-curve.ts';
import { deepenDips, type LimiterDip } from '../master/limiter-dips.ts';
import { limiterMarginDb } from '../master/limiter.ts';
import {
  hasLoudness,
  solveLoudness,
  type LoudnessProblem,
  type LoudnessSolution,
  type PassResult,
} from '../master/loudness-solver.ts';
import { createReductionEstimate } from '../master/reduction-estimate.ts';
import type { SceneLoudness } from '../master/scene-loudness.ts';
import type { StatedLoudness } from '../io/scene-writer.ts';
import { integratedLoudnessLufs } from '../meter/loudness-gating.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import type { TracedLimiter } from './gain-trace-file.ts';
import type { HeardRender } from './hear-renders.ts';
import { openLevelingScene, type LevelingScene, type ScenePass, type SceneToLevel } from './level-scene.ts';
import type { MasterSolution } from './master-target.ts';
import { programmeFigures } from './re-render.ts';
import type { SceneOutputFiles } from './scene-outputs.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A scene that was written at its level. */
export interface LeveledScene {
  /** That of the whole album, where the scene is one of several. */
  readonly solution: MasterSolution;
  readonly renders: readonly {
    readonly name: string;
    /** Of the scene as its effects leave it. */
    readonly before: ProgrammeFigures;
    /** Of the scene as it was written. */
    readonly after: ProgrammeFigures;
  }[];
  readonly reductions: ScenePass['reductions'];
  /** What its limiter did, LFE channels apart; undefined where gain alone was enough. */
  readonly limiter: TracedLimiter | undefined;
}

/** One pass over all scenes. */
interface Pass extends PassResult {
  readonly passes: readonly ScenePass[];
}

/**
 * Writes the files of scenes at their level: they are heard at unity gain once; then gain and limiter are on all tracks as
 * they are written, and all renders of what is written are measured, until loudness and ceiling hold. Where the first gain
 * is right, which what was heard foretells, one pass is enough. Scenes of one call share the gain.
 * @param toLevel one, or those of an album, with the same settings
 */
export async function levelScenes(
  toLevel: readonly SceneToLevel[],
  pool: WorkerPool,
  scratchDir: string,
): Promise<LeveledScene[]> {
  const open = new Set<SceneOutputFiles>();
  const scenes: LevelingScene[] = [];
  try {
    for (const scene of toLevel) scenes.push(await openLevelingScene(scene, { pool, scratchDir, open }));
    const { result, ...solution } = await solve(scenes, open);
    const { passes, blockPowers: _, ...figures } = result;
    for (const { files, renders } of passes) {
      await files.finish(statedLoudness(renders, scenes[0].settings));
      open.delete(files);
    }
    return scenes.map(({ unlimited }, index) => ({
      solution: { ...solution, result: figures },
      reductions: passes[index]!.reductions,
      limiter: limiterOf(passes[index]!),
      renders: passes[index]!.renders.map(({ name, figures: after }, render) => ({
        name,
        before: programmeFigures(unlimited[render]!.figures),
        after: programmeFigures(after),
      })),
    }));
  } finally {
    for (const files of open) await files.abort();
    for (const scene of scenes) await scene.close();
  }
}

/** What the files of a scene state: the loudness of the render that counts; of silence nothing. */
function statedLoudness(renders: readonly HeardRender[], settings: SceneLoudness): StatedLoudness {
  const counted = countedOf([{ renders }], settings).map(({ figures }) => figures);
  const loudest = counted.reduce((a, b) => (b.integratedLufs > a.integratedLufs ? b : a));
  if (loudest.integratedLufs === -Infinity) return {};
  const { truePeakDbtp: truePeakMaxDbtp, ...figures } = loudest;
  const { integratedLufs, loudnessRangeLu, momentaryMaxLufs, shortTermMaxLufs } = figures;
  return { integratedLufs, loudnessRangeLu, truePeakMaxDbtp, momentaryMaxLufs, shortTermMaxLufs };
}

const limiterOf = ({ reductions, traceDb, hasLfe }: ScenePass): TracedLimiter | undefined => {
  if (reductions.every(({ maxReductionDb }) => maxReductionDb === 0)) return undefined;
  const groups = hasLfe ? [{ name: 'all' }, { name: 'lfe' }] : [{ name: 'all' }];
  return { groups, traceDb: traceDb.slice(0, groups.length) };
};

function solve(
  scenes: readonly LevelingScene[],
  open: Set<SceneOutputFiles>,
): Promise<LoudnessSolution<Pass>> {
  const [{ job, settings }] = scenes;
  const { loudnessRule, loudnessLufs, ceilingDbtp } = settings;
  /** Where passes were over the ceiling [scene]: the limiter goes lower there in all that follow. */
  const dips = scenes.map((): readonly LimiterDip[] => []);
  let passNumber = 0;
  return solveLoudness<Pass>({
    ...{ loudnessRule, loudnessLufs, ceilingDbtp },
    ...problemOf(scenes, settings),
    maxReductionDb: job.options.maxReductionDb,
    async runPass({ gainDb }) {
      passNumber++;
      const passes: ScenePass[] = [];
      for (const [index, scene] of scenes.entries()) {
        const made = await scene.write(gainDb, dips[index]!, passNumber);
        passes.push(made);
        // Where no limiting is wanted, gain alone brings the overs down.
        if (hasLoudness(loudnessRule)) dips[index] = deepenDips(dips[index]!, made.renders.flatMap(dipsOf));
      }
      return resultOf(passes, settings, measureOf(scenes, settings));
    },
    async discard({ passes }) {
      for (const { files } of passes) {
        open.delete(files);
        await files.abort();
      }
    },
  });
}

/** Overs of a render; where it has no LFE, the sound of LFE channels may be in the others and is turned down with them. */
const dipsOf = ({ overs, hasLfe }: HeardRender): LimiterDip[] =>
  overs.dips.flatMap((dip) => (hasLfe ? [dip] : [dip, { ...dip, group: lfeRow }]));

/** Renders whose loudness counts: of all scenes the first, of all scenes the second ... */
const countedOf = (
  scenes: readonly { readonly renders: readonly HeardRender[] }[],
  { on }: SceneLoudness,
): HeardRender[] =>
  on.flatMap((wanted) => scenes.map(({ renders }) => renders.find(({ name }) => name === wanted)!));

/** What the solver is told of the scenes at unity gain. */
function problemOf(
  scenes: readonly LevelingScene[],
  settings: SceneLoudness,
): Pick<LoudnessProblem, 'unlimited' | 'estimateDb' | 'measureLufs'> {
  const { limiter } = settings;
  const ceilingDbtp = settings.ceilingDbtp - renderMarginDb + limiterMarginDb;
  const heard = scenes.map(({ unlimited }) => ({ renders: unlimited }));
  const limiters = heard.map(({ renders }) => {
    const recorded = renders.map(({ peaks }) => peaks!);
    const truePeakDbtp = Math.max(...recorded.map((peaks) => peaks.truePeakDbtp));
    // LFE channels have no part in loudness, and turn nothing down but themselves.
    const mains = recorded.map(({ binPeaks }) => binPeaks[mainRow]!);
    const peaks = mains[0]!.map((_, bin) => Math.max(...mains.map((bins) => bins[bin]!)));
    const groups = [{ name: 'all' as const, channels: [0] }];
    return { ceilingDbtp, groups, settings: heldSettings(limiter), truePeakDbtp, peaks };
  });
  const estimates = countedOf(heard, settings).map(({ energies }, index) => {
    const { peaks, ...foretold } = limiters[index % scenes.length]!;
    return createReductionEstimate({ ...foretold, trace: [{ energies, peaks }] });
  });
  return {
    unlimited: {
      blockPowers: joined(countedOf(heard, settings).map(({ figures }) => figures.blockPowers)),
      truePeakDbtp: Math.max(...limiters.map(({ truePeakDbtp }) => truePeakDbtp)),
    },
    estimateDb: (gainDb) => joined(estimates.map((estimate) => estimate(gainDb))),
    measureLufs: measureOf(scenes, settings),
  };
}

/** Loudness of the gating blocks of all scenes behind each other, render after render: that of the loudest render. */
function measureOf(
  scenes: readonly LevelingScene[],
  settings: SceneLoudness,
): (blockPowers: Float64Array) => number {
  const heard = scenes.map(({ unlimited }) => ({ renders: unlimited }));
  const lengths = countedOf(heard, settings).map(({ figures }) => figures.blockPowers.length);
  const isLoudest = scenes[0]!.job.options.albumLoudness === 'loudest';
  return (blockPowers) => {
    const loudness: number[] = [];
    let end = 0;
    let start = 0;
    for (const [index, length] of lengths.entries()) {
      end += length;
      const isLast = (index + 1) % scenes.length === 0;
      if (!isLast && !isLoudest) continue;
      loudness.push(integratedLoudnessLufs(blockPowers.subarray(start, end)));
      start = end;
    }
    return Math.max(...loudness);
  };
}

/** What a pass over all scenes measures. */
function resultOf(
  passes: readonly ScenePass[],
  settings: SceneLoudness,
  measureLufs: (blockPowers: Float64Array) => number,
): Pass {
  const blockPowers = joined(countedOf(passes, settings).map(({ figures }) => figures.blockPowers));
  // Meters read up to 0.01 dB more than the exact search, whose word counts.
  const peaksDbtp = passes.flatMap(({ renders }) =>
    renders.map(
      ({ overs, figures }) => overs.truePeakDbtp ?? Math.min(figures.truePeakDbtp, settings.ceilingDbtp),
    ),
  );
  return {
    ...{ passes, blockPowers, integratedLufs: measureLufs(blockPowers) },
    truePeakDbtp: Math.max(...peaksDbtp),
    maxReductionDb: Math.max(
      ...passes.flatMap(({ reductions }) => reductions.map(({ maxReductionDb }) => maxReductionDb)),
    ),
  };
}

function joined(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const array of arrays) {
    all.set(array, position);
    position += array.length;
  }
  return all;
}
