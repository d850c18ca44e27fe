import type { DeliveryMetadata, LayoutTrim } from '../../scene/scene.ts';
import type { LayoutClass } from './layout-class.ts';

/** Choices about trims and warp; what is left out is as the scene's master states. */
export interface TrimSettings {
  /** 'auto': the automatic trims for all layouts; 'manual': the master's figures even where it says automatic. */
  readonly trim?: 'auto' | 'manual' | 'off' | undefined;
  /** Whether objects are moved back in layouts of the 5.1 classes ("Direct Render with room balance"). */
  readonly warp?: boolean | undefined;
}

/** What holds for one layout. */
export interface LayoutTrims {
  /** 'automatic', the figures of the master, or no trim. */
  readonly trim: 'automatic' | LayoutTrim | undefined;
  readonly isWarped: boolean;
}

/**
 * Trims and warp of a layout: the settings, else what the master states for its class; a class that it does not state
 * has none. Only layouts with the surrounds of 5.1 are warped: elsewhere there is a pair behind, or none at all.
 */
export function layoutTrimsOf(
  { name }: LayoutClass,
  { trims, warpMode }: Pick<DeliveryMetadata, 'trims' | 'warpMode'>,
  { trim: mode, warp = warpMode === 'warping' }: TrimSettings = {},
): LayoutTrims {
  const isWarped = warp && name.startsWith('5.1');
  const stated = trims[name];
  switch (mode) {
    case 'off':
      return { trim: undefined, isWarped };
    case 'auto':
      return { trim: 'automatic', isWarped };
    case 'manual':
      return { trim: stated, isWarped };
    case undefined:
      return { trim: stated?.automatic ? 'automatic' : stated, isWarped };
  }
}
