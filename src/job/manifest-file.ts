import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { OutputError } from '../base/errors.ts';
import {
  addRun,
  parseManifest,
  type Manifest,
  type ManifestDeliverable,
  type ManifestFile,
  type ManifestRun,
  type RecipeIdentity,
} from '../deliver/manifest.ts';
import { formatJson } from '../deliver/report.ts';
import { writeFileAtomically } from '../io/atomic-file.ts';
import { damfFilesOf, damfRootOf, isDamfName } from '../io/damf/damf-files.ts';
import { hashFile } from '../io/hash-file.ts';
import { readWholeFile } from '../io/input-file.ts';
import type { SceneReader } from '../io/scene-reader.ts';
import { compileWasm } from '../kernels/simd/wasm-instance.ts';
import type { Recipe } from '../master/recipe.ts';
import { isLayoutPath } from '../master/targets.ts';
import { sideFilesOf } from '../scene/side-files.ts';
import type { MasterSceneOptions } from './master-options.ts';
import { createProgressReporter } from './progress.ts';
import { relativePath } from './relative-path.ts';
import { packageVersion } from './version.ts';

/** Name of the manifest in a folder of deliverables. */
export const manifestName = 'manifest.json';

/** What a run has to say of itself. */
export interface RunRecord {
  readonly command: ManifestRun['command'];
  readonly options: MasterSceneOptions;
  readonly reader: Pick<SceneReader, 'file' | 'stems'>;
  readonly recipe?: RecipeIdentity | undefined;
  /** Files that detectors of the recipe listen to. */
  readonly sideChains?: readonly string[] | undefined;
  /** By their names in the folder; those without a hash are read. */
  readonly files: readonly (Omit<ManifestDeliverable, 'sha256' | 'bytes'> & { readonly sha256?: string })[];
}

/** What a recipe says, for manifests and deliverables. @throws FormatError where its file cannot be read */
export async function identifyRecipe(
  recipe: string | Recipe | undefined,
  outDir: string,
): Promise<RecipeIdentity | undefined> {
  if (recipe === undefined) return undefined;
  const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');
  if (typeof recipe !== 'string') return { sha256: sha256(JSON.stringify(recipe)), content: recipe };
  return { sha256: sha256(await readWholeFile(recipe)), path: relativePath(outDir, recipe) };
}

/**
 * Reads the manifest of a folder.
 * @returns undefined where there is none
 * @throws OutputError 'output-exists' where a file of its name is something else
 */
export async function readManifest(outDir: string): Promise<Manifest | undefined> {
  const file = join(outDir, manifestName);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = parseManifest(parsedOrNothing(text));
  if (manifest) return manifest;
  throw new OutputError('output-exists', `${file} is no manifest of periphon, and is not written over`, {
    file,
    hint: 'move it away, or name another folder',
  });
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Hashes all that a run has read, and enters it in the manifest of its folder. */
export async function recordRun(run: RunRecord): Promise<void> {
  const { command, options, recipe } = run;
  const { outDir, signal, onProgress } = options;
  const inputs: ManifestFile[] = [];
  for (const path of await inputPaths(run)) {
    const progress = createProgressReporter(onProgress, 'hash', path);
    inputs.push({ path: relativePath(outDir, path), ...(await hashFile(path, signal, progress)) });
  }
  const files: ManifestDeliverable[] = [];
  for (const { path, sha256, ...rest } of run.files) {
    const file = join(outDir, path);
    // Audio was hashed while it was written.
    const found = sha256 ? { sha256, bytes: (await stat(file)).size } : await hashFile(file, signal);
    files.push({ path, ...found, ...rest });
  }
  const kernels = await compileWasm().then(
    () => 'simd' as const,
    () => 'scalar' as const,
  );
  const versions = { periphon: packageVersion, node: process.version, kernels };
  const before = (await readManifest(outDir)) ?? { version: 1, runs: [] };
  const entry = { command, versions, inputs, recipe, options: plainOptions(options), files };
  await writeFileAtomically(join(outDir, manifestName), formatJson(addRun(before, entry)), {
    overwrite: true,
  });
}

/** All files that a run reads, each once. */
async function inputPaths({ options, reader, sideChains = [] }: RunRecord): Promise<string[]> {
  const { recipe, markers, listening = {}, targets = [] } = options;
  const texts = [recipe, markers].filter((value) => typeof value === 'string');
  const paths = [
    ...(isDamfName(reader.file) ? Object.values(damfFilesOf(damfRootOf(reader.file))) : [reader.file]),
    ...reader.stems.map(({ file }) => file),
    ...(await sidePaths(reader.file)),
    ...sideChains,
    ...texts,
    ...Object.values(listening).filter((value) => value !== undefined),
    ...targets.filter(isLayoutPath),
  ];
  return [...new Map(paths.map((path) => [resolve(path), path])).values()];
}

/** Tables and layouts that a scene file names. */
async function sidePaths(scene: string): Promise<string[]> {
  if (!/\.json$/i.test(scene)) return [];
  const names = sideFilesOf(parsedOrNothing(await readFile(scene, 'utf8')));
  return names.map((name) => (isAbsolute(name) ? name : join(dirname(scene), name)));
}

/** Options that say what is made; the recipe and files stand by themselves. */
function plainOptions({
  scene: _scene,
  outDir: _outDir,
  recipe: _recipe,
  overwrite: _overwrite,
  dryRun: _dryRun,
  threads: _threads,
  scratchDir: _scratchDir,
  blockFrames: _blockFrames,
  reportPrefix: _reportPrefix,
  onWarning: _onWarning,
  onProgress: _onProgress,
  signal: _signal,
  ...options
}: MasterSceneOptions): object {
  return options;
}
