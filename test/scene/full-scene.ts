import { rationalFromDecimal } from '../../src/base/time.ts';
import { objectBlockDefaults } from '../../src/scene/make-scene.ts';
import type {
  AmbisonicBed,
  AudioObject,
  Bed,
  ElementBase,
  ObjectBlock,
  Scene,
} from '../../src/scene/scene.ts';

/** A scene in which every property of the model has a value that is not its default. */

const time = (numerator: number, denominator: number) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

const base = (id: string, name: string): ElementBase => ({
  id,
  name,
  gainDb: -2.5,
  mute: true,
  binauralMode: 'far',
  trimBypass: true,
  headTracking: 'head',
  importance: 7,
  startSec: time(1, 6000),
});

/** A block that says all that polar blocks may. */
export const fullPolarBlock: ObjectBlock = {
  ...objectBlockDefaults,
  startSec: time(1, 30),
  durationSec: time(1001, 30000),
  position: {
    kind: 'polar',
    azimuthDeg: -31.25,
    elevationDeg: 12.5,
    distance: 0.75,
    screenEdgeLock: { horizontal: 'left', vertical: 'bottom' },
  },
  gainDb: -7.5,
  width: 40,
  height: 20,
  depth: 0.25,
  diffuse: 0.375,
  channelLock: { maxDistance: 0.5 },
  divergence: { value: 0.5, azimuthRangeDeg: 30, positionRange: undefined },
  zoneExclusion: [
    { kind: 'polar', azimuthDeg: [-30, 30], elevationDeg: [0, 90] },
    { kind: 'cartesian', min: [-1, -1, -0.5], max: [1, 0, 0.5] },
  ],
  jumpPosition: true,
  interpolationLengthSec: time(1, 48000),
  screenRef: true,
  importance: 4,
};

/** A block that says all that cartesian blocks may. */
export const fullCartesianBlock: ObjectBlock = {
  ...fullPolarBlock,
  startSec: rationalFromDecimal(0.08),
  durationSec: rationalFromDecimal(0.04),
  position: { kind: 'cartesian', xyz: [0.25, -0.5, 0.75], screenEdgeLock: { horizontal: 'right' } },
  gainDb: -Infinity,
  width: 0.1,
  height: 0.2,
  depth: 0.3,
  channelLock: { maxDistance: undefined },
  divergence: { value: 0.25, azimuthRangeDeg: undefined, positionRange: 0.5 },
};

const bed: Bed = {
  ...base('B-1', 'drums'),
  kind: 'bed',
  layout: '0+2+0',
  channels: [
    {
      label: 'M+030',
      position: undefined,
      isLfe: false,
      gainDb: -1,
      binauralMode: 'near',
      trimBypass: false,
      headTracking: 'scene',
    },
    { label: 'M-030', position: undefined, isLfe: false, gainDb: -Infinity },
  ],
};

const placedBed: Bed = {
  ...base('B-2', 'doors'),
  kind: 'bed',
  layout: undefined,
  channels: [
    {
      label: 'front door',
      position: {
        azimuthDeg: 95,
        elevationDeg: -5,
        distance: 0.5,
        bounds: { azimuthDeg: [80, 100], elevationDeg: [-10, 10], distance: [0.25, 1] },
        screenEdgeLock: { horizontal: 'left' },
      },
      isLfe: false,
      gainDb: 1,
    },
    {
      label: 'back door',
      position: {
        xyz: [0.5, -1, 0.25],
        bounds: { x: [0.25, 1], y: [-1, -0.5], z: [0, 0.5] },
        screenEdgeLock: { vertical: 'top' },
      },
      isLfe: true,
      gainDb: 0,
    },
  ],
};

const object: AudioObject = {
  ...base('O-1', 'drums'),
  kind: 'object',
  positionOffset: { kind: 'polar', azimuthDeg: 10, elevationDeg: -5, distance: 0.125 },
  blocks: [fullPolarBlock, fullCartesianBlock],
};

const resting: AudioObject = {
  ...base('O-2', 'rest'),
  kind: 'object',
  positionOffset: { kind: 'cartesian', xyz: [0.5, -0.25, 0.125] },
  blocks: [{ ...objectBlockDefaults, position: { kind: 'cartesian', xyz: [-1, 1, 0] }, width: 0.5 }],
};

const ambisonic: AmbisonicBed = { ...base('H', 'room'), kind: 'ambisonic', order: 1, normalization: 'FuMa' };

const trim = {
  automatic: false,
  centreDb: -1,
  surroundDb: -2,
  heightDb: -3,
  overheadFloorBalance: 0.25,
  listenerBalance: -0.5,
};

/** The scene; its elements are in an order of their own, and two have one name. */
export const fullScene: Scene = {
  version: 1,
  name: 'full',
  programme: {
    name: 'Full programme',
    language: 'en-GB',
    referenceScreen: {
      kind: 'polar',
      azimuthDeg: 5,
      elevationDeg: -5,
      distance: 0.9,
      aspectRatio: 1.5,
      widthAzimuthDeg: 50,
    },
  },
  elements: [object, bed, ambisonic, resting, placedBed],
  delivery: {
    trims: { '2.0': trim, '5.1.2': { ...trim, automatic: true } },
    warpMode: 'warping',
    downmixType: 'ltRtPLII',
    phaseShift90: true,
    frameRate: '25',
    firstFrameOfActionSec: 1.5,
  },
  extras: { other: { kept: [1, 'two', null] } },
};
