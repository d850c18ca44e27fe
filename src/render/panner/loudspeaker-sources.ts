import type { WarningHandler } from '../../base/errors.ts';
import { dbToGain } from '../../base/units.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { AmbisonicBed, AudioObject, ObjectBlock, Scene, SceneElement } from '../../scene/scene.ts';
import { trackCountOf } from '../../scene/scene.ts';
import { ambixChannels } from '../ambisonic/ambisonic-conversion.ts';
import { designLoudspeakerDecoder } from '../ambisonic/loudspeaker-decoder.ts';
import { objectSegments } from '../object-timing.ts';
import type { GainRamp } from '../ramp-mixer.ts';
import { createBedGains } from './bed-gains.ts';
import { createObjectGains, unsupportedFeatures, type ObjectGains } from './object-gains.ts';

/** Maker of the ramps of one track; each call starts anew. */
export type RampSource = () => Iterator<GainRamp>;

/** Settings of `createLoudspeakerSources`. */
export interface LoudspeakerSourcesOptions {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly sampleRateHz: number;
  readonly onWarning?: WarningHandler | undefined;
  /** Ramps that end before it are left out; default 0. */
  readonly startSample?: number | undefined;
}

/**
 * Compiles the metadata of a scene into gain ramps for a layout, one source a track in the order of
 * `sceneTracks`. Ramps of objects are computed as they are pulled. Muted elements have none.
 * @throws SceneError for unknown bed channels and impossible block times; LayoutError for a layout that cannot
 * be panned to
 */
export function createLoudspeakerSources(options: LoudspeakerSourcesOptions): RampSource[] {
  const { scene, layout, sampleRateHz, onWarning, startSample = 0 } = options;
  const gainsOfBlock = createObjectGains(layout);
  const gainsOfBed = createBedGains(layout);
  return scene.elements.flatMap((element) => {
    if (element.mute) return Array.from({ length: trackCountOf(element) }, () => noRamps);
    const elementGain = dbToGain(element.gainDb);
    switch (element.kind) {
      case 'bed':
        return gainsOfBed(element).map((gains) => constantSource(gains, elementGain));
      case 'ambisonic':
        return ambisonicGains(element, layout).map((gains) => constantSource(gains, elementGain));
      case 'object':
        checkTiming(element, sampleRateHz);
        warnOfUnsupported(element, onWarning);
        return [() => objectRamps(element, sampleRateHz, startSample, elementGain, gainsOfBlock)];
    }
  });
}

const noRamps: RampSource = () => [][Symbol.iterator]();

function constantSource(gains: Float64Array, elementGain: number): RampSource {
  const scaled = gains.map((gain) => gain * elementGain);
  const ramp: GainRamp = { startSample: 0, endSample: Infinity, gainsStart: scaled, gainsEnd: scaled };
  return () => [ramp].values();
}

function ambisonicGains(bed: AmbisonicBed, layout: Layout): Float64Array[] {
  const decoder = designLoudspeakerDecoder(bed.order, layout);
  const count = (bed.order + 1) ** 2;
  return ambixChannels(bed.normalization, bed.order).map(({ acn, gain }) =>
    Float64Array.from(layout.loudspeakers, (_, row) => decoder[row * count + acn]! * gain),
  );
}

function* objectRamps(
  object: AudioObject,
  sampleRateHz: number,
  fromSample: number,
  elementGain: number,
  gainsOfBlock: (block: ObjectBlock) => ObjectGains,
): Generator<GainRamp> {
  let lastBlock: ObjectBlock | undefined;
  let lastGains: Float64Array = new Float64Array(0);
  const gainsOf = (block: ObjectBlock): Float64Array => {
    if (block !== lastBlock) {
      lastGains = playedDirectly(gainsOfBlock(block), elementGain);
      lastBlock = block;
    }
    return lastGains;
  };
  for (const { startSample, endSample, from, to, startWeight, endWeight } of objectSegments(
    object,
    sampleRateHz,
  )) {
    if (endSample <= fromSample) continue;
    const before = gainsOf(from);
    const after = gainsOf(to);
    const gainsStart = startWeight === 0 ? before : blend(before, after, startWeight);
    const gainsEnd = endWeight === 1 ? after : blend(before, after, endWeight);
    yield { startSample, endSample, gainsStart, gainsEnd };
  }
}

/** Without decorrelators the diffuse part is played as the direct one is, at the power of both. */
const playedDirectly = ({ direct, diffuse }: ObjectGains, elementGain: number): Float64Array =>
  direct.map(
    (gain, index) => elementGain * (diffuse[index] === 0 ? gain : Math.hypot(gain, diffuse[index]!)),
  );

const blend = (before: Float64Array, after: Float64Array, weight: number): Float64Array =>
  before.map((gain, index) => gain + weight * (after[index]! - gain));

/** Raises the errors of `objectSegments` before any audio runs. */
function checkTiming(object: AudioObject, sampleRateHz: number): void {
  const segments = objectSegments(object, sampleRateHz);
  while (!segments.next().done);
}

function warnOfUnsupported(element: SceneElement & AudioObject, onWarning: WarningHandler | undefined): void {
  const features = new Set(element.blocks.flatMap(unsupportedFeatures));
  for (const feature of features) {
    onWarning?.({
      code: 'unsupported-feature',
      message: `object "${element.id}": ${feature} is not rendered; the object is played without it`,
      path: element.id,
    });
  }
}
