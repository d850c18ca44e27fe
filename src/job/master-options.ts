import type { BitDepth, DitherKind } from '../master/dither.ts';
import type { LoudnessRule } from '../master/loudness-solver.ts';
import type { EditSettings } from '../master/programme-edit.ts';
import type { Recipe } from '../master/recipe.ts';
import type { EntrySelection } from '../master/scene-stage/select-entries.ts';
import type { AlbumLoudness } from './album-problem.ts';
import type { SceneJobOptions } from './scene-job.ts';
import type { TrackMarker } from './track-markers.ts';

/** Options of `masterScene`. */
export interface MasterSceneOptions extends SceneJobOptions {
  /** Recipe: a file (YAML or JSON), or the recipe itself. */
  readonly recipe?: string | Recipe | undefined;
  /** Entries of the recipe's scene list that are left out or kept, for comparisons. */
  readonly sceneStage?: EntrySelection | undefined;
  /**
   * Ids of delivery profiles: their targets are made, or those of `targets` that they take, as they demand. Recipe and
   * the options below stand over them.
   */
  readonly profiles?: readonly string[] | undefined;
  /** Whether mono and stereo files are sent through lossy codecs for the report; needs ffmpeg. */
  readonly codecPreview?: boolean | undefined;
  /** Loudness by target name, "*" for all that have one; over the recipe. */
  readonly loudnessLufs?: Readonly<Record<string, number>> | undefined;
  /** Rule by target name, "*" for all that can have it; over the recipe. */
  readonly loudnessRule?: Readonly<Record<string, LoudnessRule>> | undefined;
  /** Ceiling by target name, "*" for all; over the recipe. */
  readonly ceilingDbtp?: Readonly<Record<string, number>> | undefined;
  readonly bitDepth?: BitDepth | undefined;
  readonly dither?: DitherKind | undefined;
  /** Whether DC is removed from every target. */
  readonly dcRemoval?: boolean | undefined;
  /** Trims and fades of all targets; each that is given stands over that of the recipe. */
  readonly edit?: EditSettings | undefined;
  /** Most limiting that is allowed; default 6. */
  readonly maxReductionDb?: number | undefined;
  /**
   * Where the programme is cut into tracks that play on without a gap: a CSV file (see `readTrackMarkers`), or the
   * markers themselves.
   */
  readonly markers?: string | readonly TrackMarker[] | undefined;
  /** What `masterAlbum` brings to the loudness; 'together' unless given. */
  readonly albumLoudness?: AlbumLoudness | undefined;
  /** Writes the limiter's reductions, every 100 ms, beside each deliverable: `<name>.limiter.csv`. */
  readonly gainTrace?: boolean | undefined;
  /** Threads for finishing targets; as many as the machine has. Changes nothing but speed. */
  readonly threads?: number | undefined;
  /** Folder for temporary audio; the system's temporary folder. */
  readonly scratchDir?: string | undefined;
  /** Names the report `<scene>.report.json`, so that several scenes can share a folder. */
  readonly reportPrefix?: boolean | undefined;
}
