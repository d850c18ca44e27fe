import type { AudioBlock } from '../../base/audio-block.ts';
import { ConfigError } from '../../base/errors.ts';
import { sceneTracks } from '../../scene/scene.ts';
import type { AudioWriter } from '../audio-file.ts';
import type { ScenePlan, SceneWriterOptions, StatedLoudness } from '../scene-writer.ts';
import { containerOf, createWavWriter } from '../wav/wav-writer.ts';
import type { TrailingChunk } from '../wav/write-chunks.ts';
import { warnOfLosses } from './adm-losses.ts';
import { formatChna } from './chna.ts';
import { chnaEntriesOf, formatAxml } from './format-axml.ts';
import { formatStudioMetadata } from './format-dbmd.ts';
import { planDolby } from './plan-dolby.ts';
import { planItu } from './plan-itu.ts';
import { rehearseAdm } from './rehearse-adm.ts';
import type { AdmFlavour, AdmPlanOptions } from './write-plan.ts';

/**
 * Plans an ADM BWF: 24 bit, RIFF below 4 GiB and BW64 (or RF64) above, chunks in the order of studio masters (JUNK or
 * ds64, fmt, data, axml, chna, dbmd); where files are marked, bext before fmt and the mark's own chunks at the end.
 * @throws UnsupportedError for what the flavour cannot hold; ConfigError 'adm-empty'
 */
export function planAdm(file: string, flavour: AdmFlavour, options: SceneWriterOptions): ScenePlan {
  const { scene, sampleRateHz, frameCount, tool, onWarning = () => undefined } = options;
  const planOptions: AdmPlanOptions = { file, sampleRateHz, frameCount, onWarning };
  warnOfLosses(scene, flavour, planOptions);
  const objects = (flavour === 'dolby' ? planDolby : planItu)(scene, planOptions);
  const sources = objects.flatMap(({ channels }) => channels.map(({ sceneTrack }) => sceneTrack));
  if (sources.length === 0)
    throw new ConfigError('adm-empty', `${file}: the scene has no tracks to write`, { file });
  const otherChunks: TrailingChunk[] = [{ id: 'chna', bytes: formatChna(chnaEntriesOf(objects)) }];
  if (flavour === 'dolby')
    otherChunks.push({ id: 'dbmd', bytes: formatStudioMetadata(scene, objects, tool) });
  const chunksWith = (loudness?: StatedLoudness): TrailingChunk[] => [
    {
      id: 'axml',
      pieces: () => encodeTexts(formatAxml(scene, objects, flavour, { ...planOptions, loudness })),
    },
    ...otherChunks,
  ];
  return {
    files: [file],
    start: (loudness) => startAdm(file, { sources, chunksWith, loudness }, options),
    rehearse: (tracks) =>
      rehearseAdm(
        {
          ...{ file, sampleRateHz, frameCount, trackCount: sceneTracks(scene).length, sources },
          chunks: chunksWith(),
        },
        tracks,
      ),
  };
}

/** What an ADM BWF is made of. */
interface AdmParts {
  /** Track of the scene for every channel of the file; undefined for silence. */
  readonly sources: readonly (number | undefined)[];
  chunksWith(loudness?: StatedLoudness): TrailingChunk[];
  readonly loudness: (() => StatedLoudness) | undefined;
}

async function startAdm(
  file: string,
  { sources, chunksWith, loudness }: AdmParts,
  { kernels, sampleRateHz, overwrite, mark, largeFileForm = 'bw64' }: SceneWriterOptions,
): Promise<AudioWriter> {
  const channelCount = sources.length;
  const marks = mark?.({ sampleRateHz, bitDepth: 24, channelCount, startSample: 0 });
  const writer = await createWavWriter(file, {
    kernels,
    sampleRateHz,
    channelCount,
    sampleFormat: 'int24',
    container: containerOf(largeFileForm),
    extensible: false,
    bext: marks && loudness ? () => ({ ...marks.bext, ...loudness() }) : marks?.bext,
    chunks: () => [...chunksWith(loudness?.()), ...(marks?.chunks ?? [])],
    overwrite,
  });
  let silence = new Float32Array(0);
  return {
    ...writer,
    write({ channels, frameCount: frames }: AudioBlock) {
      if (silence.length < frames) silence = new Float32Array(frames);
      const given = sources.map((track) => (track === undefined ? silence : channels[track]!));
      return writer.write({ channels: given, frameCount: frames });
    },
  };
}

const pieceBytes = 1 << 18;
const maxBytesOfCharacter = 3;

/** Gathers texts of a line or so into pieces that are worth a write, in two buffers: one is written meanwhile. */
function* encodeTexts(texts: Iterable<string>): Generator<Uint8Array> {
  let [buffer, otherBuffer] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)];
  let filled = 0;
  for (const text of texts) {
    const roomBytes = text.length * maxBytesOfCharacter;
    if (filled + roomBytes > buffer.length) {
      yield buffer.subarray(0, filled);
      [buffer, otherBuffer] = [otherBuffer, buffer];
      if (buffer.length < roomBytes) buffer = Buffer.alloc(roomBytes);
      filled = 0;
    }
    filled += buffer.write(text, filled);
  }
  yield buffer.subarray(0, filled);
}
