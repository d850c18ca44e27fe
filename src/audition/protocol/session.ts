/**
 * What the audition server tells its page. All addresses are relative to the page, whose own address holds the token:
 *
 * | address                                   | what it gives                                                      |
 * | ----------------------------------------- | ------------------------------------------------------------------ |
 * | GET  api/session                          | `Session`                                                          |
 * | GET  api/sources/ID/audio                 | interleaved float32, little-endian, at `Session.sampleRateHz`; range requests pick frames |
 * | GET  api/sources/ID/overview?hrtf=HRTF    | `OverviewAnswer`                                                   |
 * | GET  api/scene                            | the scene as text, for `readSceneText`; 404 without one            |
 * | GET  api/hrtfs/ID/ambisonic?order=N       | float32: left [acn][tap], then right [acn][tap]; ACN, SN3D         |
 * | GET  api/hrtfs/ID/loudspeakers?layout=NAME | float32 [loudspeaker][ear][tap], in the order of the layout       |
 * | GET  api/notes, PUT api/notes             | `NotesDocument`                                                    |
 * | GET  api/files/NAME                       | a deliverable as it lies in the folder; range requests             |
 *
 * Filters are at the level of the binaural renderer: convolved with a source they give the same as
 * `periphon render --to binaural` does, room off. The LFE has its low-passed way to both ears among those of the
 * loudspeakers. The layout is named by its key in `Session.layouts`, N is 1 to 3.
 *
 * Errors come as `{ error: { code, message, hint? } }` with a status of 400 or more.
 */
export interface Session {
  readonly version: 1;
  /** Name of the programme. */
  readonly title: string;
  /** Rate at which everything is heard: that of the scene, or of most deliverables. */
  readonly sampleRateHz: number;
  /** Length of the longest source. */
  readonly frameCount: number;
  /** What can be heard, in the order in which it is shown. */
  readonly sources: readonly Source[];
  /** HRTF sets that are installed; the first is the default. */
  readonly hrtfs: readonly HrtfChoice[];
  /** Loudspeakers of every layout that a source has, by the layout's name. */
  readonly layouts: Readonly<Record<string, readonly SpeakerPlace[]>>;
  /** Outcome of the delivery profiles that the report holds, one line a rule. */
  readonly checks: readonly SourceCheck[];
}

/** How a source reaches the ears. */
export type SourceKind =
  /** Two channels made for headphones. */
  | 'binaural'
  /** Two channels made for loudspeakers, heard as they are. */
  | 'stereo'
  /** A loudspeaker bed, heard through the head-related responses of its loudspeakers. */
  | 'loudspeakers'
  /** Ambisonics (ACN, SN3D), heard through a rotating decoder. */
  | 'ambisonics'
  /** The scene itself: its tracks, rendered as `liveScene` says while they are heard. */
  | 'scene';

/** One thing that can be heard. */
export interface Source {
  /** Stable, fit for a URL: "binaural", "stereo", "stereo-master", "7.1.4". */
  readonly id: string;
  /** What the listener reads: "Binaural", "7.1.4 virtualised". */
  readonly label: string;
  readonly kind: SourceKind;
  /** Layout of a loudspeaker bed: a key of `Session.layouts`. */
  readonly layout?: string | undefined;
  /** Order of ambisonics as they are served: 3 at most. */
  readonly order?: number | undefined;
  /**
   * Channels of its audio: loudspeakers in the order of the layout; ambisonics in ACN and SN3D, and where there are two
   * more ("HL-L", "HL-R") a pair that goes to the ears as it is, however the head turns, in time with the decoder; the
   * tracks of the scene in the order of `sceneTracks`.
   */
  readonly channelCount: number;
  readonly channelLabels: readonly string[];
  readonly frameCount: number;
  /** Beds of a scene, in order. */
  readonly beds?: readonly SceneBed[] | undefined;
  /** Name of the file in the folder; undefined for a scene. */
  readonly file?: string | undefined;
  /** Rate of the file itself. */
  readonly fileSampleRateHz: number;
  /** Loudness that the deliverable was made for; the line in the overview. */
  readonly targetLufs?: number | undefined;
}

/** A loudspeaker of a layout. */
export interface SpeakerPlace {
  readonly label: string;
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
  readonly isLfe: boolean;
}

/** What it takes layouts to know of a bed of a scene. */
export interface SceneBed {
  readonly elementIndex: number;
  /** Name of its layout as people call it: "7.1.4". */
  readonly layout?: string | undefined;
  /** Where its channels are heard, in their order. */
  readonly speakers: readonly SpeakerPlace[];
}

/** An HRTF set that can be chosen. */
export interface HrtfChoice {
  readonly id: string;
  readonly name: string;
  /** Taps of its filters for ambisonics and for loudspeakers. */
  readonly ambisonicTapCount: number;
  readonly loudspeakerTapCount: number;
  /** Where the wave front of a source in front lies in the filters, in samples at the session's rate. */
  readonly ambisonicDelaySamples: number;
  readonly loudspeakerDelaySamples: number;
}

/** Outcome of one rule of a delivery profile for one deliverable. */
export interface SourceCheck {
  /** Id of the source; undefined where the rule is about all. */
  readonly sourceId?: string | undefined;
  readonly profile: string;
  readonly rule: string;
  readonly result: 'pass' | 'fail' | 'not-verifiable';
  readonly strength: 'required' | 'recommended';
  readonly message: string;
}

/** The overview of a source, or how far its making is. */
export type OverviewAnswer =
  | { readonly state: 'working'; /** 0..1 */ readonly progress: number }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'ready'; readonly overview: Overview };

/** What is drawn of a source, computed once by the meters. Silence is null. */
export interface Overview {
  /** Length of a step of `peaks`. */
  readonly peakStepFrames: number;
  /** Largest and smallest sample of all channels in each step: min, max, min, max ... in 1/127 of full scale. */
  readonly peaks: readonly number[];
  /** Value k is that of the window that ends at (k + 1) * curveStepSec. */
  readonly curveStepSec: number;
  readonly momentaryLufs: readonly (number | null)[];
  readonly shortTermLufs: readonly (number | null)[];
  /** Loudness from the start to there, gated. */
  readonly integratedCurveLufs: readonly (number | null)[];
  /** Of the file by the weights of its layout. */
  readonly integratedLufs: number | null;
  readonly loudnessRangeLu: number | null;
  readonly truePeakDbtp: number | null;
  /**
   * Loudness of the two channels that reach the headphones: of binaural and stereo files their own, of beds,
   * ambisonics and scenes that of their decoding through the HRTF set, head straight. Fair comparison takes this one.
   */
  readonly heardLufs: number | null;
  readonly heardTruePeakDbtp: number | null;
}

/** A remark at a time. */
export interface Note {
  /** Random, unique in the document. */
  readonly id: string;
  readonly timeSec: number;
  /** Id of the source that was heard. */
  readonly sourceId?: string | undefined;
  /** At most 2000 characters. */
  readonly text: string;
  /** When it was written, ISO 8601. */
  readonly createdAt: string;
}

/** `audition-notes.json`, beside the deliverables. */
export interface NotesDocument {
  readonly version: 1;
  readonly notes: readonly Note[];
}
