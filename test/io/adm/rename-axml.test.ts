import { expect, test } from 'vitest';
import { parseAxml } from '../../../src/io/adm/axml.ts';
import {
  objectNames,
  renameInAxml,
  renameObjects,
  renameProgramme,
} from '../../../src/io/adm/rename-axml.ts';
import { chunksIn } from '../wav/wav-bytes.ts';
import { readFileSync } from 'node:fs';
import { realMaster } from './real-masters.ts';

const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Two objects of one name, a third that shares only its pack's name; and places where names are none. */
const document = `\uFEFF<?xml version='1.0'?>
<!-- <audioObject audioObjectID="AO_1001" audioObjectName="Vox"> -->
<x:ituADM xmlns:x="urn:a"><x:audioFormatExtended>
<x:audioProgramme audioProgrammeID="APR_1001" audioProgrammeName="P > &quot;1&quot;"><audioContentIDRef>ACO_1001</audioContentIDRef></x:audioProgramme>
<audioContent audioContentName='Vox' audioContentID='ACO_1001'><audioObjectIDRef>AO_1001</audioObjectIDRef></audioContent>
<audioContent audioContentName="Vox" audioContentID="ACO_1002"><audioObjectIDRef>AO_1003</audioObjectIDRef></audioContent>
<audioObject  audioObjectName = "Vox"
  audioObjectID="ao_1001"><audioPackFormatIDRef>AP_00031001</audioPackFormatIDRef><note>Vox <![CDATA[<audioObject audioObjectID="AO_1001" audioObjectName="Vox">]]></note></audioObject>
<audioObject audioObjectID="AO_1002" audioObjectName='Vox'><audioPackFormatIDRef>AP_00031002</audioPackFormatIDRef></audioObject>
<audioObject audioObjectID="AO_1003" audioObjectName="Keys"><audioPackFormatIDRef>AP_00031003</audioPackFormatIDRef></audioObject>
<audioPackFormat audioPackFormatID="AP_00031001" audioPackFormatName="Vox"><audioChannelFormatIDRef>AC_00031001</audioChannelFormatIDRef></audioPackFormat>
<audioPackFormat audioPackFormatID="AP_00031002" audioPackFormatName="other"/>
<audioPackFormat audioPackFormatID="AP_00031003" audioPackFormatName="Vox"/>
<audioChannelFormat audioChannelFormatID="AC_00031001" audioChannelFormatName="Vox"/>
<audioStreamFormat audioStreamFormatID="AS_00031001" audioStreamFormatName="PCM_Vox"><audioChannelFormatIDRef>AC_00031001</audioChannelFormatIDRef><audioTrackFormatIDRef>AT_00031001_01</audioTrackFormatIDRef></audioStreamFormat>
<audioTrackFormat audioTrackFormatID="AT_00031001_01" audioTrackFormatName="PCM_Vox"/>
</x:audioFormatExtended></x:ituADM>\0\0`;

test('an object takes content, pack, channel, stream and track of its name along, and nothing of others', () => {
  const adm = parseAxml(bytesOf(document), 'a.wav');
  const changes = renameObjects(adm, 'Vox', 'Lead');
  expect(changes.map(({ id }) => id).sort()).toEqual([
    'ACO_1001',
    'AC_00031001',
    'AO_1001',
    'AO_1002',
    'AP_00031001',
    'AS_00031001',
    'AT_00031001_01',
  ]);
  const renamed = text(renameInAxml(bytesOf(document), changes, 'a.wav'));
  const expected = document
    .replace(`audioContentName='Vox'`, `audioContentName='Lead'`)
    .replace('audioObjectName = "Vox"', 'audioObjectName = "Lead"')
    .replace(`audioObjectName='Vox'`, `audioObjectName='Lead'`)
    .replace('audioPackFormatName="Vox"', 'audioPackFormatName="Lead"')
    .replace('audioChannelFormatName="Vox"', 'audioChannelFormatName="Lead"')
    .replace('"PCM_Vox"', '"PCM_Lead"')
    .replace('"PCM_Vox"', '"PCM_Lead"');
  expect(renamed).toBe(expected);
  expect(objectNames(parseAxml(bytesOf(renamed), 'a.wav'))).toEqual(['Lead', 'Lead', 'Keys']);
});

test('characters that XML keeps for itself, in either kind of quotes', () => {
  const name = `R&B <"it's"> é 𝄞 $&`;
  const adm = parseAxml(bytesOf(document), 'a.wav');
  const programme = adm.programmes.get('APR_1001')!;
  const changes = [...renameObjects(adm, 'Vox', name), renameProgramme(programme, name)];
  const read = parseAxml(renameInAxml(bytesOf(document), changes, 'a.wav'), 'a.wav');
  expect(objectNames(read)).toEqual([name, name, 'Keys']);
  expect(read.programmes.get('APR_1001')!.attributes.audioProgrammeName).toBe(name);
});

test('names can be swapped, and go back to the same bytes', () => {
  const adm = parseAxml(bytesOf(document), 'a.wav');
  const swap = [...renameObjects(adm, 'Vox', 'Keys'), ...renameObjects(adm, 'Keys', 'Vox')];
  const swapped = renameInAxml(bytesOf(document), swap, 'a.wav');
  const after = parseAxml(swapped, 'a.wav');
  expect(objectNames(after)).toEqual(['Keys', 'Keys', 'Vox']);
  const back = [...renameObjects(after, 'Vox', 'Keys'), ...renameObjects(after, 'Keys', 'Vox')];
  const again = parseAxml(renameInAxml(swapped, back, 'a.wav'), 'a.wav');
  expect(objectNames(again)).toEqual(objectNames(adm));
});

test('a real master: all names of an object change, and nothing else', (context) => {
  const file = readFileSync(realMaster(context, 0));
  const axml = chunksIn(file).find(({ id }) => id === 'axml')!.payload;
  const changes = renameObjects(parseAxml(axml, 'a.wav'), 'Atmos_Obj_1', 'Vox');
  const renamed = text(renameInAxml(axml, changes, 'a.wav'));
  expect(renamed).toBe(text(axml).replaceAll('Atmos_Obj_1', 'Vox'));
});

test('a text that is not UTF-8 is left alone', () => {
  const latin1 = Buffer.from('<a b="\xe9"/>', 'latin1');
  expect(() => renameInAxml(latin1, [], 'a.wav')).toThrow(/not UTF-8/);
});
