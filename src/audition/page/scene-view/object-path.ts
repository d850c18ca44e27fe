import type { Vec3 } from '../../../base/coordinates.ts';
import { distance } from '../../../math/vec3.ts';
import { objectSegments } from '../../../scene/object-timing.ts';
import type { AudioObject, ObjectBlock } from '../../../scene/scene.ts';
import { extentBetween, type Extent } from './extent.ts';
import { placeInRoom, positionBetween, type RoomShape } from './room-geometry.ts';

/** Where an object is at one moment. */
export interface ObjectMoment {
  /** x right, y front, z up, in the shape of the room. */
  readonly point: Vec3;
  readonly extent: Extent | undefined;
  readonly gainDb: number;
}

/** Unbroken stretches of a path; each point with its frame, in order of time. */
export type PathRun = readonly PathPoint[];

/** A point of a path. */
export interface PathPoint {
  readonly frame: number;
  readonly point: Vec3;
}

/** A way of this length in less than this time is drawn as a jump. */
const jumpLength = 0.2;
const jumpSec = 0.03;
/** Angle of a path that is drawn as one straight line, as a length on the unit sphere. */
const lineLength = 0.09;
/** More points of one path cannot be told apart. */
const maxWholePoints = 900;

/** The places of an object over time, by the segments that renderers play. */
export class ObjectPath {
  /** Whether the object never moves. */
  readonly isStill: boolean;
  readonly #blocks: readonly ObjectBlock[];
  readonly #shape: RoomShape;
  readonly #sampleRateHz: number;
  /** [segment][start, end, start weight, end weight] */
  readonly #times: Float64Array;
  /** [segment][from, to], indices of blocks */
  readonly #ends: Int32Array;
  readonly #points: readonly Vec3[];
  #whole: readonly PathRun[] | undefined;
  #last = 0;

  constructor(object: AudioObject, sampleRateHz: number, shape: RoomShape) {
    this.#blocks = object.blocks;
    this.#shape = shape;
    this.#sampleRateHz = sampleRateHz;
    this.#points = object.blocks.map(({ position }) => placeInRoom(position, shape));
    this.isStill = this.#points.every((point) => distance(point, this.#points[0]!) < 1e-9);
    const indices = new Map(object.blocks.map((block, index) => [block, index]));
    const times: number[] = [];
    const ends: number[] = [];
    for (const segment of objectSegments(object, sampleRateHz)()) {
      times.push(segment.startSample, segment.endSample, segment.startWeight, segment.endWeight);
      ends.push(indices.get(segment.from)!, indices.get(segment.to)!);
    }
    this.#times = Float64Array.from(times);
    this.#ends = Int32Array.from(ends);
  }

