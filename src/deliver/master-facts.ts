/**
 * What the rules of studio masters are checked against: an ADM BWF as it lies in its file, unrepaired, as plain data.
 */

/** An element of the metadata; names are local, whatever their namespace. */
export interface MasterNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly MasterNode[];
  readonly text: string;
  /** Line of the chunk `axml`, from 1. */
  readonly line?: number | undefined;
}

/** A chunk of the file. */
export interface MasterChunk {
  readonly id: string;
  /** Where its id stands in the file. */
  readonly byteOffset: number;
  /** Of its payload. */
  readonly sizeBytes: number;
}

/** An entry of `chna`: what a channel of the file carries. */
export interface MasterTrack {
  readonly byteOffset: number;
  /** Channel of the file, from 1. */
  readonly trackIndex: number;
  readonly uid: string;
  readonly formatRef: string;
  readonly packRef: string;
}

/** What the chunk `chna` says. */
export interface MasterTracks {
  readonly byteOffset: number;
  /** Tracks and entries that its head announces. */
  readonly trackCount: number;
  readonly uidCount: number;
  /** Entries in use. */
  readonly entries: readonly MasterTrack[];
}

/** What the chunk `dbmd` says of itself. */
export interface MasterStudio {
  readonly byteOffset: number;
  readonly version: number;
  readonly segments: readonly {
    readonly id: number;
    readonly byteOffset: number;
    readonly hasRightChecksum: boolean;
    /** Whether it holds all that it must. */
    readonly isWhole: boolean;
  }[];
  /** Channels that segment 10 lists; undefined where there is none. */
  readonly channelCount: number | undefined;
  readonly hasFrameRate: boolean;
}

/** A part of the file, or why it cannot be read. */
export type Part<Content> =
  | { readonly content: Content; readonly fault?: undefined }
  | { readonly content?: undefined; readonly fault: string };

/** An ADM BWF as it lies in its file. */
export interface MasterFacts {
  readonly container: 'WAV' | 'RF64' | 'BW64';
  readonly fileBytes: number;
  readonly chunks: readonly MasterChunk[];
  /** Format tag of `fmt `: 1 is PCM. */
  readonly formatTag: number;
  readonly sampleRateHz: number;
  readonly bitDepth: number;
  readonly channelCount: number;
  readonly frameCount: number;
  /** The element audioFormatExtended of `axml`. */
  readonly model: Part<MasterNode>;
  readonly tracks: Part<MasterTracks>;
  readonly studio: Part<MasterStudio>;
}
