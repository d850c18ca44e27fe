import type { Argv, Options } from 'yargs';
import { ConfigError } from '../base/errors.ts';
import type { OutputFlags } from './terminal.ts';

/** Flags of every command; yargs turns them into `OutputFlags`. */
export const outputOptions = {
  json: { type: 'boolean', default: false, describe: 'Print the result as JSON', group: 'Output:' },
  quiet: {
    type: 'boolean',
    default: false,
    describe: 'Print nothing but errors and results',
    group: 'Output:',
  },
  verbose: {
    type: 'boolean',
    default: false,
    describe: 'Print more, stack traces included',
    group: 'Output:',
  },
  strict: { type: 'boolean', default: false, describe: 'Treat warnings as errors', group: 'Output:' },
} as const satisfies Record<string, Options>;

/** The delivery profiles that a command is given. */
export const profileOption = {
  type: 'string',
  array: true,
  describe: 'Delivery profile, such as spotify or apple-atmos; periphon profiles lists them',
} as const satisfies Options;

/** Whether lossy codecs are tried out. */
export const codecPreviewOption = {
  type: 'boolean',
  default: false,
  describe: 'Estimate loudness and true peak of mono and stereo files after AAC, MP3 and Opus; needs ffmpeg',
} as const satisfies Options;

/** The scenes that a command is given. */
export const scenePositional = {
  type: 'string',
  array: true,
  demandOption: true,
  describe: 'Scene file, ADM BWF or audio file',
} as const;

/** Flags that say how a scene is opened; `sceneInputs` reads them. */
export const sceneInputOptions = {
  layout: {
    type: 'string',
    describe: 'Layout of a plain multichannel file that does not name its channels',
    group: 'Input:',
  },
  programme: {
    type: 'string',
    describe: 'Programme of an ADM BWF, by ID or name; default: its first',
    group: 'Input:',
  },
  'allow-outside': {
    type: 'boolean',
    default: false,
    describe: "Let a scene file name stems outside the scene file's folder",
    group: 'Input:',
  },
} as const satisfies Record<string, Options>;

/** The flags of `sceneInputOptions` among a command's arguments. */
export const sceneInputs = (args: Readonly<Record<string, unknown>>) => ({
  layout: args.layout as string | undefined,
  programme: args.programme as string | undefined,
  allowOutside: args.allowOutside as boolean,
});

/** Flags of commands that read a scene. */
export const sceneOptions = {
  ...sceneInputOptions,
  from: { type: 'string', describe: 'Start here: seconds, or minutes:seconds', group: 'Input:' },
  duration: {
    type: 'string',
    describe: 'Stop after this long: seconds, or minutes:seconds',
    group: 'Input:',
  },
} as const satisfies Record<string, Options>;

/** Form of long WAVE files. */
export const containerOption = {
  choices: ['rf64', 'bw64'] as const,
  type: 'string',
  describe: 'Form of files above 4 GiB; shorter ones are plain WAV, which all programs open',
} as const satisfies Options;

