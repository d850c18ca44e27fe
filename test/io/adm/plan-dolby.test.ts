import { expect, test } from 'vitest';
import type { Warning } from '../../../src/base/errors.ts';
import { maxDolbyObjects, planDolby } from '../../../src/io/adm/plan-dolby.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { bedOf, blockOf, objectOf, sceneOf } from './write-scenes.ts';

function planOf(scene: Scene, frameCount = 48_000) {
  const warnings: Warning[] = [];
  const onWarning = (warning: Warning): void => void warnings.push(warning);
  return {
    objects: planDolby(scene, { file: 'out.wav', sampleRateHz: 48_000, frameCount, onWarning }),
    warnings,
  };
}

test('beds come first, objects from AO_100b on; numbers count up for each type', () => {
  const { objects } = planOf(sceneOf(objectOf('a'), bedOf('5.1'), objectOf('b'), bedOf('2.0')));
  expect(objects.map(({ id, packId, channels }) => [id, packId, channels[0]!.id])).toEqual([
    ['AO_1001', 'AP_00011001', 'AC_00011001'],
    ['AO_1002', 'AP_00011002', 'AC_00011007'],
    ['AO_100b', 'AP_00031001', 'AC_00031001'],
    ['AO_100c', 'AP_00031002', 'AC_00031002'],
  ]);
  // Tracks of the scene: a, six of the bed, b, two of the other bed.
  expect(objects.flatMap(({ channels }) => channels.map(({ sceneTrack }) => sceneTrack))).toEqual([
    1, 2, 3, 4, 5, 6, 8, 9, 0, 7,
  ]);
  expect(objects[0]!.attributes).toEqual({ start: '00:00:00.00000', duration: '00:00:01.00000' });
});

test('the last object is AO_1080', () => {
  const { objects } = planOf(
    sceneOf(...Array.from({ length: maxDolbyObjects }, (_, index) => objectOf(`o${index}`))),
  );
  expect(objects.at(-1)!.id).toBe('AO_1080');
});

test('blocks jump: at once in the first, within 0.005208 s in the others', () => {
  const { objects } = planOf(
    sceneOf(
      objectOf('a', [blockOf(0, 0.5), blockOf(0.5, 0.5, { gainDb: -20, jumpPosition: true, width: 20 })]),
    ),
  );
  const blocks = [...objects[0]!.channels[0]!.makeBlocks()];
  expect(blocks.map(({ attributes }) => attributes)).toEqual([
    { audioBlockFormatID: 'AB_00031001_00000001', rtime: '00:00:00.00000', duration: '00:00:00.50000' },
    { audioBlockFormatID: 'AB_00031001_00000002', rtime: '00:00:00.50000', duration: '00:00:00.50000' },
  ]);
  const lengths = blocks.map(
    ({ children }) => children.find(({ name }) => name === 'jumpPosition')!.attributes.interpolationLength,
  );
  expect(lengths).toEqual(['0.000000', '0.005208']);
  expect(blocks[1]!.children.filter(({ name }) => ['width', 'depth', 'height'].includes(name))).toHaveLength(
    3,
  );
});

test('names are cut to 64 characters; what is lost is said once an object', () => {
  const odd = blockOf(0, undefined, { screenRef: true, diffuse: 0.3 });
  const { objects, warnings } = planOf(sceneOf(objectOf('x'.repeat(80), [odd])));
  expect(objects[0]!.name).toHaveLength(64);
  expect(warnings).toMatchObject([
    {
      code: 'adm-lossy',
      message: expect.stringContaining('the tie to the screen, diffuseness between 0 and 1'),
    },
  ]);
});
