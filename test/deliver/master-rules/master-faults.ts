import type { MasterRule } from '../../../src/deliver/master-rules/rule.ts';
import { editChunk, editSegment, editText, type Chunk, type Edit } from './master-files.ts';

/** Ways to break a master: at least one for each rule. */
export interface MasterFault {
  /** What is wrong. */
  readonly name: string;
  /** The rule that says so. */
  readonly rule: string;
  readonly edit: Edit;
  /** What is told of it. */
  readonly found?: RegExp;
  readonly place?: RegExp;
  /** Whether MediaInfo has no such rule; of 119 objects its JSON cannot be parsed. */
  readonly isOurs?: boolean;
}

const without =
  (id: string): Edit =>
  (chunks) =>
    chunks.filter((chunk) => chunk.id !== id);

const fmt = (change: (bytes: Buffer) => void): Edit =>
  editChunk('fmt ', (bytes) => {
    change(bytes);
    return bytes;
  });

const chna = (change: (bytes: Buffer) => void): Edit =>
  editChunk('chna', (bytes) => {
    change(bytes);
    return bytes;
  });
const entryAt = (track: number): number => 4 + 40 * (track - 1);

/** A chunk of odd size whose pad byte is missing: what follows is at an odd byte. */
const unpadded: Edit = (chunks) => {
  const at = chunks.findIndex(({ id }) => id === 'chna');
  const odd = Buffer.concat([
    Buffer.from('odd'),
    Buffer.from('chna'),
    sizeOf(chunks[at]!),
    chunks[at]!.bytes,
  ]);
  // The chunk "xtra" has three bytes; chna stands at once behind them.
  return [...chunks.slice(0, at), { id: 'xtra', bytes: odd, statedBytes: 3 }, ...chunks.slice(at + 1)];
};
const sizeOf = ({ bytes }: Chunk): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length);
  return size;
};

const objectStart = '<audioObject audioObjectID="AO_100b"';
const secondBlock = /(<audioBlockFormat audioBlockFormatID="AB_00031001_00000002" [^>]*>)/;
const firstBlock = /(<audioBlockFormat audioBlockFormatID="AB_00031001_00000001" [^>]*>)/;
const manyObjects = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `<audioObject audioObjectID="AO_${(0x100e + index).toString(16)}" audioObjectName="o" start="00:00:00.00000" duration="00:00:00.25000"><audioPackFormatIDRef>AP_00031001</audioPackFormatIDRef><audioTrackUIDRef>ATU_0000000b</audioTrackUIDRef></audioObject>`,
  ).join('');

/** Faults of chunks and format. */
const containerFaults: readonly MasterFault[] = [
  {
    name: 'no filler first',
    rule: 'chunk-filler',
    edit: without('JUNK'),
    found: /^fmt of 16 bytes/,
    isOurs: true,
  },
  {
    name: 'metadata before the audio',
    rule: 'chunk-order',
    edit: (chunks) => [...chunks.slice(0, 1), ...chunks.slice(3), ...chunks.slice(1, 3)],
    found: /JUNK, axml, chna, dbmd, fmt, data/,
    isOurs: true,
  },
  { name: 'a chunk at an odd byte', rule: 'chunk-alignment', edit: unpadded, found: /chna/, isOurs: true },
  {
    name: 'a fmt chunk with extension',
    rule: 'fmt-pcm',
    edit: editChunk('fmt ', (bytes) => Buffer.concat([bytes, Buffer.alloc(2)])),
    found: /18 bytes, format tag 1/,
    isOurs: true,
  },
  {
    name: '44.1 kHz',
    rule: 'sample-rate',
    edit: fmt((bytes) => bytes.writeUInt32LE(44_100, 4)),
    found: /44100 Hz/,
    isOurs: true,
  },
  {
    name: '16 bit',
    rule: 'bit-depth',
    edit: (chunks) =>
      fmt((bytes) => {
        bytes.writeUInt16LE((bytes.readUInt16LE(12) / 3) * 2, 12);
        bytes.writeUInt16LE(16, 14);
      })(chunks),
    found: /16 bit/,
    isOurs: true,
  },
];

