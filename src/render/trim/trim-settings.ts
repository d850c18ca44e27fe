import type { DeliveryMetadata, LayoutTrim } from '../../scene/scene.ts';
import { surroundRuleOfMaster, type SurroundRule } from '../downmix/surround-rules.ts';
import type { LayoutClass } from './layout-class.ts';

/** Choices about trims and warp; what is left out is as the scene's master states. */
export interface TrimSettings {
  /** 'auto': the automatic trims for all layouts; 'manual': the master's figures even where it says automatic. */
  readonly trim?: 'auto' | 'manual' | 'off' | undefined;
  /** How layouts of the 5.1 classes are made. */
  readonly surround?: SurroundRule | undefined;
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
  { trim: mode, surround = surroundRuleOfMaster({ warpMode }) }: TrimSettings = {},
): LayoutTrims {
  const isWarped = surround === 'room-balance' && name.startsWith('5.1');
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
