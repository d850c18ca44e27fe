import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { SceneReader } from '../../../src/io/scene-reader.ts';
import { openScene } from '../../../src/io/stems/open-scene.ts';
import { createScalarKernels } from '../../../src/kernels/scalar/scalar-kernels.ts';
import type { Scene } from '../../../src/scene/scene.ts';
import { admFile, axmlOf, type AdmFileParts } from './adm-bytes.ts';

const kernels = createScalarKernels();

/** A file that was opened: its scene, all its audio, and what was warned of. */
export interface OpenedAdm {
  readonly scene: Scene;
  /** [track][frame] */
  readonly audio: readonly Float32Array[];
  readonly warnings: readonly string[];
}

/** Opens a file by path, works with its reader, and closes it. */
export async function withReader<T>(
  file: string,
  use: (reader: SceneReader) => Promise<T>,
  options: { readonly programme?: string; readonly warnings?: string[] } = {},
): Promise<T> {
  const { programme, warnings = [] } = options;
  const onWarning = ({ code }: { code: string }): void => void warnings.push(code);
  const reader = await openScene(file, { kernels, programme, onWarning });
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}

/** Writes a file of these parts and opens it; `content` goes into audioFormatExtended. */
export async function openAdm(
  parts: Omit<AdmFileParts, 'axml'> & { readonly content: string; readonly version?: string },
): Promise<OpenedAdm> {
  const folder = mkdtempSync(join(tmpdir(), 'periphon-adm-'));
  const file = join(folder, 'mix.wav');
  try {
    writeFileSync(file, admFile({ ...parts, axml: axmlOf(parts.content, parts.version) }));
    const warnings: string[] = [];
    return await withReader(
      file,
      async (reader) => {
        const block = createAudioBlock(reader.channelCount, reader.frameCount);
        for (const channel of block.channels) channel.fill(9);
        await reader.read(block);
        return { scene: reader.scene, audio: block.channels, warnings };
      },
      { warnings },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
