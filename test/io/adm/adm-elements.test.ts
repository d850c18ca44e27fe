import { expect, test } from 'vitest';
import { UnsupportedError } from '../../../src/base/errors.ts';
import { blockOf, entryOf, objectOf, objectPack, polar, programmeOf } from './adm-bytes.ts';
import { openAdm } from './open-adm.ts';
import { buildElements } from '../../../src/io/adm/adm-elements.ts';
import { parseAxml } from '../../../src/io/adm/axml.ts';
import { axmlOf } from './adm-bytes.ts';

const chna = [1, 2].map((track) => entryOf(track, `AC_0003100${track}`, `AP_0003100${track}`));

test('each channel of an Objects pack is an object; IDs stay unique', async () => {
  const pack =
    '<audioPackFormat audioPackFormatID="AP_00031009" typeLabel="0003"><audioChannelFormatIDRef>AC_00031001</audioChannelFormatIDRef><audioChannelFormatIDRef>AC_00031002</audioChannelFormatIDRef></audioPackFormat>';
  const { scene } = await openAdm({
    content:
      programmeOf('AO_1001') +
      objectOf('AO_1001', 'AP_00031009', [1, 2]) +
      pack +
      objectPack('1001', blockOf(polar(10))) +
      objectPack('1002', blockOf(polar(20))),
    chna,
    channelCount: 2,
  });
  expect(scene.elements.map(({ id, name }) => [id, name])).toEqual([
    ['AO_1001', 'ao_1001 channel'],
    ['AO_1001_2', 'ao_1001 channel'],
  ]);
  expect(
    scene.elements.map((element) => element.kind === 'object' && element.blocks[0]!.position),
  ).toMatchObject([{ azimuthDeg: 10 }, { azimuthDeg: 20 }]);
});

test('an object whose blocks all bypass headphones is rendered without HRTF', async () => {
  const bypass = '<headphoneVirtualise bypass="1"/>';
  const blocks = (second: string): string =>
    blockOf(polar(0) + bypass, 'rtime="00:00:00.0" duration="00:00:01.0"') +
    blockOf(polar(9) + second, 'rtime="00:00:01.0" duration="00:00:01.0"');
  const modeOf = async (second: string) => {
    const content =
      programmeOf('AO_1001') + objectOf('AO_1001', 'AP_00031001', [1]) + objectPack('1001', blocks(second));
    return (await openAdm({ content, chna, channelCount: 2 })).scene.elements[0]!.binauralMode;
  };
  expect(await modeOf(bypass)).toBe('off');
  expect(await modeOf('')).toBeUndefined();
});

test('blocks whose times were changed come with one warning', async () => {
  const blocks =
    blockOf(polar(0), 'rtime="00:00:00.0" duration="00:00:02.0"') + blockOf(polar(9), 'rtime="00:00:01.0"');
  const content =
    programmeOf('AO_1001') + objectOf('AO_1001', 'AP_00031001', [1]) + objectPack('1001', blocks);
  const { warnings } = await openAdm({ content, chna, channelCount: 2 });
  expect(warnings).toEqual(['adm-block-times']);
});

test('Matrix packs are refused with their clause; channels without blocks too', () => {
  const document = parseAxml(Buffer.from(axmlOf(objectPack('1001', ''))), 'x.wav');
  const context = { document, onWarning: () => {} };
  const item = { objects: [], packId: 'AP_00021001', channels: [] };
  expect(() => buildElements([{ ...item, type: 'Matrix' }], context)).toThrow(UnsupportedError);
  expect(() => buildElements([{ ...item, type: 'Matrix' }], context)).toThrow(
    /type Matrix \(BS.2076-2 clause 5.4.3.2\) are not read/,
  );
  const channels = [{ channelId: 'AC_00031001', track: undefined }];
  expect(() => buildElements([{ ...item, type: 'Objects', channels }], context)).toThrow(
    /AC_00031001 has no blocks of type Objects/,
  );
});
