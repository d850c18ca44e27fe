import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { PeriphonError } from '../../src/base/errors.ts';
import { formatDbmd } from '../../src/io/adm/dbmd.ts';
import { openScene } from '../../src/io/stems/open-scene.ts';
import { createScalarKernels } from '../../src/kernels/scalar/scalar-kernels.ts';
import {
  admFile,
  axmlOf,
  blockOf,
  entryOf,
  objectOf,
  objectPack,
  polar,
  programmeOf,
} from '../io/adm/adm-bytes.ts';

/** A whole small master: bed, moving object, ambisonics, `dbmd`. */
function seedFile(): Buffer {
  const objects = [
    objectOf('AO_1001', 'AP_00010002', [1, 2], '<gain gainUnit="dB">-3</gain>'),
    objectOf('AO_1002', 'AP_00031001', [3], '<positionOffset coordinate="azimuth">10</positionOffset>'),
    objectOf('AO_1003', 'AP_00040001', [4, 5, 6, 7], '<audioObjectIDRef>AO_1002</audioObjectIDRef>'),
  ];
  const blocks = [
    blockOf(
      `${polar(30)}<width>20</width><jumpPosition interpolationLength="0.005">1</jumpPosition>`,
      'rtime="00:00:00.00000" duration="00:00:00.00500"',
    ),
    blockOf(
      `<cartesian>1</cartesian><position coordinate="X">-1</position><position coordinate="Y">0.5</position>
       <zoneExclusion><zone minX="-1" maxX="1" minY="-1" maxY="0" minZ="-1" maxZ="1"/></zoneExclusion>`,
      'rtime="00:00:00.00240S48000" duration="00:00:00.00500"',
    ),
  ];
  const axml = axmlOf(
    programmeOf('AO_1001', 'AO_1003') + objects.join('') + objectPack('1001', blocks.join('')),
  );
  const packs = ['AP_00010002', 'AP_00010002', 'AP_00031001', ...Array<string>(4).fill('AP_00040001')];
  const channels = ['00010001', '00010002', '00031001', '00040001', '00040002', '00040003', '00040004'];
  const supplement = new Uint8Array(156);
  supplement.set([0xbd, 0x6f, 0x72, 0xf8, 7, 0]);
  const segments = [
    { id: 9, payload: new Uint8Array(248) },
    { id: 10, payload: supplement },
  ];
  return admFile({
    axml,
    chna: channels.map((id, index) => entryOf(index + 1, `AC_${id}`, packs[index]!)),
    dbmd: formatDbmd({ version: 0x01000006, segments, trailing: new Uint8Array(2) }),
    channelCount: 7,
    frameCount: 480,
  });
}

/** The same file with 64-bit sizes, a table among them. */
function withSizes64(riff: Buffer, form: string): Buffer {
  const ds64 = Buffer.alloc(8 + 28 + 12);
  ds64.write('ds64');
  ds64.writeUInt32LE(ds64.length - 8, 4);
  ds64.writeBigUInt64LE(BigInt(riff.length - 8 + ds64.length), 8);
  const [data, axml] = ['data', 'axml'].map((id) => riff.indexOf(id));
  ds64.writeBigUInt64LE(BigInt(riff.readUInt32LE(data! + 4)), 16);
  ds64.writeUInt32LE(1, 32);
  ds64.write('axml', 36);
  ds64.writeBigUInt64LE(BigInt(riff.readUInt32LE(axml! + 4)), 40);
  const bytes = Buffer.concat([riff.subarray(0, 12), ds64, riff.subarray(12)]);
  bytes.write(form);
  for (const at of [0, data! + ds64.length, axml! + ds64.length]) bytes.writeUInt32LE(0xffffffff, at + 4);
  return bytes;
}

/** Documents that try to be more than they are. */
const hostileDocuments: readonly string[] = [
  `<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>${axmlOf('<audioContent>&c;&c;</audioContent>')}`,
  '<a>'.repeat(200_000),
  axmlOf('<tagList/>'.repeat(300_000)),
  axmlOf(`<audioObject audioObjectID="AO_1001"><gain>${'9'.repeat(2_000_000)}</gain></audioObject>`),
  axmlOf(
    programmeOf('AO_1001') +
      '<audioObject audioObjectID="AO_1001"><audioObjectIDRef>AO_1001</audioObjectIDRef></audioObject>',
  ),
  // Objects that hold the next one twice: two to the power of 30 ways.
  axmlOf(
    programmeOf('AO_1001') +
      Array.from({ length: 30 }, (_, n) =>
        objectOf(
          `AO_${1001 + n}`,
          'AP_00031001',
          [3],
          `<audioObjectIDRef>AO_${1002 + n}</audioObjectIDRef>`.repeat(2),
        ),
      ).join('') +
      objectOf('AO_1031', 'AP_00031001', [3]) +
      objectPack('1001', blockOf(polar(0))),
  ),
  // Packs that hold the next one twice.
  axmlOf(
    programmeOf('AO_1001') +
      objectOf('AO_1001', 'AP_00031001', [3]) +
      Array.from({ length: 30 }, (_, n) => {
        const inner = `<audioPackFormatIDRef>AP_0003${1002 + n}</audioPackFormatIDRef>`.repeat(2);
        return `<audioPackFormat audioPackFormatID="AP_0003${1001 + n}" typeLabel="0003">${inner}</audioPackFormat>`;
      }).join(''),
  ),
  axmlOf(`${'<x y="'.repeat(10)}`),
  '',
  '\u0000'.repeat(1000),
];

