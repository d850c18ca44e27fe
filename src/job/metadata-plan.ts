import { ConfigError, UnsupportedError, type WarningHandler } from '../base/errors.ts';
import { parseBedObjectName } from '../io/dolby/dolby-bed.ts';
import { editStudioMetadata } from '../io/adm/edit-dbmd.ts';
import {
  objectNames,
  renameInAxml,
  renameObjects,
  renameProgramme,
  type NameChange,
} from '../io/adm/rename-axml.ts';
import type { RiffEdit } from '../io/wav/rewrite-riff.ts';
import { metadataChanges, type MetadataChange } from './metadata-changes.ts';
import { resolveStudioEdits, touchesStudioMetadata, type MetadataEdits } from './metadata-edits.ts';
import { readMetadata, type MetadataFile } from './metadata-file.ts';
import { creationTool } from './version.ts';

/** What of a file is to be written anew, and what that changes. */
export interface MetadataPlan {
  readonly edit: RiffEdit;
  readonly changes: readonly MetadataChange[];
  /** Patterns and names that nothing of the file answers to. */
  readonly unmatched: readonly string[];
}

/** The name by which importers know a studio master. */
const masterName = 'Atmos_Master';

/**
 * Plans the edits of one file: new chunks, and the changes that a reader of them sees.
 * @throws ConfigError 'metadata-value'; FormatError 'adm-dbmd'; UnsupportedError 'adm-encoding', 'adm-size'
 */
export async function planMetadataEdits(
  opened: MetadataFile,
  edits: MetadataEdits,
  onWarning: WarningHandler,
): Promise<MetadataPlan> {
  const { adm, metadata, riff } = opened;
  const { file } = metadata;
  const replaced = new Map<string, Uint8Array>();
  const unmatched: string[] = [];
  const names = nameChanges(opened, edits, unmatched, onWarning);
  if (names.length > 0) replaced.set('axml', renameInAxml(await readAxml(opened), names, file));
  if (touchesStudioMetadata(edits)) {
    const { studio, unmatched: patterns } = resolveStudioEdits(edits, metadata);
    unmatched.push(...patterns);
    const options = { file, channelCount: metadata.channelCount, tool: creationTool };
    replaced.set('dbmd', editStudioMetadata(adm.dbmd, studio, options));
    if (!adm.dbmd) warnOfNewChunk(file, onWarning);
  }
  if (edits.programmeName !== undefined && metadata.isStudioMaster) warnOfName(file, edits, onWarning);
  const after = await readMetadata(opened, replaced, {});
  const inPlace = riff.chunks.filter(
    ({ id }, index) => replaced.has(id) && riff.chunks.findIndex((chunk) => chunk.id === id) === index,
  );
  return {
    edit: {
      replaced: new Map(inPlace.map((chunk) => [chunk, replaced.get(chunk.id)!])),
      added: [...replaced]
        .filter(([id]) => !inPlace.some((chunk) => chunk.id === id))
        .map(([id, bytes]) => ({ id, bytes })),
    },
    changes: metadataChanges(metadata, after.metadata),
    unmatched,
  };
}

/** Text that is changed is held as a whole. */
const maxAxmlBytes = 128 * 1024 * 1024;

function readAxml({ input, riff }: MetadataFile): Promise<Uint8Array> {
  const { byteOffset, sizeBytes } = riff.chunks.find(({ id }) => id === 'axml')!;
  if (sizeBytes <= maxAxmlBytes) return input.readBytes(byteOffset, sizeBytes);
  const message = `${input.file}: chunk axml of ${sizeBytes} bytes; names are changed in one of ${maxAxmlBytes} at most`;
  throw new UnsupportedError('adm-size', message, { file: input.file });
}

function nameChanges(
  { adm, metadata }: MetadataFile,
  { programmeName, renames = [] }: MetadataEdits,
  unmatched: string[],
  onWarning: WarningHandler,
): NameChange[] {
  const changes: NameChange[] = [];
  for (const { before, after } of renames) {
    const found = renameObjects(adm.document, before, after);
    if (found.length === 0) unmatched.push(before);
    else if (parseBedObjectName(before)) warnOfBedObject(metadata.file, before, onWarning);
    changes.push(...found);
  }
  if (programmeName !== undefined) {
    if (!adm.programme) {
      const message = `${metadata.file}: has no audioProgramme that could be named "${programmeName}"`;
      throw new ConfigError('metadata-value', message, { file: metadata.file });
    }
    changes.push(renameProgramme(adm.programme, programmeName));
  }
  return changes;
}

/** Names that patterns and renames could have meant. */
export const elementNames = ({ adm, metadata }: MetadataFile): string[] => [
  ...new Set([...metadata.elements.map(({ name }) => name), ...objectNames(adm.document)]),
];

function warnOfNewChunk(file: string, onWarning: WarningHandler): void {
  const message = `${file}: has no studio metadata; a chunk dbmd is made for it, which says nothing but what is set and 24 frames a second where no frame rate is, and importers may take the file for a Dolby Atmos master`;
  onWarning({ code: 'metadata-dbmd-new', message, file });
}

function warnOfBedObject(file: string, name: string, onWarning: WarningHandler): void {
  const message = `${file}: "${name}" is a channel of a bed that was divided to fit a master; under another name it stays an object`;
  onWarning({ code: 'metadata-bed-name', message, file });
}

function warnOfName(file: string, { programmeName }: MetadataEdits, onWarning: WarningHandler): void {
  if (programmeName === masterName) return;
  const message = `${file}: importers know a Dolby Atmos master by the programme name "${masterName}"; with another they may refuse it`;
  onWarning({ code: 'metadata-programme-name', message, file });
}
