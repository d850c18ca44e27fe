import { cartesianToPolar } from '../../../base/coordinates.ts';
import type { Scene, SceneElement } from '../../../scene/scene.ts';
import { extentText } from './extent.ts';
import { silenceDb } from './level-glow.ts';
import type { LiveScene, ObjectSpot } from './live-scene.ts';
import type { HeardPlaces } from './heard-places.ts';

/** What a view shows, in words, for those who do not see it. */
export function describeView(view: 'plan' | '3-D', heard: HeardPlaces, scene: Scene | undefined): string {
  const room = view === 'plan' ? 'The room from above, front at the top' : 'The room in three dimensions';
  const around = `around the listener: ${heard.description}`;
  const objectNames = (scene?.elements ?? [])
    .filter((element) => element.kind === 'object')
    .map(({ name }) => name);
  const shown = objectNames.length > 0 && !heard.isScene ? `, and the scene's ${count(objectNames)}` : '';
  const names = objectNames.length > 0 && objectNames.length <= 12 ? ` (${objectNames.join(', ')})` : '';
  return `${room}; ${around}${shown}${names}.`;
}

const count = (names: readonly string[]): string =>
  names.length === 1 ? '1 object' : `${names.length} objects`;

/** Kind of an element, for its row. @param layout name of a bed's layout as people call it */
export function kindText(element: SceneElement, layout?: string): string {
  switch (element.kind) {
    case 'bed': {
      const channels = element.channels.length;
      if (layout !== undefined) return `bed ${layout}`;
      return `bed, ${channels === 1 ? '1 channel' : `${channels} channels`}`;
    }
    case 'object':
      return 'object';
    case 'ambisonic':
      return `ambisonics, order ${element.order}`;
  }
}

/** Where an object is, how far it reaches and how loud it is, in one line. */
export function spotText(spot: ObjectSpot, live: LiveScene, isLive: boolean): string {
  if (!spot.point) return `${spot.name}: not sounding here`;
  const level = isLive ? ` · ${levelText(spot.levelDb)}` : '';
  const extent = spot.extent ? ` · ${extentText(spot.extent)}` : '';
  return `${spot.name}: ${placeText(spot, live)}${extent}${level}`;
}

function placeText(spot: ObjectSpot, live: LiveScene): string {
  const [x, y, z] = spot.point!;
  if (live.shape === 'cube') return [x, y, z].map((value) => signed(value.toFixed(2))).join(' ');
  const { azimuthDeg, elevationDeg, distance } = cartesianToPolar([x, y, z]);
  const parts = [`az ${signed(azimuthDeg.toFixed(0))}°`, `el ${signed(elevationDeg.toFixed(0))}°`];
  return Math.abs(distance - 1) < 0.005
    ? parts.join(' ')
    : [...parts, `dist ${distance.toFixed(2)}`].join(' ');
}

const signed = (text: string): string =>
  Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');

const levelText = (levelDb: number): string =>
  levelDb <= silenceDb ? 'silent' : `${signed(levelDb.toFixed(0))} dB`;
