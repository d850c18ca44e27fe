import { getLayout } from '../../layouts/built-in.ts';
import { rotationMatrix } from '../../math/rotation.ts';
import { shRotationMatrix } from '../../math/sh-rotation.ts';
import { shChannelCount, shDegree, sn3dToN3d } from '../../math/spherical-harmonics.ts';
import type { SceneElement } from '../../scene/scene.ts';
import { createPointSourcePanner } from '../panner/point-source.ts';
import type { AmbisonicSettings } from './ambisonic-format.ts';
import { createPlacementEncoder, type PlacementEncoder } from './placement-encoder.ts';

/** How sources get their gains in an ambisonic render; all write [output]: ACN, then a head-locked pair, then 0. */
export interface Encoding {
  readonly encode: PlacementEncoder;
  /** Writes the gains of an LFE channel; they are 0 before. */
  encodeLfe(gain: number, gains: Float64Array): void;
}

/** An encoding that also takes ambisonics. */
export interface SphereEncoding extends Encoding {
  /** Writes the gains of a channel of ambisonics (SN3D), none above the order; they are 0 before. */
  encodeAcn(acn: number, gain: number, gains: Float64Array): void;
}

/**
 * Whether an element goes to the head-locked pair, where there is one: objects and beds that want no HRTF.
 * @param mode of a channel of a bed that has one of its own
 */
export const isHeadLocked = (element: SceneElement, mode = element.binauralMode): boolean =>
  element.kind !== 'ambisonic' && mode === 'off';

/** Encodes into the sphere: turned as the settings ask, in the normalisation of the output. */
export function createSphereEncoding(order: number, settings: AmbisonicSettings): SphereEncoding {
  const count = shChannelCount(order);
  const encodePlacement = createPlacementEncoder(order);
  const finish = createFinish(order, settings);
  return {
    encode(placement, gains) {
      const sphere = gains.subarray(0, count);
      encodePlacement(placement, sphere);
      finish(sphere);
      gains.fill(0, count);
    },
    encodeLfe(gain, gains) {
      gains[0] = gain;
    },
    encodeAcn(acn, gain, gains) {
      if (acn >= count) return;
      gains[acn] = gain;
      finish(gains.subarray(0, count));
    },
  };
}

/** Encodes into the head-locked pair: left and right as BS.2127 pans to 0+2+0; sizes do nothing, nothing turns. */
export function createHeadLockedEncoding(order: number): Encoding {
  const count = shChannelCount(order);
  const panner = createPointSourcePanner(getLayout('0+2+0'));
  return {
    encode({ direction }, gains) {
      gains.fill(0);
      panner.pan(direction, gains.subarray(count, count + 2));
    },
    encodeLfe(gain, gains) {
      gains.fill(gain * Math.SQRT1_2, count, count + 2);
    },
  };
}

/** Turns SN3D gains [acn] in place, and gives them the normalisation of the output. */
function createFinish(
  order: number,
  { rotation, normalization }: AmbisonicSettings,
): (gains: Float64Array) => void {
  const count = shChannelCount(order);
  const turn = rotation && shRotationMatrix(order, rotationMatrix(rotation));
  const before = new Float64Array(count);
  return (gains) => {
    if (turn) {
      before.set(gains);
      for (let row = 0; row < count; row++) {
        // Degrees do not mix.
        const degree = shDegree(row);
        let sum = 0;
        for (let acn = degree ** 2; acn < (degree + 1) ** 2; acn++)
          sum += turn[row * count + acn]! * before[acn]!;
        gains[row] = sum;
      }
    }
    if (normalization === 'N3D') for (let acn = 0; acn < count; acn++) gains[acn]! *= sn3dToN3d(acn);
  };
}
