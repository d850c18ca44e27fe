import type { PolarPosition, Vec3 } from '../base/coordinates.ts';
import type { RationalSeconds } from '../base/time.ts';
import type { Screen } from '../layouts/screen.ts';

/**
 * The object model of a scene, in the terms of ITU-R BS.2076. It is plain, immutable data: no audio, no file
 * handles. Elements come in rendering order; each owns one or more tracks of audio (see `sceneTracks`).
 */

/** Binaural render mode of an element, as studio masters carry it. */
export type BinauralMode = 'off' | 'near' | 'mid' | 'far';

/** What a binaural render with head tracking holds an element to: the scene, or the head. */
export type HeadTracking = 'scene' | 'head';

/** What studio masters say of each track; undefined where they indicate nothing. */
export interface TrackModes {
  readonly binauralMode: BinauralMode | undefined;
  /** Whether the trims of the master leave it alone. Beds have no trims anyway. */
  readonly trimBypass: boolean | undefined;
  /** Kept for masters; renders do not use it. */
  readonly headTracking: HeadTracking | undefined;
}

/** What all elements have. */
export interface ElementBase extends TrackModes {
  /** Unique within the scene. */
  readonly id: string;
  readonly name: string;
  readonly gainDb: number;
  readonly mute: boolean;
  /** Importance 0..10 (BS.2076 clause 5.6); undefined means 10. */
  readonly importance: number | undefined;
  /** Sample at which the element's audio starts in the scene's own time. */
  readonly startSec: RationalSeconds;
}

/** From and to of one coordinate. */
export type Bounds = readonly [min: number, max: number];

/**
 * Position of a bed channel. One loudspeaker that stands within the bounds plays the channel alone; without bounds it
 * has to stand at the very place (BS.2076 DirectSpeakers). Cartesian positions lie in the unit cube.
 */
export type ChannelPosition =
  | (PolarPosition & {
      readonly bounds?:
        | {
            readonly azimuthDeg?: Bounds | undefined;
            readonly elevationDeg?: Bounds | undefined;
            readonly distance?: Bounds | undefined;
          }
        | undefined;
      readonly screenEdgeLock?: ScreenEdgeLock | undefined;
    })
  | {
      readonly xyz: Vec3;
      readonly bounds?:
        | {
            readonly x?: Bounds | undefined;
            readonly y?: Bounds | undefined;
            readonly z?: Bounds | undefined;
          }
        | undefined;
      readonly screenEdgeLock?: ScreenEdgeLock | undefined;
    };

/** One channel of a bed (BS.2076 DirectSpeakers); it has modes of its own where they differ from those of the bed. */
export interface BedChannel extends Partial<TrackModes> {
  /** BS.2051 label ("M+030") as known to `layouts/labels.ts`, or free where a position is given. */
  readonly label: string;
  /** Position where the label alone does not say it. */
  readonly position: ChannelPosition | undefined;
  readonly isLfe: boolean;
  readonly gainDb: number;
}

/** Channels that belong to loudspeakers. */
export interface Bed extends ElementBase {
  readonly kind: 'bed';
  /** Layout that the channels come from (BS.2051 name), where one was given. */
  readonly layout: string | undefined;
  readonly channels: readonly BedChannel[];
}

/** Position of an object block: ADM polar, or ADM cartesian in the unit cube. */
export type ObjectPosition =
  | ({ readonly kind: 'polar'; readonly screenEdgeLock?: ScreenEdgeLock | undefined } & PolarPosition)
  | { readonly kind: 'cartesian'; readonly xyz: Vec3; readonly screenEdgeLock?: ScreenEdgeLock | undefined };

/** BS.2076 screenEdgeLock. */
export interface ScreenEdgeLock {
  readonly horizontal?: 'left' | 'right' | undefined;
  readonly vertical?: 'top' | 'bottom' | undefined;
}

/** BS.2076 channelLock; without maxDistance it always locks. */
export interface ChannelLock {
  readonly maxDistance: number | undefined;
}

/** BS.2076 objectDivergence. */
export interface Divergence {
  /** 0..1 */
  readonly value: number;
  /** Polar: half angle between the pair; undefined means the default of the ADM version. */
  readonly azimuthRangeDeg: number | undefined;
  /** Cartesian: half distance of the pair, 0..1. */
  readonly positionRange: number | undefined;
}

/** BS.2076 zone to keep free of the object. */
export type ExclusionZone =
  | {
      readonly kind: 'polar';
      readonly azimuthDeg: readonly [min: number, max: number];
      readonly elevationDeg: readonly [min: number, max: number];
    }
  | { readonly kind: 'cartesian'; readonly min: Vec3; readonly max: Vec3 };

