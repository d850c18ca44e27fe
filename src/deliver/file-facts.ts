import type { BinauralMode, DeliveryMetadata } from '../scene/scene.ts';
import type { Figures } from './figures.ts';
import type { MasterFacts } from './master-facts.ts';

/** What delivery rules are checked against: facts of a file and what was measured of it, as plain data. */
export interface FileFacts {
  /** "WAV", "RF64", "FLAC" ... */
  readonly container: string;
  /** Name of the layout of its channels, or of its render: "7.1.4", "2.0", "ambix3". */
  readonly layout: string;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  /** Bits of a sample; 32 is 32-bit float. */
  readonly bitDepth: number;
  /** Undefined where nobody asked, as while mastering. */
  readonly frameCount?: number | undefined;
  /** Silence before the first sample that can be heard; undefined where it was not measured. */
  readonly headSilenceSamples?: number | undefined;
  /** Silence behind the last sample that can be heard; undefined where it was not measured. */
  readonly tailSilenceSamples: number | undefined;
  /** Of the file's own channels, or its render; undefined where there is none. */
  readonly figures: Figures | undefined;
  /** Why it was not measured. */
  readonly unmeasured?: string | undefined;
  /** Of re-renders to smaller layouts, by the layout's name ("5.1"). */
  readonly reRenders: Readonly<Record<string, Figures>>;
  /** The file as a master; undefined for what is none, and where a deliverable is not finished. */
  readonly master?: MasterFacts | undefined;
  /** What a file is that is no master: "a WAV of 12 channels"; undefined where nothing is known of its metadata. */
  readonly insteadOfMaster?: string | undefined;
  /** What a master or a scene says of its delivery; undefined for plain audio. */
  readonly delivery?: DeliveryFacts | undefined;
  /** Tracks of a master or a scene, or the LFE of plain audio, as measured. */
  readonly tracks?: readonly TrackFacts[] | undefined;
  /** The stereo version of the programme. */
  readonly stereoMaster?: StereoMasterFacts | undefined;
}

/** What a master or a scene says of its rendering and delivery. */
export interface DeliveryFacts {
  readonly frameRate: DeliveryMetadata['frameRate'];
  readonly hasFirstFrameOfAction: boolean;
  readonly warpMode: DeliveryMetadata['warpMode'] | 'notIndicated';
  readonly trims: DeliveryMetadata['trims'];
  /** Binaural mode of every bed channel and object. */
  readonly channels: readonly {
    readonly name: string;
    readonly isLfe: boolean;
    readonly binauralMode: BinauralMode | undefined;
    readonly place: string;
  }[];
  /** Where frame rate and downmix stand, and where trims do; empty where that is no place in a file. */
  readonly place: string;
  readonly trimPlace: string;
}

/** What was measured of one track. */
export interface TrackFacts {
  readonly name: string;
  readonly kind: 'bed' | 'object' | 'ambisonic';
  readonly peakDbfs: number;
  /** Of an LFE, energy above 300 Hz against all of it; NaN for silence and for others. */
  readonly highShareDb: number;
  readonly isLfe: boolean;
}

/** The stereo version, as measured. */
export interface StereoMasterFacts {
  readonly file: string;
  readonly durationSec: number;
  readonly headSilenceSec: number;
}

/** Channels of the layout that immersive deliverables are judged on: of 5.1 and less, the file itself is measured. */
const reRenderChannels = 6;

/** Whether a file of so many channels is judged on a re-render where a rule names one. */
export const needsReRender = (channelCount: number): boolean => channelCount > reRenderChannels;

/** Why rules of metadata cannot be judged while a deliverable is made. */
export const notFinished = 'known of finished masters alone';
