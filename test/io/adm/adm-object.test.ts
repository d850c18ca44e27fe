import { expect, test } from 'vitest';
import { objectValues } from '../../../src/io/adm/adm-object.ts';
import { parseAxml } from '../../../src/io/adm/axml.ts';
import { axmlOf } from './adm-bytes.ts';

function values(objects: readonly string[], pack = '') {
  const warnings: string[] = [];
  const document = parseAxml(Buffer.from(axmlOf(objects.join('') + pack)), 'x.wav');
  const onWarning = ({ code }: { code: string }): void => void warnings.push(code);
  const item = {
    objects: [...document.objects.values()],
    packId: 'AP_00031001',
    type: 'Objects',
    channels: [],
  } as const;
  return { ...objectValues(item, { document, onWarning }), warnings };
}
const object = (id: string, inner: string, attributes = ''): string =>
  `<audioObject audioObjectID="${id}" audioObjectName="name of ${id}" ${attributes}>${inner}</audioObject>`;

test('gains add up, one mute mutes, the least importance counts, times are of the innermost', () => {
  const made = values(
    [
      object('AO_1', '<gain>0.5</gain><mute>1</mute>', 'importance="3" start="00:00:09.0"'),
      object(
        'AO_2',
        '<gain gainUnit="dB">-4</gain><positionOffset coordinate="azimuth">30</positionOffset>',
        'importance="7" start="00:00:00.13" duration="00:00:00.61"',
      ),
    ],
    '<audioPackFormat audioPackFormatID="AP_00031001" typeLabel="0003" importance="5"/>',
  );
  const base = made.base('id');
  expect(base).toMatchObject({ id: 'id', name: 'name of AO_2', mute: true, importance: 3 });
  expect(base.gainDb).toBeCloseTo(20 * Math.log10(0.5) - 4, 10);
  expect(made.startSec).toEqual({ numerator: 13n, denominator: 100n });
  expect(made.endSec).toEqual({ numerator: 74n, denominator: 100n });
  expect(made.positionOffset).toEqual({ kind: 'polar', azimuthDeg: 30, elevationDeg: 0, distance: 0 });
});

test('a cartesian offset; nothing said', () => {
  const inner = '<positionOffset coordinate="Z">0.5</positionOffset>';
  expect(values([object('AO_1', inner)]).positionOffset).toEqual({ kind: 'cartesian', xyz: [0, 0, 0.5] });
  const plain = values([object('AO_1', '')]);
  expect(plain.base('x')).toMatchObject({ gainDb: 0, mute: false, importance: undefined });
  expect(plain).toMatchObject({ durationSec: undefined, endSec: undefined, warnings: [] });
});

test('what is not done comes with a warning', () => {
  const offset = '<positionOffset coordinate="azimuth">1</positionOffset>';
  const unheard = '<alternativeValueSet alternativeValueSetID="AVS_1"/><headLocked>1</headLocked>';
  expect(values([object('AO_1', offset), object('AO_2', unheard)]).warnings).toEqual([
    'adm-alternative-values',
    'adm-head-locked',
    'adm-outer-offset',
  ]);
});
