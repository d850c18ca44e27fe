import type {
  AlbumReport,
  SceneFileReport,
  SceneLoudnessReport,
  SceneRenderFigures,
} from '../deliver/report.ts';
import type { SceneLoudness } from '../master/scene-loudness.ts';
import type { ProgrammeFigures } from '../meter/measurement.ts';
import type { LeveledScene } from './level-scenes.ts';
import { sceneTraceName, type MasterJob } from './master-job.ts';
import { relativePath } from './relative-path.ts';

/** The album that a scene is one of. */
type Album = Pick<AlbumReport, 'sceneCount' | 'measured'>;

/** What the report says of scenes. @param leveled in their order; empty in a dry run */
export const sceneFileReports = (
  job: MasterJob,
  leveled: readonly (LeveledScene | undefined)[],
  album: Album | undefined,
): SceneFileReport[] =>
  job.sceneOutputs.map((output, index) => {
    const { target, format, plan, hashes } = output;
    return {
      ...{ target: target.name, format },
      files: plan.files.map((path) => ({
        file: relativePath(job.options.outDir, path),
        sha256: hashes.get(path) ?? '',
      })),
      loudness:
        target.level &&
        sceneLoudnessReport(target.level, leveled[index], { traceFile: sceneTraceName(job, output), album }),
    };
  });

/**
 * What the report says of the level of a scene; without a scene (a dry run) what is asked of it.
 * @param traceFile where its limiter's reductions are, if it had work
 */
export function sceneLoudnessReport(
  { on, loudnessRule, loudnessLufs, ceilingDbtp, limiter }: SceneLoudness,
  leveled: LeveledScene | undefined,
  { traceFile, album }: { readonly traceFile: string | undefined; readonly album: Album | undefined },
): SceneLoudnessReport {
  const solution = leveled?.solution;
  const [main, lfe] = leveled?.reductions ?? [];
  return {
    ...{ on, loudnessRule, ceilingDbtp },
    loudnessTargetLufs: loudnessLufs,
    status: solution?.status ?? 'met',
    passCount: solution?.passCount ?? 0,
    gainDb: solution?.gainDb ?? 0,
    integratedLufs: solution?.result.integratedLufs ?? -Infinity,
    album: album && {
      ...album,
      integratedLufs: solution?.result.integratedLufs ?? -Infinity,
      maxReductionDb: solution?.result.maxReductionDb ?? 0,
    },
    missedByLu: solution && solution.status !== 'silent' ? solution.missedByLu : 0,
    limiter: {
      ...{ ...limiter, ...(main ?? nothing) },
      lfe: lfe && lfe.maxReductionDb > 0 ? lfe : undefined,
      traceFile: leveled?.limiter && traceFile,
    },
    renders: (leveled?.renders ?? []).map(({ name, before, after }) => ({
      name,
      before: figuresOf(before),
      after: figuresOf(after),
    })),
  };
}

const nothing = { maxReductionDb: 0, meanReductionDb: 0 };

const figuresOf = ({
  integratedLufs,
  shortTermMaxLufs,
  loudnessRangeLu,
  truePeakDbtp,
}: ProgrammeFigures): SceneRenderFigures => ({
  ...{ integratedLufs, shortTermMaxLufs, loudnessRangeLu, truePeakDbtp },
});
