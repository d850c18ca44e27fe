import { expect, test } from 'vitest';
import { buildLayout } from '../../src/layouts/build-layout.ts';

test('what a document leaves out follows from the rest', () => {
  const layout = buildLayout(
    {
      loudspeakers: [
        { label: 'M+030', azimuthDeg: 28, elevationDeg: 0, nominalAzimuthDeg: 30 },
        { label: 'LFE1', azimuthDeg: 45, elevationDeg: -30 },
      ],
    },
    'studio',
  );
  expect(layout).toMatchObject({ name: 'studio', source: 'studio', aliases: [], description: '' });
  expect(layout.loudspeakers).toEqual([
    {
      label: 'M+030',
      azimuthDeg: 28,
      elevationDeg: 0,
      nominalAzimuthDeg: 30,
      nominalElevationDeg: 0,
      azimuthRangeDeg: [30, 30],
      elevationRangeDeg: [0, 0],
      isLfe: false,
    },
    {
      label: 'LFE1',
      azimuthDeg: 45,
      elevationDeg: -30,
      nominalAzimuthDeg: 45,
      nominalElevationDeg: -30,
      azimuthRangeDeg: [45, 45],
      elevationRangeDeg: [-30, -30],
      isLfe: true,
    },
  ]);
});
