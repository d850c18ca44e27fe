import { formatChna, type ChnaEntry } from '../../../src/io/adm/chna.ts';
import { chunk, fmt, riff } from '../wav/wav-bytes.ts';

/** Small ADM BWF files for tests, made of text and bytes. */

/** What `admFile` takes beside the document. */
export interface AdmFileParts {
  readonly axml: string;
  readonly chna: readonly ChnaEntry[];
  readonly dbmd?: Uint8Array;
  readonly channelCount: number;
  readonly frameCount?: number;
  /** Sample of a channel, -1..1; default: the channel number in steps of 1/128. */
  readonly sampleOf?: (channel: number, frame: number) => number;
  /** Chunks in their order; default: that of studio masters. */
  readonly order?: readonly string[];
}

/** A whole file: 16 bit, 48 kHz. */
export function admFile(parts: AdmFileParts): Buffer {
  const { axml, chna, dbmd, channelCount, frameCount = 480 } = parts;
  const { sampleOf = (channel) => (channel + 1) / 128 } = parts;
  const audio = Buffer.alloc(2 * channelCount * frameCount);
  for (let frame = 0; frame < frameCount; frame++)
    for (let channel = 0; channel < channelCount; channel++)
      audio.writeInt16LE(Math.round(sampleOf(channel, frame) * 32768), 2 * (frame * channelCount + channel));
  const chunks: Readonly<Record<string, Uint8Array | undefined>> = {
    'fmt ': fmt({ channelCount }),
    data: audio,
    axml: Buffer.from(axml),
    chna: formatChna(chna),
    dbmd,
  };
  const { order = Object.keys(chunks) } = parts;
  return riff(order.flatMap((id) => (chunks[id] ? [chunk(id, chunks[id])] : [])));
}

/** Puts elements into an audioFormatExtended. */
export const axmlOf = (content: string, version = 'ITU-R_BS.2076-2'): string =>
  `<?xml version="1.0" encoding="UTF-8"?><ituADM xmlns="urn:metadata-schema:adm"><audioFormatExtended version="${version}">${content}</audioFormatExtended></ituADM>`;

/** A programme with one content of these objects. */
export const programmeOf = (...objectIds: readonly string[]): string =>
  `<audioProgramme audioProgrammeID="APR_1001" audioProgrammeName="prog"><audioContentIDRef>ACO_1001</audioContentIDRef></audioProgramme>
   <audioContent audioContentID="ACO_1001" audioContentName="content">${objectIds
     .map((id) => `<audioObjectIDRef>${id}</audioObjectIDRef>`)
     .join('')}</audioContent>`;

/** "00000001" of 1. */
export const hex8 = (value: number): string => value.toString(16).padStart(8, '0');

/** An audioObject of a pack and tracks. */
export const objectOf = (
  id: string,
  pack: string,
  tracks: readonly number[],
  inner = '',
  attributes = '',
): string =>
  `<audioObject audioObjectID="${id}" audioObjectName="${id.toLowerCase()}" ${attributes}><audioPackFormatIDRef>${pack}</audioPackFormatIDRef>${tracks
    .map((track) => `<audioTrackUIDRef>ATU_${hex8(track)}</audioTrackUIDRef>`)
    .join('')}${inner}</audioObject>`;

/** A pack and its one Objects channel with these blocks, "3001" being the number of both. */
export const objectPack = (number: string, blocks: string): string =>
  `<audioPackFormat audioPackFormatID="AP_0003${number}" audioPackFormatName="pack" typeLabel="0003"><audioChannelFormatIDRef>AC_0003${number}</audioChannelFormatIDRef></audioPackFormat>
   <audioChannelFormat audioChannelFormatID="AC_0003${number}" audioChannelFormatName="channel" typeLabel="0003">${blocks}</audioChannelFormat>`;

/** An audioBlockFormat. */
export const blockOf = (inner: string, attributes = ''): string =>
  `<audioBlockFormat ${attributes}>${inner}</audioBlockFormat>`;

/** A polar position. */
export const polar = (azimuthDeg: number, elevationDeg = 0): string =>
  `<position coordinate="azimuth">${azimuthDeg}</position><position coordinate="elevation">${elevationDeg}</position>`;

/** An entry of chna that refers to a channel. */
export const entryOf = (trackIndex: number, channelId: string, packRef: string): ChnaEntry => ({
  trackIndex,
  uid: `ATU_${hex8(trackIndex)}`,
  formatRef: `${channelId}_00`,
  packRef,
});
