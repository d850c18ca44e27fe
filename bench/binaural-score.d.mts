/** Types of `binaural-score.mjs`, for tests. */

/** Impulse responses of both ears. */
export interface WholeResponses {
  readonly sampleRateHz: number;
  readonly tapCount: number;
  /** [direction][azimuthDeg, elevationDeg] */
  readonly directionsDeg: Float64Array;
  /** [direction][ear][tap] */
  readonly responses: Float32Array | Float64Array;
}

export type BinauralScore = Readonly<
  Record<
    'n' | 'SD' | 'SDip' | 'SDco' | 'CTF' | 'ILDlo' | 'ILDhi' | 'ITD' | 'ITDon' | 'ICdf' | 'DFdB' | 'gain',
    number
  >
>;

export function scoreBinaural(reference: WholeResponses, test: WholeResponses): BinauralScore;
