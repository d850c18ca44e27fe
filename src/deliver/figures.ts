/** Loudness and peaks of one programme; -Infinity is silence. */
export interface Figures {
  readonly integratedLufs: number;
  readonly momentaryMaxLufs: number;
  /** Where the window of the largest momentary loudness ends; NaN for silence. */
  readonly momentaryMaxEndSec: number;
  readonly shortTermMaxLufs: number;
  readonly shortTermMaxEndSec: number;
  readonly loudnessRangeLu: number;
  /** BS.1770-5 Annex 2, largest of all channels. */
  readonly truePeakDbtp: number;
  readonly samplePeakDbfs: number;
}

/** Figures of a finished deliverable. */
export interface DeliveredFigures extends Figures {
  /** Peak to loudness ratio: true peak above integrated loudness; NaN for silence. */
  readonly plrDb: number;
}
