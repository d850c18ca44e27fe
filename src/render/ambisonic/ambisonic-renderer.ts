import { ConfigError, type WarningHandler } from '../../base/errors.ts';
import type { Processor } from '../../base/processor.ts';
import { dbToGain } from '../../base/units.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { rotationMatrix, type Rotation } from '../../math/rotation.ts';
import { shRotationMatrix } from '../../math/sh-rotation.ts';
import {
  shChannelCount,
  sn3dToN3d,
  sphericalHarmonics,
  type ShNormalization,
} from '../../math/spherical-harmonics.ts';
import type { AmbisonicBed, Bed, ObjectBlock, Scene } from '../../scene/scene.ts';
import { bedDirections } from '../binaural/bed-directions.ts';
import { createRampMixer, type GainRamp } from '../ramp-mixer.ts';
import { ambixChannels } from './ambisonic-conversion.ts';
import { objectRamps } from './object-ramps.ts';
import { createPlacementEncoder, type PlacementEncoder } from './placement-encoder.ts';

/** Choices of ambisonic renders. */
export interface AmbisonicSettings {
  /** Default SN3D (AmbiX). */
  readonly normalization?: ShNormalization | undefined;
  /** Turns the whole scene; default none. */
  readonly rotation?: Rotation | undefined;
  /**
   * Level at which LFE channels go to W; default 'off': AmbiX has no LFE channel, and its content is meant to
   * be heard 10 dB louder over a loudspeaker of its own.
   */
  readonly lfeDb?: number | 'off' | undefined;
}

/** What `createAmbisonicRenderer` needs. */
export interface AmbisonicRendererOptions extends AmbisonicSettings {
  readonly scene: Scene;
  /** 1..7; (order + 1)^2 output channels, ACN. */
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
 * Inputs: `sceneTracks` order.
 * @throws ConfigError for an order outside 1..7; SceneError for a bed channel without position, FuMa above order 3
 */
export function createAmbisonicRenderer(options: AmbisonicRendererOptions): Processor {
  const { scene, order, kernels } = options;
  if (!Number.isInteger(order) || order < 1 || order > 7)
    throw new ConfigError('ambisonic-order', `ambisonic order is ${order}; allowed are 1 to 7`);
  warnOfSimplifications(scene, order, options.onWarning);
  const sources = scene.elements.flatMap((element): (() => Iterator<GainRamp>)[] => {
    const gain = element.mute ? 0 : dbToGain(element.gainDb);
    switch (element.kind) {
      case 'bed':
        return bedGains(element, options, gain).map(constantSource);
      case 'ambisonic':
        return ambisonicGains(element, options, gain).map(constantSource);
      case 'object': {
        if (element.mute) return [silentSource];
        const encode = createOutputEncoder(options);
        return [() => objectRamps(element, options.sampleRateHz, shChannelCount(order), encode, gain)];
      }
    }
  });
  return createRampMixer({
    kernels,
    outputCount: shChannelCount(order),
    sources,
    startSample: options.startSample ?? 0,
  });
}

const silentSource = (): Iterator<GainRamp> => [].values();

const constantSource = (gains: Float64Array) => (): Iterator<GainRamp> =>
  [{ startSample: 0, endSample: Infinity, gainsStart: gains, gainsEnd: gains }].values();

/** Gains of every channel of a bed [channel][acn]. */
function bedGains(bed: Bed, options: AmbisonicRendererOptions, bedGain: number): Float64Array[] {
  const { order, lfeDb = 'off' } = options;
  const finish = createFinish(options);
  return bedDirections(bed).map((direction, index) => {
    const gain = bedGain * dbToGain(bed.channels[index]!.gainDb);
    if (direction)
      return finish(
        sphericalHarmonics(order, direction.azimuthDeg, direction.elevationDeg).map((value) => value * gain),
      );
    const omnidirectional = new Float64Array(shChannelCount(order));
    if (lfeDb !== 'off') omnidirectional[0] = gain * dbToGain(lfeDb);
    return omnidirectional;
  });
}

/** Gains of every channel of an ambisonic bed [channel][acn]. */
function ambisonicGains(
  bed: AmbisonicBed,
  options: AmbisonicRendererOptions,
  bedGain: number,
): Float64Array[] {
  const finish = createFinish(options);
  return ambixChannels(bed.normalization, bed.order).map(({ acn, gain }) => {
    const gains = new Float64Array(shChannelCount(options.order));
    if (acn < gains.length) gains[acn] = gain * bedGain;
    return finish(gains);
  });
}

function createOutputEncoder(options: AmbisonicRendererOptions): PlacementEncoder {
  const encode = createPlacementEncoder(options.order);
  if (!options.rotation && options.normalization !== 'N3D') return encode;
  const finish = createFinish(options);
  return (placement, gains) => {
    encode(placement, gains);
    gains.set(finish(gains));
  };
}

/** Turns SN3D gains [acn] as the options ask, and gives them the normalisation of the output. */
function createFinish({
  order,
  rotation,
  normalization,
}: AmbisonicRendererOptions): (gains: Float64Array) => Float64Array {
  const turn = rotation && shRotationMatrix(order, rotationMatrix(rotation));
  const count = shChannelCount(order);
  return (gains) => {
    let finished = gains;
    if (turn)
      finished = gains.map((_, row) => {
        let sum = 0;
        for (let acn = 0; acn < count; acn++) sum += turn[row * count + acn]! * gains[acn]!;
        return sum;
      });
    return normalization === 'N3D' ? finished.map((value, acn) => value * sn3dToN3d(acn)) : finished;
  };
}

/** Says once each what ambisonics cannot carry. */
function warnOfSimplifications(scene: Scene, order: number, onWarning: WarningHandler | undefined): void {
  const hasBlock = (matches: (block: ObjectBlock) => boolean): string | undefined =>
    scene.elements.find((element) => element.kind === 'object' && element.blocks.some(matches))?.id;
  const diffuse = hasBlock((block) => block.diffuse > 0);
  if (diffuse !== undefined)
    onWarning?.({
      code: 'ambisonic-diffuse',
      message: `diffuse objects are encoded without decorrelation ("${diffuse}" and any others)`,
      path: diffuse,
    });
  const zones = hasBlock((block) => block.zoneExclusion.length > 0);
  if (zones !== undefined)
    onWarning?.({
      code: 'ambisonic-zone-exclusion',
      message: `zone exclusion has no effect in ambisonics ("${zones}" and any others)`,
      path: zones,
    });
  const cut = scene.elements.find((element) => element.kind === 'ambisonic' && element.order > order);
  if (cut)
    onWarning?.({
      code: 'ambisonic-order-cut',
      message: `ambisonics of a higher order than ${order} loses its upper channels ("${cut.id}" and any others)`,
      path: cut.id,
    });
}
