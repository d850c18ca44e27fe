import type { MasterChunk, MasterFacts } from '../master-facts.ts';
import { bytePlace, type Fault, type MasterRule } from './rule.ts';

/** The chunks of a master, and its format. */

const fourGibibytes = 2 ** 32;
const maxChannels = 128;
/** Room for the chunk `ds64`. */
const leastFillerBytes = 28;
const order = ['fmt ', 'data', 'axml', 'chna', 'dbmd'];
const fillers = ['JUNK', 'ds64'];

const chunkPlace = ({ byteOffset, id }: MasterChunk): string => bytePlace(byteOffset, id.trim());

const chunkOf = ({ chunks }: MasterFacts, id: string): MasterChunk | undefined =>
  chunks.find((chunk) => chunk.id === id);

const formatFault = (facts: MasterFacts, isWrong: boolean, found: string): Fault[] => {
  const chunk = chunkOf(facts, 'fmt ');
  return isWrong ? [{ place: chunk ? chunkPlace(chunk) : '', found }] : [];
};

/** Rules of the container. BS.2088-1; order and alignment as masters in circulation have them. */
export const containerRules: readonly MasterRule[] = [
  {
    id: 'container-size',
    isAdvice: true,
    text: 'RIFF below 4 GiB, RF64 or BW64 above',
    reason: 'many programs do not open BW64, and short files need none of it',
    check: ({ container, fileBytes }) =>
      container !== 'WAV' && fileBytes < fourGibibytes
        ? [{ place: bytePlace(0, container), found: `${container} of ${fileBytes} bytes` }]
        : [],
  },
  {
    id: 'chunk-filler',
    isAdvice: true,
    text: `JUNK or ds64 of at least ${leastFillerBytes} bytes is the first chunk`,
    reason: 'a file that grows over 4 GiB puts ds64 there',
    check({ chunks: [first] }) {
      if (first && fillers.includes(first.id) && first.sizeBytes >= leastFillerBytes) return [];
      const found = first ? `${first.id.trim()} of ${first.sizeBytes} bytes` : 'no chunk';
      return [{ place: first ? chunkPlace(first) : '', found }];
    },
  },
  {
    id: 'chunk-order',
    isAdvice: true,
    text: 'fmt, data, axml, chna and dbmd follow one another',
    reason: 'studio masters have them so',
    check({ chunks }) {
      const known = chunks.filter(({ id }) => order.includes(id));
      const wrong = known.find(
        ({ id }, index) => order.indexOf(id) < order.indexOf(known[index - 1]?.id ?? ''),
      );
      const found = chunks.map(({ id }) => id.trim()).join(', ');
      return wrong ? [{ place: chunkPlace(wrong), found }] : [];
    },
  },
  {
    id: 'chunk-alignment',
    text: 'every chunk begins at an even byte',
    reason: 'importers do not find chunks at odd bytes',
    check: ({ chunks }) =>
      chunks
        .filter(({ byteOffset }) => byteOffset % 2 === 1)
        .map((chunk) => ({ place: chunkPlace(chunk), found: `${chunk.id.trim()} at an odd byte` })),
  },
  {
    id: 'fmt-pcm',
    text: 'fmt of 16 bytes with format tag 1 (PCM)',
    reason: 'masters are plain PCM, however many channels they have',
    check(facts) {
      const sizeBytes = chunkOf(facts, 'fmt ')?.sizeBytes ?? 0;
      const { formatTag } = facts;
      const found = `${sizeBytes} bytes, format tag ${formatTag > 9 ? `0x${formatTag.toString(16)}` : formatTag}`;
      return formatFault(facts, sizeBytes !== 16 || formatTag !== 1, found);
    },
  },
  {
    id: 'sample-rate',
    text: 'sample rate 48000 or 96000 Hz',
    reason: 'the profile has no other',
    check: (facts) =>
      formatFault(facts, ![48_000, 96_000].includes(facts.sampleRateHz), `${facts.sampleRateHz} Hz`),
  },
  {
    id: 'bit-depth',
    text: 'word length 24 bit',
    reason: 'the profile has no other',
    check: (facts) => formatFault(facts, facts.bitDepth !== 24, `${facts.bitDepth} bit`),
  },
  {
    id: 'channel-count',
    text: `at most ${maxChannels} channels`,
    reason: 'renderers take no more',
    check: (facts) => formatFault(facts, facts.channelCount > maxChannels, `${facts.channelCount} channels`),
  },
];
