import { PeriphonError } from '../base/errors.ts';
import type { MasterFacts, MasterNode, MasterStudio, MasterTracks, Part } from '../deliver/master-facts.ts';
import { chnaPlaces, parseChna } from '../io/adm/chna.ts';
import { dbmdSegmentIds, parseDbmd, type Dbmd } from '../io/adm/dbmd.ts';
import { parseAtmos, parseDigitalPlus } from '../io/adm/dbmd-fields.ts';
import { parseSupplement } from '../io/adm/dbmd-supplement.ts';
import { findFormat } from '../io/adm/axml.ts';
import { parseXmlTree } from '../io/adm/xml-tree.ts';
import type { RiffChunk } from '../io/wav/riff-chunks.ts';
import type { WavReader } from '../io/wav/wav-reader.ts';

/** Elements of a model that is checked: 128 channels of long automation. */
const maxNodeCount = 2_000_000;
const chunkHeadBytes = 8;

/** A master as it lies in its file, and the fields of its `dbmd`. */
export interface MasterFile {
  readonly facts: MasterFacts;
  readonly dbmd: Dbmd | undefined;
}

/** Reads a WAVE file as a master, whatever is wrong with it: faults are facts. @param fileBytes size of the file */
export async function readMasterFile(reader: WavReader, fileBytes: number): Promise<MasterFile> {
  const { container, chunks, sampleRateHz, bitDepth, channelCount, frameCount, file } = reader;
  const part = <Content>(id: string, parse: (bytes: Uint8Array, chunk: RiffChunk) => Content) =>
    readPart(reader, id, parse);
  const dbmd = await part('dbmd', (bytes, { byteOffset }) => {
    const parsed = parseDbmd(bytes, file);
    return { parsed, facts: studioOf(parsed, byteOffset) };
  });
  const facts: MasterFacts = {
    container,
    fileBytes,
    chunks: chunks.map(({ id, byteOffset, sizeBytes }) => ({
      id,
      byteOffset: byteOffset - chunkHeadBytes,
      sizeBytes,
    })),
    formatTag: formatTagOf(chunks),
    sampleRateHz,
    bitDepth,
    channelCount,
    frameCount,
    model: await part('axml', (bytes) => modelOf(bytes, file)),
    tracks: await part('chna', (bytes, { byteOffset }) => tracksOf(bytes, byteOffset, file)),
    studio: dbmd.content ? { content: dbmd.content.facts } : { fault: dbmd.fault },
  };
  return { facts, dbmd: dbmd.content?.parsed };
}

/** A part of the file; what keeps it from being read is a fact like others. */
async function readPart<Content>(
  reader: WavReader,
  id: string,
  parse: (bytes: Uint8Array, chunk: RiffChunk) => Content,
): Promise<Part<Content>> {
  const chunk = reader.chunks.find((candidate) => candidate.id === id);
  if (!chunk) return { fault: `no chunk ${id}` };
  try {
    return { content: parse(await reader.readChunk(chunk), chunk) };
  } catch (error) {
    if (!(error instanceof PeriphonError)) throw error;
    return { fault: error.message.replace(`${reader.file}: `, '') };
  }
}

const formatTagOf = (chunks: readonly RiffChunk[]): number => {
  const [low = 0, high = 0] = chunks.find(({ id }) => id === 'fmt ')?.bytes ?? [];
  return low | (high << 8);
};

function modelOf(bytes: Uint8Array, file: string): MasterNode {
  const root = parseXmlTree(bytes, { file, take: () => false, withLines: true, maxNodeCount });
  return findFormat(root, file);
}

function tracksOf(bytes: Uint8Array, byteOffset: number, file: string): MasterTracks {
  const entries = parseChna(bytes, file);
  const { trackCount, uidCount, byteOffsets } = chnaPlaces(bytes);
  return {
    byteOffset,
    trackCount,
    uidCount,
    entries: entries.map((entry, index) => ({ ...entry, byteOffset: byteOffset + byteOffsets[index]! })),
  };
}

function studioOf({ version, segments }: Dbmd, byteOffset: number): MasterStudio {
  const parsers: Readonly<Record<number, (payload: Uint8Array) => unknown>> = {
    [dbmdSegmentIds.digitalPlus]: parseDigitalPlus,
    [dbmdSegmentIds.atmos]: parseAtmos,
    [dbmdSegmentIds.atmosSupplement]: parseSupplement,
  };
  let at = byteOffset + 4;
  const placed = segments.map(({ id, payload, wrongChecksum }) => {
    const segment = {
      id,
      byteOffset: at,
      hasRightChecksum: wrongChecksum === undefined,
      isWhole: parsers[id]?.(payload) !== undefined || parsers[id] === undefined,
    };
    at += payload.length + 4;
    return segment;
  });
  const payloadOf = (wanted: number) => segments.find(({ id }) => id === wanted)?.payload;
  const supplement = payloadOf(dbmdSegmentIds.atmosSupplement);
  const atmos = payloadOf(dbmdSegmentIds.atmos);
  return {
    byteOffset,
    version,
    segments: placed,
    channelCount: supplement && parseSupplement(supplement)?.channels.length,
    hasFrameRate: (atmos && parseAtmos(atmos)?.frameRate) !== undefined,
  };
}
