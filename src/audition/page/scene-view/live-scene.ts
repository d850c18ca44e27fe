import type { Vec3 } from '../../../base/coordinates.ts';
import { resolveScene } from '../../../scene/resolve-scene.ts';
import type { AudioObject, Scene } from '../../../scene/scene.ts';
import type { Session } from '../../protocol/session.ts';
import type { AudioEngine, EngineLevels, HeadOrientation } from '../engine/engine.ts';
import { shortChannelNames } from '../state/channel-names.ts';
import type { Extent } from './extent.ts';
import { heardPlaces, trackRanges, type HeardPlace, type HeardPlaces } from './heard-places.ts';
import { LevelFollower, silenceDb } from './level-glow.ts';
import { ObjectPath, type PathRun } from './object-path.ts';
import { heightOf, placeSpeaker, roomShapeOf, type RoomShape } from './room-geometry.ts';

/** An object as it is at this moment. */
export interface ObjectSpot {
  readonly elementIndex: number;
  readonly name: string;
  /** Undefined while the object is not there. */
  point: Vec3 | undefined;
  extent: Extent | undefined;
  /** -1 below .. 1 above */
  height: number;
  levelDb: number;
  /** Path of the last and next seconds; empty for what does not move. */
  trail: readonly PathRun[];
}

/** A loudspeaker or channel of a bed by its short name, and where it is drawn. */
export interface PlaceSpot extends HeardPlace {
  readonly point: Vec3;
}

/** What the live scene asks of an engine. */
export type SceneEngine = Pick<AudioEngine, 'state' | 'positionFrames'>;

/** How much of a path is shown around the present. */
export const trailPastSec = 2.5;
/** The same of what is to come. */
export const trailFutureSec = 1.5;
const trailStepsPerSec = 15;
/** Time that may be spent on working out paths between two pictures. */
const prepareMs = 6;

/** What a scene looks like at the moment that is heard; the views draw what stands here. */
export class LiveScene {
  readonly shape: RoomShape;
  readonly sampleRateHz: number;
  readonly spots: readonly ObjectSpot[];
  /** Largest coordinate that an object reaches, at least 1. */
  readonly reach: number;
  heard: HeardPlaces;
  places: readonly PlaceSpot[] = [];
  head: HeadOrientation;
  positionFrames = -1;
  /** Levels of the tracks of the scene and of the channels of the source. */
  readonly tracks = new LevelFollower();
  readonly channels = new LevelFollower();
  readonly #engine: SceneEngine;
  readonly #session: Session;
  readonly #scene: Scene | undefined;
  readonly #ranges: readonly { readonly first: number; readonly count: number }[];
  readonly #paths: (ObjectPath | undefined)[] = [];
  readonly #trailCells: number[] = [];
  readonly #nowMs: () => number;
  #sourceId: string | undefined;
  #isStale = true;

