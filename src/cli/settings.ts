import { ConfigError } from '../base/errors.ts';
import type { MasterSceneOptions } from '../job/master-options.ts';
import type { SceneJobOptions } from '../job/scene-job.ts';
import { editSettings } from './edit-flags.ts';
import { parseTimeSec } from './options.ts';
import type { Terminal } from './terminal.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** Scene and delivery flags as the job's options, for every command that writes deliverables. */
export function deliverySettings(args: Arguments, terminal: Terminal) {
  return {
    scenes: args.scene as string[],
    targets: args.to as string[] | undefined,
    outDir: args.out as string,
    overwrite: args.overwrite as boolean,
    dryRun: args.dryRun as boolean,
    layout: args.layout as string | undefined,
    programme: args.programme as string | undefined,
    allowOutside: args.allowOutside as boolean,
    fromSec: parseTimeSec(args.from as string | undefined, 'from'),
    durationSec: parseTimeSec(args.duration as string | undefined, 'duration'),
    channelOrder: args.channelOrder as 'wav' | 'itu' | 'film',
    largeFileForm: args.container as 'rf64' | 'bw64' | undefined,
    fold: {
      rule: args.downmix as 'lo-ro' | 'bs775' | 'lt-rt' | 'lt-rt-pl2' | 'direct' | undefined,
      phaseShift: args.phaseShift === 'on' ? true : args.phaseShift === 'off' ? false : undefined,
      lfeDb: checkNumber(args.lfeStereo, 'lfe-stereo'),
      centreDb: checkNumber(args.centreLevel, 'centre-level'),
      surroundDb: checkNumber(args.surroundLevel, 'surround-level'),
    },
    rendering: renderSettings(args),
    listening: {
      hrtf: args.hrtf as string | undefined,
      headTrack: args.headTrack as string | undefined,
      headphoneEq: args.headphoneEq as string | undefined,
    },
    sampleRateHz: checkNumber(args.sampleRate, 'sample-rate'),
    threads: checkThreads(args.threads),
    scratchDir: args.scratchDir as string | undefined,
    onWarning: terminal.onWarning,
    onProgress: terminal.onProgress,
    signal: terminal.signal,
  };
}

/** The rendering flags as settings of the renderers. */
export function renderSettings(args: Arguments): NonNullable<SceneJobOptions['rendering']> {
  return {
    importanceThreshold: parseImportance(args.importance),
    loudspeakers: { hoaDecoder: args.hoaDecoder as 'max-re' | 'dual-band' | 'bs2127' | undefined },
    trims: {
      trim: args.trim === 'scene' ? undefined : (args.trim as 'auto' | 'manual' | 'off' | undefined),
      surround: surroundRules.get(args.warp),
    },
    binaural: {
      lfeDb: parseLevelOrOff(args.lfeBinaural, 'lfe-binaural'),
      head: parseRotation(args.head, 'head'),
      room: args.room as 'off' | 'scene' | undefined,
      decoderDesign: args.binauralDecoder as 'covariance' | 'magnitude' | undefined,
    },
    ambisonics: {
      normalization: args.ambisonicNormalization === 'n3d' ? 'N3D' : 'SN3D',
      rotation: parseRotation(args.rotateAmbisonics, 'rotate-ambisonics'),
      headLocked: args.headLocked === true,
      lfeDb: parseLevelOrOff(args.lfeAmbisonic, 'lfe-ambisonic'),
    },
  };
}

/** What `--warp` says; as the master states for "scene". */
const surroundRules: ReadonlyMap<unknown, 'direct' | 'room-balance' | 'lo-ro' | 'pl2x'> = new Map([
  ['off', 'direct'],
  ['on', 'room-balance'],
  ['lo-ro', 'lo-ro'],
  ['pl2x', 'pl2x'],
]);

function parseImportance(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (/^([0-9]|10)$/.test(String(value))) return Number(value);
  throw new ConfigError(
    'bad-number',
    `--importance is "${String(value)}"; it takes a whole number from 0 to 10`,
  );
}