/** One audioBlockFormat of type Objects: parameters that hold (and ramp) over a stretch of time. */
export interface ObjectBlock {
  /** Start relative to the element's start. */
  readonly startSec: RationalSeconds;
  /** Length; undefined means to the end of the scene (allowed in the last block only). */
  readonly durationSec: RationalSeconds | undefined;
  readonly position: ObjectPosition;
  readonly gainDb: number;
  /** Polar: degrees 0..360; cartesian: 0..1. */
  readonly width: number;
  readonly height: number;
  /** 0..1 */
  readonly depth: number;
  /** 0 (direct) .. 1 (fully diffuse) */
  readonly diffuse: number;
  readonly channelLock: ChannelLock | undefined;
  readonly divergence: Divergence | undefined;
  readonly zoneExclusion: readonly ExclusionZone[];
  readonly jumpPosition: boolean;
  /** Length of the ramp at the start of a jumping block; undefined means 0 when jumpPosition is set. */
  readonly interpolationLengthSec: RationalSeconds | undefined;
  readonly screenRef: boolean;
  readonly importance: number | undefined;
}

/** What is added to every position of an object of the same kind (BS.2076-2 positionOffset). */
export type PositionOffset =
  ({ readonly kind: 'polar' } & PolarPosition) | { readonly kind: 'cartesian'; readonly xyz: Vec3 };

/** A mono source with a path. */
export interface AudioObject extends ElementBase {
  readonly kind: 'object';
  readonly positionOffset?: PositionOffset | undefined;
  /** At least one, in order of time, not overlapping. */
  readonly blocks: readonly ObjectBlock[];
}

/** Ambisonic normalisation of the audio as it arrives. */
export type AmbisonicNormalization = 'SN3D' | 'N3D' | 'FuMa';

/** Spherical-harmonic channels (BS.2076 HOA); ACN order unless FuMa. */
export interface AmbisonicBed extends ElementBase {
  readonly kind: 'ambisonic';
  /** 1..7; (order + 1)^2 channels. */
  readonly order: number;
  readonly normalization: AmbisonicNormalization;
}

/** One element of a scene. */
export type SceneElement = Bed | AudioObject | AmbisonicBed;

/** Trim of one layout class of a master (dB, and balances -1..1). */
export interface LayoutTrim {
  readonly automatic: boolean;
  readonly centreDb: number;
  readonly surroundDb: number;
  readonly heightDb: number;
  readonly overheadFloorBalance: number;
  readonly listenerBalance: number;
}

/** Layout classes that trims are given for. */
export const trimLayouts = [
  '2.0',
  '5.1',
  '7.1',
  '2.1.2',
  '5.1.2',
  '7.1.2',
  '2.1.4',
  '5.1.4',
  '7.1.4',
] as const;

/** One of the layout classes that trims are given for. */
export type TrimLayout = (typeof trimLayouts)[number];

/** What a master says about its rendering and delivery. */
export interface DeliveryMetadata {
  readonly trims: Readonly<Partial<Record<TrimLayout, LayoutTrim>>>;
  readonly warpMode: 'normal' | 'warping' | 'proLogicIIx' | 'loRo' | undefined;
  /** How stereo is made; `directStereo` renders it without 5.1 between. */
  readonly downmixType: 'loRo' | 'ltRtProLogic' | 'ltRtPLII' | 'directStereo' | undefined;
  /** Whether the surrounds are turned by 90 degrees in the fold from 5.1 to stereo. */
  readonly phaseShift90: boolean | undefined;
  readonly frameRate: '23.976' | '24' | '25' | '29.97' | '29.97df' | '30' | undefined;
  /** First frame of action, as time from the start. */
  readonly firstFrameOfActionSec: number | undefined;
}

/** A whole programme. */
export interface Scene {
  readonly version: 1;
  readonly name: string;
  readonly programme: {
    readonly name: string;
    readonly language: string | undefined;
    /** Screen that the programme was mixed to; the default screen where undefined. */
    readonly referenceScreen?: Screen | undefined;
  };
  readonly elements: readonly SceneElement[];
  readonly delivery: DeliveryMetadata;
  /** Opaque data of source formats, kept and written back: key is the format's name. */
  readonly extras: Readonly<Record<string, unknown>>;
}

/** One channel of audio that a scene needs, in the order in which readers deliver them. */
export interface SceneTrack {
  readonly elementIndex: number;
  /** Channel within the element: 0 for objects. */
  readonly channelIndex: number;
}

/** Number of tracks of an element. */
export function trackCountOf(element: SceneElement): number {
  switch (element.kind) {
    case 'bed':
      return element.channels.length;
    case 'object':
      return 1;
    case 'ambisonic':
      return (element.order + 1) ** 2;
  }
}

/** All tracks of a scene: elements in order, their channels in order. Readers and renderers share this order. */
export function sceneTracks(scene: Scene): SceneTrack[] {
  return scene.elements.flatMap((element, elementIndex) =>
    Array.from({ length: trackCountOf(element) }, (_, channelIndex) => ({ elementIndex, channelIndex })),
  );
}
