/**
 * The packs and channels that every ADM file may refer to without defining them. ITU-R BS.2094-2. IDs are upper case.
 */

/** Label of every DirectSpeakers channel, AC_00010001 first. */
const speakerLabels =
  'M+030 M-030 M+000 LFE M+110 M-110 M+022 M-022 M+180 M+090 M-090 T+000 U+030 U+000 U-030 U+110 U+180 U-110 U+090 U-090 B+000 B+045 B-045 M+060 M-060 M+135 M-135 M+135 M-135 U+135 U-135 LFE1 LFE2 U+045 U-045 M+SC M-SC M+045 M-045 UH+180'.split(
    ' ',
  );

const packChannels: Readonly<Record<string, string>> = {
  '0001': '03',
  '0002': '01 02',
  '0003': '01 02 03 04 05 06',
  '0004': '01 02 03 04 05 06 0D 0F',
  '0005': '01 02 03 04 05 06 0D 0F 10 12',
  '0007': '03 01 02 22 23 0A 0B 1C 1D 28 20 21',
  '0008': '01 02 03 04 0A 0B 1C 1D 22 23 1E 1F 24 25',
  '0009': '18 19 03 20 1C 1D 01 02 09 21 0A 0B 22 23 0E 0C 1E 1F 13 14 11 15 16 17',
  '000A': '01 02 03',
  '000B': '01 02 03 09',
  '000C': '01 02 03 05 06',
  '000D': '01 02 03 04 05 06 09',
  '000E': '01 02 03 04 05 06 26 27',
  '000F': '01 02 03 04 0A 0B 1C 1D',
  '0010': '01 02 03 04 05 06 0D 0F 10 12 15',
  '0011': '01 02 03 04 05 06 0A 0B 1A 1B 0D 0F 0E 10 12 13 14 1E 1F',
  '0012': '01 02 03 04 05 06 24 25',
  '0013': '01 02 03 04 05 06 13 14',
  '0014': '01 02 03 04 05 06 13 14 24 25',
  '0015': '01 02 03 04 05 06 0D 0F 10 12 24 25',
  // The recommendation's list has 0B 0C here, a right side and a top centre; the pair of sides is meant.
  '0016': '01 02 03 04 0A 0B 1C 1D 13 14',
  '0017': '01 02 03 04 0A 0B 1C 1D 22 23 1E 1F',
};

/** BS.2051 layouts of packs, where they have the same loudspeakers. */
const packLayouts: Readonly<Record<string, string>> = {
  '0001': '0+1+0',
  '0002': '0+2+0',
  '0003': '0+5+0',
  '0004': '2+5+0',
  '0005': '4+5+0',
  '0007': '3+7+0',
  '0008': '4+9+0',
  '0009': '9+10+3',
  '000F': '0+7+0',
  '0010': '4+5+1',
  '0016': '2+7+0',
  '0017': '4+7+0',
};

/** BS.2051 label of a common DirectSpeakers channel; undefined for other IDs. */
export function commonSpeakerLabel(channelId: string): string | undefined {
  const number = commonNumber(channelId, 'AC_0001');
  const label = number === undefined ? undefined : speakerLabels[Number.parseInt(number, 16) - 1];
  return label === 'LFE' ? 'LFE1' : label;
}

/** Layout of a common DirectSpeakers pack; undefined for other IDs and where no layout has these loudspeakers. */
export const commonPackLayout = (packId: string): string | undefined =>
  packLayouts[commonNumber(packId, 'AP_0001') ?? ''];

/** Common DirectSpeakers pack of a layout; undefined for layouts that have none. */
export function commonPackOfLayout(layout: string): string | undefined {
  const number = Object.keys(packLayouts).find((key) => packLayouts[key] === layout);
  return number === undefined ? undefined : `AP_0001${number}`;
}

/** Common HOA pack of an order, 1..7. */
export const commonHoaPack = (normalization: CommonHoaChannel['normalization'], order: number): string =>
  `AP_000400${hoaFamilies.indexOf(normalization)}${order}`;

/** Whether an ID is that of a common pack or channel: its number is below 1000 (hexadecimal). */
export const isCommonId = (id: string): boolean => /^A[PC]_[0-9A-F]{4}0[0-9A-F]{3}$/.test(id);

/** Order, degree and normalisation of a common HOA channel. */
export interface CommonHoaChannel {
  readonly order: number;
  readonly degree: number;
  readonly normalization: 'SN3D' | 'N3D' | 'FuMa';
}

const hoaFamilies = ['SN3D', 'N3D', 'FuMa'] as const;

/** The HOA channel of an ID: SN3D from AC_00040001, N3D from AC_00040101, FuMa from AC_00040201, each by ACN. */
export function commonHoaChannel(channelId: string): CommonHoaChannel | undefined {
  const number = Number.parseInt(commonNumber(channelId, 'AC_0004') ?? '', 16);
  const normalization = hoaFamilies[number >> 8];
  const acn = (number & 0xff) - 1;
  if (!normalization || acn < 0) return undefined;
  const order = Math.floor(Math.sqrt(acn));
  return { order, degree: acn - order * (order + 1), normalization };
}

/** Channels of a common pack in its order; undefined for IDs of none. */
export function commonPackChannels(packId: string): string[] | undefined {
  const speakers = packChannels[commonNumber(packId, 'AP_0001') ?? ''];
  if (speakers !== undefined) return speakers.split(' ').map((number) => `AC_000100${number}`);
  if (packId === 'AP_00050001') return ['AC_00050001', 'AC_00050002'];
  const number = Number.parseInt(commonNumber(packId, 'AP_0004') ?? '', 16);
  const family = number >> 4;
  const order = number & 0xf;
  // Horizontal and mixed sets (from 0111 on) are not in use; their channels are told by the track UIDs.
  if (!(family < hoaFamilies.length && order >= 1 && order <= 7)) return undefined;
  return Array.from({ length: (order + 1) ** 2 }, (_, acn) => {
    const channel = (family << 8) + acn + 1;
    return `AC_0004${channel.toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

const commonNumber = (id: string, prefix: string): string | undefined =>
  isCommonId(id) && id.startsWith(prefix) ? id.slice(prefix.length) : undefined;
