import type { WarningHandler } from '../base/errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Scene } from '../scene/scene.ts';
import type { AudioWriter } from './audio-file.ts';

/** What writing a scene needs. */
export interface SceneWriterOptions {
  readonly scene: Scene;
  readonly kernels: Kernels;
  readonly sampleRateHz: number;
  /** Frames that will be written. */
  readonly frameCount: number;
  /** Program that writes, for formats that name it. */
  readonly tool: { readonly name: string; readonly version: readonly [number, number, number] };
  /** Replace an existing file. Default: false. */
  readonly overwrite?: boolean | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** Starts a file that takes blocks with the tracks of a scene (`sceneTracks`). */
export type SceneWriterFactory = (file: string, options: SceneWriterOptions) => Promise<AudioWriter>;
