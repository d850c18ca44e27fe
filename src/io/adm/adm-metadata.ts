import { FormatError, UnsupportedError, type WarningHandler } from '../../base/errors.ts';
import type { RiffChunk } from '../wav/riff-chunks.ts';
import { readStudioMetadata, type StudioMetadata } from './adm-delivery.ts';
import { buildElements, type AdmElement } from './adm-elements.ts';
import { selectItems } from './adm-items.ts';
import { normalizeId } from './adm-values.ts';
import { createAxmlParser, type AdmDocument } from './axml.ts';
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
  /** Payload of a chunk of any size in pieces, each valid until the next is asked for. */
  readPieces(chunk: RiffChunk): AsyncIterable<Uint8Array>;
}

/** All that the metadata of an ADM BWF says. */
export interface AdmMetadata {
  readonly document: AdmDocument;
  readonly programme: XmlNode | undefined;
  /** What the programme plays, as the document has it: beds that were divided are apart. */
  readonly elements: readonly AdmElement[];
  readonly dbmd: Uint8Array | undefined;
  /** What `dbmd` says; undefined without one. */
  readonly studio: StudioMetadata | undefined;
}

/** More than this is no metadata that a programme needs. */
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
  warnOfRepeats(source, onWarning);
  const entries = parseChna(await readSmallChunk(source, requiredChunk(source, 'chna')), file);
  const document = await readAxml(source);
  const dbmdChunk = source.chunks.find(({ id }) => id === 'dbmd');
  const dbmd = dbmdChunk && (await readSmallChunk(source, dbmdChunk));
  const studio = dbmd && readStudioMetadata(dbmd, file, onWarning);
  const resolveUid = createUidResolver(document, entries, channelCount, onWarning);
  const uids = [...new Set(entries.map(({ uid }) => normalizeId(uid)))];
  const selected = selectItems(document, { programme, resolveUid, uids, onWarning });
  const elements = buildElements(selected.items, { document, onWarning });
  return { document, programme: selected.programme, elements, dbmd, studio };
}

function warnOfRepeats({ file, chunks }: ChunkSource, onWarning: WarningHandler): void {
  for (const wanted of ['axml', 'chna', 'dbmd']) {
    const { length } = chunks.filter(({ id }) => id === wanted);
    if (length <= 1) continue;
    const message = `${file}: ${length} chunks ${wanted}; the first counts`;
    onWarning({ code: 'adm-chunk-repeated', message, file });
  }
}

/** The document is read in pieces: long automation is hundreds of megabytes of text. */
async function readAxml(source: ChunkSource): Promise<AdmDocument> {
  const parser = createAxmlParser(source.file);
  for await (const bytes of source.readPieces(requiredChunk(source, 'axml'))) parser.write(bytes);
  return parser.finish();
}

function requiredChunk({ file, chunks }: ChunkSource, wanted: string): RiffChunk {
  const chunk = chunks.find(({ id }) => id === wanted);
  if (chunk) return chunk;
  const message = `${file}: no chunk ${wanted}: not an ADM BWF`;
  throw new FormatError('adm-missing', message, { file, chunk: wanted });
}

async function readSmallChunk(source: ChunkSource, chunk: RiffChunk): Promise<Uint8Array> {
  const { id, sizeBytes } = chunk;
  if (sizeBytes <= maxSmallChunkBytes) return source.readChunk(chunk);
  const message = `${source.file}: chunk ${id} of ${sizeBytes} bytes; at most ${maxSmallChunkBytes} are read`;
  throw new UnsupportedError('adm-size', message, { file: source.file });
}
