/** Types of `binaural-sets.mjs`, for tests. */
import type { HrtfSet } from '../src/hrtf/hrtf-set.ts';
import type { BinauralDecoder } from '../src/render/ambisonic/binaural-decoder.ts';
import type { WholeResponses } from './binaural-score.mjs';

export function loadKu100(): Promise<{ hrtf: HrtfSet; measured: WholeResponses } | undefined>;
export function wholeResponses(hrtf: HrtfSet): WholeResponses;
export function pickDirections<Responses extends WholeResponses>(
  set: Responses,
  indices: readonly number[],
): Responses;
export function measuredDirections(set: WholeResponses, isFilled: boolean): number[];
export function higherDirections(set: WholeResponses, indices: readonly number[]): number[];
export function heldOutFifth(indices: readonly number[]): number[];
export function evenDirections(set: WholeResponses, indices: readonly number[], count: number): number[];
export function renderedResponses(hrtf: HrtfSet, directionsDeg: Float64Array): Promise<WholeResponses>;
export function decodedResponses(
  decoder: BinauralDecoder,
  order: number,
  sampleRateHz: number,
  directionsDeg: Float64Array,
): WholeResponses;
