import type { AudioBlock } from '../../base/audio-block.ts';
import type { WarningHandler } from '../../base/errors.ts';
import { sceneTracks } from '../../scene/scene.ts';
import type { Scene } from '../../scene/scene.ts';
import type { SceneReader, StemInfo } from '../scene-reader.ts';
import { createStemPlayer } from './stem-player.ts';
import type { PlacedStem } from './stem-player.ts';

/** What a reader over stems is made of. */
export interface StemReaderOptions {
  readonly file: string;
  readonly scene: Scene;
  readonly sampleRateHz: number;
  readonly stems: readonly PlacedStem[];
  readonly stereoMasterFile: string | undefined;
  readonly onWarning: WarningHandler;
}

/** Makes the reader of a scene over placed files; it owns their readers and closes them. */
export function createStemReader(options: StemReaderOptions): SceneReader {
  const { file, scene, sampleRateHz, stems, stereoMasterFile } = options;
  const frameCount = Math.max(0, ...stems.map(endOf));
  warnOfShortStems(options, frameCount);
  const players = stems.map(createStemPlayer);
  let position = 0;
  return {
    scene,
    file,
    sampleRateHz,
    channelCount: sceneTracks(scene).length,
    frameCount,
    stems: stems.map((stem) => stemInfo(stem, scene)),
    stereoMasterFile,
    seek(frame) {
      if (!(frame >= 0 && frame <= frameCount))
        throw new RangeError(`frame ${frame} is not in 0 to ${frameCount}`);
      position = frame;
    },
    async read(block) {
      const wanted = Math.min(block.frameCount, frameCount - position);
      if (wanted === 0) return 0;
      const part: AudioBlock = { channels: block.channels, frameCount: wanted };
      const start = position;
      position += wanted;
      await Promise.all(players.map((player) => player.read(part, start)));
      return wanted;
    },
    async close() {
      await Promise.all(stems.map(({ reader }) => reader.close()));
    },
  };
}

/** Where the audio of a file ends; one that holds none ends nowhere. */
const endOf = ({ startSample, reader }: PlacedStem): number =>
  reader.frameCount === 0 ? 0 : startSample + reader.frameCount;

/** Stems that start with the scene are expected to last as long; one that starts later is a clip. */
function warnOfShortStems({ stems, sampleRateHz, onWarning }: StemReaderOptions, frameCount: number): void {
  for (const { reader, startSample } of stems) {
    const lacking = frameCount - reader.frameCount;
    if (startSample > 0 || lacking <= 0) continue;
    const message = `${reader.file}: ends ${lacking} samples (${(lacking / sampleRateHz).toFixed(3)} s) before the scene; silence follows it`;
    onWarning({ code: 'stem-short', message, file: reader.file });
  }
}

function stemInfo({ reader, startSample, tracks }: PlacedStem, scene: Scene): StemInfo {
  const sceneTrackList = sceneTracks(scene);
  const tracksInOrder = tracks.flat().sort((a, b) => a - b);
  const fed = new Set(
    tracksInOrder.map((track) => scene.elements[sceneTrackList[track]!.elementIndex]!.name),
  );
  const { file, container, sampleFormat, bitDepth, channelCount, frameCount } = reader;
  return {
    file,
    container,
    sampleFormat,
    bitDepth,
    sampleRateHz: reader.fileSampleRateHz ?? reader.sampleRateHz,
    channelCount,
    frameCount,
    startSample,
    elements: [...fed],
  };
}
