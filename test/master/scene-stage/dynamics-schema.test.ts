import { expect, test } from 'vitest';
import { z } from 'zod';
import { gainComputerDefaults } from '../../../src/master/dynamics/gain-computer.ts';
import { dynamicsParameters } from '../../../src/master/scene-stage/dynamics-schema.ts';

test('the defaults are in range, and told as they are', () => {
  const { attackMs, releaseMs, detection, windowMs, ratio, kneeDb } = gainComputerDefaults;
  const stated = { attackMs, releaseMs, detection, windowMs };
  const schema = z.object(dynamicsParameters);
  expect(schema.safeParse({ thresholdDb: -20, ratio, kneeDb, ...stated }).success).toBe(true);
  for (const [name, value] of Object.entries(stated))
    expect(schema.shape[name as keyof typeof stated].description).toContain(`Default ${value}.`);
});
