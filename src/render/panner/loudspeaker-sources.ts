import { dbToGain } from '../../base/units.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Layout } from '../../layouts/layout.ts';
import type { Scene } from '../../scene/scene.ts';
import { trackCountOf } from '../../scene/scene.ts';
import { createBedDecoder } from '../ambisonic/bed-decoder.ts';
import { objectSegments, type ObjectSegment } from '../../scene/object-timing.ts';
import type { GainRamp, RampSource } from '../ramp-player.ts';
import { createBedRouter } from './bed-router.ts';
import { createBlockGains, type BlockGains } from './block-gains.ts';
import type { LoudspeakerSettings } from './loudspeaker-settings.ts';
import { createObjectGains, type ObjectGainWriter } from './object-gains.ts';

/** Settings of `createLoudspeakerSources`. */
export interface LoudspeakerSourcesOptions extends LoudspeakerSettings {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly sampleRateHz: number;
  /** [element] Gains of an object in each loudspeaker [loudspeaker]; 1 where undefined. */
  readonly objectSpeakerGains?: readonly (Float64Array | undefined)[] | undefined;
  /** Whether fronts and surrounds meet in a fold-down behind the render. */
  readonly meetsInFold?: boolean | undefined;
  /** Default: the scalar ones. */
  readonly kernels?: Kernels | undefined;
  /** Ramps that end before it are left out; default 0. */
  readonly startSample?: number | undefined;
}

/** Whether any object that is heard is diffuse at any time. */
export const hasDiffuseObjects = (scene: Scene): boolean =>
  scene.elements.some(
    (element) =>
      element.kind === 'object' && !element.mute && element.blocks.some(({ diffuse }) => diffuse > 0),
  );

/**
 * Compiles the metadata of a scene into gain ramps for a layout, one source a track in the order of
 * `sceneTracks`. Gains are [loudspeaker], in scenes with diffuse objects followed by those of the diffuse signal
 * [loudspeaker]. Ramps of objects are computed as they are pulled. Muted elements have none.
 * @throws SceneError for unknown bed channels and impossible block times; LayoutError for a layout that cannot
 * be panned to
 */
export function createLoudspeakerSources(options: LoudspeakerSourcesOptions): RampSource[] {
  const { scene, layout, sampleRateHz, startSample = 0 } = options;
  const gainsOfBlock = createObjectGains(layout, {
    referenceScreen: scene.programme.referenceScreen,
    kernels: options.kernels,
  });
  const routesOfBed = createBedRouter(layout, options.meetsInFold);
  const gainsOfAmbisonics = createBedDecoder(layout, options.hoaDecoder);
  const outputCount = layout.loudspeakers.length * (hasDiffuseObjects(scene) ? 2 : 1);
  return scene.elements.flatMap((element, elementIndex) => {
    if (element.mute) return Array.from({ length: trackCountOf(element) }, () => noRamps);
    const elementGain = dbToGain(element.gainDb);
    switch (element.kind) {
      case 'bed':
        return routesOfBed(element).map(({ gains }) => constantSource(gains, elementGain, outputCount));
      case 'ambisonic':
        return gainsOfAmbisonics(element).map((gains) => constantSource(gains, elementGain, outputCount));
      case 'object': {
        const segments = objectSegments(element, sampleRateHz, startSample);
        const { blocks } = element;
        const speakerGains = options.objectSpeakerGains?.[elementIndex];
        const writeGains: ObjectGainWriter = (block, gain, gains) =>
          gainsOfBlock(block, gain, gains, speakerGains);
        return [
          () =>
            objectRamps(
              segments(),
              createBlockGains(blocks, writeGains, elementGain, outputCount),
              outputCount,
            ),
        ];
      }
    }
  });
}

const noRamps: RampSource = () => [][Symbol.iterator]();

function constantSource(gains: Float64Array, elementGain: number, outputCount: number): RampSource {
  const scaled = new Float64Array(outputCount);
  gains.forEach((gain, loudspeaker) => (scaled[loudspeaker] = gain * elementGain));
  const ramp: GainRamp = { startSample: 0, endSample: Infinity, gainsStart: scaled, gainsEnd: scaled };
  return () => [ramp].values();
}

function* objectRamps(
  segments: Iterable<ObjectSegment>,
  gainsOf: BlockGains,
  outputCount: number,
): Generator<GainRamp> {
  // Allocated once: a typed array for every ramp would cost more than its gains.
  const blends = [new Float64Array(outputCount), new Float64Array(outputCount)] as const;
  for (const { startSample, endSample, from, to, startWeight, endWeight } of segments) {
    const before = gainsOf(from);
    const after = gainsOf(to);
    const gainsStart = startWeight === 0 ? before : blend(before, after, startWeight, blends[0]);
    const gainsEnd = endWeight === 1 ? after : blend(before, after, endWeight, blends[1]);
    yield { startSample, endSample, gainsStart, gainsEnd };
  }
}

function blend(
  before: Float64Array,
  after: Float64Array,
  weight: number,
  result: Float64Array,
): Float64Array {
  for (let i = 0; i < result.length; i++) result[i] = before[i]! + weight * (after[i]! - before[i]!);
  return result;
}
