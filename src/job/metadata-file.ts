import { FormatError } from '../base/errors.ts';
import { formatTimecode } from '../base/timecode.ts';
import type { AdmElement } from '../io/adm/adm-elements.ts';
import { readAdmMetadata, type AdmMetadata, type ReadAdmOptions } from '../io/adm/adm-metadata.ts';
import type { AtmosFields } from '../io/adm/dbmd-fields.ts';
import { openInputFile, readPieces, type InputFile } from '../io/input-file.ts';
import { readRiffChunks, type RiffChunk, type RiffFile } from '../io/wav/riff-chunks.ts';
import { parseWavFormat, type WavFormat } from '../io/wav/wav-format.ts';
import type { BinauralMode, LayoutTrim, SceneElement, TrimLayout } from '../scene/scene.ts';

/** A channel of an element, and what headphones are to make of it. */
export interface ChannelMetadata {
  /** "Lss"; "mono" of an object. */
  readonly label: string;
  /** Channel of the file, from 1; undefined for silence. */
  readonly track: number | undefined;
  readonly isLfe: boolean;
  /** Undefined where the file holds nothing of the kind, or a value of no known meaning. */
  readonly binauralMode: BinauralMode | 'notIndicated' | undefined;
}

/** An element of a programme. */
export interface ElementMetadata {
  readonly name: string;
  readonly kind: SceneElement['kind'];
  readonly channels: readonly ChannelMetadata[];
}

/** First frame of action. */
export interface FirstFrame {
  readonly timeSec: number;
  /** "01:00:00:12" at the file's frame rate, where it has one. */
  readonly timecode: string | undefined;
}

/** What can be shown and set of a file. Undefined is what it does not hold, or a value of no known meaning. */
export interface FileMetadata {
  readonly file: string;
  readonly container: RiffFile['container'] | 'DAMF';
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly durationSec: number;
  /** Whether it holds studio metadata (`dbmd`) at all. */
  readonly isStudioMaster: boolean;
  readonly programme: { readonly id: string; readonly name: string } | undefined;
  /** "Dolby Atmos Conversion Tool 1.9.0". */
  readonly creationTool: string | undefined;
  readonly frameRate: AtmosFields['frameRate'];
  readonly firstFrameOfAction: FirstFrame | undefined;
  readonly downmixType: AtmosFields['downmixType'];
  readonly phaseShift90: AtmosFields['phaseShift90'];
  readonly warpMode: AtmosFields['warpMode'];
  readonly trims: Readonly<Record<TrimLayout, LayoutTrim>> | undefined;
  readonly elements: readonly ElementMetadata[];
}

/** An ADM BWF that is open. */
export interface MetadataFile {
  readonly input: InputFile;
  readonly riff: RiffFile;
  readonly format: WavFormat;
  readonly adm: AdmMetadata;
  readonly metadata: FileMetadata;
}

/**
 * Opens an ADM BWF for its metadata; its audio is not read.
 * @throws FormatError, UnsupportedError, ConfigError 'adm-programme'
 */
export async function openMetadataFile(file: string, options: ReadAdmOptions): Promise<MetadataFile> {
  const input = await openInputFile(file);
  try {
    const riff = await readRiffChunks(input, options.onWarning ?? (() => undefined));
    const fmt = riff.chunks.find(({ id }) => id === 'fmt ');
    if (!fmt) throw new FormatError('wav-fmt-missing', `${file}: no fmt chunk`, { file });
    const format = parseWavFormat(fmt.bytes ?? new Uint8Array(0), file, fmt.byteOffset);
    const opened = { input, riff, format };
    return { ...opened, ...(await readMetadata(opened, new Map(), options)) };
  } catch (error) {
    await input.close();
    throw error;
  }
}

/** Reads the metadata of a file as they will be with some chunks replaced. */
export async function readMetadata(
  { input, riff, format }: Pick<MetadataFile, 'input' | 'riff' | 'format'>,
  replaced: ReadonlyMap<string, Uint8Array>,
  options: ReadAdmOptions,
): Promise<Pick<MetadataFile, 'adm' | 'metadata'>> {
  const { file } = input;
  const chunks: RiffChunk[] = [
    ...riff.chunks.filter(({ id }) => !replaced.has(id)),
    ...[...replaced].map(([id, bytes]) => ({ id, byteOffset: 0, sizeBytes: bytes.length, bytes })),
  ];
  const adm = await readAdmMetadata(
    {
      file,
      channelCount: format.channelCount,
      chunks,
      readChunk: async ({ bytes, byteOffset, sizeBytes }) => bytes ?? input.readBytes(byteOffset, sizeBytes),
      async *readPieces({ bytes, byteOffset, sizeBytes }) {
        if (bytes) yield bytes;
        else yield* readPieces(input, byteOffset, sizeBytes);
      },
    },
    options,
  );
  const { container, data } = riff;
  const { sampleRateHz, channelCount, frameBytes } = format;
  const durationSec = Math.floor(data.sizeBytes / frameBytes) / sampleRateHz;
  return { adm, metadata: { file, container, sampleRateHz, channelCount, durationSec, ...fieldsOf(adm) } };
}

type AdmFields = Omit<FileMetadata, 'file' | 'container' | 'sampleRateHz' | 'channelCount' | 'durationSec'>;

function fieldsOf({ document, programme, elements, studio, dbmd }: AdmMetadata): AdmFields {
  const { atmos, supplement } = studio ?? {};
  const { audioProgrammeID: id = '', audioProgrammeName: name = '' } = programme?.attributes ?? {};
  return {
    isStudioMaster: dbmd !== undefined,
    programme: programme && { id, name },
    creationTool: atmos && `${atmos.creationTool || 'unknown'} ${atmos.creationToolVersion.join('.')}`,
    frameRate: atmos?.frameRate,
    firstFrameOfAction: atmos && firstFrameOf(atmos),
    downmixType: atmos?.downmixType,
    phaseShift90: atmos?.phaseShift90,
    warpMode: atmos?.warpMode,
    trims: supplement?.trims,
    elements: elements.map((made) => ({
      name: made.element.name,
      kind: made.element.kind,
      channels: made.channels.map(({ channelId, track }, index) => ({
        ...channelOf(made, index, document.channels.get(channelId)?.speakerBlocks[0]?.labels ?? []),
        track: track && track.fileChannel + 1,
        binauralMode: track && supplement?.channels[track.fileChannel]?.binauralMode,
      })),
    })),
  };
}

function firstFrameOf({ firstFrameOfAction: action, frameRate }: AtmosFields): FirstFrame | undefined {
  if (!action) return undefined;
  const timeSec = action.hours * 3600 + action.minutes * 60 + action.seconds;
  return { timeSec, timecode: frameRate && formatTimecode(timeSec, frameRate) };
}

/** Room-centric labels are those that engineers know without their beginning. */
function channelOf(
  { element }: AdmElement,
  index: number,
  labels: readonly string[],
): Pick<ChannelMetadata, 'label' | 'isLfe'> {
  if (element.kind !== 'bed')
    return { label: element.kind === 'object' ? 'mono' : `ACN${index}`, isLfe: false };
  const roomCentric = labels.find((label) => /^RC_/i.test(label));
  const { label, isLfe } = element.channels[index]!;
  return { label: roomCentric?.slice(3) ?? label, isLfe };
}
