/** A file with its hash. */
export interface ManifestFile {
  /** Path relative to the manifest, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** A file that was made. */
export interface ManifestDeliverable extends ManifestFile {
  /** Target that it is of; undefined for reports and tables. */
  readonly target?: string | undefined;
  readonly integratedLufs?: number | undefined;
  readonly truePeakDbtp?: number | undefined;
}

/** A recipe by what it says. */
export interface RecipeIdentity {
  /** Of the file's bytes, or of the JSON text of a recipe that came as an object. */
  readonly sha256: string;
  /** Path relative to the manifest; undefined where the recipe came as an object. */
  readonly path?: string | undefined;
  /** The recipe itself, where there is no file. */
  readonly content?: object | undefined;
}

/** One run that made files: scene, recipe, options and version, which give the same files again. */
export interface ManifestRun {
  readonly command: 'master' | 'render';
  readonly versions: {
    readonly periphon: string;
    readonly node: string;
    readonly kernels: 'simd' | 'scalar';
  };
  /** Scene, stems and all other files that were read. */
  readonly inputs: readonly ManifestFile[];
  readonly recipe?: RecipeIdentity | undefined;
  /** Options of the job as plain data; what changes nothing but speed and place is left out. */
  readonly options: object;
  readonly files: readonly ManifestDeliverable[];
}

/** `manifest.json`: how all files of a folder of deliverables came about. */
export interface Manifest {
  readonly version: 1;
  readonly runs: readonly ManifestRun[];
}

/** A manifest with another run; what earlier runs made of the same names is the new run's. */
export function addRun({ runs }: Manifest, run: ManifestRun): Manifest {
  const made = new Set(run.files.map(({ path }) => path));
  const kept = runs
    .map((earlier) => ({ ...earlier, files: earlier.files.filter(({ path }) => !made.has(path)) }))
    .filter(({ files }) => files.length > 0);
  return { version: 1, runs: [...kept, run] };
}

/** Reads what JSON gave. @returns undefined where it is no manifest of this version */
export function parseManifest(document: unknown): Manifest | undefined {
  const { version, runs } = (document ?? {}) as Partial<Manifest>;
  if (version !== 1 || !Array.isArray(runs)) return undefined;
  const isFile = ({ path, sha256, bytes }: ManifestFile): boolean =>
    typeof path === 'string' && typeof sha256 === 'string' && typeof bytes === 'number';
  const isRun = ({ inputs, files }: ManifestRun): boolean =>
    Array.isArray(inputs) &&
    Array.isArray(files) &&
    [...inputs, ...files].every((file) => isFile(file ?? {}));
  return runs.every((run: ManifestRun) => isRun(run ?? {})) ? { version, runs } : undefined;
}
