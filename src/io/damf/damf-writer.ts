import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { ConfigError } from '../../base/errors.ts';
import type { AudioWriter } from '../audio-file.ts';
import { createAtomicFile, type AtomicFile } from '../atomic-file.ts';
import { createHashListener } from '../hash-file.ts';
import { createCafWriterOn } from '../caf/caf-writer.ts';
import type { ScenePlan, SceneWriterOptions } from '../scene-writer.ts';
import { damfExtrasOf } from './damf-extras.ts';
import { damfFilesOf, type DamfFiles } from './damf-files.ts';
import { warnOfDamfLosses } from './damf-losses.ts';
import { formatTrackEvents, type FormattedEvent } from './format-events.ts';
import { formatDamfRoot } from './format-root.ts';
import { sceneTracks } from '../../scene/scene.ts';
import { planDamfElements, type PlannedElement, type PlannedTrack } from './plan-damf.ts';
import { rehearseDamf } from './rehearse-damf.ts';

/**
 * Plans a master in DAMF: NAME.atmos, NAME.atmos.metadata and NAME.atmos.audio (CAF of 24 bit), each under a temporary
 * name until all are whole.
 * @throws UnsupportedError for what the format cannot hold; ConfigError 'damf-empty', 'damf-name'
 */
export function planDamf(file: string, options: SceneWriterOptions): ScenePlan {
  const { scene, sampleRateHz, frameCount, onWarning = () => undefined } = options;
  if (!/\.atmos$/i.test(file)) {
    const message = `${file}: a master in DAMF is three files, the first of which is called NAME.atmos`;
    throw new ConfigError('damf-name', message, { file });
  }
  const planOptions = { file, sampleRateHz, frameCount, onWarning };
  warnOfDamfLosses(scene, planOptions);
  const planned = planDamfElements(scene, planOptions);
  if (planned.length === 0)
    throw new ConfigError('damf-empty', `${file}: the scene has no tracks to write`, { file });
  const files = damfFilesOf(file);
  return {
    files: [files.root, files.metadata, files.audio],
    start: () => startMaster(files, planned, options),
    rehearse: (source) =>
      rehearseDamf(
        {
          ...{ file, sampleRateHz, frameCount, trackCount: sceneTracks(scene).length },
          sources: tracksOf(planned).map(({ sceneTrack }) => sceneTrack),
          root: rootText(files, planned, options),
          events: eventTexts(tracksOf(planned), options),
        },
        source,
      ),
  };
}

/** All tracks in the order of the channels of the audio. */
const tracksOf = (planned: readonly PlannedElement[]): PlannedTrack[] =>
  planned.flatMap(({ tracks }) => tracks).sort((a, b) => a.id - b.id);

const rootText = (
  { metadata, audio }: DamfFiles,
  planned: readonly PlannedElement[],
  { scene, tool }: SceneWriterOptions,
): string => formatDamfRoot(scene, planned, { metadata: basename(metadata), audio: basename(audio) }, tool);

async function startMaster(
  files: DamfFiles,
  planned: readonly PlannedElement[],
  options: SceneWriterOptions,
): Promise<AudioWriter> {
  const { kernels, sampleRateHz, frameCount, onHash, overwrite = false } = options;
  const tracks = tracksOf(planned);
  const targets: AtomicFile[] = [];
  const abortAll = async (): Promise<void> => {
    for (const target of targets) await target.abort();
  };
  try {
    for (const name of [files.audio, files.metadata, files.root])
      targets.push(await createAtomicFile(name, { overwrite }));
    const [audio, metadata, root] = targets as [AtomicFile, AtomicFile, AtomicFile];
    let position = 0;
    for (const text of eventTexts(tracks, options)) {
      const bytes = new TextEncoder().encode(text);
      await metadata.write(bytes, position);
      position += bytes.length;
    }
    await root.write(new TextEncoder().encode(rootText(files, planned, options)), 0);
    const listener = onHash && createHashListener(frameCount);
    const caf = createCafWriterOn(audio, { kernels, sampleRateHz, channelCount: tracks.length, listener });
    const onFinish = (): void => listener && onHash(files.audio, listener.sha256());
    return createMasterWriter(files.root, tracks, { caf, metadata, root, abortAll, overwrite, onFinish });
  } catch (error) {
    await abortAll();
    throw error;
  }
}

interface MasterParts {
  readonly caf: AudioWriter;
  readonly metadata: AtomicFile;
  readonly root: AtomicFile;
  readonly overwrite: boolean;
  abortAll(): Promise<void>;
  onFinish(): void;
}

function createMasterWriter(
  file: string,
  tracks: readonly PlannedTrack[],
  { caf, metadata, root, overwrite, abortAll, onFinish }: MasterParts,
): AudioWriter {
  let silence = new Float32Array(0);
  const orAbort = async (action: () => Promise<void>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      await abortAll();
      throw error;
    }
  };
  return {
    file,
    abort: abortAll,
    write: ({ channels, frameCount }) =>
      orAbort(async () => {
        if (silence.length < frameCount) silence = new Float32Array(frameCount);
        const given = tracks.map(({ sceneTrack }) =>
          sceneTrack === undefined ? silence : channels[sceneTrack]!,
        );
        await caf.write({ channels: given, frameCount });
      }),
    finish: () =>
      orAbort(async () => {
        // The root file comes last: where it is, the others are.
        const done: string[] = [];
        try {
          for (const part of [caf, metadata, root]) {
            await part.finish();
            done.push(part.file);
          }
        } catch (error) {
          if (!overwrite) for (const part of done) await rm(part, { force: true });
          throw error;
        }
        onFinish();
      }),
  };
}

const pieceLength = 1 << 16;

/** The text of the event file in pieces: the events of all tracks in order of time, of one time in order of their IDs. */
function* eventTexts(
  tracks: readonly PlannedTrack[],
  { scene, sampleRateHz }: SceneWriterOptions,
): Generator<string> {
  const extras = damfExtrasOf(scene);
  const scale = extras ? sampleRateHz / extras.sampleRateHz : 1;
  const running = tracks.map((track) => {
    const kept = track.oldId === undefined ? [] : (extras?.events[track.oldId] ?? []);
    const events = formatTrackEvents(track, {
      sampleRateHz,
      kept: kept.map(([samplePos, key, text]) => [Math.round(samplePos * scale), key, text]),
    });
    return { id: track.id, events, next: events.next().value as FormattedEvent | undefined };
  });
  let text = `sampleRate: ${sampleRateHz}\nevents:\n`;
  for (;;) {
    let earliest: (typeof running)[number] | undefined;
    for (const track of running)
      if (track.next && (!earliest || track.next.samplePos < earliest.next!.samplePos)) earliest = track;
    if (!earliest) break;
    const event = earliest.next!;
    text += `  - ID: ${earliest.id}\n    samplePos: ${event.samplePos}\n${event.text}`;
    earliest.next = earliest.events.next().value as FormattedEvent | undefined;
    if (text.length < pieceLength) continue;
    yield text;
    text = '';
  }
  yield text;
}
