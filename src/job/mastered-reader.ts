import { createAudioBlock, type AudioBlock } from '../base/audio-block.ts';
import type { AudioReader } from '../io/audio-file.ts';
import type { SceneReader } from '../io/scene-reader.ts';
import type { SceneEntry } from '../master/scene-stage/entry-schema.ts';
import {
  createSceneStage,
  type EntryFigures,
  type SceneStage,
  type SceneStageOptions,
} from '../master/scene-stage/scene-stage.ts';
import { defaultBlockFrames, type FrameSource } from './pump.ts';

/** What a mastered reader needs beside the scene that it reads. */
export interface MasteredReaderOptions extends Pick<
  SceneStageOptions,
  'kernels' | 'createDetectorRender' | 'onWarning'
> {
  readonly entries: readonly SceneEntry[];
  /** Where reading will begin; other places cost a new stage. */
  readonly startFrame: number;
  /** Files that detectors listen to, at the rate of the scene, by name; closed with the reader. */
  readonly sideChains: ReadonlyMap<string, AudioReader>;
}

/** A scene whose tracks come out of the scene stage. */
export interface MasteredReader extends SceneReader {
  /** Whether the tracks are those of the scene, bit for bit. */
  readonly isIdle: boolean;
  /** What each entry has done since reading began. */
  figures(): EntryFigures[];
}

/**
 * Sends the tracks of a scene through the effects of a recipe as they are read. Nothing comes late: the latency of the
 * stage is read ahead. The stage begins where reading begins: the sound of an excerpt does not depend on what lies before
 * it, and what swings in (filters, detectors) does so from there.
 */
export function createMasteredReader(reader: SceneReader, options: MasteredReaderOptions): MasteredReader {
  const { entries, kernels, createDetectorRender, sideChains } = options;
  const { scene, sampleRateHz } = reader;
  const build = (startSample: number, onWarning: MasteredReaderOptions['onWarning']): SceneStage =>
    createSceneStage(entries, {
      ...{ scene, sampleRateHz, kernels, startSample, createDetectorRender, onWarning },
      sideChains: new Map([...sideChains].map(([name, { channelCount }]) => [name, channelCount])),
    });
  let stage = build(options.startFrame, options.onWarning);
  let stageStart = options.startFrame;
  const source = createSource(reader, [...sideChains.values()]);
  const input = createAudioBlock(stage.inputChannelCount, defaultBlockFrames);
  const output = createAudioBlock(stage.outputChannelCount, defaultBlockFrames);
  let position = 0;
  let isRunning = false;

  /** Sends frames through the stage; what comes out lies in `output`. */
  const run = async (frameCount: number): Promise<void> => {
    input.frameCount = output.frameCount = frameCount;
    await source.read(input);
    stage.process(input, output);
  };
  const start = async (): Promise<void> => {
    if (position === stageStart) stage.reset();
    // All that can be said of the recipe has been said.
    else stage = build((stageStart = position), () => undefined);
    source.seek(position);
    isRunning = true;
    for (let left = stage.latencySamples; left > 0; left -= defaultBlockFrames)
      await run(Math.min(left, defaultBlockFrames));
  };

  const mastered: MasteredReader = {
    ...reader,
    isIdle: stage.isIdle,
    figures: () => stage.figures(),
    seek(frame) {
      reader.seek(frame);
      position = frame;
      isRunning = false;
    },
    async read(block) {
      const wanted = Math.min(block.frameCount, reader.frameCount - position);
      if (wanted > 0 && !isRunning) await start();
      for (let done = 0; done < wanted;) {
        const count = Math.min(defaultBlockFrames, wanted - done);
        await run(count);
        for (const [track, channel] of block.channels.entries())
          channel.set(output.channels[track]!.subarray(0, count), done);
        done += count;
      }
      position += Math.max(0, wanted);
      return Math.max(0, wanted);
    },
    async close() {
      await reader.close();
      for (const sideChain of sideChains.values()) await sideChain.close();
    },
  };
  return stage.isIdle
    ? { ...mastered, seek: (frame) => reader.seek(frame), read: (block) => reader.read(block) }
    : mastered;
}

/** Tracks and side chains read side by side; silence behind the end of each. */
function createSource(
  reader: SceneReader,
  sideChains: readonly AudioReader[],
): FrameSource & { seek(frame: number): void } {
  const readers = [reader, ...sideChains];
  return {
    seek(frame) {
      for (const one of readers) one.seek(Math.min(frame, one.frameCount));
    },
    async read({ channels, frameCount }) {
      let first = 0;
      for (const one of readers) {
        const part: AudioBlock = { channels: channels.slice(first, first + one.channelCount), frameCount };
        first += one.channelCount;
        const got = await one.read(part);
        for (const channel of part.channels) channel.fill(0, got, frameCount);
      }
      return frameCount;
    },
  };
}
