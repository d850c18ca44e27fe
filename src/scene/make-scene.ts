import { rationalFromDecimal } from '../base/time.ts';
import { findLayout } from '../layouts/built-in.ts';
import type { Layout } from '../layouts/layout.ts';
import type {
  AmbisonicNormalization,
  Bed,
  BedChannel,
  ElementBase,
  ObjectBlock,
  Scene,
  SceneElement,
  TrackModes,
} from './scene.ts';

const zeroSec = rationalFromDecimal(0);

/** Modes of what no master says anything of. */
export const unstatedModes: TrackModes = Object.freeze({
  binauralMode: undefined,
  trimBypass: undefined,
  headTracking: undefined,
});

/** What an element has where nothing is said of it. */
export const elementDefaults: Omit<ElementBase, 'id' | 'name'> = Object.freeze({
  gainDb: 0,
  mute: false,
  ...unstatedModes,
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
    phaseShift90: undefined,
    frameRate: undefined,
    firstFrameOfActionSec: undefined,
  },
  extras: {},
});

/** The channels of a bed that was made for a layout, in its order; those of a layout of one's own carry positions. */
export function bedChannelsOf({ name, loudspeakers }: Pick<Layout, 'name' | 'loudspeakers'>): BedChannel[] {
  const builtIn = findLayout(name)?.loudspeakers ?? [];
  const isBuiltIn =
    builtIn.length === loudspeakers.length &&
    builtIn.every((known) => loudspeakers.some(({ label }) => label === known.label));
  return loudspeakers.map(({ label, isLfe, azimuthDeg, elevationDeg }) => ({
    label,
    position: isBuiltIn ? undefined : { azimuthDeg, elevationDeg, distance: 1 },
    isLfe,
    gainDb: 0,
  }));
}

/** A scene of one bed, the channels of a layout in its order: what re-renders of finished renders are made for. */
export function bedScene(layout: Layout): Scene {
  const { name } = layout;
  const bed: Bed = {
    ...elementDefaults,
    id: 'bed1',
    name,
    kind: 'bed',
    layout: name,
    channels: bedChannelsOf(layout),
  };
  return createScene(name, [bed]);
}

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
