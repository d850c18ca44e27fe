import type { Vec3 } from '../../base/coordinates.ts';
import type { WarningHandler } from '../../base/errors.ts';
import { dbToGain } from '../../base/units.ts';
import type { HrtfInterpolator } from '../../hrtf/hrtf-interpolator.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import {
  trackCountOf,
  type AmbisonicBed,
  type AudioObject,
  type Bed,
  type Scene,
  type SceneElement,
} from '../../scene/scene.ts';
import { ambixChannels } from '../ambisonic/ambisonic-conversion.ts';
import {
  designBinauralDecoder,
  type BinauralDecoder,
  type DecoderDesign,
} from '../ambisonic/binaural-decoder.ts';
import { bedDirections } from './bed-directions.ts';
import { delayFilters, designEarFilters, earGain, pointPlacement, type EarFilters } from './ear-filters.ts';
import { createTrackInput, type FixedInput } from './fixed-input.ts';
import { turnTrack, type HeadOrientation } from './head-orientation.ts';
import type { LfeChannel } from './lfe-path.ts';
import {
  createObjectTrack,
  createRestingTrack,
  hopOf,
  type TrackedSource,
  type Tracks,
} from './object-track.ts';
import { createStereoPan } from './panned-source.ts';
import { createTurnedChannels } from './turned-channels.ts';

/** What the engine has to do for a scene. */
export interface SourcePlan {
  /** Delay of the onset of a source in front. */
  readonly baseDelaySamples: number;
  /** Bed channels, and objects that stay where they are. */
  readonly fixed: FixedInput[];
  /** Channels of ambisonic beds: their filters are longer. */
  readonly ambisonic: FixedInput[];
  readonly moving: TrackedSource[];
  /** Moving objects of binaural mode 'off'. */
  readonly panned: TrackedSource[];
  readonly lfes: LfeChannel[];
  /** Objects that are diffuse at some time, for their diffuse part. */
  readonly diffuse: TrackedSource[];
}

