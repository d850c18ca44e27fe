import { expect, test } from 'vitest';
import { admExtrasOf, collectExtras } from '../../../src/io/adm/adm-extras.ts';
import { parseAxml } from '../../../src/io/adm/axml.ts';
import { createScene } from '../../../src/scene/make-scene.ts';
import { axmlOf, blockOf, entryOf, objectOf, objectPack, polar, programmeOf } from './adm-bytes.ts';
import { openAdm } from './open-adm.ts';

test('loudness, interaction ranges, value sets and unknown things are kept, with where elements come from', async () => {
  const interaction =
    '<audioObjectInteraction onOffInteract="0"><gainInteractionRange bound="min">0.5</gainInteractionRange></audioObjectInteraction>';
  const content =
    programmeOf('AO_1001').replace(
      '</audioProgramme>',
      '<loudnessMetadata loudnessMethod="ITU-R BS.1770"><integratedLoudness>-18.2</integratedLoudness></loudnessMetadata></audioProgramme>',
    ) +
    objectOf(
      'AO_1001',
      'AP_00031001',
      [1],
      `${interaction}<alternativeValueSet alternativeValueSetID="AVS_1"/>`,
    ) +
    objectPack('1001', blockOf(`${polar(0)}<fromTheFuture>7</fromTheFuture>`)) +
    '<profileList><profile profileName="x"/></profileList>';
  const { scene, warnings } = await openAdm({
    content,
    chna: [entryOf(1, 'AC_00031001', 'AP_00031001')],
    channelCount: 1,
  });
  const extras = admExtrasOf(scene)!;
  const text = JSON.stringify(extras);
  for (const kept of ['-18.2', 'gainInteractionRange', 'AVS_1', 'fromTheFuture', 'profileList'])
    expect(text).toContain(kept);
  expect(extras).toMatchObject({ version: 'ITU-R_BS.2076-2', programmeId: 'APR_1001', dbmd: undefined });
  expect(extras.elements.AO_1001).toMatchObject({
    objectIds: ['AO_1001'],
    packId: 'AP_00031001',
    channels: [
      {
        channelId: 'AC_00031001',
        uid: 'ATU_00000001',
        unknown: [[0, [{ name: 'fromTheFuture', text: '7' }]]],
      },
    ],
  });
  expect(warnings).toEqual(['adm-alternative-values']);
});

test('other scenes have none; a dbmd chunk is kept whole', () => {
  expect(admExtrasOf(createScene('s', []))).toBeUndefined();
  expect(admExtrasOf({ extras: { adm: 'text' } })).toBeUndefined();
  const document = parseAxml(Buffer.from(axmlOf('')), 'x.wav');
  expect(collectExtras(document, undefined, [], Uint8Array.of(1, 2, 250)).dbmd).toBe('AQL6');
});
