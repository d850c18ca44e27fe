import { test } from 'vitest';
import { rationalFromDecimal } from '../../../src/base/time.ts';
import { jobFolder } from '../../job/scenes.ts';
import { expectRehearsed } from '../scene-rehearsals.ts';
import { bedOf, blockOf, objectOf, sceneOf } from './write-scenes.ts';

const folder = jobFolder();
/** A bed whose channels lie in another order in masters, one that is divided, and an object that begins late. */
const scene = sceneOf(
  bedOf('5.1.4', { gainDb: -3 }),
  objectOf('moving', [
    blockOf(0, 0.2, { gainDb: -6 }),
    blockOf(0.2, 0.2, {
      position: { kind: 'polar', azimuthDeg: 120, elevationDeg: 30, distance: 1 },
      width: 30,
      height: 10,
    }),
  ]),
  objectOf('late', [blockOf(0, undefined)], { startSec: rationalFromDecimal(0.25) }),
);

test.each(['adm-dolby', 'adm-itu'] as const)('%s: what is rehearsed is what is read of the file', (name) =>
  expectRehearsed(folder, name, scene),
);
