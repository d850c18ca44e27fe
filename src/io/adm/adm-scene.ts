import { basename } from 'node:path';
import { FormatError, type WarningHandler } from '../../base/errors.ts';
import { rationalToSamplesCeil } from '../../base/time.ts';
import type { Screen } from '../../layouts/screen.ts';
import { createScene } from '../../scene/make-scene.ts';
import type { Scene } from '../../scene/scene.ts';
import type { AudioReader } from '../audio-file.ts';
import type { SceneReader } from '../scene-reader.ts';
import { createStemReader } from '../stems/stem-reader.ts';
import type { WavReader } from '../wav/wav-reader.ts';
import { deliveryOf, withMasterModes, type StudioMetadata } from './adm-delivery.ts';
import type { AdmElement } from './adm-elements.ts';
import { collectExtras } from './adm-extras.ts';
import { readAdmMetadata, type ReadAdmOptions } from './adm-metadata.ts';
import { parseReferenceScreen } from './adm-screen.ts';
import type { AdmDocument } from './axml.ts';
import { restoreBeds } from '../dolby/restore-beds.ts';
import type { XmlNode } from './xml-tree.ts';

/** Whether an open file is an ADM BWF: a WAVE file with the chunks `axml` and `chna`. */
export function isAdmFile(reader: AudioReader): reader is WavReader {
  return 'chunks' in reader && hasChunks(reader as WavReader);
}

/**
 * Warns of an ADM document that no `chna` chunk ties to tracks ('adm-chna-missing'): its file is plain audio. Documents of
 * other kinds may stand in `axml`, and are nobody's concern.
 */
export async function warnOfLoneAxml(reader: AudioReader, onWarning: WarningHandler): Promise<void> {
  const { file, chunks } = 'chunks' in reader ? (reader as WavReader) : { file: '', chunks: [] };
  const axml = chunks.find(({ id }) => id === 'axml');
  if (!axml) return;
  for await (const head of (reader as WavReader).readPieces(axml)) {
    if (Buffer.from(head).includes('audioFormatExtended')) {
      const message = `${file}: its axml chunk describes audio, but there is no chunk chna that ties tracks to it; read as plain audio`;
      onWarning({ code: 'adm-chna-missing', message, file });
    }
    return;
  }
}

const hasChunks = ({ chunks }: WavReader): boolean =>
  ['axml', 'chna'].every((wanted) => chunks.some(({ id }) => id === wanted));

/**
 * Opens an ADM BWF (BS.2076 in BS.2088) as a scene; the scene owns the reader and closes it. `dbmd` gives the modes of
 * tracks and delivery metadata; what the scene does not say is kept in `extras.adm`.
 * @throws FormatError 'adm-...', 'xml-...'; UnsupportedError 'adm-...'; ConfigError 'adm-programme'
 */
export async function openAdmScene(reader: WavReader, options: ReadAdmOptions = {}): Promise<SceneReader> {
  const { onWarning = () => undefined } = options;
  const { file } = reader;
  const adm = await readAdmMetadata(reader, { ...options, onWarning });
  const { document, programme, studio, dbmd } = adm;
  const made = restoreBeds(withMasterModes(adm.elements, studio?.supplement));
  if (made.length === 0) {
    const message = `${file}: its programme plays nothing: no audioObject with a pack and tracks was found`;
    throw new FormatError('adm-empty', message, { file, chunk: 'axml' });
  }
  const scene = sceneOf(document, programme, made, studio, dbmd);
  return playAdm(reader, scene, made, onWarning);
}

function sceneOf(
  document: AdmDocument,
  programme: XmlNode | undefined,
  made: readonly AdmElement[],
  studio: StudioMetadata | undefined,
  dbmd: Uint8Array | undefined,
): Scene {
  const { audioProgrammeName, audioProgrammeLanguage } = programme?.attributes ?? {};
  // Many programmes are called alike; deliverables are named after the file.
  const name = basename(document.file).replace(/\.[^.]*$/, '') || 'programme';
  const scene = createScene(
    name,
    made.map(({ element }) => element),
  );
  const referenceScreen: Screen | undefined = programme && parseReferenceScreen(programme, document.file);
  return {
    ...scene,
    programme: { name: audioProgrammeName || name, language: audioProgrammeLanguage, referenceScreen },
    delivery: studio ? deliveryOf(studio) : scene.delivery,
    extras: { adm: collectExtras(document, programme, made, dbmd) },
  };
}

/** A track that is not fed, or only for a time. */
interface Gate {
  readonly track: number;
  readonly startSample: number;
  readonly endSample: number;
}

/** Which tracks the channels of the file feed, and which of these are silent when. */
function planTracks(
  { channelCount, frameCount, sampleRateHz }: WavReader,
  made: readonly AdmElement[],
): { tracks: number[][]; gates: Gate[] } {
  const tracks: number[][] = Array.from({ length: channelCount }, () => []);
  const gates: Gate[] = [];
  let track = 0;
  for (const { channels, startSec, endSec } of made) {
    const startSample = rationalToSamplesCeil(startSec, sampleRateHz);
    const endSample = endSec ? rationalToSamplesCeil(endSec, sampleRateHz) : Infinity;
    for (const channel of channels) {
      if (channel.track) tracks[channel.track.fileChannel]!.push(track);
      if (!channel.track) gates.push({ track, startSample: Infinity, endSample: Infinity });
      else if (startSample > 0 || endSample < frameCount) gates.push({ track, startSample, endSample });
      track++;
    }
  }
  return { tracks, gates };
}

/** Plays the file's channels as the tracks of the scene, silent outside the times of their objects. */
function playAdm(
  reader: WavReader,
  scene: Scene,
  made: readonly AdmElement[],
  onWarning: WarningHandler,
): SceneReader {
  const { file, sampleRateHz } = reader;
  const { tracks, gates } = planTracks(reader, made);
  const stems = [{ reader, startSample: 0, tracks }];
  const player = createStemReader({
    file,
    scene,
    sampleRateHz,
    stems,
    stereoMasterFile: undefined,
    onWarning,
  });
  let position = 0;
  return {
    ...player,
    seek(frame) {
      player.seek(frame);
      position = frame;
    },
    async read(block) {
      const given = await player.read(block);
      for (const { track, startSample, endSample } of gates) {
        const samples = block.channels[track]!;
        samples.fill(0, 0, within(startSample - position, given));
        samples.fill(0, within(endSample - position, given), given);
      }
      position += given;
      return given;
    },
  };
}

const within = (frame: number, frameCount: number): number => Math.max(0, Math.min(frame, frameCount));
