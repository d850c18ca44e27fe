import type { AudioBlock } from '../base/audio-block.ts';
import type { SampleFormat } from '../kernels/interfaces/pcm.ts';
import type { Scene } from '../scene/scene.ts';

/** One audio file under a scene, as reports show it. */
export interface StemInfo {
  readonly file: string;
  readonly container: string;
  readonly sampleFormat: SampleFormat;
  readonly bitDepth: number;
  /** Of the file itself, which the scene may convert to its own. */
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly frameCount: number;
  /** Sample of the scene at which the file starts. */
  readonly startSample: number;
  /** Names of the elements that it feeds. */
  readonly elements: readonly string[];
}

/** A scene with its audio, read in sequence. All formats that hold scenes come as one of these. */
export interface SceneReader {
  readonly scene: Scene;
  /** Path as the user named it. */
  readonly file: string;
  readonly sampleRateHz: number;
  /** Number of tracks. */
  readonly channelCount: number;
  /** Length of the scene: to the end of the audio that ends last. */
  readonly frameCount: number;
  /** The files that the audio comes from. */
  readonly stems: readonly StemInfo[];
  /** Path of the stereo master that the scene names. */
  readonly stereoMasterFile: string | undefined;
  /** Makes `frame` (0 to frameCount) the next one that `read` gives. */
  seek(frame: number): void;
  /**
   * Reads into a block with one channel a track, in the order of `sceneTracks`: `block.frameCount` frames or
   * what is left of the scene; where a track has no audio it is silent. Sets nothing else.
   * @returns the number of frames given; 0 at the end
   */
  read(block: AudioBlock): Promise<number>;
  close(): Promise<void>;
}
