import { FormatError, UnsupportedError, type WarningHandler } from '../../base/errors.ts';
import { normalizeId } from './adm-values.ts';
import { refsOf, type AdmDocument } from './axml.ts';
import type { ChnaEntry } from './chna.ts';

/** The track UID of tracks that hold silence. BS.2076-2 clause 5.9. */
export const silentUid = 'ATU_00000000';

/** What a track UID stands for. IDs are upper case. */
export interface TrackUid {
  readonly uid: string;
  /** Channel of the file, from 0. */
  readonly fileChannel: number;
  readonly channelId: string;
  /** Empty where none is stated. */
  readonly packId: string;
}

/**
 * Makes the function that resolves track UIDs: to the channel of the file by the `chna` chunk, to the channel format by
 * the references of the document or, where it has none, of `chna`. Older files go by way of a track format and a stream
 * format, newer ones refer to the channel format itself. A stream format may refer to a pack beside the channel.
 */
export function createUidResolver(
  document: AdmDocument,
  entries: readonly ChnaEntry[],
  channelCount: number,
  onWarning: WarningHandler,
): (uid: string) => TrackUid {
  const { file } = document;
  const byUid = new Map<string, ChnaEntry>();
  for (const entry of entries) {
    const uid = normalizeId(entry.uid);
    const known = byUid.get(uid);
    if (known && known.trackIndex !== entry.trackIndex) {
      const message = `${file}: ${uid} is that of tracks ${known.trackIndex} and ${entry.trackIndex}; the first counts`;
      onWarning({ code: 'adm-uid-twice', message, file, path: uid });
    } else if (!known) byUid.set(uid, entry);
  }
  const channelOfTrack = createTrackResolver(document);

  return (uid) => {
    const entry = byUid.get(uid);
    if (!entry) throw trackError(file, uid, `${uid} is not listed in chunk chna, so its audio is unknown`);
    if (entry.trackIndex > channelCount) {
      const message = `${uid} is track ${entry.trackIndex}; the file has ${channelCount}`;
      throw trackError(file, uid, message);
    }
    const node = document.trackUids.get(uid);
    const [channelRef] = node ? refsOf(node, 'audioChannelFormatIDRef') : [];
    const [trackRef] = node ? refsOf(node, 'audioTrackFormatIDRef') : [];
    const [packRef] = node ? refsOf(node, 'audioPackFormatIDRef') : [];
    const formatRef = normalizeId(entry.formatRef);
    const channelId =
      channelRef ?? (trackRef && channelOfTrack(trackRef)) ?? channelOfChnaRef(formatRef, channelOfTrack);
    if (!channelId) {
      throw trackError(file, uid, `${uid} leads to no audioChannelFormat (by "${trackRef ?? formatRef}")`);
    }
    return {
      uid,
      fileChannel: entry.trackIndex - 1,
      channelId: channelId.slice(0, channelIdLength),
      packId: packRef ?? normalizeId(entry.packRef),
    };
  };
}

/** "AC_00031001"; `chna` may have "_00" behind it. */
const channelIdLength = 11;

const channelOfChnaRef = (
  ref: string,
  channelOfTrack: (trackId: string) => string | undefined,
): string | undefined =>
  ref.startsWith('AC_') ? ref : ref.startsWith('AT_') ? channelOfTrack(ref) : undefined;

/** Resolves track formats by their stream format, by the stream format that names them, or by their own number. */
function createTrackResolver(document: AdmDocument): (trackId: string) => string | undefined {
  const streamOfTrack = new Map<string, string>();
  for (const [id, node] of document.streams)
    for (const track of refsOf(node, 'audioTrackFormatIDRef')) streamOfTrack.set(track, id);
  return (trackId) => {
    const track = document.tracks.get(trackId);
    const streamId = (track && refsOf(track, 'audioStreamFormatIDRef')[0]) ?? streamOfTrack.get(trackId);
    const stream = streamId === undefined ? undefined : document.streams.get(streamId);
    if (stream) {
      const { formatDefinition, formatLabel } = stream.attributes;
      const isPcm =
        formatDefinition === undefined ? (formatLabel ?? '0001') === '0001' : formatDefinition === 'PCM';
      if (!isPcm) {
        const message = `${document.file}: ${streamId} holds "${formatDefinition ?? formatLabel}"; only PCM is read`;
        throw new UnsupportedError('adm-stream', message, { file: document.file, path: streamId });
      }
      const [channel] = refsOf(stream, 'audioChannelFormatIDRef');
      if (channel) return channel;
    }
    // The numbers of track, stream and channel of one signal are the same.
    return /^AT_[0-9A-F]{8}/.test(trackId) ? `AC_${trackId.slice(3, 11)}` : undefined;
  };
}

const trackError = (file: string, path: string, message: string): FormatError =>
  new FormatError('adm-track', `${file}: ${message}`, { file, path, chunk: 'chna' });
