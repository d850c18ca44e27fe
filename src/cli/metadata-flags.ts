import type { Options } from 'yargs';
import { ConfigError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { BinauralModeEdit, MetadataEdits, TrimEdit } from '../job/metadata-edits.ts';

const binauralModes = {
  off: 'off',
  near: 'near',
  mid: 'mid',
  far: 'far',
  unset: 'notIndicated',
} as const;
const warpModes = {
  normal: 'normal',
  warping: 'warping',
  'prologic-iix': 'proLogicIIx',
  'lo-ro': 'loRo',
  unset: 'notIndicated',
} as const;
const downmixTypes = {
  'lo-ro': 'loRo',
  'lt-rt': 'ltRtProLogic',
  'lt-rt-pl2': 'ltRtPLII',
  direct: 'directStereo',
  unset: 'notIndicated',
} as const;
const phaseShifts = { on: 'on', off: 'off', unset: 'notIndicated' } as const;
const frameRates = {
  '23.976': '23.976',
  '24': '24',
  '25': '25',
  '29.97': '29.97',
  '29.97df': '29.97df',
  '30': '30',
} as const;
const layouts = {
  '2.0': '2.0',
  '5.1': '5.1',
  '7.1': '7.1',
  '2.1.2': '2.1.2',
  '5.1.2': '5.1.2',
  '7.1.2': '7.1.2',
  '2.1.4': '2.1.4',
  '5.1.4': '5.1.4',
  '7.1.4': '7.1.4',
  all: 'all',
} as const;
const trimValues = {
  centre: 'centreDb',
  surround: 'surroundDb',
  height: 'heightDb',
  'overhead-floor': 'overheadFloorBalance',
  listener: 'listenerBalance',
} as const;
/** What encoders of object audio know. ETSI TS 103 420. */
const levelRangeDb = [-36, 6] as const;
const balanceRange = [-1, 1] as const;

const group = 'Metadata:';
const listOf = (values: object): string => Object.keys(values).join(', ');

/** Flags of `periphon metadata set` that name fields; `metadataEdits` reads them. */
export const metadataOptions = {
  'binaural-mode': {
    type: 'string',
    array: true,
    describe: `MODE for all, or PATTERN=MODE for elements by name ("Vox*=off"), kind (bed, object) or channels ("bed:LFE=near"); ${listOf(binauralModes)}. An LFE that is not named so is off where others are near, mid or far`,
    group,
  },
  trim: {
    type: 'string',
    array: true,
    describe:
      'LAYOUT=auto, LAYOUT=manual, or LAYOUT:centre=0,surround=-3,height=-1.5,overhead-floor=0,listener=0 (dB, balances -1 to 1); LAYOUT is 2.0, 5.1 ... 7.1.4, or all',
    group,
  },
  warp: { type: 'string', describe: `5.1 downmix: ${listOf(warpModes)} (normal is direct render)`, group },
  'downmix-type': { type: 'string', describe: `Stereo downmix of 5.1: ${listOf(downmixTypes)}`, group },
  'phase-shift': {
    type: 'string',
    describe: `90 degree phase shift of the surrounds in stereo: ${listOf(phaseShifts)}`,
    group,
  },
  'frame-rate': { type: 'string', describe: 'Frames a second: 23.976, 24, 25, 29.97, 29.97df or 30', group },
  ffoa: {
    type: 'string',
    describe: 'First frame of action: none, HH:MM:SS:FF, or a time HH:MM:SS.sss',
    group,
  },
  'programme-name': { type: 'string', describe: 'Name of the programme', group },
  rename: {
    type: 'string',
    array: true,
    describe: 'OLD=NEW: a new name for an element, its pack and channel',
    group,
  },
} as const satisfies Record<string, Options>;

/** The flags as edits. @throws ConfigError 'bad-metadata' */
export function metadataEdits(args: Readonly<Record<string, unknown>>): MetadataEdits {
  const one = <T>(flag: keyof typeof metadataOptions, choices: Readonly<Record<string, T>>): T | undefined =>
    args[flag] === undefined ? undefined : choose(flag, String(args[flag]), choices);
  const many = <T>(flag: keyof typeof metadataOptions, parse: (text: string) => T): T[] =>
    ((args[flag] as unknown[] | undefined) ?? []).map((text) => parse(String(text)));
  return {
    binauralModes: many('binaural-mode', parseMode),
    trims: many('trim', parseTrim),
    warpMode: one('warp', warpModes),
    downmixType: one('downmix-type', downmixTypes),
    phaseShift90: one('phase-shift', phaseShifts),
    frameRate: one('frame-rate', frameRates),
    firstFrameOfAction: args.ffoa as string | undefined,
    programmeName: args['programme-name'] as string | undefined,
    renames: many('rename', parseRename),
  };
}

const refuse = (flag: string, text: string, what: string): never => {
  throw new ConfigError('bad-metadata', `--${flag} is "${text}"; ${what}`);
};

function choose<T>(flag: string, text: string, choices: Readonly<Record<string, T>>, whole = text): T {
  if (Object.hasOwn(choices, text)) return choices[text]!;
  const near = nearestName(text, Object.keys(choices));
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  return refuse(flag, whole, `"${text}" is none of ${listOf(choices)}${hint}`);
}

function parseMode(text: string): BinauralModeEdit {
  const at = text.lastIndexOf('=');
  const mode = choose('binaural-mode', text.slice(at + 1), binauralModes, text);
  if (at === 0) return refuse('binaural-mode', text, 'a name is missing before "="');
  return { of: at < 0 ? '*' : text.slice(0, at), mode };
}

function parseTrim(text: string): TrimEdit {
  const parts = /^([^:=]+)([:=])(.+)$/.exec(text);
  if (!parts)
    return refuse('trim', text, 'it takes LAYOUT=auto, LAYOUT=manual or LAYOUT:surround=-3,height=-1.5');
  const [, name = '', sign, rest = ''] = parts;
  const layout = choose('trim', name.trim(), layouts, text);
  if (sign === '=')
    return { layout, automatic: choose('trim', rest.trim(), { auto: true, manual: false }, text) };
  const values = Object.fromEntries(
    rest.split(',').map((pair) => {
      const [key = '', number = ''] = pair.split('=').map((part) => part.trim());
      const field = choose('trim', key === 'center' ? 'centre' : key, trimValues, text);
      return [field, parseLevel(number, field.endsWith('Db') ? levelRangeDb : balanceRange, key, text)];
    }),
  );
  return { layout, automatic: false, values };
}

function parseLevel(text: string, [min, max]: readonly [number, number], key: string, whole: string): number {
  const value = Number(text);
  if (text !== '' && value >= min && value <= max) return value === 0 ? 0 : value;
  return refuse('trim', whole, `${key} is "${text}"; allowed are ${min} to ${max}`);
}

function parseRename(text: string): { before: string; after: string } {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1) return refuse('rename', text, 'it takes OLD=NEW');
  return { before: text.slice(0, at), after: text.slice(at + 1) };
}
