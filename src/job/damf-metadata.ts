import { basename } from 'node:path';
import { ConfigError, type WarningHandler } from '../base/errors.ts';
import { formatTimecode } from '../base/timecode.ts';
import { openCafFile } from '../io/caf/caf-reader.ts';
import { damfBedLabels } from '../io/damf/damf-bed.ts';
import type { deliveryKeys } from '../io/damf/damf-delivery.ts';
import { damfFilesOf, damfRootOf, locateDamf, type DamfFiles } from '../io/damf/damf-files.ts';
import { parseDamfRoot, type DamfRoot } from '../io/damf/damf-root.ts';
import {
  findModeEvents,
  planModeEdits,
  type DamfBinauralMode,
  type DamfModeEvents,
} from '../io/damf/edit-events.ts';
import { editDamfRoot } from '../io/damf/edit-root.ts';
import { openInputFile, readWholeFile } from '../io/input-file.ts';
import type { RiffPiece } from '../io/wav/rewrite-riff.ts';
import { loadKernels } from '../kernels/load-kernels.ts';
import { isLfeLabel } from '../layouts/labels.ts';
import type { BinauralMode, DeliveryMetadata } from '../scene/scene.ts';
import { metadataChanges, type MetadataChange } from './metadata-changes.ts';
import { resolveStudioEdits, type MetadataEdits } from './metadata-edits.ts';
import type { ChannelMetadata, ElementMetadata, FileMetadata } from './metadata-file.ts';

/** A master in DAMF, read for its metadata. */
export interface DamfMetadata {
  readonly files: DamfFiles;
  readonly root: DamfRoot;
  readonly text: string;
  readonly events: DamfModeEvents;
  /** All IDs in the order of the channels of the audio. */
  readonly ids: readonly number[];
  readonly metadata: FileMetadata;
}

/** A file of a master that is to be written. */
export interface DamfPart {
  readonly file: string;
  readonly out: string;
  readonly pieces: readonly RiffPiece[];
}

/**
 * Reads the metadata of a master in DAMF; its audio is opened only.
 * @param file any of its three files
 * @throws FormatError 'damf-...', 'caf-...', 'file-missing'
 */
export async function readDamfMetadata(file: string, onWarning: WarningHandler): Promise<DamfMetadata> {
  const rootFile = damfRootOf(file);
  const text = new TextDecoder().decode(await readWholeFile(rootFile));
  const root = parseDamfRoot(text, rootFile, onWarning);
  const files = await locateDamf(rootFile, root, onWarning);
  const audio = await openCafFile(files.audio, { kernels: await loadKernels({ onWarning }), onWarning });
  await audio.close();
  const input = await openInputFile(files.metadata);
  try {
    const events = await findModeEvents(input);
    const channels = root.beds.flatMap((bed) => bed.channels);
    const ids = [...channels, ...root.objects].map(({ id }) => id).sort((a, b) => a - b);
    const metadata: FileMetadata = {
      ...fieldsOf(root),
      sampleRateHz: audio.sampleRateHz,
      channelCount: audio.channelCount,
      durationSec: audio.frameCount / audio.sampleRateHz,
      elements: elementsOf(root, ids, events.modes),
    };
    return { files, root, text, events, ids, metadata };
  } finally {
    await input.close();
  }
}

type RootFields = Omit<FileMetadata, 'sampleRateHz' | 'channelCount' | 'durationSec' | 'elements'>;

function fieldsOf({ file, delivery, offsetSec, presentationOthers }: DamfRoot): RootFields {
  const { creationTool, creationToolVersion } = presentationOthers;
  const { frameRate, firstFrameOfActionSec, downmixType, phaseShift90, warpMode, trims } = delivery;
  const timeSec = firstFrameOfActionSec === undefined ? undefined : offsetSec + firstFrameOfActionSec;
  const tool = [creationTool, creationToolVersion].filter((part) => part !== undefined).map(String);
  return {
    file,
    container: 'DAMF',
    isStudioMaster: true,
    programme: undefined,
    creationTool: tool.length > 0 ? tool.join(' ') : undefined,
    frameRate,
    firstFrameOfAction:
      timeSec === undefined
        ? undefined
        : { timeSec, timecode: frameRate && formatTimecode(timeSec, frameRate) },
    downmixType,
    phaseShift90: phaseShift90 === undefined ? undefined : phaseShift90 ? 'on' : 'off',
    warpMode,
    trims: Object.keys(trims).length > 0 ? (trims as FileMetadata['trims']) : undefined,
  };
}

const modeNames: ReadonlySet<string> = new Set<BinauralMode>(['off', 'near', 'mid', 'far']);

function elementsOf(
  { beds, objects }: DamfRoot,
  ids: readonly number[],
  modes: ReadonlyMap<number, string>,
): ElementMetadata[] {
  const channelOf = (id: number, label: string, isLfe: boolean): ChannelMetadata => {
    const mode = modes.get(id) ?? 'undefined';
    const binauralMode = modeNames.has(mode)
      ? (mode as BinauralMode)
      : mode === 'undefined'
        ? ('notIndicated' as const)
        : undefined;
    return { label, track: ids.indexOf(id) + 1, isLfe, binauralMode };
  };
  return [
    ...beds.map(({ description, channels }, index): ElementMetadata => {
      const labels = damfBedLabels(channels.map(({ name }) => name));
      return {
        name: description ?? `Bed ${index + 1}`,
        kind: 'bed',
        channels: channels.map(({ name, id }, at) => channelOf(id, name, isLfeLabel(labels[at] ?? name))),
      };
    }),
    ...objects.map(({ description, id }): ElementMetadata => ({
      name: description ?? `Object ${id}`,
      kind: 'object',
      channels: [channelOf(id, 'mono', false)],
    })),
  ];
}

