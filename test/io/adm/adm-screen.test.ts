import { expect, test } from 'vitest';
import { parseReferenceScreen } from '../../../src/io/adm/adm-screen.ts';
import { parseXmlTree } from '../../../src/io/adm/xml-tree.ts';

const parse = (inner: string) =>
  parseReferenceScreen(
    parseXmlTree(Buffer.from(`<audioProgramme>${inner}</audioProgramme>`), {
      file: 'x.wav',
      take: () => false,
    }),
    'x.wav',
  );

test('polar, cartesian, and none', () => {
  expect(
    parse(
      '<audioProgrammeReferenceScreen aspectRatio="1.9"><screenCentrePosition azimuth="1" elevation="2" distance="0.9"/><screenWidth azimuth="40"/></audioProgrammeReferenceScreen>',
    ),
  ).toEqual({
    kind: 'polar',
    azimuthDeg: 1,
    elevationDeg: 2,
    distance: 0.9,
    aspectRatio: 1.9,
    widthAzimuthDeg: 40,
  });
  expect(
    parse(
      '<audioProgrammeReferenceScreen><aspectRatio>2</aspectRatio><screenCentrePosition X="0" Y="1" Z="0.1"/><screenWidth X="0.8"/></audioProgrammeReferenceScreen>',
    ),
  ).toEqual({ kind: 'cartesian', centre: [0, 1, 0.1], aspectRatio: 2, widthX: 0.8 });
  expect(parse('')).toBeUndefined();
  expect(() => parse('<audioProgrammeReferenceScreen aspectRatio="wide"/>')).toThrow(/aspectRatio is "wide"/);
});
