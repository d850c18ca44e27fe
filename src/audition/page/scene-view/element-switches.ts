import { signal, type Signal } from '@preact/signals';
import type { SceneElement } from '../../../scene/scene.ts';
import type { AudioEngine, ElementSwitch } from '../engine/engine.ts';

/** How nothing is switched. */
const open: ElementSwitch = { isMuted: false, isSolo: false };

const switchesByEngine = new WeakMap<AudioEngine, Signal<readonly ElementSwitch[]>>();

/** Switches of the elements of an engine's scene; they outlive the view, as what is heard does. */
export function switchesOf(engine: AudioEngine, elementCount: number): Signal<readonly ElementSwitch[]> {
  const known = switchesByEngine.get(engine);
  if (known?.value.length === elementCount) return known;
  const made = signal<readonly ElementSwitch[]>(Array.from({ length: elementCount }, () => open));
  switchesByEngine.set(engine, made);
  return made;
}

/** The switches with one of them thrown. */
export const toggled = (
  switches: readonly ElementSwitch[],
  index: number,
  which: keyof ElementSwitch,
): ElementSwitch[] => switches.map((each, at) => (at === index ? { ...each, [which]: !each[which] } : each));

/** The switches with all mutes, or all solos, off. */
export const cleared = (switches: readonly ElementSwitch[], which: keyof ElementSwitch): ElementSwitch[] =>
  switches.map((each) => (each[which] ? { ...each, [which]: false } : each));

/** Which elements are let through: not muted by the listener or the scene, and solo where any is. */
export function audibleElements(
  switches: readonly ElementSwitch[],
  elements: readonly Pick<SceneElement, 'mute'>[],
): boolean[] {
  const isAnySolo = switches.some(({ isSolo }) => isSolo);
  return switches.map(
    ({ isMuted, isSolo }, index) => !isMuted && !elements[index]?.mute && (isSolo || !isAnySolo),
  );
}