/** Faults of programme, contents, objects and formats. */
const structureFaults: readonly MasterFault[] = [
  { name: 'no axml', rule: 'axml-present', edit: without('axml'), found: /no chunk axml/, isOurs: true },
  { name: 'XML that ends early', rule: 'axml-present', edit: editText(['</ebuCoreMain>', '']), isOurs: true },
  { name: 'another name', rule: 'programme-name', edit: editText(['"Atmos_Master"', '"Mix"']), isOurs: true },
  {
    name: 'a programme that ends early',
    rule: 'programme-times',
    edit: editText(['end="00:00:00.25000"', 'end="00:00:00.20000"']),
    found: /end 00:00:00.20000, the audio lasts 0.25000 s/,
    place: /^axml line 6, APR_1001$/,
  },
  {
    name: 'an object that starts late',
    rule: 'object-times',
    edit: editText([/("AO_100b"[^>]*) start="00:00:00.00000"/, '$1 start="00:00:00.10000"']),
    found: /start 00:00:00.10000/,
  },
  {
    name: 'a time as samples',
    rule: 'time-format',
    edit: editText([/(_00000002"[^>]*rtime=")00:00:00.10000"/, '$100:00:00.4800S48000"']),
    isOurs: true,
  },
  { name: 'dialogue', rule: 'content-dialogue', edit: editText(['>2</dialogue>', '>1</dialogue>']) },
  {
    name: 'a reference to nothing',
    rule: 'references',
    edit: editText(['<audioObjectIDRef>AO_100c<', '<audioObjectIDRef>AO_1020<']),
    found: /AO_1020/,
  },
  {
    name: 'an object in no content',
    rule: 'unused-elements',
    edit: editText([/<audioObjectIDRef>AO_100c<\/audioObjectIDRef>/, '']),
    found: /AO_100c/,
    isOurs: true,
  },
  {
    name: 'an object with two tracks',
    rule: 'object-tracks',
    edit: editText([/(<audioTrackUIDRef>ATU_0000000b<\/audioTrackUIDRef>)/, '$1$1']),
    found: /2 tracks for 1 channels/,
  },
  {
    name: 'ambisonics',
    rule: 'format-types',
    edit: editText([
      /(<audioPackFormat audioPackFormatID="AP_00031001"[^>]*)typeDefinition="Objects"/,
      '$1typeDefinition="HOA"',
    ]),
  },
  {
    name: 'a stream that is no PCM',
    rule: 'format-pcm',
    edit: editText(['formatDefinition="PCM"', 'formatDefinition="DST"']),
  },
  {
    name: "a stream with another's pack",
    rule: 'stream-references',
    edit: editText([
      /(<audioStreamFormat audioStreamFormatID="AS_00031001"[\s\S]*?<audioPackFormatIDRef>)AP_00031001/,
      '$1AP_00031002',
    ]),
    found: /AP_00031002 does not hold AC_00031001/,
    isOurs: true,
  },
  {
    name: 'track UIDs of another rate',
    rule: 'uid-format',
    edit: editText(['sampleRate="48000"', 'sampleRate="96000"']),
    isOurs: true,
  },
];

/** Faults of numbering. */
const idFaults: readonly MasterFault[] = [
  {
    name: 'two programmes',
    rule: 'programme-count',
    edit: editText([
      '<audioContent ',
      '<audioProgramme audioProgrammeID="APR_1002" audioProgrammeName="Atmos_Master" start="00:00:00.00000" end="00:00:00.25000"><audioContentIDRef>ACO_1001</audioContentIDRef></audioProgramme><audioContent ',
    ]),
    found: /APR_1002/,
  },
  { name: 'contents from 1002', rule: 'content-ids', edit: editText([/ACO_1001/g, 'ACO_1002']) },
  {
    name: 'an object with the number of a bed',
    rule: 'object-ids',
    edit: editText([/AO_100b/g, 'AO_1002']),
    found: /AO_1002/,
    place: /^axml line \d+, AO_1002$/,
  },
  {
    name: '119 objects',
    rule: 'object-count',
    edit: editText([objectStart, `${manyObjects(116)}${objectStart}`]),
    found: /119 objects/,
    isOurs: true,
  },
  {
    name: '129 packs',
    rule: 'element-counts',
    edit: editText([
      '<audioPackFormat ',
      `${'<audioPackFormat audioPackFormatID="AP_00031fff" audioPackFormatName="p" typeDefinition="Objects" typeLabel="0003"><audioChannelFormatIDRef>AC_00031001</audioChannelFormatIDRef></audioPackFormat>'.repeat(125)}<audioPackFormat `,
    ]),
    found: /129 audioPackFormat/,
  },
  {
    name: 'a pack of type 0001 that holds objects',
    rule: 'format-ids',
    edit: editText([/AP_00031001/g, 'AP_00010fff']),
  },
  {
    name: 'a stream of another number',
    rule: 'format-id-chain',
    edit: editText([/AS_00031001/g, 'AS_00031009']),
    found: /AC_00031001/,
  },
  { name: 'a track UID out of count', rule: 'uid-ids', edit: editText([/ATU_0000000b/g, 'ATU_00000020']) },
  {
    name: 'a block that is numbered twice',
    rule: 'block-ids',
    edit: editText(['AB_00031001_00000002', 'AB_00031001_00000001']),
    place: /AB_00031001_00000001/,
  },
  {
    name: 'a pack that is there twice',
    rule: 'unique-ids',
    edit: editText([/(<audioPackFormat audioPackFormatID="AP_00031001"[\s\S]*?<\/audioPackFormat>)/, '$1$1']),
  },
];

const attribute = (element: string, name: string, value: string): Edit =>
  editText([`<${element} `, `<${element} ${name}="${value}" `]);
const child = (element: string, xml: string): Edit =>
  editText([new RegExp(`(<${element} [^>]*>)`), `$1${xml}`]);

/** Faults of what stands in which element. */
const elementFaults: readonly MasterFault[] = [
  {
    name: 'a ducking depth',
    rule: 'programme-attributes',
    edit: attribute('audioProgramme', 'maxDuckingDepth', '-6'),
  },
  {
    name: 'a label of the programme',
    rule: 'programme-elements',
    edit: child('audioProgramme', '<audioProgrammeLabel language="en">Mix</audioProgrammeLabel>'),
  },
  {
    name: 'a content with a language',
    rule: 'content-attributes',
    edit: attribute('audioContent', 'audioContentLanguage', 'en'),
  },
  {
    name: 'no dialogue element',
    rule: 'content-elements',
    edit: editText([/<dialogue[^>]*>2<\/dialogue>/, '']),
    found: /0 dialogue/,
  },
  {
    name: 'an object with importance',
    rule: 'object-attributes',
    edit: attribute('audioObject', 'importance', '5'),
  },
  {
    name: 'an object within an object',
    rule: 'object-elements',
    edit: child('audioObject', '<audioObjectIDRef>AO_100c</audioObjectIDRef>'),
    found: /1 audioObjectIDRef/,
  },
  {
    name: 'a pack without a type',
    rule: 'pack-attributes',
    edit: editText([/(<audioPackFormat [^>]*) typeLabel="0001"/, '$1']),
    found: /no typeLabel/,
  },
  {
    name: 'a pack within a pack',
    rule: 'pack-elements',
    edit: child('audioPackFormat', '<audioPackFormatIDRef>AP_00031001</audioPackFormatIDRef>'),
  },
  {
    name: 'a channel without a type',
    rule: 'channel-attributes',
    edit: editText([/(<audioChannelFormat [^>]*) typeLabel="0001"/, '$1']),
  },
  {
    name: 'a channel without a block',
    rule: 'channel-elements',
    edit: editText([
      /(<audioChannelFormat audioChannelFormatID="AC_00011001"[^>]*>)[\s\S]*?(<\/audioChannelFormat>)/,
      '$1$2',
    ]),
  },
  {
    name: 'a stream without a format',
    rule: 'stream-attributes',
    edit: editText([/(<audioStreamFormat [^>]*) formatLabel="0001"/, '$1']),
  },
  {
    name: 'a stream without a pack',
    rule: 'stream-elements',
    edit: editText([
      /(<audioStreamFormat [\s\S]*?)<audioPackFormatIDRef>[^<]*<\/audioPackFormatIDRef>/,
      '$1',
    ]),
    found: /0 audioPackFormatIDRef/,
  },
  {
    name: 'a track without a name',
    rule: 'track-attributes',
    edit: editText([/(<audioTrackFormat [^>]*) audioTrackFormatName="[^"]*"/, '$1']),
  },
  {
    name: 'a track without a stream',
    rule: 'track-elements',
    edit: editText([/<audioStreamFormatIDRef>[^<]*<\/audioStreamFormatIDRef>/, '']),
  },
  { name: 'a track UID without a rate', rule: 'uid-attributes', edit: editText([/ sampleRate="48000"/, '']) },
  {
    name: 'a track UID with a channel',
    rule: 'uid-elements',
    edit: child('audioTrackUID', '<audioChannelFormatIDRef>AC_00011001</audioChannelFormatIDRef>'),
  },
  {
    name: 'a bed with times',
    rule: 'bed-block-attributes',
    edit: attribute('audioBlockFormat', 'rtime', '00:00:00.00000'),
    isOurs: true,
  },
  {
    name: 'a bed with a width',
    rule: 'bed-block-elements',
    edit: child('audioBlockFormat', '<width>0.1</width>'),
  },
  {
    name: 'a block without times',
    rule: 'block-attributes',
    edit: editText([/(AB_00031001_00000002"[^>]*) duration="[^"]*"/, '$1']),
    isOurs: true,
  },
  {
    name: 'divergence',
    rule: 'block-elements',
    edit: editText([secondBlock, '$1<objectDivergence>0.5</objectDivergence>']),
    found: /1 objectDivergence/,
  },
];

/** Faults of beds. */
const bedFaults: readonly MasterFault[] = [
  {
    name: 'a bed in the order of films',
    rule: 'bed-order',
    edit: editText([
      /<audioChannelFormatIDRef>AC_00011002<\/audioChannelFormatIDRef>(\s*)<audioChannelFormatIDRef>AC_00011003<\/audioChannelFormatIDRef>/,
      '<audioChannelFormatIDRef>AC_00011003</audioChannelFormatIDRef>$1<audioChannelFormatIDRef>AC_00011002</audioChannelFormatIDRef>',
    ]),
    found: /^L C R LFE/,
    isOurs: true,
  },
  {
    name: 'a bed channel of another name',
    rule: 'bed-names',
    edit: editText(['"RoomCentricCenter"', '"Centre"']),
    found: /Centre with RC_C/,
    isOurs: true,
  },
  { name: 'another speaker label', rule: 'bed-names', edit: editText(['>RC_LFE<', '>LFE1<']), isOurs: true },
  {
    name: 'a bed channel in another place',
    rule: 'bed-positions',
    edit: editText([/(AB_00011003_00000001[\s\S]*?coordinate="Y">)1\.0+/, '$10.5']),
    found: /Y 0.5/,
    isOurs: true,
  },
  {
    name: 'a bed that moves',
    rule: 'bed-blocks',
    edit: editText([
      /(<audioBlockFormat audioBlockFormatID="AB_00011001_00000001">[\s\S]*?<\/audioBlockFormat>)/,
      '$1$1',
    ]),
    found: /2 blocks/,
  },
  {
    name: 'a low-pass',
    rule: 'bed-frequency',
    edit: child('audioChannelFormat', '<frequency typeDefinition="lowPass">120</frequency>'),
  },
];

/** Faults of object blocks. */
const blockFaults: readonly MasterFault[] = [
  {
    name: 'a first block that starts late',
    rule: 'block-first',
    edit: editText([/(_00000001" rtime=")00:00:00.00000/, '$100:00:00.01000']),
    found: /starts at 00:00:00.01000/,
    isOurs: true,
  },
  {
    name: 'a gap between blocks',
    rule: 'block-gap',
    edit: editText([/(AB_00031001_00000002" rtime=")00:00:00.10000/, '$100:00:00.11000']),
    found: /starts at 0.11000 s, the one before ends at 0.10000 s/,
    place: /^axml line \d+, AB_00031001_00000002$/,
    isOurs: true,
  },
  {
    name: 'a last block that ends early',
    rule: 'block-last',
    edit: editText([/(AB_00031001_00000002"[^>]*duration=")00:00:00.15000/, '$100:00:00.14000']),
    found: /ends at 0.24000 s, the audio at 0.25000 s/,
    isOurs: true,
  },
  {
    name: 'polar coordinates',
    rule: 'block-cartesian',
    edit: editText([/(AB_00031001_00000001[\s\S]*?)<cartesian>1</, '$1<cartesian>0<']),
  },
  {
    name: 'azimuth and elevation',
    rule: 'block-position',
    edit: editText([/(AB_00031001_00000001[\s\S]*?coordinate=")X/, '$1azimuth']),
    found: /0 X/,
  },
  {
    name: 'no Y',
    rule: 'block-position',
    edit: editText([/(AB_00031001_00000001[\s\S]*?)<position coordinate="Y">[^<]*<\/position>/, '$1']),
    found: /0 Y/,
  },
  {
    name: 'a place outside the room',
    rule: 'block-position',
    edit: editText([/(AB_00031001_00000001[\s\S]*?coordinate="X">)-1/, '$1-2']),
  },
  {
    name: 'another interpolation',
    rule: 'block-jump',
    edit: editText(['interpolationLength="0.005208"', 'interpolationLength="0.010000"']),
    found: /0.010000 in block 2/,
    isOurs: true,
  },
  { name: 'no jump', rule: 'block-jump', edit: editText([/(<jumpPosition [^>]*>)1</, '$10<']), isOurs: true },
  {
    name: 'a block shorter than its interpolation',
    rule: 'block-ramp',
    edit: editText(
      [/(AB_00031001_00000001"[^>]*duration=")00:00:00.10000/, '$100:00:00.24500'],
      [
        /(AB_00031001_00000002" rtime=")00:00:00.10000" duration="00:00:00.15000/,
        '$100:00:00.24500" duration="00:00:00.00500',
      ],
    ),
    found: /lasts 00:00:00.00500/,
    isOurs: true,
  },
  {
    name: 'width unlike depth',
    rule: 'block-size',
    edit: editText([/<width>0.5[0]*</, '<width>0.4<']),
    found: /width 0.4, height 0.5, depth 0.5/,
  },
  {
    name: 'width alone',
    rule: 'block-size',
    edit: editText([/<(height|depth)>[^<]*<\/\1>/, '']),
    found: /missing/,
  },
  {
    name: 'a gain below 0',
    rule: 'block-gain',
    edit: editText([firstBlock, '$1<gain>-0.5</gain>']),
    isOurs: true,
  },
  {
    name: 'an importance of 11',
    rule: 'block-importance',
    edit: editText(['<importance>3<', '<importance>11<']),
  },
  {
    name: 'importance 0 that sounds',
    rule: 'block-importance',
    edit: editText(['<importance>3<', '<importance>0<']),
    found: /importance 0 with gain 0.5/,
  },
  { name: 'half diffuse', rule: 'block-diffuse', edit: editText(['<diffuse>1<', '<diffuse>0.5<']) },
  {
    name: 'a lock with a reach',
    rule: 'block-lock',
    edit: editText(['<channelLock>', '<channelLock maxDistance="1">']),
  },
  { name: 'a zone of its own', rule: 'block-zones', edit: editText(['>ZM1<', '>Z9<']), found: /zone Z9/ },
];

/** Faults of `chna` and `dbmd`. */
const chunkFaults: readonly MasterFault[] = [
  { name: 'no chna', rule: 'chna-present', edit: without('chna'), found: /no chunk chna/, isOurs: true },
  {
    name: 'a channel that chna leaves out',
    rule: 'chna-count',
    edit: editChunk('chna', (bytes) => {
      bytes.writeUInt16LE(12, 0);
      bytes.writeUInt16LE(12, 2);
      return bytes.subarray(0, bytes.length - 40);
    }),
    found: /12 entries for 12 tracks, 12 tracks and 12 entries announced, 13 channels/,
    isOurs: true,
  },
  {
    name: 'chna out of order',
    rule: 'chna-order',
    edit: chna((bytes) => {
      bytes.writeUInt16LE(2, entryAt(1));
      bytes.writeUInt16LE(1, entryAt(2));
    }),
    found: /track 2 \(ATU_00000001\), and|track 2/,
    place: /^byte \d+ \(chna, track 2\)$/,
    isOurs: true,
  },
  {
    name: 'track UIDs of chna out of count',
    rule: 'chna-uids',
    edit: chna((bytes) => {
      bytes.write('ATU_00000002', entryAt(1) + 2, 'latin1');
      bytes.write('ATU_00000001', entryAt(2) + 2, 'latin1');
    }),
    isOurs: true,
  },
  {
    name: 'chna with the pack of another',
    rule: 'chna-references',
    edit: chna((bytes) => bytes.write('AP_00031002', entryAt(11) + 28, 'latin1')),
    found: /AP_00031002, in axml AT_00031001_01 AP_00031001/,
    isOurs: true,
  },
  { name: 'no dbmd', rule: 'dbmd-present', edit: without('dbmd'), found: /no chunk dbmd/, isOurs: true },
  {
    name: 'a dbmd of the future',
    rule: 'dbmd-version',
    edit: editChunk('dbmd', (bytes) => {
      bytes.writeUInt32LE(0x01000100, 0);
      return bytes;
    }),
    isOurs: true,
  },
  {
    name: 'no segment 10',
    rule: 'dbmd-segments',
    edit: editChunk('dbmd', (bytes) => {
      bytes[4 + 100 + 252] = 11;
      return bytes;
    }),
    found: /no segment 10/,
    isOurs: true,
  },
  {
    name: 'a wrong checksum',
    rule: 'dbmd-checksums',
    edit: editChunk('dbmd', (bytes) => {
      bytes[4 + 100 + 3]! ^= 1;
      return bytes;
    }),
    found: /segment 9 has a wrong checksum/,
    place: /^byte \d+ \(dbmd segment 9\)$/,
    isOurs: true,
  },
  {
    name: 'studio metadata of fewer channels',
    rule: 'dbmd-channels',
    edit: editSegment(10, (payload) => payload.writeUInt16LE(12, 4)),
    found: /12 listed, 13 channels in the file/,
    isOurs: true,
  },
  {
    name: 'no frame rate',
    rule: 'dbmd-frame-rate',
    edit: editSegment(9, (payload) => (payload[111]! &= 0xf0)),
    isOurs: true,
  },
];

/** All of them. */
export const masterFaults: readonly MasterFault[] = [
  ...containerFaults,
  ...structureFaults,
  ...idFaults,
  ...elementFaults,
  ...bedFaults,
  ...blockFaults,
  ...chunkFaults,
];

/** Those of some rules; there is at least one for each that a short file of 13 channels can break. */
export function faultsOfRules(rules: readonly MasterRule[]): MasterFault[] {
  return masterFaults.filter(({ rule }) => rules.some(({ id }) => id === rule));
}
