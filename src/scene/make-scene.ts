import { rationalFromDecimal } from '../base/time.ts';
import type { Scene } from './scene.ts';

/** A scene of one ambisonic bed (ACN, SN3D) and nothing else: what decoders of finished renders are made for. */
export function ambisonicScene(order: number): Scene {
  return {
    version: 1,
    name: `ambix${order}`,
    programme: { name: `ambix${order}`, language: undefined },
    elements: [
      {
        kind: 'ambisonic',
        id: 'ambisonic',
        name: 'ambisonic',
        order,
        normalization: 'SN3D',
        gainDb: 0,
        mute: false,
        binauralMode: undefined,
        importance: undefined,
        startSec: rationalFromDecimal(0),
      },
    ],
    delivery: {
      trims: {},
      warpMode: undefined,
      downmixType: undefined,
      frameRate: undefined,
      firstFrameOfActionSec: undefined,
    },
    extras: {},
  };
}