  constructor(
    session: Session,
    scene: Scene | undefined,
    engine: SceneEngine,
    nowMs = () => performance.now(),
  ) {
    this.#session = session;
    this.sampleRateHz = session.sampleRateHz;
    this.#scene = scene && resolveScene(scene);
    this.#engine = engine;
    this.#nowMs = nowMs;
    this.shape = roomShapeOf(scene);
    this.#ranges = scene ? trackRanges(scene) : [];
    this.spots = (this.#scene?.elements ?? []).flatMap((element, elementIndex) =>
      element.kind === 'object' ? [spotOf(element, elementIndex)] : [],
    );
    this.reach = reachOf(this.#scene);
    this.head = engine.state.head;
    this.heard = heardPlaces(session, this.#scene, engine.state.sourceId);
    this.#findPlaces();
  }

  /**
   * Goes on to the moment that is heard now.
   * @returns whether anything moves, or has changed since the last call, or neither
   */
  advance(elapsedSec: number, levels: EngineLevels): 'moving' | 'changed' | 'still' {
    const { state } = this.#engine;
    const positionFrames = this.#engine.positionFrames();
    this.#findPlaces();
    const isPreparing = this.#preparePaths();
    const isSounding = this.#followLevels(elapsedSec, levels);
    const isElsewhere = positionFrames !== this.positionFrames;
    const isTurned = state.head !== this.head;
    this.positionFrames = positionFrames;
    this.head = state.head;
    const isChanged = isElsewhere || isTurned || this.#isStale || isPreparing;
    if (isElsewhere || this.#isStale) this.#moveObjects();
    this.#isStale = isPreparing;
    if (state.isPlaying || isSounding || isPreparing) return 'moving';
    return isChanged ? 'changed' : 'still';
  }

  /** Level of an element: that of its loudest track. */
  elementLevelDb(elementIndex: number): number {
    const range = this.#ranges[elementIndex];
    return range ? this.tracks.loudestDb(range.first, range.count) : silenceDb;
  }

  /** Level of a loudspeaker, ear or field. */
  channelLevelDb(channel: number): number {
    return (this.heard.isScene ? this.tracks : this.channels).levelsDb[channel] ?? silenceDb;
  }

  /** The whole path of an object; nothing while it has not been worked out. */
  wholePath(elementIndex: number): readonly PathRun[] {
    const at = this.spots.findIndex((spot) => spot.elementIndex === elementIndex);
    const path = this.#paths[at];
    return path && !path.isStill ? path.whole() : [];
  }

  #findPlaces(): void {
    const { sourceId } = this.#engine.state;
    if (sourceId === this.#sourceId) return;
    this.#sourceId = sourceId;
    this.heard = heardPlaces(this.#session, this.#scene, sourceId);
    const names = shortChannelNames(this.heard.places.map(({ label }) => label));
    this.places = this.heard.places.map((place, index) => ({
      ...place,
      label: names[index]!,
      point: placePoint(place, this.shape),
    }));
    this.channels.reset();
    this.tracks.reset();
    this.#isStale = true;
  }

  /** Works out the next paths. @returns whether some are still to do */
  #preparePaths(): boolean {
    const { spots } = this;
    const isBehind = this.#paths.length < spots.length;
    const endMs = this.#nowMs() + prepareMs;
    while (this.#paths.length < spots.length) {
      const object = this.#scene!.elements[spots[this.#paths.length]!.elementIndex] as AudioObject;
      this.#paths.push(new ObjectPath(object, this.sampleRateHz, this.shape));
      if (this.#nowMs() > endMs) break;
    }
    return isBehind;
  }

  #followLevels(elapsedSec: number, { channelPeaks, trackPeaks }: EngineLevels): boolean {
    const isTrackSounding = this.tracks.follow(trackPeaks, elapsedSec);
    const isChannelSounding = this.channels.follow(channelPeaks, elapsedSec);
    for (const spot of this.spots) spot.levelDb = this.elementLevelDb(spot.elementIndex);
    return isTrackSounding || isChannelSounding;
  }

  #moveObjects(): void {
    const stepFrames = this.sampleRateHz / trailStepsPerSec;
    for (const [at, path] of this.#paths.entries()) {
      const spot = this.spots[at]!;
      const moment = path!.at(this.positionFrames);
      spot.point = moment?.point;
      spot.extent = moment?.extent;
      spot.height = moment ? heightOf(moment.point, this.shape) : 0;
      if (path!.isStill) continue;
      // Trails are worked out once a step, those of different objects at different times.
      const cell = Math.floor(this.positionFrames / stepFrames + at / this.spots.length);
      if (cell === this.#trailCells[at]) continue;
      this.#trailCells[at] = cell;
      const middle = cell * stepFrames;
      const rate = this.sampleRateHz;
      spot.trail = path!.between(middle - trailPastSec * rate, middle + trailFutureSec * rate, stepFrames);
    }
  }
}

/** LFEs have no direction: they stand on the floor in front, clear of the others. */
function placePoint({ azimuthDeg, elevationDeg, isLfe }: HeardPlace, shape: RoomShape): Vec3 {
  if (!isLfe) return placeSpeaker(azimuthDeg, elevationDeg, shape);
  const [x, y] = placeSpeaker(azimuthDeg / 3, 0, shape);
  return [x * lfeShare, y * lfeShare, 0];
}

const lfeShare = 0.62;

const spotOf = (object: AudioObject, elementIndex: number): ObjectSpot => ({
  elementIndex,
  name: object.name,
  point: undefined,
  extent: undefined,
  height: 0,
  levelDb: silenceDb,
  trail: [],
});

/** Farther than this is drawn outside of the picture. */
const farthestReach = 2.5;

function reachOf(scene: Scene | undefined): number {
  let reach = 1;
  for (const element of scene?.elements ?? []) {
    if (element.kind !== 'object') continue;
    for (const { position } of element.blocks)
      reach = Math.max(
        reach,
        position.kind === 'polar'
          ? position.distance
          : Math.max(Math.abs(position.xyz[0]), Math.abs(position.xyz[1])),
      );
  }
  return Math.min(farthestReach, reach);
}
