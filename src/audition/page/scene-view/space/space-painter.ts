import type { Vector3 } from 'three';
import { PerspectiveCamera, WebGLRenderer } from 'three';
import type { Vec3 } from '../../../../base/coordinates.ts';
import { LabelLayout, type Obstacle } from '../label-layout.ts';
import { paintNames } from '../paint-names.ts';
import type { DrawnObject } from '../paint-objects.ts';
import { planFont } from '../paint-parts.ts';
import type { PlaceSpot } from '../live-scene.ts';
import type { Picture } from '../picture.ts';
import { clearCanvas, pickObject, type Painter } from '../plan-painter.ts';
import type { Colours } from '../theme-colours.ts';
import { eyeOf, firstOrbit, orbited, type Orbit, type OrbitCommand } from './orbit.ts';
import { toSpace } from './space-axes.ts';
import { SpaceModel } from './space-model.ts';

/** What the eye is turned to: a little above the listener. */
const middle: Vec3 = [0, 0, 0.22];
const fieldOfViewDeg = 38;
/** How far over a loudspeaker its name stands. */
const nameHeight = 0.125;

/** Draws the room in three dimensions, and names over it. */
export class SpacePainter implements Painter {
  readonly #renderer: WebGLRenderer;
  readonly #camera = new PerspectiveCamera(fieldOfViewDeg, 1, 0.1, 40);
  readonly #names: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #labels = new LabelLayout();
  #model: SpaceModel | undefined;
  #modelFor: { live: Picture['live']; colours: Colours } | undefined;
  #orbit: Orbit = firstOrbit;
  #size = '';
  #drawn: readonly DrawnObject[] = [];

  /**
   * @param canvas shows the room
   * @param names lies over it
   * @throws Error where there is no WebGL
   */
  constructor(canvas: HTMLCanvasElement, names: HTMLCanvasElement) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.#names = names;
    this.#context = names.getContext('2d')!;
  }

  /** Turns the view. */
  orbit(command: OrbitCommand): void {
    this.#orbit = orbited(this.#orbit, command);
  }

  paint(picture: Picture): void {
    this.#resize(picture);
    const model = this.#modelOf(picture);
    model.update(picture.looks);
    this.#renderer.render(model.space, this.#camera);
    clearCanvas(this.#names, this.#context, picture);
    this.#drawn = this.#project(picture);
    const obstacles = picture.looks.hasNames ? this.#paintPlaceNames(picture) : [];
    paintNames(this.#context, picture, this.#drawn, this.#labels, obstacles);
  }

  pick(x: number, y: number): number | undefined {
    return pickObject(this.#drawn, x, y);
  }

  dispose(): void {
    this.#model?.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  #modelOf({ live, looks }: Picture): SpaceModel {
    const { colours } = looks;
    if (this.#model && this.#modelFor?.live === live && this.#modelFor.colours === colours)
      return this.#model;
    this.#model?.dispose();
    this.#modelFor = { live, colours };
    return (this.#model = new SpaceModel(live, looks));
  }

  #resize({ widthPx, heightPx, pixelRatio, live }: Picture): void {
    const size = `${widthPx} ${heightPx} ${pixelRatio}`;
    if (size !== this.#size) {
      this.#size = size;
      this.#renderer.setPixelRatio(pixelRatio);
      this.#renderer.setSize(widthPx, heightPx, false);
      this.#camera.aspect = widthPx / heightPx;
      this.#camera.updateProjectionMatrix();
    }
    const [x, y, z] = eyeOf(this.#orbit);
    // A tall picture is narrow: the eye steps back, and it does for rooms that reach farther.
    const back = live.reach * Math.max(1, 1.15 / this.#camera.aspect) * (live.shape === 'cube' ? 1.25 : 1);
    const target = toSpace(middle);
    this.#camera.position.copy(toSpace([x * back, y * back, z * back])).add(target);
    this.#camera.lookAt(target);
    this.#camera.updateMatrixWorld();
  }

  /** Objects with their pixels, the farthest first. */
  #project(picture: Picture): DrawnObject[] {
    const { spots } = picture.live;
    const drawn: (DrawnObject & { readonly depth: number })[] = [];
    for (const spot of spots) {
      const pixel = spot.point && this.#pixelOf(spot.point, picture);
      if (pixel) drawn.push({ spot, x: pixel.x, y: pixel.y, radiusPx: 6, depth: pixel.z });
    }
    return drawn.sort((a, b) => b.depth - a.depth);
  }

  /** Names of the front and of loudspeakers. @returns where they stand, for other names to keep clear */
  #paintPlaceNames(picture: Picture): Obstacle[] {
    const context = this.#context;
    const { live, looks } = picture;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = looks.colours.dim;
    const write = (text: string, point: Vec3): Obstacle[] => {
      const pixel = this.#pixelOf(point, picture);
      if (!pixel) return [];
      context.fillText(text, pixel.x, pixel.y);
      return [[pixel.x, pixel.y, 7]];
    };
    context.font = planFont(10, 600);
    const front = write('FRONT', [0, 1.14, 0]);
    context.font = planFont(10);
    const over = ({ label, point: [x, y, z] }: PlaceSpot): Obstacle[] => write(label, [x, y, z + nameHeight]);
    return [...front, ...live.places.flatMap(over)];
  }

  /** Pixel of a point, z its depth; undefined behind the eye. */
  #pixelOf(point: Vec3, { widthPx, heightPx }: Picture): Vector3 | undefined {
    const seen = toSpace(point).project(this.#camera);
    if (seen.z > 1) return undefined;
    return seen.set(((seen.x + 1) / 2) * widthPx, ((1 - seen.y) / 2) * heightPx, seen.z);
  }
}
