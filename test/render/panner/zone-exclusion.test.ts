import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createZoneExclusion, extendCubeExclusion } from '../../../src/render/panner/zone-exclusion.ts';
import { cubePositions } from '../../../src/render/panner/cube-panner.ts';

const loudspeakers = getLayout('4+7+0').loudspeakers.filter(({ isLfe }) => !isLfe);
const zones = createZoneExclusion(loudspeakers);
const labels = (isIn: readonly boolean[]): string[] =>
  loudspeakers.flatMap(({ label }, i) => (isIn[i] ? [label] : []));
const gainsAt = (label: string): Float64Array =>
  Float64Array.from(loudspeakers, (one) => (one.label === label ? 1 : 0));
const active = (gains: Float64Array) =>
  Object.fromEntries(loudspeakers.flatMap(({ label }, i) => (gains[i]! > 0 ? [[label, gains[i]!]] : [])));

const upper = { kind: 'polar', azimuthDeg: [-180, 180], elevationDeg: [10, 90] } as const;

test('zones hold the loudspeakers whose nominal positions lie in them', () => {
  expect(labels(zones.findExcluded([upper]))).toEqual(['U+045', 'U-045', 'U+135', 'U-135']);
  const rear = { kind: 'cartesian', min: [-1, -1, -1], max: [1, -0.1, 0.2] } as const;
  expect(labels(zones.findExcluded([rear]))).toEqual(['M+135', 'M-135']);
  expect(
    labels(zones.findExcluded([{ kind: 'polar', azimuthDeg: [80, -80], elevationDeg: [-1, 1] }])),
  ).toEqual(['M+090', 'M-090', 'M+135', 'M-135']);
});

test('power goes to the nearest loudspeakers outside, in its own layer if it can', () => {
  const gains = gainsAt('M+090');
  zones.redirect(
    gains,
    loudspeakers.map(({ label }) => label === 'M+090'),
  );
  expect(Object.keys(active(gains))).toEqual(['M-090']);
  const top = gainsAt('U+045');
  zones.redirect(top, zones.findExcluded([upper]));
  expect(Object.keys(active(top))).toEqual(['M+030']);
});

test('nothing moves where all or none are excluded; a middle loudspeaker splits evenly', () => {
  const gains = gainsAt('M+000');
  zones.redirect(
    gains,
    loudspeakers.map(() => true),
  );
  zones.redirect(
    gains,
    loudspeakers.map(() => false),
  );
  expect(active(gains)).toEqual({ 'M+000': 1 });
  zones.redirect(
    gains,
    loudspeakers.map(({ label }) => label === 'M+000'),
  );
  expect(active(gains)['M+030']).toBeCloseTo(Math.SQRT1_2, 12);
  expect(active(gains)['M-030']).toBeCloseTo(Math.SQRT1_2, 12);
});

test('in the cube a row goes as a whole with its end; nothing where all would go', () => {
  const positions = cubePositions({ ...getLayout('4+7+0'), loudspeakers });
  const only = loudspeakers.map(({ label }) => label === 'M+090');
  expect(labels(extendCubeExclusion(positions, only))).toEqual(['M+090', 'M-090']);
  const corner = loudspeakers.map(({ label }) => label === 'M+030');
  expect(labels(extendCubeExclusion(positions, corner))).toEqual(['M+030']);
  expect(
    labels(
      extendCubeExclusion(
        positions,
        loudspeakers.map(() => true),
      ),
    ),
  ).toEqual([]);
});
