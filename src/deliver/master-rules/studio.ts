import type { MasterFacts, MasterStudio } from '../master-facts.ts';
import { bytePlace, type Fault, type MasterRule } from './rule.ts';

/** The chunk `dbmd`. EBU Tech 3285 supplement 6; segments 9 and 10 as masters in circulation have them. */

/** Newest version that is known: 1.0.0.7. */
const newestVersion = 0x01000007;
const atmosSegments = [9, 10];

const studioRule = (
  id: string,
  text: string,
  reason: string,
  check: (studio: MasterStudio, facts: MasterFacts) => Fault[],
): MasterRule => ({
  id,
  text,
  reason,
  check: (facts) => {
    const { content, fault } = facts.studio;
    return content ? check(content, facts) : fault;
  },
});

const segmentPlace = ({ id, byteOffset }: MasterStudio['segments'][number]): string =>
  bytePlace(byteOffset, `dbmd segment ${id}`);

/** Rules of `dbmd`. */
export const studioRules: readonly MasterRule[] = [
  {
    id: 'dbmd-present',
    text: 'a chunk dbmd that can be read',
    reason: 'frame rate, downmix, trims and binaural modes stand nowhere else',
    check: ({ studio: { fault } }) => (fault === undefined ? [] : [{ place: '', found: fault }]),
  },
  studioRule(
    'dbmd-version',
    'dbmd of version 1.0.0.7 or older',
    'fields of later versions may mean something else',
    ({ byteOffset, version }) =>
      version > newestVersion
        ? [{ place: bytePlace(byteOffset, 'dbmd'), found: `version 0x${version.toString(16)}` }]
        : [],
  ),
  studioRule(
    'dbmd-segments',
    'dbmd has segments 9 and 10, each whole',
    'they hold frame rate and downmix, trims and binaural modes',
    ({ byteOffset, segments }) =>
      atmosSegments.flatMap((wanted) => {
        const segment = segments.find(({ id }) => id === wanted);
        if (!segment) return [{ place: bytePlace(byteOffset, 'dbmd'), found: `no segment ${wanted}` }];
        return segment.isWhole
          ? []
          : [{ place: segmentPlace(segment), found: `segment ${wanted} is too short for what it must hold` }];
      }),
  ),
  studioRule(
    'dbmd-checksums',
    'every segment of dbmd has its checksum',
    'readers leave out segments whose checksum is wrong',
    ({ segments }) =>
      segments
        .filter(({ hasRightChecksum }) => !hasRightChecksum)
        .map((segment) => ({
          place: segmentPlace(segment),
          found: `segment ${segment.id} has a wrong checksum`,
        })),
  ),
  studioRule(
    'dbmd-channels',
    'segment 10 of dbmd lists as many channels as the file has',
    'its entries belong to the channels one by one',
    ({ segments, channelCount: listed }, { channelCount }) => {
      const segment = segments.find(({ id }) => id === 10);
      return segment && listed !== undefined && listed !== channelCount
        ? [{ place: segmentPlace(segment), found: `${listed} listed, ${channelCount} channels in the file` }]
        : [];
    },
  ),
  studioRule(
    'dbmd-frame-rate',
    'segment 9 of dbmd states a frame rate that is known',
    'the master cannot be laid against a picture or its album without',
    ({ segments, hasFrameRate }) => {
      const segment = segments.find(({ id }) => id === 9);
      return segment && !hasFrameRate ? [{ place: segmentPlace(segment), found: 'no known frame rate' }] : [];
    },
  ),
];
