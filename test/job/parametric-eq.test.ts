import { expect, test } from 'vitest';
import { FormatError } from '../../src/base/errors.ts';
import { parseParametricEq } from '../../src/job/parametric-eq.ts';

test('a file as AutoEq writes it', () => {
  const text = [
    'Preamp: -6.2 dB',
    'Filter 1: ON LSC Fc 105 Hz Gain 6.0 dB Q 0.70',
    'Filter 2: ON PK Fc 2240 Hz Gain -3.4 dB Q 1.91',
    'Filter 3: ON HSC Fc 10000.0 Hz Gain 2 dB Q 0.7',
    'Filter 4: OFF PK Fc 50 Hz Gain 1 dB Q 1',
    '# a remark',
    '',
  ].join('\r\n');
  expect(parseParametricEq(text, 'a.txt')).toEqual({
    kind: 'parametric',
    preampDb: -6.2,
    filters: [
      { kind: 'low-shelf', frequencyHz: 105, gainDb: 6, q: 0.7 },
      { kind: 'peaking', frequencyHz: 2240, gainDb: -3.4, q: 1.91 },
      { kind: 'high-shelf', frequencyHz: 10000, gainDb: 2, q: 0.7 },
    ],
  });
});

test.each([
  ['GraphicEQ: 20 -1; 21 -1.5', /a\.txt: line 1: "GraphicEQ: 20 -1; 21 -1\.5" is not understood/],
  ['Preamp: loud dB', /line 1: the preamp is "loud"/],
  ['\nFilter 1: ON NO Fc 100 Hz', /line 2: filter of kind "NO"; allowed are PK, LSC and HSC/],
  ['Filter 1: ON PK Gain 3 dB Q 1', /Fc is missing/],
  ['Filter 1: ON PK Fc 100 Hz Gain 300 dB Q 1', /Gain is "300"; allowed are -60 to 60/],
  ['Filter 1: ON PK Fc 100 Hz Gain 3 dB Q 0', /Q is "0"/],
  ['Preamp: -1 dB', /no filter that is ON/],
])('%j is refused', (text, message) => {
  expect(() => parseParametricEq(text, 'a.txt')).toThrow(FormatError);
  expect(() => parseParametricEq(text, 'a.txt')).toThrow(message);
});
