import { shRotationMatrix } from '../../math/sh-rotation.ts';
import { shChannelCount } from '../../math/spherical-harmonics.ts';
import type { HeadOrientation } from './head-orientation.ts';

/** A channel of an ambisonic bed as it arrives. */
export interface ArrivingChannel {
  readonly acn: number;
  /** Linear, to SN3D. */
  readonly gain: number;
  /** Its current hop. */
  readonly track: Float32Array;
}

/** Writes the next hop of a channel. @param startSample sample of the scene that the hop starts with */
export type FillHop = (startSample: number, hop: Float32Array) => void;

/**
 * Turns an ambisonic bed against a head that moves: over each hop the gains go linearly from the orientation at
 * its start to that at its end.
 * @returns what fills each channel, in the order of ACN
 */
export function createTurnedChannels(
  order: number,
  channels: readonly ArrivingChannel[],
  head: HeadOrientation,
): FillHop[] {
  const count = shChannelCount(order);
  let hopStart = NaN;
  let from = new Float64Array(0);
  let to = new Float64Array(0);

  /** Brings the matrices of a hop; all channels of it share them. */
  function startHop(startSample: number, frameCount: number): void {
    if (startSample === hopStart) return;
    hopStart = startSample;
    from = shRotationMatrix(order, head.matrixAt(startSample)) as typeof from;
    to = shRotationMatrix(order, head.matrixAt(startSample + frameCount)) as typeof to;
  }

  return Array.from({ length: count }, (_, acn) => {
    const degree = Math.floor(Math.sqrt(acn));
    // A rotation never mixes degrees.
    const sources = channels.filter((channel) => Math.floor(Math.sqrt(channel.acn)) === degree);
    return (startSample, hop) => {
      startHop(startSample, hop.length);
      hop.fill(0);
      for (const { acn: source, gain, track } of sources) {
        const start = gain * from[acn * count + source]!;
        const slope = (gain * to[acn * count + source]! - start) / hop.length;
        if (start === 0 && slope === 0) continue;
        for (let n = 0; n < hop.length; n++) hop[n]! += track[n]! * (start + slope * n);
      }
    };
  });
}
