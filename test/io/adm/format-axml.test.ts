import { expect, test } from 'vitest';
import { parseAxml, refsOf } from '../../../src/io/adm/axml.ts';
import { chnaEntriesOf, formatAxml } from '../../../src/io/adm/format-axml.ts';
import { xmlNode } from '../../../src/io/adm/format-values.ts';
import { planDolby } from '../../../src/io/adm/plan-dolby.ts';
import { planItu } from '../../../src/io/adm/plan-itu.ts';
import type { AdmFlavour } from '../../../src/io/adm/write-plan.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { bedOf, objectOf, sceneOf } from './write-scenes.ts';

const options = { file: 'out', sampleRateHz: 48_000, frameCount: 50_000, onWarning: () => undefined };
function documentOf(scene: Scene, flavour: AdmFlavour) {
  const objects = (flavour === 'dolby' ? planDolby : planItu)(scene, options);
  const text = [...formatAxml(scene, objects, flavour, options)].join('');
  return { document: parseAxml(Buffer.from(text), 'file'), entries: chnaEntriesOf(objects) };
}

test('a stream refers to pack and channel in a master, to the channel alone by the standard', () => {
  for (const flavour of ['dolby', 'itu'] as const) {
    const { document } = documentOf(sceneOf(objectOf('a')), flavour);
    const stream = document.streams.get('AS_00031001')!;
    expect(refsOf(stream, 'audioChannelFormatIDRef')).toEqual(['AC_00031001']);
    expect(refsOf(stream, 'audioPackFormatIDRef')).toEqual(flavour === 'dolby' ? ['AP_00031001'] : []);
    expect(document.isVersion2).toBe(flavour === 'itu');
  }
});

test('a master names its programme and states its times, in 1/100000 s or exactly', () => {
  const { document } = documentOf(sceneOf(objectOf('a')), 'dolby');
  expect(document.programmes.get('APR_1001')!.attributes).toMatchObject({
    audioProgrammeName: 'Atmos_Master',
    start: '00:00:00.00000',
    end: '00:00:01.04167',
  });
  expect(document.contents.get('ACO_1001')!.children.at(-1)).toEqual(
    xmlNode('dialogue', { mixedContentKind: '0' }, '2'),
  );
  const itu = documentOf(sceneOf(objectOf('a')), 'itu').document;
  expect(itu.programmes.get('APR_1001')!.attributes).toMatchObject({
    audioProgrammeName: 'song',
    end: '00:00:01.1S24',
  });
});

test('every track has its UID, in chna and in the document', () => {
  const { document, entries } = documentOf(sceneOf(bedOf('5.1'), objectOf('a')), 'itu');
  expect(entries.map(({ trackIndex, uid }) => [trackIndex, uid])).toEqual(
    Array.from({ length: 7 }, (_, index) => [index + 1, `ATU_0000000${index + 1}`]),
  );
  expect(entries[3]).toMatchObject({ formatRef: 'AT_00010004_01', packRef: 'AP_00010003' });
  expect([...document.trackUids.keys()]).toEqual(entries.map(({ uid }) => uid));
  // Common definitions are not repeated.
  expect([...document.packs.keys()]).toEqual(['AP_00031001']);
});

test('contents, loudness and elements beside the model are those of the file that was read', () => {
  const loudness = xmlNode('loudnessMetadata', {}, [xmlNode('integratedLoudness', {}, '-18')]);
  const nodes = [
    xmlNode('audioProgramme', { audioProgrammeID: 'APR_1002' }, [
      loudness,
      xmlNode('audioContentIDRef', {}, 'ACO_1009'),
    ]),
    xmlNode('audioContent', { audioContentID: 'ACO_1009', audioContentName: 'Music' }, [
      xmlNode('audioObjectIDRef', {}, 'AO_1001'),
      xmlNode('dialogue', {}, '0'),
    ]),
    xmlNode('tagList', {}, [xmlNode('tag', {}, 'x')]),
  ];
  const elements = { a: { objectIds: ['AO_1001'], packId: '', channels: [] } };
  const scene = {
    ...sceneOf(objectOf('a'), objectOf('b')),
    extras: { adm: { nodes, elements, programmeId: 'APR_1002', version: undefined, dbmd: undefined } },
  };
  const { document } = documentOf(scene, 'itu');
  expect(document.programmes.get('APR_1001')!.children).toContainEqual(loudness);
  const contents = [...document.contents.values()];
  expect(contents.map(({ attributes }) => attributes.audioContentName)).toEqual(['Music', 'Content']);
  expect(contents[0]!.children.at(-1)).toEqual(xmlNode('dialogue', {}, '0'));
  expect(document.others).toEqual([nodes[2]]);
  const master = documentOf(scene, 'dolby').document;
  expect(master.programmes.get('APR_1001')!.children).toContainEqual(loudness);
  expect(master.others).toEqual([]);
});
