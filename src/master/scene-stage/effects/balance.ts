import { z } from 'zod';
import { defineEffect } from '../effect.ts';
import { resolveGroup } from '../resolve-group.ts';
import { createWeightedGain } from '../weighted-gain.ts';

const regions = ['front', 'surround', 'height'] as const;
const levelDb = (region: string) =>
  z.number().min(-24).max(24).optional().describe(`Gain of the ${region} in dB. Default 0.`);

/**
 * Turns front, surround and height up or down against each other. Their weights add up to 1 in every direction, so what
 * is between two of them has a mean of both in dB. Ambisonic elements have no direction and stay as they are.
 */
export const balanceEffect = defineEffect({
  type: 'balance',
  description: 'Turns front, surround and height up or down against each other.',
  parameters: {
    frontDb: levelDb('front'),
    surroundDb: levelDb('surround'),
    heightDb: levelDb('height'),
  },
  kind: 'linear',
  create(parameters, context) {
    const { scene, sampleRateHz } = context;
    return createWeightedGain(
      context,
      regions.map((region) => ({
        gainDb: parameters[`${region}Db`] ?? 0,
        // A region without tracks is no fault: the scene then has nothing to balance there.
        region: resolveGroup(region, { scene, sampleRateHz, onWarning: () => undefined }),
      })),
    );
  },
});
