import { createAdmWriter } from './adm/adm-writer.ts';
import type { SceneWriterFactory } from './scene-writer.ts';

/** All formats that scenes are written to, by the names of the command line. */
export const sceneFormats = {
  'adm-dolby': (file, options) => createAdmWriter(file, 'dolby', options),
  'adm-itu': (file, options) => createAdmWriter(file, 'itu', options),
} as const satisfies Readonly<Record<string, SceneWriterFactory>>;

/** Name of a format that scenes are written to. */
export type SceneFormatName = keyof typeof sceneFormats;
