import type { WarningHandler } from '../../base/errors.ts';
import type { Scene, TrackModes } from '../../scene/scene.ts';
import { sceneTracks } from '../../scene/scene.ts';
import type { StatedLoudness } from '../scene-writer.ts';
import type { AdmType } from './axml.ts';
import type { XmlNode } from './xml-tree.ts';

/**
 * Flavour of an ADM file that is written:
 * - `dolby`: Dolby Atmos Master ADM profile 1.1, with `dbmd`
 * - `itu`: BS.2076-2
 */
export type AdmFlavour = 'dolby' | 'itu';

/** What planning needs to know of the file. */
export interface AdmPlanOptions {
  /** Path of the file, for messages. */
  readonly file: string;
  readonly sampleRateHz: number;
  readonly frameCount: number;
  readonly onWarning: WarningHandler;
  /** What the programme states of its loudness; undefined where that is what the scene was read with. */
  readonly loudness?: StatedLoudness | undefined;
}

/** A channel format to write, and its track. */
export interface PlannedChannel {
  /** "AC_00031001". */
  readonly id: string;
  readonly name: string;
  /** Track of the scene that feeds it (`sceneTracks`); undefined means silence. */
  readonly sceneTrack: number | undefined;
  readonly modes: TrackModes;
  readonly lowPassHz: number | undefined;
  /** Makes its audioBlockFormats one by one, anew each time it is asked: long automation is not held. */
  makeBlocks(): Iterable<XmlNode>;
}

/** An audioObject to write, with its pack. */
export interface PlannedObject {
  /** "AO_100b". */
  readonly id: string;
  readonly name: string;
  readonly type: AdmType;
  readonly packId: string;
  /** Whether pack and channels are common definitions, which no document repeats. */
  readonly isCommon: boolean;
  /** Of the audioObject, beside ID and name. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** In the audioObject, beside references. */
  readonly children: readonly XmlNode[];
  readonly packImportance: number | undefined;
  readonly channels: readonly PlannedChannel[];
  /** The element of the scene that it comes from. */
  readonly elementId: string;
}

/** Number of the first track of every element (`sceneTracks`). */
export function firstTracksOf(scene: Scene): number[] {
  const tracks = sceneTracks(scene);
  return scene.elements.map((_, index) => tracks.findIndex(({ elementIndex }) => elementIndex === index));
}

/** Numbers of packs and channels count up from here, for each type. */
export const firstFormatNumber = 0x1001;
