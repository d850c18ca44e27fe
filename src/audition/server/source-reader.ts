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

/** A reader on the shelf. */
interface Shelved {
  readonly reader: SourceReader;
  position: number;
  /** When it was used last, counted in reads. */
  lastUse: number;
}

/** Readers of one source, so that two who listen at different places do not make each other seek. */
const readersPerSource = 2;

/**
 * Keeps the readers of sources open from one stretch to the next. The reads of a source come one after the other.
 * @param open opens a source by its id
 */
export function createSourceShelf(open: (id: string) => Promise<SourceReader>): SourceShelf {
  const shelves = new Map<string, { readonly readers: Shelved[]; last: Promise<unknown> }>();
  let uses = 0;

  async function readerAt(id: string, readers: Shelved[], frame: number): Promise<Shelved> {
    const near = readers.find(({ position }) => position === frame);
    if (near) return near;
    if (readers.length < readersPerSource) {
      const opened: Shelved = { reader: await open(id), position: 0, lastUse: 0 };
      readers.push(opened);
      return opened;
    }
    return readers.reduce((oldest, shelved) => (shelved.lastUse < oldest.lastUse ? shelved : oldest));
  }

  async function readNow(id: string, readers: Shelved[], startFrame: number, frameCount: number) {
    const shelved = await readerAt(id, readers, startFrame);
    const { reader } = shelved;
    shelved.lastUse = ++uses;
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
      const shelf = shelves.get(id) ?? { readers: [], last: Promise.resolve() };
      shelves.set(id, shelf);
      const reading = shelf.last.then(() => readNow(id, shelf.readers, startFrame, frameCount));
      shelf.last = reading.catch(() => undefined);
      return reading;
    },
    async close() {
      for (const { last, readers } of shelves.values()) {
        await last;
        for (const { reader } of readers) await reader.close();
      }
      shelves.clear();
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
