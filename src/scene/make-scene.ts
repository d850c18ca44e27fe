import { rationalFromDecimal } from '../base/time.ts';
import type { AmbisonicNormalization, ElementBase, ObjectBlock, Scene, SceneElement } from './scene.ts';

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

/** What an ambisonic file holds beside its order. */
export interface AmbisonicContent {
  readonly normalization: AmbisonicNormalization;
  /** Whether a head-locked stereo pair lies behind the ambisonic channels. */
  readonly isHeadLocked: boolean;
}

/**
 * The elements of an ambisonic file: its bed, and where it has a head-locked pair a bed of two loudspeakers that
 * wants no HRTF.
 */
export function ambisonicElements(
  order: number,
  { normalization, isHeadLocked }: AmbisonicContent,
  name: string,
): SceneElement[] {
  const pair = ['M+030', 'M-030'].map((label) => ({ label, position: undefined, isLfe: false, gainDb: 0 }));
  return [
    { ...elementDefaults, kind: 'ambisonic', id: 'bed1', name, order, normalization },
    ...(isHeadLocked
      ? [
          {
            ...elementDefaults,
            kind: 'bed' as const,
            id: 'bed2',
            name: `${name} head-locked`,
            binauralMode: 'off' as const,
            layout: '0+2+0',
            channels: pair,
          },
        ]
      : []),
  ];
}

/** A scene of an ambisonic file (AmbiX unless stated) and nothing else: what decoders of finished renders are made for. */
export const ambisonicScene = (
  order: number,
  content: AmbisonicContent = { normalization: 'SN3D', isHeadLocked: false },
): Scene => createScene(`ambix${order}`, ambisonicElements(order, content, `ambix${order}`));
