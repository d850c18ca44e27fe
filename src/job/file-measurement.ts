import type { WarningHandler } from '../base/errors.ts';
import type { TrackFacts } from '../deliver/file-facts.ts';
import type { ChannelOrder } from '../io/channel-order.ts';
import type { Measurement, ProgrammeFigures } from '../meter/measurement.ts';
import type { TruePeakMode } from '../meter/true-peak-meter.ts';
import type { ProgressHandler } from './progress.ts';

/** Figures of one file; silence is -Infinity. */
export interface FileMeasurement extends Omit<Measurement, 'frameCount'> {
  readonly file: string;
  /**
   * Name of the layout whose positions gave the weights; ambisonics take those of their 7.1.4 decode, scenes are
   * measured on their 7.1.4 render.
   */
  readonly layout: string;
  readonly durationSec: number;
  /** What the file is: "WAV", "RF64", "FLAC" ... */
  readonly container: string;
  readonly sampleRateHz: number;
  /** Bits of a sample; 32 is 32-bit float. */
  readonly bitDepth: number;
  /** How a scene was rendered; undefined for finished audio, which is measured as it is. */
  readonly render?: SceneRender | undefined;
  /** Tracks of a scene before rendering, or the LFEs of finished audio. */
  readonly tracks?: readonly TrackFacts[] | undefined;
  /**
   * Figures of the re-renders that were asked for, by the layout's name; none of smaller and unknown layouts. Of scenes,
   * those of "5.1", "2.0" and, where asked for, "binaural".
   */
  readonly reRenders?: Readonly<Record<string, ProgrammeFigures>> | undefined;
}

/** How a scene was rendered to be measured: BS.1770-5 Annex 4 wants layout and renderer named. */
export interface SceneRender {
  readonly source: 'ADM BWF' | 'scene';
  /** "periphon 0.1.0, ITU-R BS.2127". */
  readonly renderer: string;
}

/** Figures of files, as `periphon measure --json` prints them. */
export interface MeasureResult {
  readonly version: 1;
  readonly files: readonly FileMeasurement[];
}

/** Options of `measureFiles`. */
export interface MeasureOptions {
  /** Layout of the channels; what the file says where undefined. */
  readonly layout?: string | undefined;
  /** Order of the channels when a layout is given; by the file's mask where undefined. */
  readonly channelOrder?: ChannelOrder | undefined;
  /** Layouts ("5.1") that finished files with more channels are re-rendered to and measured on, as beds. */
  readonly reRenders?: readonly string[] | undefined;
  /** Whether scenes are heard on headphones too. */
  readonly withBinaural?: boolean | undefined;
  /** Programme of an ADM file, by ID or name; its first where undefined. */
  readonly programme?: string | undefined;
  /** Permits stems outside the folder of a scene file. */
  readonly allowOutside?: boolean | undefined;
  /** 'standard' (BS.1770-5 Annex 2) unless given; 'precise' for the band-limited signal. */
  readonly truePeakMode?: TruePeakMode | undefined;
  /** True peaks above it are listed as overs; -1 dBTP unless given. */
  readonly ceilingDbtp?: number | undefined;
  /** Whether loudness over time is wanted; it is not unless asked for. */
  readonly withCurve?: boolean | undefined;
  readonly onWarning?: WarningHandler | undefined;
  readonly onProgress?: ProgressHandler | undefined;
  readonly signal?: AbortSignal | undefined;
}
