import { expect, test } from 'vitest';
import { parseReferenceScreen } from '../../../src/io/adm/adm-screen.ts';
import { xmlNode } from '../../../src/io/adm/format-values.ts';
import { screenNode } from '../../../src/io/adm/format-screen.ts';
import type { Screen } from '../../../src/layouts/screen.ts';

const screens: Screen[] = [
  { kind: 'polar', azimuthDeg: 5, elevationDeg: -2, distance: 0.9, aspectRatio: 2.35, widthAzimuthDeg: 40 },
  { kind: 'cartesian', centre: [0.1, 1, 0.2], aspectRatio: 1.78, widthX: 0.5 },
];

test.each(screens)('a $kind screen is read back as it was', (screen) => {
  expect(parseReferenceScreen(xmlNode('audioProgramme', {}, [screenNode(screen)]), 'file')).toEqual(screen);
});
