import { ConfigError, type WarningHandler } from '../../base/errors.ts';
import type { Processor } from '../../base/processor.ts';
import { dbToGain } from '../../base/units.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { AmbisonicBed, Bed, ObjectBlock, Scene, SceneElement } from '../../scene/scene.ts';
import { bedDirections } from '../binaural/bed-directions.ts';
import { pointPlacement } from '../binaural/ear-filters.ts';
import { createRampMixer, type GainRamp } from '../ramp-mixer.ts';
import { ambixChannels } from './ambisonic-conversion.ts';
import { ambisonicChannelCount, type AmbisonicSettings } from './ambisonic-format.ts';
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
  readonly kernels: Kernels;
  /** Sample of the scene that the first input sample is; default 0. */
  readonly startSample?: number | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Makes the renderer of a scene to ambisonics. Objects are encoded where they are heard; distance changes
 * their size, never their level; sizes spread them (see `PlacementEncoder`) and movements follow the way (see
 * `objectRamps`). Bed channels stand where their loudspeakers do. Ambisonic beds are converted to ACN / SN3D;
 * a higher order is cut off, a lower one leaves the upper channels to the rest of the scene. Channel lock and
 * zone exclusion speak of loudspeakers and do nothing here; diffuse objects are encoded as if they were not.
 * With a head-locked pair, objects and beds of binaural mode 'off' go there alone.
 * Inputs: `sceneTracks` order.
 * @throws ConfigError for an order outside 1..7; SceneError for a bed channel without position, FuMa above order 3
 */
export function createAmbisonicRenderer(options: AmbisonicRendererOptions): Processor {
  const { scene, order, kernels, sampleRateHz, lfeDb = 'off' } = options;
  if (!Number.isInteger(order) || order < 1 || order > 7)
    throw new ConfigError('ambisonic-order', `ambisonic order is ${order}; allowed are 1 to 7`);
  warnOfSimplifications(options);
  const outputCount = ambisonicChannelCount(order, options);
  const lfeGain = lfeDb === 'off' ? 0 : dbToGain(lfeDb);
  const sphere = createSphereEncoding(order, options);
  const headLocked = createHeadLockedEncoding(order);
  const sources = scene.elements.flatMap((element): (() => Iterator<GainRamp>)[] => {
    const gain = element.mute ? 0 : dbToGain(element.gainDb);
    const encoding = options.headLocked && isHeadLocked(element) ? headLocked : sphere;
    switch (element.kind) {
      case 'bed':
        return bedGains(element, encoding, outputCount, gain, lfeGain).map(constantSource);
      case 'ambisonic':
        return ambisonicGains(element, sphere, outputCount, gain).map(constantSource);
      case 'object':
        if (element.mute) return [silentSource];
        return [() => objectRamps(element, sampleRateHz, outputCount, encoding.encode, gain)];
    }
  });
  return createRampMixer({ kernels, outputCount, sources, startSample: options.startSample ?? 0 });
}

const silentSource = (): Iterator<GainRamp> => [].values();

const constantSource = (gains: Float64Array) => (): Iterator<GainRamp> =>
  [{ startSample: 0, endSample: Infinity, gainsStart: gains, gainsEnd: gains }].values();

/** Gains of every channel of a bed [channel][output]. */
function bedGains(
  bed: Bed,
  encoding: Encoding,
  outputCount: number,
  bedGain: number,
  lfeGain: number,
): Float64Array[] {
  return bedDirections(bed).map((direction, index) => {
    const gain = bedGain * dbToGain(bed.channels[index]!.gainDb);
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
  if (!onWarning) return;
  const audible = scene.elements.filter((element) => !element.mute);
  const warnOfBlock = (
    code: string,
    matches: (block: ObjectBlock) => boolean,
    message: (name: string) => string,
  ): void => {
    for (const element of audible) {
      if (element.kind !== 'object' || (headLocked && isHeadLocked(element))) continue;
      const block = element.blocks.findIndex(matches);
      if (block < 0) continue;
      onWarning({ code, message: message(nameOf(element)), path: `${element.id}.blocks[${block}]` });
      return;
    }
  };
  const warnOfElement = (
    code: string,
    matches: (element: SceneElement) => boolean,
    message: (name: string) => string,
  ): void => {
    const element = audible.find(matches);
    if (element) onWarning({ code, message: message(nameOf(element)), path: element.id });
  };
  warnOfBlock(
    'ambisonic-diffuse',
    (block) => block.diffuse > 0,
    (name) => `diffuse objects are encoded without decorrelation ("${name}" and any others)`,
  );
  warnOfBlock(
    'ambisonic-zone-exclusion',
    (block) => block.zoneExclusion.length > 0,
    (name) => `zone exclusion has no effect in ambisonics ("${name}" and any others)`,
  );
  warnOfElement(
    'ambisonic-order-cut',
    (element) => element.kind === 'ambisonic' && element.order > order,
    (name) =>
      `ambisonics of a higher order than ${order} loses its upper channels ("${name}" and any others)`,
  );
  if (!headLocked) return;
  warnOfElement(
    'head-locked-ambisonic',
    (element) => element.kind === 'ambisonic' && element.binauralMode === 'off',
    (name) => `ambisonic beds turn with the head, binaural mode off or not ("${name}" and any others)`,
  );
  if (!audible.some(isHeadLocked))
    onWarning({
      code: 'head-locked-empty',
      message: 'the head-locked pair is silent: no object or bed has binaural mode "off"',
    });
}