/** Flags of commands that write deliverables. */
export const deliveryOptions = {
  to: {
    type: 'string',
    array: true,
    describe: 'Target: a layout (7.1.4, 5.1, a layout file ...), stereo, 0+2+0, binaural, ambix1 .. ambix7',
    group: 'Deliverables:',
  },
  out: {
    type: 'string',
    default: '.',
    describe: 'Folder for the deliverables; made if needed',
    group: 'Deliverables:',
  },
  overwrite: { type: 'boolean', default: false, describe: 'Replace existing files', group: 'Deliverables:' },
  'channel-order': {
    choices: ['wav', 'itu', 'film'] as const,
    type: 'string',
    default: 'wav',
    describe: 'Channel order of loudspeaker files: by WAVE mask, as in BS.2051, or film',
    group: 'Deliverables:',
  },
  container: {
    ...containerOption,
    describe: `${containerOption.describe}. Default: bw64 for ADM, rf64 for all else`,
    group: 'Deliverables:',
  },
  downmix: {
    choices: ['lo-ro', 'bs775', 'lt-rt', 'lt-rt-pl2', 'direct'] as const,
    type: 'string',
    describe:
      'How stereo is folded from 5.1: lo-ro, bs775 (lo-ro at fixed levels), lt-rt (Dolby Surround) or lt-rt-pl2 (Pro Logic II); direct: rendered without 5.1 between; as the master states, else lo-ro',
    group: 'Deliverables:',
  },
  'phase-shift': {
    choices: ['scene', 'on', 'off'] as const,
    type: 'string',
    default: 'scene',
    describe:
      'Turn the surrounds by 90 degrees in the stereo fold-down: as the master states, else in lt-rt-pl2 alone; on; or off',
    group: 'Deliverables:',
  },
  'lfe-stereo': {
    type: 'string',
    describe: 'Fold the LFE into stereo at this level in dB; dropped by default',
    group: 'Deliverables:',
  },
  'centre-level': {
    type: 'string',
    describe: 'Level of the centre in the stereo fold-down, dB; -3 by default',
    group: 'Deliverables:',
  },
  'surround-level': {
    type: 'string',
    describe: 'Level of the surrounds in the stereo fold-down, dB; -3 by default',
    group: 'Deliverables:',
  },
  'sample-rate': {
    type: 'string',
    describe: "Sample rate of the deliverables in Hz, 8000 to 192000; the scene's own by default",
    group: 'Deliverables:',
  },
  'dry-run': {
    type: 'boolean',
    default: false,
    describe: 'Say what would be done, write nothing',
    group: 'Deliverables:',
  },
  threads: { type: 'string', describe: 'Threads to use; as many as the machine has', group: 'Running:' },
  'scratch-dir': {
    type: 'string',
    describe: "Folder for temporary audio; the system's temporary folder",
    group: 'Running:',
  },
} as const satisfies Record<string, Options>;

/** Flags of albums; `masterSettings` reads them. */
export const albumOptions = {
  album: {
    type: 'boolean',
    default: false,
    describe: 'The scenes are one album: one gain a target for all, so that they keep their levels',
    group: 'Albums:',
  },
  'album-loudness': {
    choices: ['together', 'loudest'] as const,
    type: 'string',
    default: 'together',
    describe: 'What meets the loudness of an album: all scenes together, or the loudest of them',
    group: 'Albums:',
  },
  markers: {
    type: 'string',
    describe: 'Cut into tracks without a gap at the markers of a CSV file: time (seconds) or samples, name',
    group: 'Albums:',
  },
} as const satisfies Record<string, Options>;

