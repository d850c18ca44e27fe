import { expect, test } from 'vitest';
import { dbmdChecksum, parseDbmd } from '../../../src/io/adm/dbmd.ts';
import { formatStudioMetadata } from '../../../src/io/adm/format-dbmd.ts';
import { planDolby } from '../../../src/io/adm/plan-dolby.ts';
import { bedOf, objectOf, sceneOf } from './write-scenes.ts';

const scene = sceneOf(bedOf('2.0'), objectOf('a', undefined, { binauralMode: 'near' }));
const objects = planDolby(scene, {
  file: 'out',
  sampleRateHz: 48_000,
  frameCount: 480,
  onWarning: () => undefined,
});
const bytes = formatStudioMetadata(scene, objects, { name: 'periphon', version: [1, 2, 3] });

/** Offsets and values as masters of the vendor's own tools have them. */
test('a new chunk is laid out as those of studio tools', () => {
  const { version, segments, trailing } = parseDbmd(bytes, 'file');
  expect([version, segments.map(({ id, payload }) => [id, payload.length]), [...trailing]]).toEqual([
    0x01000006,
    [
      [7, 96],
      [9, 248],
      [10, 148],
    ],
    [0],
  ]);
  expect(segments.every(({ wrongChecksum }) => wrongChecksum === undefined)).toBe(true);
  const [plus, atmos, supplement] = segments.map(({ payload }) => payload);
  expect([plus![1], plus![5], plus![8], plus![9], dbmdChecksum(plus!)]).toEqual([
    0x47, 0x60, 0x24, 0x24, 0xb1,
  ]);
  expect(String.fromCharCode(...atmos!.subarray(32, 40))).toBe('periphon');
  expect([...atmos!.subarray(96, 113)]).toEqual([1, 2, 3, 0, 0, 0, 0, 3, 0, 5, 1, 0, 0, 0, 0, 0x12, 0xff]);
  expect([atmos![139], atmos![152]]).toEqual([0x03, 0x84]);
  expect([...supplement!.subarray(0, 8)]).toEqual([0xbd, 0x6f, 0x72, 0xf8, 3, 0, 0, 1]);
  expect([...supplement!.subarray(142)]).toEqual([2, 2, 2, 0x84, 0x84, 0x81]);
});

test('the chunk of a file that was read is kept, but for what the scene says', () => {
  const changed = bytes.slice();
  // A byte of unknown meaning in segment 9.
  changed[4 + 100 + 3 + 200] = 0x55;
  const dbmd = Buffer.from(changed).toString('base64');
  const adm = { nodes: [], elements: {}, programmeId: undefined, version: undefined, dbmd };
  const delivery = { ...scene.delivery, warpMode: 'loRo' as const };
  const again = formatStudioMetadata({ ...scene, delivery, extras: { adm } }, objects, {
    name: 'other',
    version: [0, 0, 0],
  });
  const [, before] = parseDbmd(changed, 'file').segments;
  const [, after] = parseDbmd(again, 'file').segments;
  const different = [...after!.payload.keys()].filter((at) => after!.payload[at] !== before!.payload[at]);
  expect(different).toEqual([152]);
  expect(after!.payload[152]! & 7).toBe(3);
  expect(after!.wrongChecksum).toBeUndefined();
});
