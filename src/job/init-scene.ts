import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ConfigError } from '../base/errors.ts';
import { writeFileAtomically } from '../io/atomic-file.ts';
import { guessScene } from '../io/stems/guess-scene.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import type { SceneDocument } from '../scene/scene-schema.ts';

/** What `initScene` wrote and why. */
export interface InitResult {
  readonly version: 1;
  readonly file: string;
  /** One sentence for each guess. */
  readonly guesses: readonly string[];
  /** The scene document. */
  readonly document: SceneDocument;
}

/** Options of `initScene`. */
export interface InitOptions {
  /** Scene file to write, in the folder or above it; `<folder name>.scene.json` in the folder where undefined. */
  readonly out?: string | undefined;
  readonly overwrite?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/**
 * Writes a first scene file for a folder of stems by looking at the files.
 * @throws SceneError where there is nothing to make a scene of; OutputError where the file cannot be written
 */
export async function initScene(folder: string, options: InitOptions = {}): Promise<InitResult> {
  const kernels = await loadKernels();
  const guessed = await guessScene(folder, { kernels });
  const { guesses } = guessed;
  const file = options.out ?? join(folder, guessed.fileName);
  const document = rebaseDocument(guessed.document, prefixFor(file, folder));
  if (!options.dryRun) {
    await writeFileAtomically(file, `${JSON.stringify(document, null, 2)}\n`, {
      overwrite: options.overwrite,
    });
  }
  return { version: 1, file, guesses, document };
}

/** Path from the folder of the scene file to the stems, ending in a slash; empty where they are one. */
function prefixFor(sceneFile: string, folder: string): string {
  const path = relative(dirname(resolve(sceneFile)), resolve(folder));
  if (path.startsWith('..') || isAbsolute(path)) {
    throw new ConfigError(
      'scene-beside-stems',
      `${sceneFile} would lie outside ${folder} and not above it; a scene file lies in the folder of its stems or above`,
    );
  }
  return path === '' ? '' : `${path.split(sep).join('/')}/`;
}

/** The document with its file names as seen from another folder. */
function rebaseDocument(document: SceneDocument, prefix: string): SceneDocument {
  if (prefix === '') return document;
  const rebase = <T extends string | undefined>(name: T): T =>
    name === undefined ? name : (`${prefix}${name}` as T);
  return {
    ...document,
    beds: document.beds?.map((bed) => ({
      ...bed,
      ...(bed.file === undefined ? {} : { file: rebase(bed.file) }),
      ...(bed.pattern === undefined ? {} : { pattern: rebase(bed.pattern) }),
      ...(bed.files === undefined
        ? {}
        : {
            files: Object.fromEntries(
              Object.entries(bed.files).map(([label, name]) => [label, rebase(name)]),
            ),
          }),
    })),
    objects: document.objects?.map((object) => ({ ...object, file: rebase(object.file) })),
    ambisonics: document.ambisonics?.map((bed) => ({ ...bed, file: rebase(bed.file) })),
    ...(document.stereoMaster === undefined ? {} : { stereoMaster: rebase(document.stereoMaster) }),
  };
}