/** Flags that say how scenes are rendered; `renderSettings` reads them. */
export const renderingOptions = {
  importance: {
    type: 'string',
    describe: 'Leave out elements and blocks of lower importance, 0 to 10; none by default',
    group: 'Rendering:',
  },
  trim: {
    choices: ['scene', 'auto', 'manual', 'off'] as const,
    type: 'string',
    default: 'scene',
    describe:
      "Trims of objects in loudspeaker renders: as the scene's master states, automatic, its manual figures, or none",
    group: 'Rendering:',
  },
  warp: {
    choices: ['scene', 'off', 'on', 'lo-ro', 'pl2x'] as const,
    type: 'string',
    default: 'scene',
    describe:
      'How 5.1 layouts, and stereo from them, are made: as the master states; off: rendered directly; on: objects moved back (direct render with room balance); lo-ro or pl2x (Pro Logic IIx): folded from 7.1',
    group: 'Rendering:',
  },
  hrtf: {
    type: 'string',
    describe: 'HRTF set for headphones: a SOFA file or a packed one; KEMAR by default',
    group: 'Rendering:',
  },
  head: {
    type: 'string',
    describe:
      'How the head is turned in binaural: YAW,PITCH,ROLL in degrees (left, up, to the right shoulder)',
    group: 'Rendering:',
  },
  'head-track': {
    type: 'string',
    describe: 'CSV file of how the head turns in binaural: time,yaw,pitch,roll',
    conflicts: 'head',
    group: 'Rendering:',
  },
  room: {
    choices: ['off', 'scene'] as const,
    type: 'string',
    default: 'off',
    describe: 'Room in binaural, for elements whose binaural mode is near, mid or far',
    group: 'Rendering:',
  },
  'headphone-eq': {
    type: 'string',
    describe: "Equalise the headphones in binaural: AutoEq's ParametricEQ.txt, or a FIR as an audio file",
    group: 'Rendering:',
  },
  'lfe-binaural': {
    type: 'string',
    describe: 'Level of the LFE in binaural, in dB, or off',
    default: '0',
    group: 'Rendering:',
  },
  'hoa-decoder': {
    choices: ['max-re', 'dual-band', 'bs2127'] as const,
    type: 'string',
    default: 'max-re',
    describe:
      'How ambisonic beds reach loudspeakers: max-re; dual-band, as a plane wave is below 400 to 700 Hz; or bs2127, as ITU-R BS.2127 says',
    group: 'Rendering:',
  },
  'ambisonic-normalization': {
    choices: ['sn3d', 'n3d'] as const,
    type: 'string',
    default: 'sn3d',
    describe: 'Normalisation of ambisonic targets: sn3d (AmbiX), or n3d',
    group: 'Rendering:',
  },
  'rotate-ambisonics': {
    type: 'string',
    describe:
      'Turn the scene in ambisonic targets, and only there, by YAW,PITCH,ROLL degrees; positive turns the front left, the front up, the left side up',
    group: 'Rendering:',
  },
  'head-locked': {
    type: 'boolean',
    default: false,
    describe:
      'Add a stereo pair behind the channels of ambisonic targets that does not turn with the head; objects and beds of binaural mode off go there',
    group: 'Rendering:',
  },
  'lfe-ambisonic': {
    type: 'string',
    describe: 'Level of the LFE in W of ambisonic targets, in dB, or off',
    default: 'off',
    group: 'Rendering:',
  },
  'binaural-decoder': {
    choices: ['covariance', 'magnitude'],
    describe: 'How ambisonic beds become binaural: true to a diffuse field, or to single directions',
    default: 'covariance',
    group: 'Rendering:',
  },
} as const satisfies Record<string, Options>;

/** Adds a record of options to a command. */
export function withOptions<T extends Record<string, Options>>(argv: Argv, options: T) {
  return argv.options(options);
}

/** The output flags among a command's arguments. */
export function outputFlags(args: Readonly<Record<string, unknown>>): OutputFlags {
  return {
    json: args.json === true,
    quiet: args.quiet === true,
    verbose: args.verbose === true,
    strict: args.strict === true,
  };
}

/** Reads "12.5", "1:02.5" or "1:00:02.5" as seconds. Throws ConfigError on anything else. */
export function parseTimeSec(text: string | undefined, flag: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^(\d+:){0,2}\d+(\.\d+)?$/.test(text)) {
    throw new ConfigError(
      'bad-time',
      `--${flag} is "${text}"; a time is seconds or minutes:seconds, such as 12.5 or 1:02.5`,
    );
  }
  return text.split(':').reduce((totalSec, part) => totalSec * 60 + Number(part), 0);
}

/** Joins a flag to a list of numbers that begins with a minus sign, which would be taken for more flags. */
export function joinNegativeLists(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const argument of args) {
    const before = joined.at(-1);
    const isValue = /^-\d[^,]*,/.test(argument) && before !== undefined && /^--[^=]+$/.test(before);
    if (isValue) joined[joined.length - 1] = `${before}=${argument}`;
    else joined.push(argument);
  }
  return joined;
}
