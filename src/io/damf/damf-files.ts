import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FormatError, type WarningHandler } from '../../base/errors.ts';

/** The three files of a master in DAMF. */
export interface DamfFiles {
  readonly root: string;
  readonly metadata: string;
  readonly audio: string;
}

const partSuffix = /\.atmos\.(metadata|audio)$/i;

/** Whether a file is named as one of the three of a master. */
export const isDamfName = (file: string): boolean => /\.atmos$/i.test(file) || partSuffix.test(file);

/** The root file of the master that a file belongs to: "mix.atmos" of "mix.atmos.audio". */
export const damfRootOf = (file: string): string =>
  partSuffix.test(file) ? file.replace(/\.(metadata|audio)$/i, '') : file;

/** Names of the files that are written with a root file. */
export const damfFilesOf = (root: string): DamfFiles => ({
  root,
  metadata: `${root}.metadata`,
  audio: `${root}.audio`,
});

/**
 * Finds the files that a root file names, beside it. Masters that were renamed still name the files of before: then those
 * of the root's own name count, with the warning 'damf-stale-name'.
 * @throws FormatError 'damf-part-missing'
 */
export async function locateDamf(
  root: string,
  stated: { readonly metadata: string; readonly audio: string },
  onWarning: WarningHandler,
): Promise<DamfFiles> {
  const own = damfFilesOf(root);
  const stem = root.replace(/\.atmos$/i, '');
  const find = async (
    part: 'metadata' | 'audio',
    name: string,
    others: readonly string[],
  ): Promise<string> => {
    // Paths in old masters are those of other machines: the files stand together.
    const statedFile = join(dirname(root), basename(name.replaceAll('\\', '/')));
    const candidates = [...new Set([...(name === '' ? [] : [statedFile]), ...others])];
    for (const candidate of candidates) {
      if (!(await isFile(candidate))) continue;
      if (candidate !== statedFile && name !== '') {
        const message = `${root}: names "${name}" as its ${part}, which is not there; ${basename(candidate)} is read`;
        onWarning({ code: 'damf-stale-name', message, file: root });
      }
      return candidate;
    }
    const names = candidates.map((candidate) => basename(candidate)).join(' or ');
    throw new FormatError('damf-part-missing', `${root}: its ${part} is missing: no ${names} beside it`, {
      file: root,
      hint: 'a master is three files: NAME.atmos, NAME.atmos.metadata and NAME.atmos.audio',
    });
  };
  return {
    root,
    metadata: await find('metadata', stated.metadata, [own.metadata, `${stem}.atmos.metadata`]),
    audio: await find('audio', stated.audio, [own.audio, `${stem}.atmos.audio`, `${stem}.caf`]),
  };
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
