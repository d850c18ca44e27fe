import type { Options } from 'yargs';
import { ConfigError } from '../base/errors.ts';
import type { MasterSceneOptions } from '../job/master-options.ts';
import { parseTimeSec } from './options.ts';

type EditSettings = NonNullable<MasterSceneOptions['edit']>;
type FadeSetting = NonNullable<EditSettings['fadeIn']>;

const curves = ['linear', 'equal-power', 'raised-cosine'] as const;
const group = 'Head and tail:';

/** Flags that cut and fade all deliverables; `editSettings` reads them. */
export const editOptions = {
  'trim-head': {
    type: 'string',
    describe: 'Cut off so much at the head: 1.5 (seconds) or 480samples',
    group,
  },
  'trim-tail': { type: 'string', describe: 'Cut off so much at the tail', group },
  'fade-in': {
    type: 'string',
    describe: 'Fade in: LENGTH or LENGTH,CURVE; linear, equal-power or raised-cosine (the default)',
    group,
  },
  'fade-out': { type: 'string', describe: 'Fade out, likewise', group },
} as const satisfies Record<string, Options>;

/** The flags of head and tail as the job's options. Throws ConfigError for what is no length or no curve. */
export function editSettings(args: Readonly<Record<string, unknown>>): EditSettings {
  return {
    trimHead: parseLength(args.trimHead, 'trim-head'),
    trimTail: parseLength(args.trimTail, 'trim-tail'),
    fadeIn: parseFade(args.fadeIn, 'fade-in'),
    fadeOut: parseFade(args.fadeOut, 'fade-out'),
  };
}

function parseLength(value: unknown, flag: string): FadeSetting | undefined {
  if (value === undefined) return undefined;
  const samples = /^(\d+) ?samples$/.exec(String(value))?.[1];
  return samples === undefined
    ? { durationSec: parseTimeSec(String(value), flag) }
    : { durationSamples: Number(samples) };
}

function parseFade(value: unknown, flag: string): FadeSetting | undefined {
  if (value === undefined) return undefined;
  const [length, name, ...rest] = String(value).split(',');
  const curve = curves.find((known) => known === name?.trim());
  if (rest.length > 0 || (name !== undefined && curve === undefined))
    throw new ConfigError(
      'bad-fade',
      `--${flag} is "${String(value)}"; it takes a length, or a length and a curve (${curves.join(', ')}), such as 2.5,linear`,
    );
  return { ...parseLength(length, flag), curve };
}
