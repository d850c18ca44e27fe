import { ConfigError, type WarningHandler } from '../../base/errors.ts';
import type { Processor } from '../../base/processor.ts';
import { dbToGain } from '../../base/units.ts';
import { objectsOf } from '../../scene/queries.ts';
import type { AmbisonicBed, Bed, BinauralMode, ObjectBlock, Scene, SceneElement } from '../../scene/scene.ts';
import { bedDirections } from '../../scene/bed-directions.ts';
import { pointPlacement } from '../binaural/ear-filters.ts';
import { hasDiffuseObjects } from '../panner/loudspeaker-sources.ts';
import { createChain } from '../../dsp/processor-chain.ts';
import { createRampMixer } from '../ramp-mixer.ts';
import type { GainRamp } from '../ramp-player.ts';
import { ambixChannels } from './ambisonic-conversion.ts';
import { ambisonicChannelCount, type AmbisonicSettings } from './ambisonic-format.ts';
import {
  createDiffuseGains,
  createDiffuseStage,
  diffuseSignalCount,
  type AmbisonicKernels,
} from './diffuse-encoder.ts';
import {
  createHeadLockedEncoding,
  createSphereEncoding,
  isHeadLocked,
  type Encoding,
  type SphereEncoding,
} from './encoding.ts';
import { objectRamps } from './object-ramps.ts';

