import { rationalFromDecimal, rationalToSec } from '../../../src/base/time.ts';
import { getLayout } from '../../../src/layouts/built-in.ts';
import {
  bedChannelsOf,
  createScene,
  elementDefaults,
  objectBlockDefaults,
} from '../../../src/scene/make-scene.ts';
import type { AudioObject, Bed, ObjectBlock, Scene, SceneElement } from '../../../src/scene/scene.ts';

/** Scenes to write, for tests. */

/** A bed of a layout, by any of its names. */
export function bedOf(layout: string, values: Partial<Bed> = {}): Bed {
  const { name, loudspeakers } = getLayout(layout);
  const channels = bedChannelsOf({ name, loudspeakers });
  return {
    ...elementDefaults,
    id: 'bed',
    name: `bed ${layout}`,
    kind: 'bed',
    layout: name,
    channels,
    ...values,
  };
}

/** A block with times in seconds; without a length it lasts to the end. */
export const blockOf = (
  startSec: number,
  durationSec: number | undefined,
  values: Partial<ObjectBlock> = {},
): ObjectBlock => ({
  ...objectBlockDefaults,
  startSec: rationalFromDecimal(startSec),
  durationSec: durationSec === undefined ? undefined : rationalFromDecimal(durationSec),
  ...values,
});

/** An object of blocks; one that rests in front without. */
export const objectOf = (
  name: string,
  blocks: readonly ObjectBlock[] = [blockOf(0, undefined)],
  values: Partial<AudioObject> = {},
): AudioObject => ({
  ...elementDefaults,
  id: name,
  name,
  kind: 'object',
  blocks,
  ...values,
});

/** A scene of these elements. */
export const sceneOf = (...elements: readonly SceneElement[]): Scene => createScene('song', elements);

/** An element with its start as a number, so that spellings of one time are equal. */
export const timed = (element: SceneElement) => ({ ...element, startSec: rationalToSec(element.startSec) });
