import { expect, test } from 'vitest';
import { readAdmMetadata, type ChunkSource } from '../../../src/io/adm/adm-metadata.ts';
import { formatChna } from '../../../src/io/adm/chna.ts';
import { axmlOf, blockOf, entryOf, objectOf, objectPack, polar, programmeOf } from './adm-bytes.ts';

/** A file of these chunks. */
function sourceOf(chunks: Record<string, Uint8Array>): ChunkSource {
  return {
    file: 'a.wav',
    channelCount: 1,
    chunks: Object.entries(chunks).map(([id, { length }]) => ({ id, byteOffset: 0, sizeBytes: length })),
    readChunk: async ({ id }) => chunks[id]!,
    async *readPieces({ id }) {
      yield chunks[id]!.subarray(0, 100);
      yield chunks[id]!.subarray(100);
    },
  };
}

const document = axmlOf(
  programmeOf('AO_1001') +
    objectOf('AO_1001', 'AP_00031001', [1]) +
    objectPack('1001', blockOf(polar(30), 'audioBlockFormatID="AB_00031001_00000001"')),
);
const axml = Buffer.from(document);
const chna = formatChna([entryOf(1, 'AC_00031001', 'AP_00031001')]);

test('reads document, programme and elements; no dbmd, no studio metadata', async () => {
  const read = await readAdmMetadata(sourceOf({ axml, chna }), {});
  expect(read.programme!.attributes.audioProgrammeName).toBe('prog');
  expect(
    read.elements.map(({ element, channels }) => [element.name, channels[0]!.track?.fileChannel]),
  ).toEqual([['ao_1001', 0]]);
  expect(read).toMatchObject({ dbmd: undefined, studio: undefined });
});

test('a chunk that is missing, or beyond all measure, is named', async () => {
  await expect(readAdmMetadata(sourceOf({ axml }), {})).rejects.toMatchObject({
    code: 'adm-missing',
    chunk: 'chna',
  });
  const source = sourceOf({ axml, chna });
  const huge = { ...source, chunks: source.chunks.map((chunk) => ({ ...chunk, sizeBytes: 2 ** 30 })) };
  await expect(readAdmMetadata(huge, {})).rejects.toMatchObject({ code: 'adm-size' });
});

test('a programme can be asked for', async () => {
  const wanted = readAdmMetadata(sourceOf({ axml, chna }), { programme: 'none such' });
  await expect(wanted).rejects.toMatchObject({ code: 'adm-programme' });
});
