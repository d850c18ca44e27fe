import { expect, test } from 'vitest';
import { parseAxml } from '../../../src/io/adm/axml.ts';
import { createUidResolver, silentUid } from '../../../src/io/adm/track-uids.ts';
import { axmlOf } from './adm-bytes.ts';

const track = (inner: string): string => `<audioTrackUID UID="ATU_00000001">${inner}</audioTrackUID>`;
const entry = { trackIndex: 2, uid: 'ATU_00000001', formatRef: '', packRef: 'AP_00031001' };

function resolve(content: string, chna = [entry], channelCount = 2) {
  const warnings: string[] = [];
  const document = parseAxml(Buffer.from(axmlOf(content)), 'x.wav');
  const resolver = createUidResolver(document, chna, channelCount, ({ code }) => warnings.push(code));
  return { ...resolver('ATU_00000001'), warnings };
}

const stream = (refs: string, attributes = 'formatDefinition="PCM"'): string =>
  `<audioStreamFormat audioStreamFormatID="AS_00031005" ${attributes}>${refs}</audioStreamFormat>`;
const trackFormat = (refs: string): string =>
  `<audioTrackFormat audioTrackFormatID="AT_00031005_01">${refs}</audioTrackFormat>`;
const byTrack = track('<audioTrackFormatIDRef>AT_00031005_01</audioTrackFormatIDRef>');

test('by the channel format, as newer files do', () => {
  const node = track('<audioChannelFormatIDRef>AC_00031007</audioChannelFormatIDRef>');
  expect(resolve(node)).toMatchObject({ fileChannel: 1, channelId: 'AC_00031007', packId: 'AP_00031001' });
});

test('by track format and stream format, which may name a pack beside the channel', () => {
  const refs =
    '<audioChannelFormatIDRef>AC_00031009</audioChannelFormatIDRef><audioPackFormatIDRef>AP_00031009</audioPackFormatIDRef>';
  const chain = `${byTrack}${trackFormat('<audioStreamFormatIDRef>AS_00031005</audioStreamFormatIDRef>')}${stream(refs)}`;
  expect(resolve(chain).channelId).toBe('AC_00031009');
});

test('by a stream format that names the track format, or by the number alone', () => {
  const refs =
    '<audioChannelFormatIDRef>AC_00031009</audioChannelFormatIDRef><audioTrackFormatIDRef>AT_00031005_01</audioTrackFormatIDRef>';
  expect(resolve(byTrack + stream(refs)).channelId).toBe('AC_00031009');
  expect(resolve(byTrack).channelId).toBe('AC_00031005');
});

test('by chna where the document has no such track UID', () => {
  expect(resolve('', [{ ...entry, formatRef: 'AC_00031002_00' }]).channelId).toBe('AC_00031002');
  expect(resolve('', [{ ...entry, formatRef: 'AT_0001000a_01' }]).channelId).toBe('AC_0001000A');
});

test('what leads nowhere', () => {
  expect(() => resolve('')).toThrow(/ATU_00000001 leads to no audioChannelFormat/);
  expect(() => resolve('', [])).toThrow(/ATU_00000001 is not listed in chunk chna/);
  expect(() => resolve(byTrack, [entry], 1)).toThrow(/ATU_00000001 is track 2; the file has 1/);
  const coded = `${byTrack}${trackFormat('<audioStreamFormatIDRef>AS_00031005</audioStreamFormatIDRef>')}${stream('', 'formatDefinition="Dolby E"')}`;
  expect(() => resolve(coded)).toThrow(/AS_00031005 holds "Dolby E"; only PCM is read/);
});

test('one UID for two tracks: the first counts', () => {
  const result = resolve(byTrack, [entry, { ...entry, trackIndex: 1 }]);
  expect(result).toMatchObject({ fileChannel: 1, warnings: ['adm-uid-twice'] });
  expect(silentUid).toMatch(/^ATU_0{8}$/);
});
