import type { RecipeIdentity } from '../deliver/manifest.ts';
import type { Profile } from '../deliver/profile.ts';
import type { TargetSettings } from '../master/target-settings.ts';
import { gainTraceName } from './gain-trace-file.ts';
import type { Listening } from './listening.ts';
import type { MasteredReader } from './mastered-reader.ts';
import type { MasterSceneOptions } from './master-options.ts';
import type { Plan } from './plan.ts';
import { deliverableName, type Excerpt } from './scene-job.ts';
import type { SceneOutput } from './scene-outputs.ts';
import type { TargetFinishing } from './target-finishing.ts';
import { planTracks, trackSuffix, type Track, type TrackMarker } from './track-markers.ts';

/** What the steps of one job share. */
export interface MasterJob {
  readonly options: MasterSceneOptions;
  /** What the recipe says; undefined where there is none. */
  readonly recipe: RecipeIdentity | undefined;
  /** Files that detectors of the recipe listen to. */
  readonly sideChains: readonly string[];
  readonly plan: Plan;
  /** [target] */
  readonly settings: readonly TargetSettings[];
  /** What is done to each target's bus before it is measured. [target] */
  readonly finishings: readonly TargetFinishing[];
  /** Delivery profiles that each target is for. [target] */
  readonly profiles: readonly (readonly Profile[])[];
  /** Gives the tracks as they come out of the scene stage. */
  readonly reader: MasteredReader;
  readonly excerpt: Excerpt;
  /** Scenes that are written beside the targets. */
  readonly sceneOutputs: readonly SceneOutput[];
  readonly listening: Listening;
  /** Where the programme is cut into tracks; undefined where it stays whole. */
  readonly markers: readonly TrackMarker[] | undefined;
}

/** Sample rate of a target's file. */
export const deliveryRateHz = (
  { settings, reader }: Pick<MasterJob, 'settings' | 'reader'>,
  target: number,
): number => settings[target].sampleRateHz ?? reader.sampleRateHz;

/** Length of a target's programme. */
export const deliveryFrames = ({ finishings }: Pick<MasterJob, 'finishings'>, target: number): number =>
  finishings[target].edit.frameCount;

/** Name of a target's file, of its tracks' where the programme is cut, and of what lies beside it. */
export interface DeliverableNames {
  readonly whole: string;
  readonly tracks: readonly (Track & { readonly file: string })[] | undefined;
  /** The limiter's reductions, where they are asked for. */
  readonly gainTrace?: string | undefined;
}

/** Name of the file with the reductions of a scene's limiter; undefined where it is not asked for, or nothing limits. */
export const sceneTraceName = (
  { reader, options }: Pick<MasterJob, 'reader' | 'options'>,
  { target: { name, level } }: Pick<SceneOutput, 'target'>,
): string | undefined =>
  options.gainTrace === true && level ? gainTraceName(reader.scene.name, name) : undefined;

/** Names of what is made of a target. @throws ConfigError 'track-markers' where the markers do not fit */
export function deliverableNames(job: MasterJob, target: number): DeliverableNames {
  const { markers, plan, reader, options } = job;
  const { suffix } = plan.targets[target];
  const tracks =
    markers &&
    planTracks(markers, {
      sceneRateHz: reader.sampleRateHz,
      sampleRateHz: deliveryRateHz(job, target),
      frameCount: deliveryFrames(job, target),
      file: typeof options.markers === 'string' ? options.markers : undefined,
    });
  return {
    whole: deliverableName(reader.scene.name, suffix),
    gainTrace: options.gainTrace ? gainTraceName(reader.scene.name, suffix) : undefined,
    tracks: tracks?.map((track) => ({
      ...track,
      file: deliverableName(reader.scene.name, `${suffix}.${trackSuffix(track, tracks.length)}`),
    })),
  };
}
