import { createBiquadCascade, designLowPass } from '../../dsp/biquad.ts';

/** A low-frequency effects channel of a bed. */
export interface LfeChannel {
  readonly trackIndex: number;
  /** Linear. */
  readonly gain: number;
}

/** The way of all LFE channels to both ears. */
export interface LfePath {
  /** Adds the next hop to both ears alike. */
  addHop(startSample: number, left: Float32Array, right: Float32Array): void;
  reset(): void;
}

/** Upper limit of LFE channels; two Butterworth filters make a Linkwitz-Riley filter of order 4. */
const lfeHz = 120;

/**
 * Sums LFE channels, low-passes the sum at 120 Hz (-6 dB there, 24 dB an octave) and delays it as long as the
 * other sources.
 * @param tracks the current hop of every track
 */
export function createLfePath(
  channels: readonly LfeChannel[],
  tracks: readonly Float32Array[],
  sampleRateHz: number,
  delaySamples: number,
): LfePath {
  const lowPass = designLowPass(lfeHz, sampleRateHz);
  const cascade = createBiquadCascade([lowPass, lowPass]);
  const hopFrames = tracks[0]?.length ?? 0;
  const line = new Float32Array(delaySamples + hopFrames);
  const hop = line.subarray(delaySamples);
  return {
    addHop(_startSample, left, right) {
      line.copyWithin(0, hopFrames);
      hop.fill(0);
      for (const { trackIndex, gain } of channels) {
        const track = tracks[trackIndex]!;
        for (let n = 0; n < hopFrames; n++) hop[n]! += gain * track[n]!;
      }
      cascade.process(hop, hopFrames);
      cascade.flush();
      for (let n = 0; n < hopFrames; n++) {
        left[n]! += line[n]!;
        right[n]! += line[n]!;
      }
    },
    reset() {
      line.fill(0);
      cascade.reset();
    },
  };
}
