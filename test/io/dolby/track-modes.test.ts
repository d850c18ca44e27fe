import { expect, test } from 'vitest';
import { trackModesOf, withTrackModes } from '../../../src/io/dolby/track-modes.ts';
import { unstatedModes } from '../../../src/scene/make-scene.ts';
import type { Bed, BinauralMode } from '../../../src/scene/scene.ts';
import { bedOf, objectOf } from '../adm/write-scenes.ts';

const modes = (binauralMode: BinauralMode | undefined) => ({ ...unstatedModes, binauralMode });

test('a bed has the mode of most of its channels but the LFE, the others their own', () => {
  const stated = (['far', 'far', 'near', 'off', 'far', 'far'] as const).map(modes);
  const bed = withTrackModes(bedOf('5.1'), stated) as Bed;
  expect(bed.binauralMode).toBe('far');
  expect(bed.channels.map(({ binauralMode }) => binauralMode)).toEqual([
    undefined,
    undefined,
    'near',
    'off',
    undefined,
    undefined,
  ]);
  expect(bed.channels.map((channel) => trackModesOf(bed, channel).binauralMode)).toEqual(
    stated.map(({ binauralMode }) => binauralMode),
  );
});

test('what is not stated leaves an object as it is', () => {
  const object = objectOf('a', undefined, { trimBypass: true });
  expect(withTrackModes(object, [modes('mid')])).toEqual({ ...object, binauralMode: 'mid' });
  expect(trackModesOf(bedOf('2.0', { trimBypass: true }), undefined).trimBypass).toBe(true);
});
