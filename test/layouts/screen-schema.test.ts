import { expect, test } from 'vitest';
import { screenSchema } from '../../src/layouts/screen-schema.ts';

test('a screen without a width, or with two kinds of them, is none', () => {
  for (const screen of [{}, { azimuthDeg: 3 }, { widthX: 1, widthAzimuthDeg: 30 }, { widthAzimuthDeg: 180 }])
    expect(screenSchema.safeParse(screen).success).toBe(false);
});
