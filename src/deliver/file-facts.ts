import type { Figures } from './figures.ts';

/** What delivery rules are checked against: facts of a file and what was measured of it, as plain data. */
export interface FileFacts {
  /** "WAV", "RF64", "FLAC" ... */
  readonly container: string;
  /** Name of the layout of its channels: "7.1.4", "2.0", "ambix3". */
  readonly layout: string;
  readonly channelCount: number;
  readonly sampleRateHz: number;
  /** Bits of a sample; 32 is 32-bit float. */
  readonly bitDepth: number;
  /** Silence behind the last sample that can be heard; undefined where it was not measured. */
  readonly tailSilenceSamples: number | undefined;
  /** Of the file's own channels. */
  readonly figures: Figures;
  /** Of re-renders to smaller layouts, by the layout's name ("5.1"). */
  readonly reRenders: Readonly<Record<string, Figures>>;
}

/** Channels of the layout that immersive deliverables are judged on: of 5.1 and less, the file itself is measured. */
const reRenderChannels = 6;

/** Whether a file of so many channels is judged on a re-render where a rule names one. */
export const needsReRender = (channelCount: number): boolean => channelCount > reRenderChannels;
