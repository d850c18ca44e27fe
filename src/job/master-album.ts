import { ConfigError } from '../base/errors.ts';
import type { MasterJob } from './master-job.ts';
import type { MasterSceneOptions } from './master-options.ts';
import { openMasterJob, runMasterJobs, type MasterResult } from './master-scene.ts';

/** Options of `masterAlbum`: those of a scene, for several. */
export interface MasterAlbumOptions extends Omit<MasterSceneOptions, 'scene' | 'markers' | 'reportPrefix'> {
  readonly scenes: readonly string[];
}

/**
 * Masters the scenes of an album: one gain for each target over all of them, so that they keep their levels to
 * each other. The loudness is that of all finished programmes together, or of the loudest (`albumLoudness`);
 * every programme holds the ceiling. All scenes are rendered first, and their buses kept until the gain is found.
 * @returns one result a scene, each with its own report
 * @throws as `masterScene`; ConfigError 'repeated-scene' where two scenes have one name, 'album-targets' where their
 * rates make profiles share files in one and not in the other
 */
export async function masterAlbum({ scenes, ...options }: MasterAlbumOptions): Promise<MasterResult[]> {
  if (scenes.length === 0) throw new ConfigError('no-scenes', 'an album of no scenes; one is the least');
  const jobs: MasterJob[] = [];
  try {
    for (const scene of scenes) jobs.push(await openMasterJob({ ...options, scene, reportPrefix: true }));
    requireOwnNames(jobs);
    requireSameTargets(jobs);
    return await runMasterJobs(jobs);
  } finally {
    for (const { reader } of jobs) await reader.close();
  }
}

/** Whether profiles share a file depends on rates, which scenes may have of their own. */
function requireSameTargets([first, ...others]: readonly MasterJob[]): void {
  const suffixes = ({ plan }: MasterJob): string => plan.targets.map(({ suffix }) => suffix).join(', ');
  const other = others.find((job) => suffixes(job) !== suffixes(first));
  if (!other) return;
  throw new ConfigError(
    'album-targets',
    `${first.options.scene} is made into ${suffixes(first)}, but ${other.options.scene} into ${suffixes(other)}; an album needs the same targets of all`,
    { hint: 'state a sample rate, so that the profiles want the same of every scene' },
  );
}

/** Names of scenes name their files. */
function requireOwnNames(jobs: readonly MasterJob[]): void {
  const names = jobs.map(({ reader }) => reader.scene.name);
  const repeated = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (repeated < 0) return;
  throw new ConfigError(
    'repeated-scene',
    `"${names[repeated]}" is the name of two scenes of the album, ${jobs[names.indexOf(names[repeated])].options.scene} and ${jobs[repeated].options.scene}; their files would have the same names`,
  );
}
