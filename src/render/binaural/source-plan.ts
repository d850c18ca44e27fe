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
import { bedDirections } from '../../scene/bed-directions.ts';
import { delayFilters, designEarFilters, earGain, pointPlacement, type EarFilters } from './ear-filters.ts';
import { createSharedObject, createTrackInput, createTrackSource, type FixedInput } from './fixed-input.ts';
import { turnTrack, type HeadOrientation } from './head-orientation.ts';
import type { LfeChannel } from './lfe-path.ts';
import { createObjectTrack, createRestingTrack, type TrackedSource, type Tracks } from './object-track.ts';
import { createStereoPan } from './panned-source.ts';
import type { Placement } from './placement.ts';
import { roomModeOf, type RoomSource } from './room/room-sources.ts';
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
  /** What sounds in the room. Of what rests, the direct sound is heard with the room and stands nowhere else. */
  readonly room: RoomSource[];
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
    room: [],
  };
  const context: PlanContext = {
    plan,
    interpolator,
    tracks,
    sampleRateHz,
    head: options.head,
    hasRoom: options.room === 'scene',
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
  readonly hasRoom: boolean;
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

/** Filters of a source that does not move. @param isOff it is panned, without HRTF */
function fixedFilters(context: PlanContext, placement: Placement, gain: number, isOff: boolean): EarFilters {
  const { plan, interpolator, stereoPan } = context;
  if (!isOff) return designEarFilters(interpolator, placement, plan.baseDelaySamples, gain);
  const [left, right] = stereoPan(placement.direction);
  return delayFilters(plan.baseDelaySamples, left! * gain, right! * gain);
}

function planObject(context: PlanContext, object: AudioObject, trackIndex: number): void {
  const { plan, tracks, sampleRateHz, head } = context;
  const isOff = object.binauralMode === 'off';
  const elementGain = dbToGain(object.gainDb);
  const gain = elementGain * (isOff ? 1 : earGain);
  const track = createObjectTrack(object, sampleRateHz, 1);
  if (!isOff && object.blocks.some((block) => block.diffuse > 0))
    plan.diffuse.push({ track: createObjectTrack(object, sampleRateHz, 1), trackIndex, gain });
  const mode = context.hasRoom ? roomModeOf(object) : undefined;
  const { audio, second } = createSharedObject(track, tracks[trackIndex]!);
  const heard = mode ? second : track;
  const seen = head && !isOff ? turnTrack(heard, head) : heard;
  const direct = seen.isStatic ? fixedFilters(context, seen.placementAt(0), gain, isOff) : undefined;
  if (mode) plan.room.push({ audio, mode, gain: elementGain, track, direct });
  else if (direct) plan.fixed.push({ filters: direct, nextHop: audio.nextHop, reset: audio.reset });
  if (!direct) (isOff ? plan.panned : plan.moving).push({ track: seen, trackIndex, gain });
}

function planBed(context: PlanContext, bed: Bed, firstTrack: number, lfeGain: number): void {
  const { plan, tracks, head } = context;
  bedDirections(bed).forEach((direction, channel) => {
    const binauralMode = bed.channels[channel]!.binauralMode ?? bed.binauralMode;
    const mode = context.hasRoom ? roomModeOf({ ...bed, binauralMode }) : undefined;
    const trackIndex = firstTrack + channel;
    const gain = dbToGain(bed.gainDb + bed.channels[channel]!.gainDb);
    if (!direction) {
      if (lfeGain > 0) plan.lfes.push({ trackIndex, gain: gain * lfeGain });
      return;
    }
    const placement = pointPlacement(direction.azimuthDeg, direction.elevationDeg);
    const isOff = binauralMode === 'off';
    const track = createRestingTrack(placement);
    const earedGain = isOff ? gain : gain * earGain;
    const seen = head && !isOff ? turnTrack(track, head) : track;
    const direct = seen.isStatic ? fixedFilters(context, placement, earedGain, isOff) : undefined;
    if (!direct) plan.moving.push({ track: seen, trackIndex, gain: earedGain });
    const hop = tracks[trackIndex]!;
    if (mode) plan.room.push({ audio: createTrackSource(hop), mode, gain, track, direct });
    else if (direct) plan.fixed.push(createTrackInput(hop, direct));
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