  /** Where the object is at a frame; undefined before it begins, after it has ended and in its gaps. */
  at(frame: number): ObjectMoment | undefined {
    const segment = this.#find(frame);
    if (segment === undefined) return undefined;
    const from = this.#blocks[this.#ends[segment * 2]!]!;
    const to = this.#blocks[this.#ends[segment * 2 + 1]!]!;
    const weight = this.#weight(segment, frame);
    return {
      point: this.#pointIn(segment, frame),
      extent: extentBetween(from, to, weight, this.#shape),
      gainDb: mixGainsDb(from.gainDb, to.gainDb, weight),
    };
  }

  /**
   * The path between two frames, a point about every step; a jump or a gap begins a new run.
   * @param startFrame first frame of the path
   * @param endFrame frame after the last
   */
  between(startFrame: number, endFrame: number, stepFrames: number): PathRun[] {
    const runs: PathPoint[][] = [];
    const first = this.#firstEndingAfter(startFrame);
    for (let segment = first; segment < this.#ends.length / 2; segment++) {
      const start = Math.max(startFrame, this.#times[segment * 4]!);
      const end = Math.min(endFrame, this.#times[segment * 4 + 1]!);
      if (start >= endFrame) break;
      if (this.#isJump(segment)) continue;
      const run = this.#runFor(runs, segment, start, stepFrames);
      const isMoving = this.#ends[segment * 2] !== this.#ends[segment * 2 + 1];
      const pieceCount = isMoving ? Math.ceil((end - start) / stepFrames) : 1;
      for (let piece = 1; piece <= pieceCount; piece++) {
        const frame = start + ((end - start) * piece) / pieceCount;
        const isLast = piece === pieceCount;
        // Short segments share a line: their points lie closer than a step.
        if (isLast && end < endFrame && frame - run.at(-1)!.frame < stepFrames / 2) continue;
        run.push({ frame, point: this.#pointIn(segment, frame) });
      }
    }
    return runs;
  }

  /** The whole path, for an eye that looks at one object. Computed once. */
  whole(): readonly PathRun[] {
    this.#whole ??= this.#walkAll();
    return this.#whole;
  }

  #walkAll(): readonly PathRun[] {
    const segmentCount = this.#ends.length / 2;
    const stride = Math.max(1, Math.ceil(segmentCount / maxWholePoints));
    const runs: PathPoint[][] = [];
    for (let segment = 0; segment < segmentCount; segment += stride) {
      if (this.#isJump(segment)) continue;
      const start = this.#times[segment * 4]!;
      const end = this.#times[segment * 4 + 1]!;
      const run = stride === 1 ? this.#runFor(runs, segment, start, Infinity) : (runs[0] ??= []);
      const [from, to] = this.#pointsOf(segment);
      const pieceCount = stride > 1 ? 1 : Math.min(40, Math.ceil(distance(from, to) / lineLength));
      for (let piece = 1; piece <= pieceCount; piece++) {
        const frame = start + ((end - start) * piece) / pieceCount;
        run.push({ frame, point: this.#pointIn(segment, frame) });
      }
    }
    return runs;
  }

  /** The run that a segment goes on with, or a new one where it does not begin at the end of the last. */
  #runFor(runs: PathPoint[][], segment: number, start: number, stepFrames: number): PathPoint[] {
    const point = this.#pointIn(segment, start);
    const run = runs.at(-1);
    const last = run?.at(-1);
    const goesOn = last && start - last.frame <= stepFrames && distance(last.point, point) < jumpLength;
    if (run && goesOn) return run;
    const next: PathPoint[] = [{ frame: start, point }];
    runs.push(next);
    return next;
  }

  #isJump(segment: number): boolean {
    const lengthFrames = this.#times[segment * 4 + 1]! - this.#times[segment * 4]!;
    const [from, to] = this.#pointsOf(segment);
    return lengthFrames < jumpSec * this.#sampleRateHz && distance(from, to) > jumpLength;
  }

  #pointsOf(segment: number): readonly [Vec3, Vec3] {
    return [this.#points[this.#ends[segment * 2]!]!, this.#points[this.#ends[segment * 2 + 1]!]!];
  }

  #pointIn(segment: number, frame: number): Vec3 {
    const fromIndex = this.#ends[segment * 2]!;
    const toIndex = this.#ends[segment * 2 + 1]!;
    if (fromIndex === toIndex) return this.#points[fromIndex]!;
    const [from, to] = [this.#blocks[fromIndex]!, this.#blocks[toIndex]!];
    const position = positionBetween(from.position, to.position, this.#weight(segment, frame));
    return placeInRoom(position, this.#shape);
  }

  #weight(segment: number, frame: number): number {
    if (this.#ends[segment * 2] === this.#ends[segment * 2 + 1]) return 1;
    const at = segment * 4;
    const start = this.#times[at]!;
    const startWeight = this.#times[at + 2]!;
    const share = (frame - start) / (this.#times[at + 1]! - start);
    return Math.min(1, startWeight + (this.#times[at + 3]! - startWeight) * share);
  }

  #find(frame: number): number | undefined {
    const segment = this.#firstEndingAfter(frame);
    const isInside = segment < this.#ends.length / 2 && this.#times[segment * 4]! <= frame;
    return isInside ? segment : undefined;
  }

  /** First segment whose end lies behind a frame; the one of the last call, or the next, mostly serves again. */
  #firstEndingAfter(frame: number): number {
    const count = this.#ends.length / 2;
    const endOf = (segment: number): number => (segment < 0 ? -Infinity : this.#times[segment * 4 + 1]!);
    for (let guess = this.#last; guess < Math.min(count, this.#last + 2); guess++) {
      if (endOf(guess) > frame && endOf(guess - 1) <= frame) return (this.#last = guess);
    }
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (endOf(middle) > frame) high = middle;
      else low = middle + 1;
    }
    return (this.#last = low);
  }
}

/** Gains are mixed as renderers do: linear. */
function mixGainsDb(fromDb: number, toDb: number, weight: number): number {
  if (fromDb === toDb) return toDb;
  return 20 * Math.log10(10 ** (fromDb / 20) * (1 - weight) + 10 ** (toDb / 20) * weight);
}
