import { createAudioBlock, type AudioBlock } from '../../base/audio-block.ts';
import { designResampler } from '../../dsp/resampler.ts';
import type { AudioReader } from '../../io/audio-file.ts';
import { createResampledReader } from '../../io/resampled-reader.ts';
import type { SceneReader } from '../../io/scene-reader.ts';
import { openScene } from '../../io/stems/open-scene.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { SourcePlan } from './source-plan.ts';

/** A source being read: its served channels, at the rate of the session. */
export type SourceReader = Pick<AudioReader, 'channelCount' | 'frameCount' | 'seek' | 'read' | 'close'>;

/** Opens a source. @throws the errors of `openScene` */
export async function openSource(
  plan: SourcePlan,
  sampleRateHz: number,
  kernels: Kernels,
): Promise<SourceReader> {
  const { path, programme, allowOutside } = plan;
  const reader = await openScene(path, { kernels, programme, allowOutside });
  return pickChannels(atRate(reader, sampleRateHz, kernels), plan);
}

function atRate(reader: SceneReader, sampleRateHz: number, kernels: Kernels): SourceReader {
  if (reader.sampleRateHz === sampleRateHz) return reader;
  const asFile: AudioReader = { ...reader, container: 'scene', sampleFormat: 'float32', bitDepth: 32 };
  return createResampledReader(asFile, designResampler(reader.sampleRateHz, sampleRateHz), kernels);
}

/** Gives the served channels of a reader; tracks that are not served are read into one array that nobody hears. */
function pickChannels(reader: SourceReader, { channels }: SourcePlan): SourceReader {
  const isWhole =
    channels.length === reader.channelCount &&
    channels.every(({ track, gain }, index) => track === index && gain === 1);
  if (isWhole) return reader;
  let rest = new Float32Array(0);
  return {
    channelCount: channels.length,
    frameCount: reader.frameCount,
    seek: (frame) => reader.seek(frame),
    async read(block) {
      if (rest.length < block.frameCount) rest = new Float32Array(block.frameCount);
      const tracks = new Array<Float32Array>(reader.channelCount).fill(rest);
      channels.forEach(({ track }, index) => (tracks[track] = block.channels[index]!));
      const got = await reader.read({ channels: tracks, frameCount: block.frameCount });
      channels.forEach(({ gain }, index) => {
        if (gain !== 1) scale(block.channels[index]!, gain, got);
      });
      return got;
    },
    close: () => reader.close(),
  };
}

function scale(samples: Float32Array, gain: number, frameCount: number): void {
  for (let n = 0; n < frameCount; n++) samples[n]! *= gain;
}

/** Sources that are read in stretches, by whoever asks. */
export interface SourceShelf {
  /**
   * Interleaved samples [frame][channel]; silence where the file has become shorter.
   * @throws what opening and reading throw
   */
  read(id: string, startFrame: number, frameCount: number): Promise<Float32Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** A source on the shelf. */
interface Shelved {
  reader: SourceReader | undefined;
  /** Where the reader stands. */
  position: number;
  /** The read that comes last in the queue. */
  last: Promise<unknown>;
}

/**
 * Keeps the readers of sources open from one stretch to the next. The reads of a source come one after the other, and
 * whoever asks for another place sends its one reader there: that takes no time, opening a long scene once more does.
 * @param open opens a source by its id
 */
export function createSourceShelf(open: (id: string) => Promise<SourceReader>): SourceShelf {
  const shelf = new Map<string, Shelved>();

  async function readNow(id: string, shelved: Shelved, startFrame: number, frameCount: number) {
    const reader = (shelved.reader ??= await open(id));
    if (shelved.position !== startFrame) reader.seek(Math.min(startFrame, reader.frameCount));
    // Until the read has come to its end nobody knows where it stands.
    shelved.position = NaN;
    const block = createAudioBlock(reader.channelCount, frameCount);
    const got = await reader.read(block);
    shelved.position = startFrame + got;
    for (const channel of block.channels) channel.fill(0, got);
    return interleave(block);
  }

  return {
    async read(id, startFrame, frameCount) {
      const shelved = shelf.get(id) ?? { reader: undefined, position: 0, last: Promise.resolve() };
      shelf.set(id, shelved);
      const reading = shelved.last.then(() => readNow(id, shelved, startFrame, frameCount));
      shelved.last = reading.catch(() => undefined);
      return reading;
    },
    async close() {
      for (const shelved of shelf.values()) {
        await shelved.last;
        await shelved.reader?.close();
      }
      shelf.clear();
    },
  };
}

function interleave({ channels, frameCount }: AudioBlock): Float32Array<ArrayBuffer> {
  const count = channels.length;
  const samples = new Float32Array(count * frameCount);
  for (const [index, channel] of channels.entries())
    for (let n = 0, at = index; n < frameCount; n++, at += count) samples[at] = channel[n]!;
  return samples;
}
