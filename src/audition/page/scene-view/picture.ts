import type { LiveScene } from './live-scene.ts';
import type { Colours } from './theme-colours.ts';

/** How the listener looks at the scene; the same for both views. */
export interface Looks {
  readonly colours: Colours;
  readonly selected: number | undefined;
  readonly hovered: number | undefined;
  /** Which elements are let through, by index. */
  readonly audible: readonly boolean[];
  readonly hasNames: boolean;
  /** Glows do not pulse. */
  readonly isCalm: boolean;
  /** Whether levels of objects are heard: the scene itself is. */
  readonly isLive: boolean;
}

/** All that is drawn in one picture. */
export interface Picture {
  readonly live: LiveScene;
  readonly looks: Looks;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels of the screen for one of CSS. */
  readonly pixelRatio: number;
}

/** Glow from which on a calm picture shows that something sounds, and how brightly it does. */
const calmFrom = 0.02;
const calmGlow = 0.4;

/** The glow that is drawn of a level's, 0..1. */
export const drawnGlow = (glow: number, isCalm: boolean): number =>
  isCalm ? (glow > calmFrom ? calmGlow : 0) : glow;
