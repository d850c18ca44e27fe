import { expect, test } from 'vitest';
import { formatDamfDelivery, parseDamfDelivery } from '../../../src/io/damf/damf-delivery.ts';
import { trimLayouts, type DeliveryMetadata } from '../../../src/scene/scene.ts';

const parse = (presentation: Record<string, unknown>, offsetSec = 0) => {
  const unknown: [string, unknown][] = [];
  const delivery = parseDamfDelivery(presentation, offsetSec, (key, value) => unknown.push([key, value]));
  return { delivery, unknown };
};

test('the nine layout classes by their names', () => {
  const names = [
    'NoSurroundsNoHeights',
    'SomeSurroundsNoHeights',
    'ManySurroundsNoHeights',
    'NoSurroundsSomeHeights',
    'SomeSurroundsSomeHeights',
    'ManySurroundsSomeHeights',
    'NoSurroundsManyHeights',
    'SomeSurroundsManyHeights',
    'ManySurroundsManyHeights',
  ];
  const trimMode = Object.fromEntries(names.map((name, index) => [name, { surroundTrim: index }]));
  const { trims } = parse({ trimMode }).delivery;
  expect(trimLayouts.map((layout) => trims[layout]?.surroundDb)).toEqual(names.map((_, index) => index));
  expect(Object.values(trims).some(({ automatic }) => automatic)).toBe(false);
});

test('what is read is written the same', () => {
  const delivery: DeliveryMetadata = {
    trims: parse({ trimMode: { SomeSurroundsNoHeights: { heightTrim: -3, frontBackBalanceListener: 0.5 } } })
      .delivery.trims,
    warpMode: 'loRo',
    downmixType: 'loRo',
    phaseShift90: false,
    frameRate: '23.976',
    firstFrameOfActionSec: 8,
  };
  const formatted = formatDamfDelivery(delivery, 3600);
  expect(formatted).toMatchObject({
    ffoa: 3608,
    fps: 23.976,
    warpMode: 'LoRo',
    downmixType_5to2: 'LoRo_Stereo',
  });
  expect(Object.keys(formatted.trimMode as object)).toEqual(['SomeSurroundsNoHeights']);
  expect(parse(formatted, 3600)).toEqual({ delivery, unknown: [] });
});

test('what means nothing that is known is reported and not used', () => {
  const { delivery, unknown } = parse(
    {
      ffoa: 5,
      fps: 60,
      warpMode: 'x',
      '51-to-20_LsRs90degPhaseShift': 'yes',
      trimMode: { NoSurroundsNoHeights: { centerTrim: 'loud' } },
    },
    10,
  );
  expect(unknown.map(([key]) => key)).toEqual([
    '51-to-20_LsRs90degPhaseShift',
    'ffoa',
    'centerTrim',
    'warpMode',
    'fps',
  ]);
  expect(delivery).toMatchObject({
    firstFrameOfActionSec: undefined,
    frameRate: undefined,
    phaseShift90: undefined,
  });
});
