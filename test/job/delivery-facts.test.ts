import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openWavFile } from '../../src/io/wav/wav-reader.ts';
import { deliveryOfMaster, deliveryOfScene } from '../../src/job/delivery-facts.ts';
import { readMasterFile } from '../../src/job/master-facts.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { inFolder, labelDelivery, wholeScene, writeMaster } from '../deliver/master-rules/master-files.ts';
import { jobFolder } from './scenes.ts';

const folder = jobFolder();

const expectedModes = [...Array<string>(10).fill('near'), 'far', 'mid', 'off'];

test('a master says in dbmd what its scene said', async () => {
  const file = await writeMaster(inFolder(folder, 'whole'));
  const bytes = readFileSync(file);
  const reader = await openWavFile(file, { kernels: await loadKernels() });
  const delivery = deliveryOfMaster(await readMasterFile(reader, bytes.length));
  await reader.close();
  expect(delivery).toMatchObject({ frameRate: '24', hasFirstFrameOfAction: false, warpMode: 'normal' });
  expect(delivery.trims).toMatchObject(labelDelivery.trims);
  expect(delivery.channels.map(({ binauralMode }) => binauralMode)).toEqual(expectedModes);
  expect(delivery.channels.map(({ isLfe }) => isLfe).indexOf(true)).toBe(3);
  expect(delivery.channels[10]!.name).toBe('track 11 (ATU_0000000b)');
  // The place of each mode is that of its byte: near is 1, far 2, mid 3, off 0.
  const bits = delivery.channels.map(({ place }) => bytes[Number(/^byte (\d+)/.exec(place)![1])]! & 7);
  expect(bits).toEqual([...Array<number>(10).fill(1), 2, 3, 0]);
  const at = (place: string) => bytes[Number(/^byte (\d+)/.exec(place)![1])];
  expect([at(delivery.place), at(delivery.trimPlace)]).toEqual([9, 10]);
});

test('without dbmd nothing is stated', async () => {
  const file = await writeMaster(inFolder(folder, 'bare'));
  const reader = await openWavFile(file, { kernels: await loadKernels() });
  const { facts } = await readMasterFile(reader, 1);
  await reader.close();
  const bare = deliveryOfMaster({ facts: { ...facts, studio: { fault: 'no chunk dbmd' } }, dbmd: undefined });
  expect(bare).toMatchObject({ frameRate: undefined, warpMode: undefined, trims: {} });
  expect(bare.channels.every(({ binauralMode, place }) => binauralMode === undefined && place === '')).toBe(
    true,
  );
});

test('a scene file says it itself', () => {
  const delivery = deliveryOfScene(wholeScene());
  expect(delivery.channels.map(({ binauralMode }) => binauralMode)).toEqual(expectedModes);
  expect(delivery.channels.filter(({ isLfe }) => isLfe).map(({ name }) => name)).toEqual(['bed 7.1.2 LFE1']);
  expect(delivery).toMatchObject({ frameRate: '24', trims: labelDelivery.trims });
});