/** What the plan needs of the renderer's settings. */
export interface PlanOptions {
  readonly scene: Scene;
  readonly sampleRateHz: number;
  readonly lfeDb?: number | 'off' | undefined;
  /** For a head that turns while it listens; then nothing but elements of mode 'off' rests. */
  readonly head?: HeadOrientation | undefined;
  readonly room?: 'off' | 'scene' | undefined;
  readonly decoderDesign?: DecoderDesign | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/**
 * Sorts the elements of a scene by what their rendering takes. Muted elements take nothing.
 * @param leastDelaySamples base delay that the HRTF needs; ambisonic decoders may need more
 */
export function planSources(
  options: PlanOptions,
  interpolator: HrtfInterpolator,
  tracks: Tracks,
  leastDelaySamples: number,
): SourcePlan {
  const { scene, sampleRateHz, lfeDb = 0 } = options;
  const lfeGain = lfeDb === 'off' ? 0 : earGain * dbToGain(lfeDb);
  const elements = audibleElements(scene);
  warnOfSimplifications(
    elements.map(({ element }) => element),
    options,
  );
  const decoders = designDecoders(elements, interpolator.hrtf, options.decoderDesign);
  const baseDelaySamples = [...decoders.values()].reduce(
    (delay, decoder) => Math.max(delay, decoder.delaySamples),
    leastDelaySamples,
  );
  const plan: SourcePlan = {
    baseDelaySamples,
    fixed: [],
    ambisonic: [],
    moving: [],
    panned: [],
    lfes: [],
    diffuse: [],
  };
  const context: PlanContext = {
    plan,
    interpolator,
    tracks,
    sampleRateHz,
    head: options.head,
    stereoPan: createStereoPan(),
  };
  for (const { element, firstTrack } of elements) {
    if (element.kind === 'object') planObject(context, element, firstTrack);
    else if (element.kind === 'bed') planBed(context, element, firstTrack, lfeGain);
    else planAmbisonic(context, element, firstTrack, decoders.get(element.order)!);
  }
  return plan;
}

interface PlanContext {
  readonly plan: SourcePlan;
  readonly interpolator: HrtfInterpolator;
  readonly tracks: Tracks;
  readonly sampleRateHz: number;
  readonly head: HeadOrientation | undefined;
  readonly stereoPan: (direction: Vec3) => Float64Array;
}

interface AudibleElement {
  readonly element: SceneElement;
  readonly firstTrack: number;
}

/** Elements that are not muted, with the first of their tracks. */
function audibleElements(scene: Scene): AudibleElement[] {
  let firstTrack = 0;
  return scene.elements.flatMap((element) => {
    const located = { element, firstTrack };
    firstTrack += trackCountOf(element);
    return element.mute ? [] : [located];
  });
}

/** One decoder for each order that occurs. */
function designDecoders(
  elements: readonly AudibleElement[],
  hrtf: HrtfSet,
  design: DecoderDesign | undefined,
): ReadonlyMap<number, BinauralDecoder> {
  const decoders = new Map<number, BinauralDecoder>();
  for (const { element } of elements)
    if (element.kind === 'ambisonic' && !decoders.has(element.order))
      decoders.set(element.order, designBinauralDecoder(element.order, hrtf, design));
  return decoders;
}

/** Filters of a source without HRTF. */
function panFilters({ plan, stereoPan }: PlanContext, direction: Vec3, gain: number): EarFilters {
  const [left, right] = stereoPan(direction);
  return delayFilters(plan.baseDelaySamples, left! * gain, right! * gain);
}

function planObject(context: PlanContext, object: AudioObject, trackIndex: number): void {
  const { plan, interpolator, tracks, sampleRateHz, head } = context;
  const isOff = object.binauralMode === 'off';
  const gain = dbToGain(object.gainDb) * (isOff ? 1 : earGain);
  const inRoom = createObjectTrack(object, sampleRateHz, 1);
  const track = head && !isOff ? turnTrack(inRoom, head) : inRoom;
  if (!isOff && object.blocks.some((block) => block.diffuse > 0))
    plan.diffuse.push({ track: createObjectTrack(object, sampleRateHz, 1), trackIndex, gain });
  if (!track.isStatic) {
    (isOff ? plan.panned : plan.moving).push({ track, trackIndex, gain });
    return;
  }
  const placement = track.placementAt(0);
  const hop = new Float32Array(tracks[trackIndex]!.length);
  plan.fixed.push({
    filters: isOff
      ? panFilters(context, placement.direction, gain)
      : designEarFilters(interpolator, placement, plan.baseDelaySamples, gain),
    nextHop: (startSample) => hopOf(track, startSample, tracks[trackIndex]!, hop),
    reset: () => track.reset(),
  });
}

function planBed(context: PlanContext, bed: Bed, firstTrack: number, lfeGain: number): void {
  const { plan, interpolator, tracks, head } = context;
  bedDirections(bed).forEach((direction, channel) => {
    const trackIndex = firstTrack + channel;
    const gain = dbToGain(bed.gainDb + bed.channels[channel]!.gainDb);
    if (!direction) {
      if (lfeGain > 0) plan.lfes.push({ trackIndex, gain: gain * lfeGain });
      return;
    }
    const placement = pointPlacement(direction.azimuthDeg, direction.elevationDeg);
    const isOff = bed.binauralMode === 'off';
    if (head && !isOff) {
      const track = turnTrack(createRestingTrack(placement), head);
      plan.moving.push({ track, trackIndex, gain: gain * earGain });
      return;
    }
    const filters = isOff
      ? panFilters(context, placement.direction, gain)
      : designEarFilters(interpolator, placement, plan.baseDelaySamples, gain * earGain);
    plan.fixed.push(createTrackInput(tracks[trackIndex]!, filters));
  });
}

function planAmbisonic(
  { plan, tracks, head }: PlanContext,
  bed: AmbisonicBed,
  firstTrack: number,
  decoder: BinauralDecoder,
): void {
  const padding = plan.baseDelaySamples - decoder.delaySamples;
  const delayed = (filter: Float32Array, gain: number): Float32Array => {
    const output = new Float32Array(padding + filter.length);
    output.set(filter, padding);
    return output.map((sample) => sample * gain);
  };
  const elementGain = dbToGain(bed.gainDb) * earGain;
  const channels = ambixChannels(bed.normalization, bed.order).map((channel, index) => ({
    ...channel,
    track: tracks[firstTrack + index]!,
  }));
  const filtersOf = (acn: number, gain: number): EarFilters => ({
    left: delayed(decoder.left[acn]!, gain),
    right: delayed(decoder.right[acn]!, gain),
  });
  if (head) {
    const turned = createTurnedChannels(bed.order, channels, head);
    turned.forEach((fill, acn) => {
      const hop = new Float32Array(tracks[firstTrack]!.length);
      plan.ambisonic.push({
        filters: filtersOf(acn, elementGain),
        nextHop(startSample) {
          fill(startSample, hop);
          return hop;
        },
        reset: () => undefined,
      });
    });
    return;
  }
  for (const { acn, gain, track } of channels)
    plan.ambisonic.push(createTrackInput(track, filtersOf(acn, elementGain * gain)));
}

/** What people call an element. */
const nameOf = ({ name, id }: SceneElement): string => name || id;

/** Says once each what the renderer does more simply than the scene asks. */
function warnOfSimplifications(elements: readonly SceneElement[], { room, onWarning }: PlanOptions): void {
  const near = elements.find(({ binauralMode }) => binauralMode !== undefined && binauralMode !== 'off');
  if (near && room !== 'scene')
    onWarning?.({
      code: 'binaural-without-room',
      message: `binaural modes near, mid and far are rendered alike, without room ("${nameOf(near)}" and any others); --room scene adds it`,
      path: near.id,
    });
}
