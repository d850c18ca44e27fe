import { rationalFromDecimal } from '../base/time.ts';
import type { ElementBase, ObjectBlock, Scene, SceneElement } from './scene.ts';

const zeroSec = rationalFromDecimal(0);

/** What an element has where nothing is said of it. */
export const elementDefaults: Omit<ElementBase, 'id' | 'name'> = Object.freeze({
  gainDb: 0,
  mute: false,
  binauralMode: undefined,
  importance: undefined,
  startSec: zeroSec,
});

/** An ordinary object block: from start to end, straight ahead, a point. */
export const objectBlockDefaults: ObjectBlock = Object.freeze<ObjectBlock>({
  startSec: zeroSec,
  durationSec: undefined,
  position: { kind: 'polar', azimuthDeg: 0, elevationDeg: 0, distance: 1 },
  gainDb: 0,
  width: 0,
  height: 0,
  depth: 0,
  diffuse: 0,
  channelLock: undefined,
  divergence: undefined,
  zoneExclusion: [],
  jumpPosition: false,
  interpolationLengthSec: undefined,
  screenRef: false,
  importance: undefined,
});

/** A scene of these elements, without delivery metadata. */
export const createScene = (name: string, elements: readonly SceneElement[]): Scene => ({
  version: 1,
  name,
  programme: { name, language: undefined },
  elements,
  delivery: {
    trims: {},
    warpMode: undefined,
    downmixType: undefined,
    frameRate: undefined,
    firstFrameOfActionSec: undefined,
  },
  extras: {},
});

/** A scene of one ambisonic bed (ACN, SN3D) and nothing else: what decoders of finished renders are made for. */
export const ambisonicScene = (order: number): Scene =>
  createScene(`ambix${order}`, [
    { ...elementDefaults, kind: 'ambisonic', id: 'bed', name: `ambix${order}`, order, normalization: 'SN3D' },
  ]);
