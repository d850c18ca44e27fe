import { basename } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import { admExtrasOf } from '../io/adm/adm-extras.ts';
import { sceneFormats, type SceneFormatName } from '../io/scene-formats.ts';
import type { Scene } from '../scene/scene.ts';

/** Names of the formats that scenes are converted to. */
export const convertFormats = Object.keys(sceneFormats) as readonly SceneFormatName[];

/** Formats whose files are named thus. */
const formatsOf = (file: string): SceneFormatName[] =>
  convertFormats.filter((name) => file.toLowerCase().endsWith(sceneFormats[name].extension));

const extensionsText = convertFormats.map((name) => `${name}: ${sceneFormats[name].extension}`).join(', ');

/**
 * Checks a format against the name of the file to write.
 * @returns the formats that come into question: the one that is asked for, or those of the name
 * @throws ConfigError 'convert-format' where the name says none, 'convert-name' where name and format contradict
 */
export function possibleFormats(file: string, wanted: SceneFormatName | undefined): SceneFormatName[] {
  const named = formatsOf(file);
  if (wanted === undefined) {
    if (named.length > 0) return named;
    const message = `"${basename(file)}" does not say a format; names end in ${extensionsText}`;
    throw new ConfigError('convert-format', message, {
      file,
      hint: 'name the file by its format, or the format by --to',
    });
  }
  const isNamed = named.includes(wanted);
  if (!isNamed && (named.length > 0 || sceneFormats[wanted].needsExtension)) {
    const { extension } = sceneFormats[wanted];
    const message = `"${basename(file)}" is no name for ${wanted}; its files end in ${extension}`;
    throw new ConfigError('convert-name', message, {
      file,
      hint: `leave out --to, or name the file *${extension}`,
    });
  }
  return [wanted];
}

/**
 * Of formats whose files are named alike the one that fits a scene: what was read from an ADM file stays of its flavour,
 * all else becomes a Dolby Atmos master.
 */
export function fittingFormat(possible: readonly SceneFormatName[], scene: Scene): SceneFormatName {
  const adm = admExtrasOf(scene);
  const preferred: SceneFormatName = adm && adm.dbmd === undefined ? 'adm-itu' : 'adm-dolby';
  return possible.includes(preferred) ? preferred : possible[0]!;
}
