import { expect, test } from 'vitest';
import { dolbyBeds } from '../../src/layouts/dolby-beds.ts';
import { nominalPosition } from '../../src/layouts/labels.ts';

test('each bed is a prefix of names that layouts know, on the right sides', () => {
  expect(dolbyBeds.map((bed) => bed.length)).toEqual([2, 3, 5, 6, 7, 8, 9, 10]);
  for (const { label, name, speakerLabel, xyz } of dolbyBeds.flat()) {
    expect(name).toMatch(/^RoomCentric[A-Z]/);
    expect(speakerLabel).toMatch(/^RC_[A-Z]/);
    const { azimuthDeg, elevationDeg } = nominalPosition(label)!;
    if (label === 'LFE1') continue;
    // Left is positive in azimuth and negative in x.
    expect(Math.sign(xyz[0]) + Math.sign(azimuthDeg)).toBe(0);
    expect(xyz[2] > 0).toBe(elevationDeg > 0);
  }
});
