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
import { GraphicsPace } from './graphics-pace.ts';
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
  readonly #pace: GraphicsPace;
  readonly #onReady: () => void;
  readonly #asked = new WeakSet<object>();
  #isWaiting = false;
  #isDisposed = false;
  #model: SpaceModel | undefined;
  #modelFor: { live: Picture['live']; colours: Colours } | undefined;
  #orbit: Orbit = firstOrbit;
  #size = '';
  #drawn: readonly DrawnObject[] = [];

  /**
   * @param canvas shows the room
   * @param names lies over it
   * @param onReady called when a picture that was put off can be painted
   * @throws Error where there is no WebGL
   */
  constructor(canvas: HTMLCanvasElement, names: HTMLCanvasElement, onReady: () => void) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.#pace = new GraphicsPace(this.#renderer.getContext() as WebGL2RenderingContext);
    this.#pace.sent(false);
    this.#onReady = onReady;
    this.#names = names;
    this.#context = names.getContext('2d')!;
  }

  /** Turns the view. */
  orbit(command: OrbitCommand): void {
    this.#orbit = orbited(this.#orbit, command);
  }

  /** Paints, or puts it off while the graphics card is busy: what it draws, and before that its programs. */
  paint(picture: Picture): void {
    if (this.#isWaiting) return;
    if (!this.#pace.isFree()) return this.#wait();
    this.#resize(picture);
    const model = this.#modelOf(picture);
    if (!model) return this.#wait();
    model.update(picture.looks);
    this.#renderer.render(model.space, this.#camera);
    this.#pace.sent(true);
    clearCanvas(this.#names, this.#context, picture);
    this.#drawn = this.#project(picture);
    const obstacles = picture.looks.hasNames ? this.#paintPlaceNames(picture) : [];
    paintNames(this.#context, picture, this.#drawn, this.#labels, obstacles);
  }

  pick(x: number, y: number): number | undefined {
    return pickObject(this.#drawn, x, y);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#model?.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  #wait(): void {
    this.#isWaiting = true;
    void this.#settle().then(() => {
      this.#isWaiting = false;
      if (!this.#isDisposed) this.#onReady();
    });
  }

  /** Waits for the graphics card, and asks its new programs for their inputs: one after the other, for each may take long. */
  async #settle(): Promise<void> {
    await this.#pace.free();
    for (const program of this.#renderer.info.programs ?? []) {
      if (this.#asked.has(program) || this.#isDisposed) continue;
      this.#asked.add(program);
      program.getUniforms();
      program.getAttributes();
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  /** The model of a picture; undefined while a new one is made ready. */
  #modelOf({ live, looks }: Picture): SpaceModel | undefined {
    const { colours } = looks;
    if (this.#model && this.#modelFor?.live === live && this.#modelFor.colours === colours)
      return this.#model;
    this.#model?.dispose();
    this.#modelFor = { live, colours };
    this.#model = new SpaceModel(live, looks);
    this.#model.update(looks);
    this.#renderer.compile(this.#model.space, this.#camera);
    this.#pace.sent(false);
    return undefined;
  }

  #resize({ widthPx, heightPx, pixelRatio, live }: Picture): void {
    const ratio = pixelRatio * this.#pace.resolution;
    const size = `${widthPx} ${heightPx} ${ratio}`;
    if (size !== this.#size) {
      this.#size = size;
      this.#renderer.setPixelRatio(ratio);
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
