import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { ConfigError, PeriphonError, type WarningHandler } from '../../base/errors.ts';
import { toInputError } from '../../io/input-file.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import { formatSceneText } from '../../scene/scene-text.ts';
import type { Session } from '../protocol/session.ts';
import { findDeliverables, isSceneTarget, type Deliverable } from './find-deliverables.ts';
import { nameSource, type FoundSource } from './found-source.ts';
import { hrtfPlaces, type HrtfPlace } from './hrtf-library.ts';
import { isInside, listFolder, pathInFolder, type AuditionFolder } from './list-folder.ts';
import { readReports } from './read-reports.ts';
import { describeSession } from './session-facts.ts';
import { probeSource, type SourcePlan } from './source-plan.ts';

/** What is auditioned. */
export interface AuditionInput {
  /** A folder of deliverables, or a scene: scene file, ADM BWF, .atmos or any audio file. */
  readonly input: string;
  /** Scene of the deliverables, to be heard beside them. */
  readonly scene?: string | undefined;
  /** Stereo master, wherever it lies. */
  readonly stereoMaster?: string | undefined;
  /** Programme of a folder that holds several. */
  readonly programmeName?: string | undefined;
  /** Programme of an ADM file, by ID or name. */
  readonly programme?: string | undefined;
  /** Permits stems outside the folder of a scene file. */
  readonly allowOutside?: boolean | undefined;
  /** HRTF sets: files, or "kemar" for periphon's own; the first is the default. */
  readonly hrtfs?: readonly string[] | undefined;
  readonly onWarning?: WarningHandler | undefined;
}

/** A session, and what the server needs to serve it; plain data, so that it can go to a thread. */
export interface AuditionPlan {
  readonly session: Session;
  /** By id of the source. */
  readonly sources: Readonly<Record<string, SourcePlan>>;
  readonly hrtfs: readonly HrtfPlace[];
  /** Real path of the folder whose files are served, and beside whose files the notes lie. */
  readonly folder: string;
  /** Names of the files of the folder that are served as they are. */
  readonly files: readonly string[];
  /** The scene as the page reads it. */
  readonly sceneText: string | undefined;
}

/**
 * Looks at a folder or scene and settles what can be heard.
 * @throws FormatError where the input cannot be read; ConfigError 'no-deliverables', 'unknown-programme'; for a scene
 * the errors of `openScene`
 */
export async function planAudition(options: AuditionInput, kernels: Kernels): Promise<AuditionPlan> {
  const { input } = options;
  const isFolder = await isFolderPath(input);
  const folder = await listFolder(isFolder ? input : dirname(input));
  const { found, title } = isFolder
    ? await findInFolder(folder, options, kernels)
    : { found: [], title: undefined };
  const named = await addNamed(found, isFolder ? options.scene : input, folder, options, kernels);
  if (named.length === 0)
    throw new ConfigError(
      'no-deliverables',
      `${input} holds nothing that can be heard; audio files or a scene are expected`,
      { file: input, hint: 'name a folder that periphon master or render has written, or a scene' },
    );
  const hrtfs = hrtfPlaces(options.hrtfs ?? []);
  const settled = await describeSession(named, { title, hrtfs, input, onWarning: options.onWarning });
  const scene = Object.values(settled.sources).find(({ kind }) => kind === 'scene');
  return {
    ...settled,
    hrtfs,
    folder: folder.path,
    files: settled.session.sources.flatMap(({ file }) => file ?? []),
    // What file formats keep in a scene is not the page's business.
    sceneText: scene && formatSceneText({ ...scene.scene, extras: {} }),
  };
}

async function isFolderPath(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw toInputError(error, path);
  }
}

/** The deliverables of a folder; those that cannot be read are left out with a warning. */
async function findInFolder(
  folder: AuditionFolder,
  options: AuditionInput,
  kernels: Kernels,
): Promise<{ found: FoundSource[]; title: string | undefined }> {
  const { onWarning = () => undefined, programmeName } = options;
  const deliverables = findDeliverables(folder, await readReports(folder), programmeName, onWarning);
  const found: FoundSource[] = [];
  for (const deliverable of withOneScene(deliverables, options.scene !== undefined)) {
    try {
      const source = await probeDeliverable(folder, deliverable, kernels, onWarning);
      if (source) found.push(source);
    } catch (error) {
      if (!(error instanceof PeriphonError)) throw error;
      const message = `${deliverable.name} is left out: ${error.message}`;
      onWarning({ code: 'deliverable-left-out', message, file: deliverable.name });
    }
  }
  const [first] = deliverables;
  return { found, title: first?.target === undefined ? undefined : first.programme };
}

/** One scene is heard at most: that which was named, else the first of the folder. */
function withOneScene(deliverables: readonly Deliverable[], isNamed: boolean): Deliverable[] {
  const scenes = deliverables.filter(({ target }) => isSceneTarget(target));
  const kept = isNamed ? undefined : scenes[0];
  return deliverables.filter((deliverable) => deliverable === kept || !scenes.includes(deliverable));
}

async function probeDeliverable(
  { path }: AuditionFolder,
  { name, target, variant, targetLufs, checks }: Deliverable,
  kernels: Kernels,
  onWarning: WarningHandler,
): Promise<FoundSource | undefined> {
  const file = await pathInFolder(path, name);
  if (file === undefined) return undefined;
  const probed = await probeSource(file, {
    kernels,
    target: target ?? name,
    // The names of our own deliverables say what their channels are.
    onWarning: (warning) => {
      if (target === undefined || warning.code !== 'layout-assumed') onWarning(warning);
    },
  });
  return nameSource(probed, { target, variant, file: name, targetLufs, checks });
}

/** Adds the scene and the stereo master that are named, by the listener or by the scene. */
async function addNamed(
  found: readonly FoundSource[],
  scene: string | undefined,
  { path: folder, names }: AuditionFolder,
  options: AuditionInput,
  kernels: Kernels,
): Promise<FoundSource[]> {
  const sources = [...found];
  const add = async (path: string, target: string | undefined): Promise<void> => {
    const probed = await probeSource(path, { ...options, kernels, target });
    const name = basename(path);
    const isServed = names.includes(name) && (await pathInFolder(folder, name)) !== undefined;
    const file = isServed && isInside(folder, probed.plan.path) ? name : undefined;
    sources.push(nameSource(probed, { target, file: probed.plan.kind === 'scene' ? undefined : file }));
  };
  if (scene !== undefined) await add(scene, undefined);
  const master =
    options.stereoMaster ?? sources.map(({ probed }) => probed.stereoMasterFile).find((file) => file);
  if (master !== undefined) await add(master, 'stereo-master');
  return sources;
}