const telling = fc.oneof(
  fc.constantFrom(0, 1, 0x20, 0x22, 0x26, 0x30, 0x3c, 0x3e, 0x7f, 0x80, 0xff),
  fc.nat(255),
);

/** A place in a file, as a share of it. */
const share = fc.nat(9999).map((value) => value / 10_000);

/** A value in one run of so many, null in the others. */
const rarely = <T>(one: number, value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ arbitrary: fc.constant(null), weight: one - 1 }, { arbitrary: value, weight: 1 });

const mutation = fc.record({
  form: fc.constantFrom('RIFF', 'RF64', 'BW64'),
  /** Sometimes in place of the document. */
  document: rarely(8, fc.nat(hostileDocuments.length - 1)),
  edits: fc.array(
    fc.record({
      /** Share of the file, and whether only the part behind the audio counts, where the metadata is. */
      at: share,
      inMetadata: fc.boolean(),
      values: fc.array(telling, { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 8 },
  ),
  /** Pieces that are repeated or left out, as text. */
  splice: rarely(
    4,
    fc.record({
      at: share,
      length: fc.nat(400),
      times: fc.constantFrom(0, 2, 50),
    }),
  ),
  cutTo: rarely(4, share),
});

const secondsAllowed = 2;
const bytesAllowed = 500e6;

/**
 * Opens and reads mutants of an ADM file: each is read, or refused by a `PeriphonError`, within time and memory.
 * @returns how many were read
 */
export async function fuzzAdm(runCount: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'periphon-adm-fuzz-'));
  const file = join(folder, 'mutant.wav');
  const riff = seedFile();
  const seeds: Readonly<Record<string, Buffer>> = {
    RIFF: riff,
    RF64: withSizes64(riff, 'RF64'),
    BW64: withSizes64(riff, 'BW64'),
  };
  const kernels = createScalarKernels();
  let readCount = 0;
  const property = fc.asyncProperty(mutation, async ({ form, document, edits, splice, cutTo }) => {
    const seed = seeds[form]!;
    const audioEnd = seed.lastIndexOf('axml');
    let bytes: Buffer = Buffer.from(seed);
    if (document !== null)
      bytes = admFile({
        axml: hostileDocuments[document]!,
        chna: [entryOf(3, 'AC_00031001', 'AP_00031001')],
        channelCount: 7,
      });
    if (splice) {
      const from = Math.floor(audioEnd + splice.at * (seed.length - audioEnd));
      const piece = seed.subarray(from, from + splice.length);
      const spliced: Buffer[] = [bytes.subarray(0, from), ...Array<Buffer>(splice.times).fill(piece)];
      bytes = Buffer.concat([...spliced, bytes.subarray(from + splice.length)]);
    }
    for (const { at, inMetadata, values } of edits) {
      const from = inMetadata ? Math.min(audioEnd, bytes.length - 8) : 0;
      bytes.set(
        values.slice(0, bytes.length - 1),
        Math.floor(from + at * Math.max(0, bytes.length - from - values.length)),
      );
    }
    writeFileSync(file, cutTo === null ? bytes : bytes.subarray(0, Math.floor(cutTo * bytes.length)));
    const start = process.cpuUsage();
    try {
      const reader = await openScene(file, { kernels, onWarning: () => {} });
      try {
        const block = createAudioBlock(reader.channelCount, 128);
        for (let given = await reader.read(block); given > 0; given = await reader.read(block));
        readCount++;
      } finally {
        await reader.close();
      }
    } catch (error) {
      if (!(error instanceof PeriphonError)) throw error;
      expect(error.message).not.toBe('');
    }
    // Processor time: other programs on the machine do not count.
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1e6).toBeLessThan(secondsAllowed);
    expect(process.memoryUsage.rss()).toBeLessThan(bytesAllowed + rssBefore);
  });
  const rssBefore = process.memoryUsage.rss();
  try {
    await fc.assert(property, { seed: 20261127, numRuns: runCount, endOnFailure: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return readCount;
}
