import type { Group } from 'three';
import {
  AmbientLight,
  BoxGeometry,
  Color,
  DirectionalLight,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  Quaternion,
  Matrix4,
  Scene as Space,
  SphereGeometry,
  Sprite,
  SpriteMaterial,
  type BufferGeometry,
  type Material,
} from 'three';
import type { Vec3 } from '../../../../base/coordinates.ts';
import { localAxes } from '../../../../base/angles.ts';
import { cartesianToPolar } from '../../../../base/coordinates.ts';
import type { Extent } from '../extent.ts';
import { glowOf } from '../level-glow.ts';
import type { LiveScene, ObjectSpot, PlaceSpot } from '../live-scene.ts';
import { isCrowd, isLetThrough, objectGlow } from '../paint-objects.ts';
import { drawnGlow, type Looks } from '../picture.ts';
import { heightColour } from '../theme-colours.ts';
import { buildHead, buildRoom, buildSpeaker } from './room-model.ts';
import { headMatrix, toSpace } from './space-axes.ts';
import { lightTexture } from './light-texture.ts';
import { TrailLines } from './trail-lines.ts';

interface SpeakerModel {
  readonly place: PlaceSpot;
  readonly body: Mesh<BufferGeometry, MeshLambertMaterial>;
  readonly halo: Sprite;
}

interface ObjectModel {
  readonly spot: ObjectSpot;
  readonly dot: Mesh<BufferGeometry, MeshLambertMaterial>;
  readonly halo: Sprite;
  readonly extent: Mesh<BufferGeometry, MeshBasicMaterial>;
}

const veil = (geometry: BufferGeometry): Mesh<BufferGeometry, MeshBasicMaterial> =>
  new Mesh(geometry, new MeshBasicMaterial({ transparent: true, opacity: 0, depthWrite: false }));

/** What stands in the room, as three.js draws it. */
export class SpaceModel {
  readonly space = new Space();
  readonly #live: LiveScene;
  readonly #looks: Pick<Looks, 'colours'>;
  readonly #head: Group;
  readonly #trails: TrailLines;
  readonly #objects: readonly ObjectModel[];
  readonly #ball = new SphereGeometry(1, 32, 22);
  /** Dots are a few pixels wide. */
  readonly #dot = new SphereGeometry(1, 12, 8);
  readonly #light = lightTexture();
  readonly #box = new BoxGeometry(2, 2, 2);
  readonly #field: Mesh<BufferGeometry, MeshBasicMaterial>;
  #speakers: SpeakerModel[] = [];
  #places: readonly PlaceSpot[] | undefined;

  /** @param looks colours; a new model is made when they change */
  constructor(live: LiveScene, looks: Pick<Looks, 'colours'>) {
    const { colours } = looks;
    this.#live = live;
    this.#looks = looks;
    this.#head = buildHead(colours);
    this.#trails = new TrailLines(live);
    this.#objects = live.spots.map((spot) => this.#buildObject(spot));
    this.#field = veil(this.#ball);
    this.#field.material.color.set(colours.sound);
    const sun = new DirectionalLight(0xffffff, 1.6);
    sun.position.set(-1, 3, 2);
    this.space.add(
      new AmbientLight(0xffffff, 1.7),
      sun,
      buildRoom(live.shape, colours),
      this.#head,
      this.#trails.lines,
      this.#field,
    );
  }

