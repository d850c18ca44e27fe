import { expect, test } from 'vitest';
import { parseAxml } from '../../../src/io/adm/axml.ts';
import { selectItems } from '../../../src/io/adm/adm-items.ts';
import { createUidResolver } from '../../../src/io/adm/track-uids.ts';
import { axmlOf, blockOf, entryOf, hex8, objectOf, objectPack, polar, programmeOf } from './adm-bytes.ts';

const packs = ['1001', '1002', '1003'].map((number) => objectPack(number, blockOf(polar(0)))).join('');
const uids = [1, 2, 3].map((track) => `ATU_${hex8(track)}`);

function select(content: string, programme?: string) {
  const warnings: string[] = [];
  const onWarning = ({ code }: { code: string }): void => void warnings.push(code);
  const document = parseAxml(Buffer.from(axmlOf(content)), 'x.wav');
  const entries = [1, 2, 3].map((track) => entryOf(track, `AC_0003100${track}`, `AP_0003100${track}`));
  const resolveUid = createUidResolver(document, entries, 3, onWarning);
  const selection = selectItems(document, { programme, resolveUid, uids, onWarning });
  const found = selection.items.map(({ objects, packId, channels }) => ({
    path: objects.map(({ attributes }) => attributes.audioObjectID).join('/'),
    packId,
    tracks: channels.map(({ track }) => track?.fileChannel),
  }));
  return { found, warnings, programme: selection.programme?.attributes.audioProgrammeID };
}

test('objects within objects, in the order of the programme', () => {
  const inner = '<audioObjectIDRef>AO_1002</audioObjectIDRef><audioObjectIDRef>AO_1001</audioObjectIDRef>';
  const objects =
    objectOf('AO_1001', 'AP_00031001', [1]) +
    objectOf('AO_1002', 'AP_00031002', [2]) +
    `<audioObject audioObjectID="AO_1003">${inner}</audioObject>`;
  const { found } = select(programmeOf('AO_1003') + objects + packs);
  expect(found).toEqual([
    { path: 'AO_1003/AO_1002', packId: 'AP_00031002', tracks: [1] },
    { path: 'AO_1003/AO_1001', packId: 'AP_00031001', tracks: [0] },
  ]);
});

test('the first programme, or the one that is asked for', () => {
  const second =
    '<audioProgramme audioProgrammeID="APR_1002" audioProgrammeName="dub"><audioContentIDRef>ACO_1002</audioContentIDRef></audioProgramme><audioContent audioContentID="ACO_1002"><audioObjectIDRef>AO_1002</audioObjectIDRef></audioContent>';
  const content =
    programmeOf('AO_1001') +
    second +
    objectOf('AO_1001', 'AP_00031001', [1]) +
    objectOf('AO_1002', 'AP_00031002', [2]) +
    packs;
  expect(select(content)).toMatchObject({ programme: 'APR_1001', found: [{ tracks: [0] }] });
  expect(select(content, 'apr_1002')).toMatchObject({ programme: 'APR_1002', found: [{ tracks: [1] }] });
  expect(select(content, 'dub').programme).toBe('APR_1002');
  expect(() => select(content, 'other')).toThrow(
    /no programme "other"; it has APR_1001 "prog", APR_1002 "dub"/,
  );
});

test('without programme and contents all outer objects, without objects all tracks', () => {
  const objects =
    objectOf('AO_1001', 'AP_00031001', [1], '<audioObjectIDRef>AO_1002</audioObjectIDRef>') +
    objectOf('AO_1002', 'AP_00031002', [2]);
  expect(select(objects + packs).found.map(({ path }) => path)).toEqual(['AO_1001', 'AO_1001/AO_1002']);
  expect(select(packs).found.map(({ tracks }) => tracks)).toEqual([[0], [1], [2]]);
});

test('of complementary objects the first is played', () => {
  const objects =
    objectOf(
      'AO_1001',
      'AP_00031001',
      [1],
      '<audioComplementaryObjectIDRef>AO_1002</audioComplementaryObjectIDRef>',
    ) + objectOf('AO_1002', 'AP_00031002', [2]);
  const { found, warnings } = select(programmeOf('AO_1001', 'AO_1002') + objects + packs);
  expect(found.map(({ path }) => path)).toEqual(['AO_1001']);
  expect(warnings).toEqual(['adm-complementary']);
});

test('channels in the order of the pack; silence for the UID of silence, a warning for what is missing', () => {
  const pack =
    '<audioPackFormat audioPackFormatID="AP_00031009" typeLabel="0003"><audioChannelFormatIDRef>AC_00031002</audioChannelFormatIDRef><audioChannelFormatIDRef>AC_00031003</audioChannelFormatIDRef><audioChannelFormatIDRef>AC_00031001</audioChannelFormatIDRef></audioPackFormat>';
  const all = (tracks: number[]): string =>
    programmeOf('AO_1001') + objectOf('AO_1001', 'AP_00031009', tracks) + pack + packs;
  expect(select(all([1, 2, 3])).found[0]!.tracks).toEqual([1, 2, 0]);
  expect(select(all([1, 0, 2])).found[0]!.tracks).toEqual([1, undefined, 0]);
  const short = select(all([1, 2]));
  expect(short.found[0]!.tracks).toEqual([1, 0]);
  expect(short.warnings).toEqual(['adm-channel-missing']);
});

test('circles and references to nothing', () => {
  const circle = objectOf('AO_1001', 'AP_00031001', [1], '<audioObjectIDRef>AO_1001</audioObjectIDRef>');
  expect(() => select(programmeOf('AO_1001') + circle + packs)).toThrow(/AO_1001 stands within itself/);
  expect(() => select(programmeOf('AO_1009'))).toThrow(/audioObject AO_1009 is referred to and not defined/);
  expect(() => select(programmeOf('AO_1001') + objectOf('AO_1001', 'AP_00091001', [1]))).toThrow(
    /pack "AP_00091001" is of an unknown type/,
  );
  const packCircle =
    '<audioPackFormat audioPackFormatID="AP_00031009" typeLabel="0003"><audioPackFormatIDRef>AP_00031009</audioPackFormatIDRef></audioPackFormat>';
  expect(() => select(programmeOf('AO_1001') + objectOf('AO_1001', 'AP_00031009', [1]) + packCircle)).toThrow(
    /AP_00031009 stands within itself/,
  );
});