/** Yaw, pitch and roll in degrees, "90,0,0". Throws ConfigError for anything else. */
function parseRotation(value: unknown, flag: string) {
  if (value === undefined) return undefined;
  const parts = String(value).split(',');
  const [yawDeg, pitchDeg, rollDeg] = parts.map((part) => (part.trim() === '' ? NaN : Number(part)));
  if (parts.length === 3 && [yawDeg, pitchDeg, rollDeg].every(Number.isFinite))
    return { yawDeg: yawDeg!, pitchDeg: pitchDeg!, rollDeg: rollDeg! };
  throw new ConfigError(
    'bad-rotation',
    `--${flag} is "${String(value)}"; it takes yaw, pitch and roll in degrees, such as 90,0,0`,
  );
}

/** A level in dB, or "off". Throws ConfigError for anything else. */
function parseLevelOrOff(value: unknown, flag: string): number | 'off' | undefined {
  if (value === undefined || value === 'off') return value;
  const levelDb = Number(value);
  if (String(value).trim() !== '' && Number.isFinite(levelDb)) return levelDb;
  throw new ConfigError('bad-number', `--${flag} is "${String(value)}"; it takes a level in dB, or off`);
}

/** The mastering flags as the job's options. */
export function masterSettings(args: Arguments) {
  return {
    recipe: args.recipe as string | undefined,
    sceneStage: {
      bypass: args.bypass as string[] | undefined,
      only: args.only as string[] | undefined,
    },
    profiles: args.profile as string[] | undefined,
    codecPreview: args.codecPreview === true,
    loudnessLufs: parsePerTarget(args.loudness as string[] | undefined, 'loudness'),
    loudnessRule: parseRules(args.loudnessRule as string[] | undefined),
    ceilingDbtp: parsePerTarget(args.ceiling as string[] | undefined, 'ceiling'),
    bitDepth: args.bitDepth as 16 | 20 | 24 | 32 | undefined,
    dither: args.dither as 'none' | 'tpdf' | 'high-pass' | 'shaped' | undefined,
    dcRemoval: args.removeDc as boolean | undefined,
    edit: editSettings(args),
    maxReductionDb: checkNumber(args.maxReduction, 'max-reduction', 0),
    gainTrace: args.gainTrace as boolean | undefined,
    albumLoudness: args.albumLoudness as 'together' | 'loudest' | undefined,
    markers: args.markers as string | undefined,
  };
}

const loudnessRules = ['target', 'at-most', 'maximum', 'peak', 'none'] as const;

/** Rules by target, as `parsePerTarget` reads numbers. */
function parseRules(texts: readonly string[] | undefined): MasterSceneOptions['loudnessRule'] {
  if (!texts) return undefined;
  return Object.fromEntries(
    texts.map((text) => {
      const [name, target = '*'] = text.split('=').reverse();
      const rule = loudnessRules.find((known) => known === name);
      if (rule) return [target, rule];
      throw new ConfigError(
        'bad-rule',
        `--loudness-rule is "${text}"; it takes ${loudnessRules.join(', ')}, or target=rule such as stereo=at-most`,
      );
    }),
  );
}

/** A numeric flag as it was typed. Throws ConfigError for what is no number, given twice, or too low. */
export function checkNumber(value: unknown, flag: string, lowest = -Infinity): number | undefined {
  if (value === undefined) return undefined;
  const isText = typeof value === 'string' && value.trim() !== '';
  const number = isText || typeof value === 'number' ? Number(value) : NaN;
  if (Number.isFinite(number) && number >= lowest) return number;
  const allowed = lowest === -Infinity ? 'one number' : `one number, ${lowest} or more`;
  throw new ConfigError('bad-number', `--${flag} is "${String(value)}"; it takes ${allowed}`);
}

function checkThreads(value: unknown): number | undefined {
  const threads = checkNumber(value, 'threads', 1);
  if (threads === undefined || Number.isInteger(threads)) return threads;
  throw new ConfigError('bad-number', `--threads is "${threads}"; it takes a whole number`);
}

/**
 * Reads "-14" (every target) or "stereo=-14" (one), several of each; later ones win.
 * Key "*" holds the value for every target.
 */
export function parsePerTarget(
  texts: readonly string[] | undefined,
  flag: string,
): Readonly<Record<string, number>> | undefined {
  if (!texts) return undefined;
  const values: Record<string, number> = {};
  for (const text of texts) {
    const match = /^(?:(.+)=)?(-?\d+(?:\.\d+)?)$/.exec(text);
    if (!match) {
      throw new ConfigError(
        'bad-level',
        `--${flag} is "${text}"; it takes a number, or target=number such as stereo=-14`,
      );
    }
    values[match[1] ?? '*'] = Number(match[2]);
  }
  return values;
}
