import type { WarningHandler } from '../base/errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Scene } from '../scene/scene.ts';
import type { AudioReader, AudioWriter } from './audio-file.ts';
import type { SceneReader, StemInfo } from './scene-reader.ts';
import type { Bext } from './wav/bext.ts';
import type { RawChunk } from './wav/wav-header.ts';
import type { LargeFileForm } from './wav/wav-writer.ts';

/** What writing a scene needs. */
export interface SceneWriterOptions {
  readonly scene: Scene;
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** Frames that will be written. */
  readonly frameCount: number;
  /** The files that the audio comes from, for formats that can keep their word length. */
  readonly sources?: readonly StemInfo[] | undefined;
  /** Program that writes, for formats that name it. */
  readonly tool: { readonly name: string; readonly version: readonly [number, number, number] };
  /** Replace existing files. Default: false. */
  readonly overwrite?: boolean | undefined;
  /** Form of WAVE files above 4 GiB. Default: BW64 for ADM (BS.2088), RF64 for stems. */
  readonly largeFileForm?: LargeFileForm | undefined;
  /** What each WAVE file says of how it came about. */
  readonly mark?: FileMarker | undefined;
  /** Hears the hash of each file that is hashed while it is written; all others have to be read for theirs. */
  readonly onHash?: ((file: string, sha256: string) => void) | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** A WAVE file of a scene. */
export interface WaveFileForm {
  readonly sampleRateHz: number;
  readonly bitDepth: number;
  readonly channelCount: number;
  /** Sample of the scene that is its first. */
  readonly startSample: number;
}

/** The `bext` chunk and chunks behind the audio that say how a file came about. */
export type FileMarker = (file: WaveFileForm) => {
  readonly bext: Bext;
  readonly chunks: readonly RawChunk[];
};

/** Loudness of the render of a scene that counts, as files state it. */
export type StatedLoudness = Pick<
  Bext,
  'integratedLufs' | 'loudnessRangeLu' | 'truePeakMaxDbtp' | 'momentaryMaxLufs' | 'shortTermMaxLufs'
>;

/** A scene that is ready to be written: all that can be refused was refused, all that is lost was warned of. */
export interface ScenePlan {
  /** All files that will be made, the one that stands for the scene first. */
  readonly files: readonly string[];
  /**
   * Starts the files. Blocks to write have the tracks of the scene (`sceneTracks`).
   * @param loudness what files state of it that have a place for it, asked at `finish`; without it they state what the
   * scene was read with
   * @throws OutputError
   */
  start(loudness?: () => StatedLoudness): Promise<AudioWriter>;
  /**
   * The scene as it will be read from the files, before they are there: what the format does not hold is lost or has
   * become what readers take in its place. Its audio is that of the tracks.
   */
  rehearse(tracks: TrackSource): Promise<SceneReader>;
}

/** The tracks of a scene (`sceneTracks`), read in sequence. */
export type TrackSource = Pick<AudioReader, 'seek' | 'read' | 'close'>;

/** Plans how a scene is written to a file, and to others beside it. @throws UnsupportedError for what cannot be held */
export type ScenePlanner = (file: string, options: SceneWriterOptions) => ScenePlan;
