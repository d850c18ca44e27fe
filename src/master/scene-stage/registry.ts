import type { Effect } from './effect.ts';
import { balanceEffect } from './effects/balance.ts';
import { compressorEffect } from './effects/compressor.ts';
import { dcEffect } from './effects/dc.ts';
import { deEsserEffect } from './effects/de-esser.ts';
import { delayEffect } from './effects/delay.ts';
import { dynamicEqEffect } from './effects/dynamic-eq.ts';
import { eqEffect } from './effects/eq.ts';
import { gainEffect } from './effects/gain.ts';
import { limiterEffect } from './effects/limiter.ts';
import { monoBelowEffect } from './effects/mono-below.ts';
import { multibandEffect } from './effects/multiband.ts';
import { polarityEffect } from './effects/polarity.ts';
import { saturationEffect } from './effects/saturation.ts';
import { widthEffect } from './effects/width.ts';

/** All effects of the scene stage, in the order of help and schema. */
export const sceneEffects: readonly Effect[] = [
  gainEffect,
  balanceEffect,
  widthEffect,
  eqEffect,
  dynamicEqEffect,
  monoBelowEffect,
  compressorEffect,
  deEsserEffect,
  multibandEffect,
  saturationEffect,
  limiterEffect,
  polarityEffect,
  delayEffect,
  dcEffect,
];

/** The effect of a type. */
export const findEffect = (type: string): Effect | undefined =>
  sceneEffects.find((effect) => effect.type === type);
