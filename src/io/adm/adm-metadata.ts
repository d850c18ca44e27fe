import { FormatError, UnsupportedError, type WarningHandler } from '../../base/errors.ts';
import type { RiffChunk } from '../wav/riff-chunks.ts';
import { readStudioMetadata, type StudioMetadata } from './adm-delivery.ts';
import { buildElements, type AdmElement } from './adm-elements.ts';
import { selectItems } from './adm-items.ts';
import { normalizeId } from './adm-values.ts';
import { parseAxml, type AdmDocument } from './axml.ts';
import { parseChna } from './chna.ts';
import { createUidResolver } from './track-uids.ts';
import type { XmlNode } from './xml-tree.ts';

/** Options of `readAdmMetadata`. */
export interface ReadAdmOptions {
  /** ID or name of the programme; the first where undefined. */
  readonly programme?: string | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** A WAVE file as far as its metadata goes. */
export interface ChunkSource {
  readonly file: string;
  readonly channelCount: number;
  readonly chunks: readonly RiffChunk[];
  readChunk(chunk: RiffChunk): Promise<Uint8Array>;
}

/** All that the metadata of an ADM BWF says. */
export interface AdmMetadata {
  readonly document: AdmDocument;
  readonly programme: XmlNode | undefined;
  /** What the programme plays, as the document has it: beds that were divided are apart. */
  readonly elements: readonly AdmElement[];
  readonly axml: Uint8Array;
  readonly dbmd: Uint8Array | undefined;
  /** What `dbmd` says; undefined without one. */
  readonly studio: StudioMetadata | undefined;
}

/** More than this is no metadata that a programme needs. */
const maxAxmlBytes = 128 * 1024 * 1024;
const maxSmallChunkBytes = 4 * 1024 * 1024;

/**
 * Reads the chunks axml, chna and dbmd of an ADM BWF (BS.2076 in BS.2088).
 * @throws FormatError 'adm-...', 'xml-...'; UnsupportedError 'adm-...'; ConfigError 'adm-programme'
 */
export async function readAdmMetadata(
  source: ChunkSource,
  { programme, onWarning = () => undefined }: ReadAdmOptions,
): Promise<AdmMetadata> {
  const { file, channelCount } = source;
  const entries = parseChna(await requiredChunk(source, 'chna', maxSmallChunkBytes), file);
  const axml = await requiredChunk(source, 'axml', maxAxmlBytes);
  const document = parseAxml(axml, file);
  const dbmd = await readChunk(source, 'dbmd', maxSmallChunkBytes);
  const studio = dbmd && readStudioMetadata(dbmd, file, onWarning);
  const resolveUid = createUidResolver(document, entries, channelCount, onWarning);
  const uids = [...new Set(entries.map(({ uid }) => normalizeId(uid)))];
  const selected = selectItems(document, { programme, resolveUid, uids, onWarning });
  const elements = buildElements(selected.items, { document, onWarning });
  return { document, programme: selected.programme, elements, axml, dbmd, studio };
}

async function requiredChunk(source: ChunkSource, id: string, maxBytes: number): Promise<Uint8Array> {
  const bytes = await readChunk(source, id, maxBytes);
  if (bytes) return bytes;
  const message = `${source.file}: no chunk ${id}: not an ADM BWF`;
  throw new FormatError('adm-missing', message, { file: source.file, chunk: id });
}

async function readChunk(
  { file, chunks, readChunk: read }: ChunkSource,
  id: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const chunk = chunks.find((candidate) => candidate.id === id);
  if (!chunk || chunk.sizeBytes <= maxBytes) return chunk && read(chunk);
  const message = `${file}: chunk ${id} of ${chunk.sizeBytes} bytes; at most ${maxBytes} are read`;
  throw new UnsupportedError('adm-size', message, { file });
}
