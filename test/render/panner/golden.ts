import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DirectSpeaker, DirectSpeakerPosition } from '../../../src/render/panner/direct-speakers.ts';
import { createObjectGains, type ObjectGainOptions } from '../../../src/render/panner/object-gains.ts';
import type { Layout } from '../../../src/layouts/layout.ts';
import type { Screen } from '../../../src/layouts/screen.ts';
import { objectBlockDefaults } from '../../../src/scene/make-scene.ts';
import type { ExclusionZone, ObjectBlock, ScreenEdgeLock } from '../../../src/scene/scene.ts';

/** [index, gain, index, gain, ...] */
export type SparseGains = readonly number[];

/** Reads a file of test/golden. */
export function readGolden<T>(name: string): T & { readonly tolerance: number } {
  return JSON.parse(readFileSync(join(resolve(import.meta.dirname, '../../golden'), name), 'utf8'));
}

/** Largest difference between gains and a golden row; NaN counts as infinite. */
export function largestDifference(gains: ArrayLike<number>, golden: SparseGains): number {
  const expected = new Float64Array(gains.length);
  for (let i = 0; i < golden.length; i += 2) expected[golden[i]!] = golden[i + 1]!;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(gains[i]! - expected[i]!);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

/** A block as the golden files write it. */
export interface GoldenBlock {
  readonly cartesian: boolean;
  readonly position: readonly [number, number, number];
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  readonly diffuse?: number;
  readonly gain?: number;
  readonly objectGain?: number;
  readonly objectMute?: boolean;
  readonly screenRef?: boolean;
  readonly screenEdgeLock?: ScreenEdgeLock;
  readonly channelLock?: { readonly maxDistance?: number };
  readonly objectDivergence?: {
    readonly value: number;
    readonly azimuthRange?: number;
    readonly positionRange?: number;
  };
  readonly admVersion?: number;
  readonly zoneExclusion?: readonly Readonly<Record<string, number>>[];
  readonly positionOffset?: Readonly<Record<string, number | null>>;
  readonly referenceScreen?: GoldenScreen;
}

/** A screen as the golden files write it. */
export type GoldenScreen = Readonly<Record<string, number>> & { readonly type: string };

/** An ordinary block: straight ahead, no size. */
export const plainBlock: ObjectBlock = objectBlockDefaults;

/** Golden block as a scene has it, as BS.2076 reads it: height along z, depth along y. */
export function toBlock(golden: GoldenBlock): ObjectBlock {
  const { screenEdgeLock, positionOffset: offset = {}, objectDivergence: divergence } = golden;
  const [a, b, c] = golden.position;
  return {
    ...plainBlock,
    position: golden.cartesian
      ? {
          kind: 'cartesian',
          xyz: [a + (offset.X ?? 0), b + (offset.Y ?? 0), c + (offset.Z ?? 0)],
          screenEdgeLock,
        }
      : {
          kind: 'polar',
          azimuthDeg: a + (offset.azimuth ?? 0),
          elevationDeg: b + (offset.elevation ?? 0),
          distance: c + (offset.distance ?? 0),
          screenEdgeLock,
        },
    gainDb: golden.objectMute ? -Infinity : 20 * Math.log10((golden.gain ?? 1) * (golden.objectGain ?? 1)),
    width: golden.width ?? 0,
    height: golden.height ?? 0,
    depth: golden.depth ?? 0,
    diffuse: golden.diffuse ?? 0,
    channelLock: golden.channelLock && { maxDistance: golden.channelLock.maxDistance },
    divergence: divergence && {
      value: divergence.value,
      azimuthRangeDeg: divergence.azimuthRange ?? (golden.admVersion === 2 ? 0 : 45),
      positionRange: divergence.positionRange,
    },
    zoneExclusion: (golden.zoneExclusion ?? []).map(toZone),
    screenRef: golden.screenRef ?? false,
  };
}

function toZone(zone: Readonly<Record<string, number>>): ExclusionZone {
  return zone.minX === undefined
    ? {
        kind: 'polar',
        azimuthDeg: [zone.minAzimuth!, zone.maxAzimuth!],
        elevationDeg: [zone.minElevation!, zone.maxElevation!],
      }
    : {
        kind: 'cartesian',
        min: [zone.minX, zone.minY!, zone.minZ!],
        max: [zone.maxX!, zone.maxY!, zone.maxZ!],
      };
}

/** Golden screen as the panner has it. */
export function toScreen(golden: GoldenScreen): Screen {
  return golden.type === 'cartesian'
    ? {
        kind: 'cartesian',
        centre: [golden.X!, golden.Y!, golden.Z!],
        aspectRatio: golden.aspectRatio!,
        widthX: golden.widthX!,
      }
    : {
        kind: 'polar',
        azimuthDeg: golden.azimuth!,
        elevationDeg: golden.elevation!,
        distance: golden.distance!,
        aspectRatio: golden.aspectRatio!,
        widthAzimuthDeg: golden.widthAzimuth!,
      };
}

/** Gains of blocks, direct and diffuse apart. */
export function createBlockGains(
  layout: Layout,
  options?: ObjectGainOptions,
): (block: ObjectBlock) => { readonly direct: Float64Array; readonly diffuse: Float64Array } {
  const write = createObjectGains(layout, options);
  const count = layout.loudspeakers.length;
  return (block) => {
    const gains = new Float64Array(2 * count);
    write(block, 1, gains);
    return { direct: gains.slice(0, count), diffuse: gains.slice(count) };
  };
}

/** A DirectSpeakers channel as the golden files write it. */
export interface GoldenSpeaker {
  readonly labels: readonly string[];
  readonly position: readonly (number | readonly [number, number | null, number | null])[];
  readonly cartesian?: boolean;
  readonly screenEdgeLock?: ScreenEdgeLock;
  readonly lowPass?: number;
  readonly gain?: number;
  readonly pack?: string;
}

/** Golden channel as the panner has it; a low-pass of at most 200 Hz makes an LFE, as in BS.2127-1 clause 8.2. */
export function toDirectSpeaker(golden: GoldenSpeaker): DirectSpeaker {
  const [a, b, c] = golden.position.map((bound) =>
    typeof bound === 'number'
      ? { value: bound }
      : { value: bound[0], min: bound[1] ?? undefined, max: bound[2] ?? undefined },
  ) as [{ value: number }, { value: number }, { value: number }];
  const { screenEdgeLock } = golden;
  const position: DirectSpeakerPosition = golden.cartesian
    ? { kind: 'cartesian', xyz: [a, b, c], screenEdgeLock }
    : { kind: 'polar', azimuth: a, elevation: b, distance: c, screenEdgeLock };
  const layout = /\((\d+\+\d+\+\d+)\)/.exec(golden.pack ?? '')?.[1];
  return {
    labels: golden.labels,
    position,
    isLfe: (golden.lowPass ?? Infinity) <= 200 || golden.labels.some((label) => label.includes('LFE')),
    mapFrom: layout === undefined ? undefined : { layout },
  };
}
