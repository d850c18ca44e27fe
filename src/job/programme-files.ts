import { blockPart } from '../base/audio-block.ts';
import { createWavWriter, type WavWriterOptions } from '../io/wav/wav-writer.ts';
import type { AudioWriter } from '../io/audio-file.ts';
import { createHashListener, type HashListener } from '../io/hash-file.ts';
import type { Tap } from './pump.ts';

/** A file, and the part of the programme that it holds. */
export interface ProgrammeFile {
  readonly outFile: string;
  readonly startFrame: number;
  readonly frameCount: number;
}

/** Files that are being made of one programme. */
export interface ProgrammeFiles extends Tap {
  /** Gives every file its final name. @returns the sha256 of each */
  finish(): Promise<string[]>;
  /** Removes what was written and not finished. */
  abort(): Promise<void>;
}

/** A file that was begun. */
interface OpenFile {
  readonly writer: AudioWriter;
  readonly hash: HashListener;
}

/**
 * Creates the files of a programme that comes block by block: one, or one for each track. A file is opened when
 * its first frame comes, under a temporary name, and all get their names together.
 * @param files in the order of their parts, which do not overlap
 * @param listeners who else hears each file's part, in the order of the files
 */
export function createProgrammeFiles(
  files: readonly ProgrammeFile[],
  options: Omit<WavWriterOptions, 'listener'>,
  listeners: readonly Tap[] = [],
): ProgrammeFiles {
  const opened: OpenFile[] = [];
  let position = 0;

  const open = async ({ outFile, frameCount }: ProgrammeFile): Promise<OpenFile> => {
    const hash = createHashListener(frameCount);
    return { writer: await createWavWriter(outFile, { ...options, listener: hash }), hash };
  };
  return {
    async take(block) {
      const end = position + block.frameCount;
      for (const [index, file] of files.entries()) {
        const from = Math.max(file.startFrame, position);
        const to = Math.min(file.startFrame + file.frameCount, end);
        if (from >= to) continue;
        const target = (opened[index] ??= await open(file));
        const part = blockPart(block, from - position, to - position);
        await listeners[index]?.take(part);
        await target.writer.write(part);
      }
      position = end;
    },
    async finish() {
      for (const { writer } of opened) await writer.finish();
      return opened.map(({ hash }) => hash.sha256());
    },
    async abort() {
      for (const { writer } of opened) await writer.abort();
    },
  };
}
