import { expect, test } from 'vitest';
import { getLayout } from '../../../src/layouts/built-in.ts';
import { createLayerFill } from '../../../src/render/panner/layer-fill.ts';

const fillOf = (name: string) => {
  const loudspeakers = getLayout(name).loudspeakers.filter(({ isLfe }) => !isLfe);
  const fill = createLayerFill(loudspeakers);
  return fill.loudspeakers.map(
    ({ elevationDeg }, index) => `${loudspeakers[fill.targets[index]!]!.label} at ${elevationDeg}`,
  );
};

test('layers without loudspeakers copy all of ear height', () => {
  const ear = ['M+030', 'M-030', 'M+000', 'M+110', 'M-110'];
  expect(fillOf('0+5+0')).toEqual(
    [-30, 30].flatMap((elevationDeg) => ear.map((label) => `${label} at ${elevationDeg}`)),
  );
});

test('a layer in front leaves the rear to copies, 40 degrees beyond its end', () => {
  expect(fillOf('2+5+0').filter((entry) => entry.endsWith('at 30'))).toEqual(['M+110 at 30', 'M-110 at 30']);
  expect(fillOf('4+7+0').filter((entry) => entry.endsWith('at 30'))).toEqual([]);
});

test('copies stand as high as the layer really does', () => {
  const loudspeakers = getLayout('2+5+0').loudspeakers.map((loudspeaker) =>
    loudspeaker.label.startsWith('U') ? { ...loudspeaker, elevationDeg: 50 } : loudspeaker,
  );
  const upper = createLayerFill(loudspeakers).loudspeakers.filter(({ elevationDeg }) => elevationDeg > 0);
  expect(upper.map(({ elevationDeg, nominalElevationDeg }) => [elevationDeg, nominalElevationDeg])).toEqual([
    [50, 30],
    [50, 30],
  ]);
});