/**
 * Plans the edits of one master: its three files under a new name, the audio as it is. Binaural modes that are set hold
 * from the beginning of a channel to its end; those of other channels stay, changes over time and all.
 * @throws ConfigError 'metadata-value'
 */
export async function planDamfEdits(
  opened: DamfMetadata,
  edits: MetadataEdits,
  out: string,
  onWarning: WarningHandler,
): Promise<{ parts: DamfPart[]; changes: MetadataChange[]; unmatched: string[] }> {
  const { files, root, events, ids, metadata } = opened;
  const { studio, unmatched } = resolveStudioEdits(edits, metadata);
  const modes = new Map(
    [...studio.binauralModes].map(([channel, mode]): [number, DamfBinauralMode] => [
      ids[channel]!,
      mode === 'notIndicated' || mode === undefined ? 'undefined' : mode,
    ]),
  );
  const changing = [...modes.keys()].filter((id) => events.changing.has(id));
  if (changing.length > 0) {
    const message = `${files.root}: binaural modes of ID ${changing.join(', ')} change over time; what is set holds to the end`;
    onWarning({ code: 'metadata-mode-changes', message, file: files.root });
  }
  const { delivery, keys } = deliveryOf(root, edits, studio);
  const outs = damfFilesOf(out);
  const names = namesOf(metadata, root, edits);
  const text = editDamfRoot(opened.text, files.root, root.offsetSec, {
    metadata: basename(outs.metadata),
    audio: basename(outs.audio),
    delivery,
    keys,
    bedNames: names.beds,
    objectNames: names.objects,
  });
  const input = await openInputFile(files.metadata);
  const audio = await openInputFile(files.audio);
  try {
    const pieces = await planModeEdits(input, events, modes);
    const all = { byteOffset: 0, sizeBytes: audio.sizeBytes, isAudio: true };
    const made = parseDamfRoot(text, files.root, () => undefined);
    const newModes = new Map<number, string>([...events.modes, ...modes]);
    const after = { ...metadata, ...fieldsOf(made), elements: elementsOf(made, ids, newModes) };
    return {
      parts: [
        { file: files.audio, out: outs.audio, pieces: [all] },
        { file: files.metadata, out: outs.metadata, pieces },
        { file: files.root, out: outs.root, pieces: [{ bytes: new TextEncoder().encode(text) }] },
      ],
      changes: metadataChanges(metadata, after),
      unmatched: [...unmatched, ...names.unmatched],
    };
  } finally {
    await input.close();
    await audio.close();
  }
}

type DeliveryKey = (typeof deliveryKeys)[number];

/** The delivery as it will be, and which of its keys that changes. */
function deliveryOf(
  { file, offsetSec, delivery }: DamfRoot,
  edits: MetadataEdits,
  { atmos, trims }: ReturnType<typeof resolveStudioEdits>['studio'],
): { delivery: DeliveryMetadata; keys: Set<DeliveryKey> } {
  const refuse = (what: string): never => {
    throw new ConfigError('metadata-value', `${file}: ${what}`, { file });
  };
  if (edits.programmeName !== undefined)
    refuse(`a master in DAMF has no name of a programme; "${edits.programmeName}" cannot be set`);
  if (atmos.downmixType === 'directStereo') refuse('DAMF has no name for a direct stereo downmix');
  const keys = new Set<DeliveryKey>();
  let made: DeliveryMetadata = delivery;
  const set = (key: DeliveryKey, values: Partial<DeliveryMetadata>): void => {
    keys.add(key);
    made = { ...made, ...values };
  };
  const stated = <T extends string>(value: T | undefined) => (value === 'notIndicated' ? undefined : value);
  const { warpMode, downmixType, phaseShift90, frameRate, firstFrameOfAction: first } = atmos;
  if (warpMode) set('warpMode', { warpMode: stated(warpMode) as DeliveryMetadata['warpMode'] });
  if (downmixType)
    set('downmixType_5to2', { downmixType: stated(downmixType) as DeliveryMetadata['downmixType'] });
  if (phaseShift90)
    set('51-to-20_LsRs90degPhaseShift', {
      phaseShift90: phaseShift90 === 'notIndicated' ? undefined : phaseShift90 === 'on',
    });
  if (frameRate) set('fps', { frameRate: frameRate as DeliveryMetadata['frameRate'] });
  if ('firstFrameOfAction' in atmos) {
    const timeSec = first && first.hours * 3600 + first.minutes * 60 + first.seconds;
    if (timeSec !== undefined && timeSec < offsetSec)
      refuse(`first frame of action at ${timeSec} s is before the first sample, at ${offsetSec} s`);
    set('ffoa', { firstFrameOfActionSec: timeSec === undefined ? undefined : timeSec - offsetSec });
  }
  if (Object.keys(trims).length > 0) set('trimMode', { trims: { ...made.trims, ...trims } });
  return { delivery: made, keys };
}

/** Names to change: of beds by their place, of objects by their ID. */
function namesOf(
  { elements }: FileMetadata,
  { beds, objects }: DamfRoot,
  { renames = [] }: MetadataEdits,
): { beds: Map<number, string>; objects: Map<number, string>; unmatched: string[] } {
  const made = { beds: new Map<number, string>(), objects: new Map<number, string>() };
  const unmatched: string[] = [];
  for (const { before, after } of renames) {
    const found = elements.flatMap(({ name }, index) => (name === before ? [index] : []));
    if (found.length === 0) unmatched.push(before);
    for (const index of found)
      if (index < beds.length) made.beds.set(index, after);
      else made.objects.set(objects[index - beds.length]!.id, after);
  }
  return { ...made, unmatched };
}
