import type { MasterFacts, MasterTrack, MasterTracks } from '../master-facts.ts';
import { bytePlace, elementsOf, idOf, idText, refsTo, type Fault, type MasterRule } from './rule.ts';

/** The chunk `chna`: which channel of the file carries what. BS.2088-1 clause 8. */

const trackRule = (
  id: string,
  text: string,
  reason: string,
  check: (tracks: MasterTracks, facts: MasterFacts) => Fault[] | string,
): MasterRule => ({
  id,
  text,
  reason,
  check: (facts) => {
    const { content, fault } = facts.tracks;
    return content ? check(content, facts) : fault;
  },
});

const faultOf = ({ byteOffset, trackIndex }: MasterTrack, found: string): Fault => ({
  place: bytePlace(byteOffset, `chna, track ${trackIndex}`),
  found,
});

/** Rules of `chna` alone and against the model. */
export const trackRules: readonly MasterRule[] = [
  {
    id: 'chna-present',
    text: 'a chunk chna that can be read',
    reason: 'nothing else says which channel carries what',
    check: ({ tracks: { fault } }) => (fault === undefined ? [] : [{ place: '', found: fault }]),
  },
  trackRule(
    'chna-count',
    'chna lists every channel of the file once, and its head counts them',
    'a channel that is not listed is lost',
    ({ byteOffset, trackCount, uidCount, entries }, { channelCount }) => {
      const listed = new Set(entries.map(({ trackIndex }) => trackIndex));
      const isRight =
        listed.size === channelCount &&
        entries.length === channelCount &&
        trackCount === channelCount &&
        uidCount >= entries.length;
      const found = `${entries.length} entries for ${listed.size} tracks, ${trackCount} tracks and ${uidCount} entries announced, ${channelCount} channels`;
      return isRight ? [] : [{ place: bytePlace(byteOffset, 'chna'), found }];
    },
  ),
  trackRule(
    'chna-order',
    'chna lists tracks 1, 2, 3 ... in order',
    'importers take the n-th entry for the n-th channel',
    ({ entries }) =>
      entries
        .filter(({ trackIndex }, index) => trackIndex !== index + 1)
        .map((entry) => faultOf(entry, `track ${entry.trackIndex} (${entry.uid})`)),
  ),
  trackRule(
    'chna-uids',
    'the track UIDs of chna count up from ATU_00000001',
    'studio metadata knows tracks by their number alone',
    ({ entries }) =>
      entries
        .filter(({ uid }, index) => idText(uid) !== numberedUid(index + 1))
        .map((entry) => faultOf(entry, entry.uid)),
  ),
  trackRule(
    'chna-references',
    'chna and axml name the same track UIDs, with the same formats and packs',
    'which of the two is right cannot be known',
    (tracks, { model: { content, fault } }) =>
      content ? differences(tracks, elementsOf(content, 'audioTrackUID')) : fault,
  ),
];

/** "ATU_0000000A". */
export const numberedUid = (number: number): string =>
  `ATU_${number.toString(16).padStart(8, '0').toUpperCase()}`;

function differences({ entries, byteOffset }: MasterTracks, uids: Parameters<typeof idOf>[0][]): Fault[] {
  const byId = new Map(uids.map((uid) => [idText(idOf(uid)), uid]));
  const listed = new Set(entries.map(({ uid }) => idText(uid)));
  const ofEntries = entries.flatMap((entry) => {
    const uid = byId.get(idText(entry.uid));
    if (!uid) return [faultOf(entry, `${entry.uid} is not in axml`)];
    const formats = refsTo(uid, 'audioTrackFormatIDRef');
    const packs = refsTo(uid, 'audioPackFormatIDRef');
    const isSame = formats.includes(idText(entry.formatRef)) && packs.includes(idText(entry.packRef));
    const found = `${entry.formatRef} ${entry.packRef}, in axml ${[...formats, ...packs].join(' ') || 'nothing'}`;
    return isSame ? [] : [faultOf(entry, found)];
  });
  const missing = uids.filter((uid) => !listed.has(idText(idOf(uid))));
  return [
    ...ofEntries,
    ...missing.map((uid) => ({
      place: bytePlace(byteOffset, 'chna'),
      found: `${idOf(uid)} of axml is not listed`,
    })),
  ];
}