  /** Takes over the moment of the live scene. */
  update(looks: Looks): void {
    const live = this.#live;
    if (live.places !== this.#places) this.#buildSpeakers();
    this.#head.matrix.copy(headMatrix(live.head));
    for (const speaker of this.#speakers) this.#updateSpeaker(speaker, looks);
    for (const object of this.#objects) updateObject(object, looks);
    this.#trails.update(looks);
    const field = live.heard.fields[0];
    const glow = field ? drawnGlow(glowOf(live.channelLevelDb(field.channel)), looks.isCalm) : 0;
    this.#field.visible = field !== undefined;
    this.#field.material.opacity = 0.02 + 0.07 * glow;
  }

  /** Frees what the graphics card holds. */
  dispose(): void {
    this.space.traverse((node) => {
      const { geometry, material } = node as Partial<Mesh>;
      geometry?.dispose();
      (material as Material | undefined)?.dispose();
    });
    this.#light.dispose();
    this.space.clear();
  }

  #buildObject(spot: ObjectSpot): ObjectModel {
    const size = isCrowd(this.#live) ? 0.026 : 0.036;
    const dot = new Mesh(this.#dot, new MeshLambertMaterial({ transparent: true }));
    dot.scale.setScalar(size);
    const model = {
      spot,
      dot,
      halo: this.#buildHalo(),
      extent: veil(this.#live.shape === 'cube' ? this.#box : this.#ball),
    };
    this.space.add(model.dot, model.halo, model.extent);
    return model;
  }

  #buildHalo(): Sprite {
    return new Sprite(
      new SpriteMaterial({ map: this.#light, transparent: true, opacity: 0, depthWrite: false }),
    );
  }

  #buildSpeakers(): void {
    for (const { body, halo: light } of this.#speakers) {
      this.space.remove(body, light);
      body.geometry.dispose();
      body.material.dispose();
      light.material.dispose();
    }
    this.#places = this.#live.places;
    this.#speakers = this.#places.map((place) => {
      const isAbove = place.elevationDeg > 15;
      const body = buildSpeaker(
        place.point,
        place.isLfe,
        isAbove,
        this.#looks.colours,
      ) as SpeakerModel['body'];
      const light = this.#buildHalo();
      light.position.copy(toSpace(place.point));
      light.material.color.set(this.#looks.colours.sound);
      this.space.add(body, light);
      return { place, body, halo: light };
    });
  }

  #updateSpeaker({ place, body, halo: light }: SpeakerModel, looks: Looks): void {
    const isAudible = place.elementIndex === undefined || looks.audible[place.elementIndex] !== false;
    const isSelected = place.elementIndex !== undefined && place.elementIndex === looks.selected;
    const level = glowOf(this.#live.channelLevelDb(place.channel));
    const glow = isAudible ? drawnGlow(level, looks.isCalm) : 0;
    const { colours } = looks;
    body.material.color.set(isSelected ? colours.accent : colours.dim).lerp(new Color(colours.sound), glow);
    light.scale.setScalar(0.24 + 0.3 * glow);
    light.material.opacity = 0.85 * glow;
    light.visible = glow > 0;
  }
}

function updateObject({ spot, dot, halo: light, extent }: ObjectModel, looks: Looks): void {
  const isThere = spot.point !== undefined;
  dot.visible = isThere;
  light.visible = isThere;
  extent.visible = isThere && spot.extent !== undefined;
  if (!spot.point) return;
  const isOut = !isLetThrough(looks, spot);
  const isLooked = spot.elementIndex === looks.selected || spot.elementIndex === looks.hovered;
  const colour = isOut ? looks.colours.dim : heightColour(looks.colours, spot.height);
  const glow = objectGlow(looks, spot);
  dot.position.copy(toSpace(spot.point));
  dot.material.color.set(colour);
  dot.material.opacity = isOut ? 0.4 : 1;
  light.position.copy(dot.position);
  light.material.color.set(isLooked ? looks.colours.accent : colour);
  light.scale.setScalar(dot.scale.x * (isLooked ? 6 : 3) + 0.22 * glow);
  light.material.opacity = Math.max(isLooked ? 0.9 : 0, 0.85 * glow);
  if (!spot.extent) return;
  extent.matrixAutoUpdate = false;
  extent.matrix.copy(extentMatrix(spot.point, spot.extent));
  extent.material.color.set(colour);
  extent.material.opacity = (isLooked ? 0.16 : 0.07) + 0.08 * glow;
}

/** Thinnest extent that can be seen. */
const minSize = 0.02;

/** Place, direction and half lengths of an extent: along the room's axes in the cube, else facing the listener. */
export function extentMatrix(point: Vec3, extent: Extent): Matrix4 {
  const place = toSpace(point);
  if (extent.shape === 'cube') {
    const [x, y, z] = extent.sizes.map((size) => Math.max(minSize, size)) as unknown as Vec3;
    return new Matrix4().compose(place, new Quaternion(), toSpace([x, -z, y]).set(x, z, y));
  }
  const { azimuthDeg, elevationDeg, distance } = cartesianToPolar(point);
  const [right, front, up] = localAxes(azimuthDeg, elevationDeg);
  const across = (sizeDeg: number): number =>
    Math.max(minSize, distance * Math.sin((Math.min(180, sizeDeg) / 2) * (Math.PI / 180)));
  const basis = new Matrix4().makeBasis(toSpace(right), toSpace(up), toSpace(front).negate());
  const sizes = toSpace([0, 0, 0]).set(
    across(extent.widthDeg),
    across(extent.heightDeg),
    Math.max(minSize, extent.depth / 2),
  );
  return basis.scale(sizes).setPosition(place);
}
