import { planAdm } from './adm/adm-writer.ts';
import { planDamf } from './damf/damf-writer.ts';
import type { ScenePlanner } from './scene-writer.ts';
import { planStems } from './stems/stems-writer.ts';

/** A format that scenes are written to. */
export interface SceneFormat {
  /** How the names of its files end. */
  readonly extension: string;
  /** Whether other names are read as something else. */
  readonly needsExtension: boolean;
  /** Whether it keeps samples of 32-bit float; others have 24-bit integers. */
  readonly holdsFloat: boolean;
  /** Whether its files state the loudness of the scene. */
  readonly statesLoudness: boolean;
  readonly plan: ScenePlanner;
}

const adm = { extension: '.wav', needsExtension: false, holdsFloat: false, statesLoudness: true } as const;

const unstating = { needsExtension: true, statesLoudness: false } as const;

/** All formats that scenes are written to, by the names of the command line. */
export const sceneFormats = {
  'adm-dolby': { ...adm, plan: (file, options) => planAdm(file, 'dolby', options) },
  'adm-itu': { ...adm, plan: (file, options) => planAdm(file, 'itu', options) },
  damf: { extension: '.atmos', ...unstating, holdsFloat: false, plan: planDamf },
  stems: { extension: '.json', ...unstating, holdsFloat: true, plan: planStems },
} as const satisfies Readonly<Record<string, SceneFormat>>;

/** Name of a format that scenes are written to. */
export type SceneFormatName = keyof typeof sceneFormats;
