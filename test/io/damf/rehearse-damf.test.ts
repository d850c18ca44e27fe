import { test } from 'vitest';
import { jobFolder } from '../../job/scenes.ts';
import { bedOf, blockOf, objectOf, sceneOf } from '../adm/write-scenes.ts';
import { expectRehearsed } from '../scene-rehearsals.ts';

const folder = jobFolder();

test('what is rehearsed is what is read of the files', () =>
  expectRehearsed(
    folder,
    'damf',
    sceneOf(
      bedOf('7.1.2', { binauralMode: 'mid' }),
      objectOf('resting'),
      objectOf('moving', [
        blockOf(0, 0.2, { gainDb: -6 }),
        blockOf(0.2, 0.2, {
          position: { kind: 'polar', azimuthDeg: -90, elevationDeg: 0, distance: 1 },
          gainDb: 2,
        }),
      ]),
    ),
  ));
