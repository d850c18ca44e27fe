import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DynamicDrawUsage,
  LineBasicMaterial,
  LineSegments,
} from 'three';
import { trailFutureSec, trailPastSec, type LiveScene, type ObjectSpot } from '../live-scene.ts';
import { isLetThrough } from '../paint-objects.ts';
import type { Looks } from '../picture.ts';
import type { Vec3 } from '../../../../base/coordinates.ts';
import type { PathRun } from '../object-path.ts';
import { heightColour } from '../theme-colours.ts';

/** Lines of one object at most, its stem among them; longer trails lose their ends. */
const linesPerObject = 90;
/** Points of the whole path that is looked at. */
const wholeLines = 2000;

/** All trails, and the stems that show where objects stand over the floor, as one set of lines. */
export class TrailLines {
  readonly lines: LineSegments<BufferGeometry, LineBasicMaterial>;
  readonly #live: LiveScene;
  readonly #positions: Float32Array;
  readonly #colours: Float32Array;
  readonly #colour = new Color();
  #pointCount = 0;

  constructor(live: LiveScene) {
    this.#live = live;
    const pointCount = 2 * (live.spots.length * linesPerObject + wholeLines);
    this.#positions = new Float32Array(3 * pointCount);
    this.#colours = new Float32Array(4 * pointCount);
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(this.#positions, 3).setUsage(DynamicDrawUsage));
    geometry.setAttribute('color', new BufferAttribute(this.#colours, 4).setUsage(DynamicDrawUsage));
    const material = new LineBasicMaterial({ vertexColors: true, transparent: true, depthWrite: false });
    this.lines = new LineSegments(geometry, material);
    // Its bounds change with every picture and always lie in the room.
    this.lines.frustumCulled = false;
  }

  /** Draws the trails of this moment. */
  update(looks: Looks): void {
    this.#pointCount = 0;
    for (const spot of this.#live.spots) this.#addObject(spot, looks);
    for (const index of new Set([looks.selected, looks.hovered]))
      if (index !== undefined) this.#addWhole(this.#live.wholePath(index), looks);
    const { geometry } = this.lines;
    geometry.setDrawRange(0, this.#pointCount);
    for (const [name, size] of [
      ['position', 3],
      ['color', 4],
    ] as const) {
      const attribute = geometry.getAttribute(name) as BufferAttribute;
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, this.#pointCount * size);
      attribute.needsUpdate = true;
    }
  }

  #addObject(spot: ObjectSpot, looks: Looks): void {
    const isOut = !isLetThrough(looks, spot);
    this.#colour.set(isOut ? looks.colours.dim : heightColour(looks.colours, spot.height));
    const share = isOut ? 0.35 : 1;
    if (spot.point && Math.abs(spot.point[2]) > 0.02) {
      const [x, y] = spot.point;
      this.#addLine(spot.point, 0.4 * share, [x, y, 0], 0.12 * share);
    }
    const { positionFrames, sampleRateHz } = this.#live;
    const alphaAt = (frame: number): number => {
      const ageSec = (positionFrames - frame) / sampleRateHz;
      const fade = ageSec >= 0 ? 1 - ageSec / trailPastSec : 0.4 * (1 + ageSec / trailFutureSec);
      return 0.85 * share * Math.max(0, fade);
    };
    let room = linesPerObject - 1;
    for (const run of spot.trail) {
      for (let index = 1; index < run.length && room > 0; index++, room--) {
        const [a, b] = [run[index - 1]!, run[index]!];
        this.#addLine(a.point, alphaAt(a.frame), b.point, alphaAt(b.frame));
      }
    }
  }

  #addWhole(runs: readonly PathRun[], looks: Looks): void {
    this.#colour.set(looks.colours.text);
    let room = wholeLines / 2;
    for (const run of runs) {
      for (let index = 1; index < run.length && room > 0; index++, room--)
        this.#addLine(run[index - 1]!.point, 0.3, run[index]!.point, 0.3);
    }
  }

  #addLine(from: Vec3, fromAlpha: number, to: Vec3, toAlpha: number): void {
    for (const [point, alpha] of [
      [from, fromAlpha],
      [to, toAlpha],
    ] as const) {
      const at = this.#pointCount++;
      // The axes of three.js: x right, y up, z back.
      this.#positions.set([point[0], point[2], -point[1]], 3 * at);
      this.#colours.set([this.#colour.r, this.#colour.g, this.#colour.b, alpha], 4 * at);
    }
  }
}
