import { firstFrameText, type MetadataChange } from '../job/metadata-changes.ts';
import type { EditedFile } from '../job/metadata-set.ts';
import type { ShownMetadata } from '../job/metadata-show.ts';
import { said } from './adm-text.ts';
import { formatDuration, formatNumber } from './format.ts';

const shownNames = 12;

/** A file's metadata, a field a line; channels of one binaural mode together. */
export function shownText(shown: ShownMetadata): string {
  const { file, container, sampleRateHz, channelCount, durationSec, programme, audioSha256 } = shown;
  const head = `${file}  ${container}, ${formatDuration(durationSec)}, ${sampleRateHz} Hz, ${channelCount} channels`;
  const rows = [
    ['programme', programme ? `"${programme.name}" (${programme.id})` : 'none'],
    ...(shown.isStudioMaster ? studioRows(shown) : [['studio metadata', 'none']]),
    ...modeRows(shown),
    ...(audioSha256 === undefined ? [] : [['audio sha256', audioSha256]]),
  ];
  const width = Math.max(...rows.map(([field]) => field!.length));
  return [head, ...rows.map(([field, value]) => `  ${field!.padEnd(width)}  ${value}`)].join('\n');
}

function studioRows(shown: ShownMetadata): string[][] {
  const { trims, creationTool, frameRate, downmixType, phaseShift90, warpMode } = shown;
  return [
    ['made with', said(creationTool)],
    ['frame rate', said(frameRate)],
    ['first frame of action', firstFrameText(shown) ?? 'none'],
    ['5.1 downmix', said(warpMode)],
    ['stereo downmix', said(downmixType)],
    ['90 degree phase shift', said(phaseShift90)],
    ...(trims
      ? grouped(Object.entries(trims).map(([layout, trim]) => [trimText(trim), layout])).map(
          ([text, names]) => [`trim ${names.join(', ')}`, text],
        )
      : [['trims', 'none']]),
  ];
}

/** A line for each mode of elements; of beds whose channels differ, their channels. */
function modeRows({ elements, isStudioMaster }: ShownMetadata): string[][] {
  if (!isStudioMaster) return [['elements', listText(elements.map(({ name }) => name))]];
  const pairs = elements.flatMap(({ name, channels }): [string, string][] => {
    const modes = grouped(channels.map(({ binauralMode, label }) => [said(binauralMode), label]));
    return modes.map(([mode, labels]) => [mode, modes.length === 1 ? name : `${name} (${labels.join(' ')})`]);
  });
  return grouped(pairs).map(([mode, names]) => [`binaural ${mode}`, listText(names)]);
}

/** Collects the second of pairs by the first, in the order in which they come. */
function grouped(pairs: readonly (readonly [string, string] | string[])[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key = '', value = ''] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return [...groups];
}

const listText = (names: readonly string[]): string =>
  names.length <= shownNames
    ? names.join(', ')
    : `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;

const fieldNames: Readonly<Record<MetadataChange['field'], string>> = {
  programmeName: 'programme name',
  frameRate: 'frame rate',
  firstFrameOfAction: 'first frame of action',
  downmixType: 'stereo downmix',
  phaseShift90: '90 degree phase shift',
  warpMode: '5.1 downmix',
  trim: 'trim',
  elementName: 'name',
  binauralMode: 'binaural mode',
};

/** What was changed in a file, before and after, or would be; what changes alike is on one line. */
export function editedText({ file, out, changes, audioSha256 }: EditedFile): string {
  const lines = grouped(
    changes.map(({ field, of = '', before, after }) => [
      `${fieldNames[field]}\n${valueText(field, before)} -> ${valueText(field, after)}`,
      of,
    ]),
  ).map(([key, of]) => {
    const [field, values] = key.split('\n');
    return `  ${field}${of[0] === '' ? '' : ` of ${listText(of)}`}: ${values}`;
  });
  return [
    `${file} -> ${out}`,
    ...(lines.length > 0 ? lines : ['  nothing changes: all is as asked for']),
    ...(audioSha256 === undefined ? [] : [`  audio unchanged, read back: sha256 ${audioSha256}`]),
  ].join('\n');
}

function valueText(field: MetadataChange['field'], value: MetadataChange['before']): string {
  if (typeof value === 'object') return trimText(value);
  if (field === 'programmeName' || field === 'elementName') return `"${value ?? ''}"`;
  return value === undefined ? 'none' : said(value);
}

type Trim = Exclude<MetadataChange['before'], string | undefined>;

/** What of a manual trim is nothing is left out. */
function trimText({ automatic, ...values }: Trim): string {
  if (automatic) return 'automatic';
  const stated = valueNames.flatMap(([key, name, unit]) =>
    values[key] === 0 ? [] : [`${name} ${formatNumber(values[key], unit === '' ? 2 : 1)}${unit}`],
  );
  return `manual, ${stated.length > 0 ? stated.join(', ') : '0 dB'}`;
}

const valueNames = [
  ['centreDb', 'centre', ' dB'],
  ['surroundDb', 'surround', ' dB'],
  ['heightDb', 'height', ' dB'],
  ['overheadFloorBalance', 'overhead-floor balance', ''],
  ['listenerBalance', 'listener balance', ''],
] as const satisfies readonly (readonly [keyof Trim, string, string])[];
