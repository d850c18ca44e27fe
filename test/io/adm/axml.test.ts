import { expect, test } from 'vitest';
import { admTypeOf, admTypes, parseAxml, refsOf } from '../../../src/io/adm/axml.ts';
import { axmlOf, blockOf, objectOf, objectPack, polar, programmeOf } from './adm-bytes.ts';

const parse = (text: string) => parseAxml(Buffer.from(text), 'x.wav');
const small =
  programmeOf('AO_100b') + objectOf('AO_100b', 'AP_00031001', [1]) + objectPack('100a', blockOf(polar(0)));

test('elements by their IDs, without regard to case; blocks as values', () => {
  const document = parse(axmlOf(`${small}<tagList/>`));
  expect([...document.objects.keys()]).toEqual(['AO_100B']);
  expect(refsOf(document.contents.get('ACO_1001')!, 'audioObjectIDRef')).toEqual(['AO_100B']);
  const channel = document.channels.get('AC_0003100A')!;
  expect(channel).toMatchObject({ name: 'channel', type: 'Objects' });
  expect(channel.objectBlocks).toHaveLength(1);
  expect(channel.node.children).toEqual([]);
  expect(document.others.map(({ name }) => name)).toEqual(['tagList']);
  expect(document.isVersion2).toBe(true);
});

test('ebuCoreMain with namespaces, and no version', () => {
  const document = parse(
    `<e:ebuCoreMain xmlns:e="urn:ebu:metadata-schema:ebuCore_2016"><e:coreMetadata><e:format><e:audioFormatExtended>${small.replaceAll(/(<\/?)(\w)/g, '$1e:$2')}</e:audioFormatExtended></e:format></e:coreMetadata></e:ebuCoreMain>`,
  );
  expect(document.programmes.size).toBe(1);
  expect(document.channels.get('AC_0003100A')!.objectBlocks).toHaveLength(1);
  expect(document).toMatchObject({ isVersion2: false, version: undefined });
});

test('what a block says beyond what is understood is kept with its number', () => {
  const blocks =
    blockOf(polar(0)) + blockOf(`${polar(10)}<headphoneVirtualise bypass="1"/>`, 'rtime="00:00:01.0"');
  const channel = parse(axmlOf(objectPack('1001', blocks))).channels.get('AC_00031001')!;
  expect(channel.unknown).toEqual([
    [1, [{ name: 'headphoneVirtualise', attributes: { bypass: '1' }, children: [], text: '' }]],
  ]);
  expect(channel.bypassedBlockCount).toBe(1);
});

test('types by definition, label or ID', () => {
  expect(admTypeOf({ attributes: { typeDefinition: 'HOA' } }, 'AP_00031001')).toBe('HOA');
  expect(admTypeOf({ attributes: { typeLabel: '0001' } }, 'AP_00031001')).toBe('DirectSpeakers');
  expect(admTypeOf({ attributes: {} }, 'AP_00051001')).toBe('Binaural');
  expect(admTypeOf({ attributes: {} }, 'AP_00091001')).toBeUndefined();
  expect(Object.values(admTypes)).toHaveLength(5);
});

test('documents that are none', () => {
  expect(() => parse('<ebuCoreMain/>')).toThrow(/holds no audioFormatExtended/);
  expect(() => parse(axmlOf('<audioObject/>'))).toThrow(/an audioObject has no audioObjectID/);
  expect(() => parse(axmlOf('<audioObject audioObjectID="AO_1"/>'.repeat(2)))).toThrow(/AO_1 occurs twice/);
});

test('20 MB of automation in well under 3 s of work and 300 MB', () => {
  const block = blockOf(
    '<cartesian>1</cartesian><position coordinate="X">-0.1234567890</position><position coordinate="Y">0.5</position><position coordinate="Z">0.25</position><jumpPosition interpolationLength="0.005208">1</jumpPosition>',
    'audioBlockFormatID="AB_00031001_00000001" rtime="00:00:00.00000" duration="00:00:00.00521"',
  );
  const count = Math.ceil(20e6 / block.length);
  const bytes = Buffer.from(axmlOf(objectPack('1001', block.repeat(count))));
  const [rssBefore, cpuBefore] = [process.memoryUsage.rss(), process.cpuUsage()];
  const document = parseAxml(bytes, 'x.wav');
  const { user, system } = process.cpuUsage(cpuBefore);
  const grownBytes = process.memoryUsage.rss() - rssBefore;
  expect(document.channels.get('AC_00031001')!.objectBlocks).toHaveLength(count);
  expect(grownBytes).toBeLessThan(300e6);
  // Processor time of all threads, with what the machine gives: three times the bar is a hang, not a slow day.
  expect((user + system) / 1e6).toBeLessThan(9);
});
