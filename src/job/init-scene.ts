import { join } from 'node:path';
import { writeFileAtomically } from '../io/atomic-file.ts';
import { guessScene } from '../io/stems/guess-scene.ts';
import { loadKernels } from '../kernels/load-kernels.ts';

/** What `initScene` wrote and why. */
export interface InitResult {
  readonly version: 1;
  readonly file: string;
  /** One sentence for each guess. */
  readonly guesses: readonly string[];
  /** The scene document. */
  readonly document: unknown;
}

/** Options of `initScene`. */
export interface InitOptions {
  /** Name of the scene file; `<folder name>.scene.json` inside the folder where undefined. */
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
  const { document, guesses, fileName } = await guessScene(folder, { kernels });
  const file = options.out ?? join(folder, fileName);
  if (!options.dryRun) {
    await writeFileAtomically(file, `${JSON.stringify(document, null, 2)}\n`, {
      overwrite: options.overwrite,
    });
  }
  return { version: 1, file, guesses, document };
}
