import { expect, test } from 'vitest';
import { nearestName } from '../../src/base/nearest-name.ts';

const names = ['azimuthDeg', 'elevationDeg', 'gainDb', 'name', 'file', 'files', 'mute'];

test.each([
  ['azimuth', 'azimuthDeg'],
  ['GAIN_DB', 'gainDb'],
  ['gain', 'gainDb'],
  ['nmae', 'name'],
  ['flie', 'file'],
  ['elevatoinDeg', 'elevationDeg'],
  ['colour', undefined],
  ['', undefined],
  ['xy', undefined],
])('%s: %s', (name, expected) => expect(nearestName(name, names)).toBe(expected));