/** What `createAmbisonicRenderer` needs. */
export interface AmbisonicRendererOptions extends AmbisonicSettings {
  readonly scene: Scene;
  /** 1..7; (order + 1)^2 output channels, ACN, and the head-locked pair where it is asked for. */
  readonly order: number;
  readonly sampleRateHz: number;
  readonly kernels: AmbisonicKernels;
  /** Sample of the scene that the first input sample is; default 0. */
  readonly startSample?: number | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Makes the renderer of a scene to ambisonics. Objects are encoded where they are heard; distance changes
 * their size, never their level; sizes spread them (see `PlacementEncoder`) and movements follow the way (see
 * `objectRamps`). Bed channels stand where their loudspeakers do. Ambisonic beds are converted to ACN / SN3D;
 * a higher order is cut off, a lower one leaves the upper channels to the rest of the scene. Channel lock and
 * zone exclusion speak of loudspeakers and do nothing here. The diffuse part of objects is played on 9+10+3 through
 * the decorrelators of BS.2127, and what those give is encoded; without such objects there is no latency.
 * With a head-locked pair, objects, beds and channels of beds of binaural mode 'off' go there alone.
 * Inputs: `sceneTracks` order.
 * @throws ConfigError for an order outside 1..7; SceneError for a bed channel without position, FuMa above order 3
 */
export function createAmbisonicRenderer(options: AmbisonicRendererOptions): Processor {
  const { scene, order, kernels, sampleRateHz, lfeDb = 'off', startSample = 0 } = options;
  if (!Number.isInteger(order) || order < 1 || order > 7)
    throw new ConfigError('ambisonic-order', `ambisonic order is ${order}; allowed are 1 to 7`);
  warnOfSimplifications(options);
  const channelCount = ambisonicChannelCount(order, options);
  const goesToPair = (element: SceneElement, mode?: BinauralMode): boolean =>
    options.headLocked === true && isHeadLocked(element, mode);
  const turning = scene.elements.filter((element) => !goesToPair(element));
  const writeDiffuse = hasDiffuseObjects({ ...scene, elements: turning }) ? createDiffuseGains() : undefined;
  const outputCount = channelCount + (writeDiffuse ? diffuseSignalCount : 0);
  const lfeGain = lfeDb === 'off' ? 0 : dbToGain(lfeDb);
  const sphere = createSphereEncoding(order, options);
  const headLocked = createHeadLockedEncoding(order);
  const sources = scene.elements.flatMap((element): (() => Iterator<GainRamp>)[] => {
    const gain = element.mute ? 0 : dbToGain(element.gainDb);
    const encodingOf = (mode?: BinauralMode): Encoding => (goesToPair(element, mode) ? headLocked : sphere);
    switch (element.kind) {
      case 'bed':
        return bedGains(element, encodingOf, outputCount, gain, lfeGain).map(constantSource);
      case 'ambisonic':
        return ambisonicGains(element, sphere, outputCount, gain).map(constantSource);
      case 'object': {
        if (element.mute) return [silentSource];
        const encoding = encodingOf();
        const { encode } = encoding;
        const diffuse = encoding === sphere ? writeDiffuse : undefined;
        return [() => objectRamps(element, sampleRateHz, outputCount, encode, gain, diffuse, startSample)];
      }
    }
  });
  const mixer = createRampMixer({ kernels, outputCount, sources, startSample });
  return writeDiffuse ? createChain(mixer, createDiffuseStage(kernels, sphere, channelCount)) : mixer;
}

const silentSource = (): Iterator<GainRamp> => [].values();

const constantSource = (gains: Float64Array) => (): Iterator<GainRamp> =>
  [{ startSample: 0, endSample: Infinity, gainsStart: gains, gainsEnd: gains }].values();

/** Gains of every channel of a bed [channel][output]. */
function bedGains(
  bed: Bed,
  encodingOf: (mode: BinauralMode | undefined) => Encoding,
  outputCount: number,
  bedGain: number,
  lfeGain: number,
): Float64Array[] {
  return bedDirections(bed).map((direction, index) => {
    const { gainDb, binauralMode } = bed.channels[index]!;
    const gain = bedGain * dbToGain(gainDb);
    const encoding = encodingOf(binauralMode);
    const gains = new Float64Array(outputCount);
    if (!direction) {
      encoding.encodeLfe(gain * lfeGain, gains);
      return gains;
    }
    encoding.encode(pointPlacement(direction.azimuthDeg, direction.elevationDeg), gains);
    return gains.map((value) => value * gain);
  });
}

/** Gains of every channel of an ambisonic bed [channel][output]. */
function ambisonicGains(
  bed: AmbisonicBed,
  sphere: SphereEncoding,
  outputCount: number,
  bedGain: number,
): Float64Array[] {
  return ambixChannels(bed.normalization, bed.order).map(({ acn, gain }) => {
    const gains = new Float64Array(outputCount);
    sphere.encodeAcn(acn, gain * bedGain, gains);
    return gains;
  });
}

/** What people call an element. */
const nameOf = ({ name, id }: SceneElement): string => name || id;

/** Says once each what ambisonics cannot carry; the path names the element and, of an object, its first such block. */
function warnOfSimplifications({ scene, order, headLocked, onWarning }: AmbisonicRendererOptions): void {
  const audible = scene.elements.filter((element) => !element.mute);
  const warn = (code: string, found: SceneElement | undefined, what: string, place = ''): void => {
    if (found)
      onWarning?.({ code, message: `${what} ("${nameOf(found)}" and any others)`, path: found.id + place });
  };
  const hasZones = ({ zoneExclusion }: ObjectBlock): boolean => zoneExclusion.length > 0;
  const zoned = objectsOf(scene).find(
    (object) => !object.mute && !(headLocked && isHeadLocked(object)) && object.blocks.some(hasZones),
  );
  warn(
    'ambisonic-zone-exclusion',
    zoned,
    'zone exclusion has no effect in ambisonics',
    `.blocks[${zoned?.blocks.findIndex(hasZones)}]`,
  );
  warn(
    'ambisonic-order-cut',
    audible.find((element) => element.kind === 'ambisonic' && element.order > order),
    `ambisonics of a higher order than ${order} loses its upper channels`,
  );
  if (!headLocked) return;
  warn(
    'head-locked-ambisonic',
    audible.find((element) => element.kind === 'ambisonic' && element.binauralMode === 'off'),
    'ambisonic beds turn with the head, binaural mode off or not',
  );
  const hasHeadLocked = (element: SceneElement): boolean =>
    element.kind === 'bed'
      ? element.channels.some(({ binauralMode }) => isHeadLocked(element, binauralMode))
      : isHeadLocked(element);
  if (!audible.some(hasHeadLocked))
    onWarning?.({
      code: 'head-locked-empty',
      message: 'the head-locked pair is silent: no object or bed has binaural mode "off"',
    });
}
