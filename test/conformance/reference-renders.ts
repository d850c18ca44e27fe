import { join } from 'node:path';
import { expect, type TestContext } from 'vitest';
import { createAudioBlock } from '../../src/base/audio-block.ts';
import { openAudioFile } from '../../src/io/open-audio-file.ts';
import { renderScene } from '../../src/job/render-scene.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { requireTestData } from '../support.ts';

/**
 * How far programmes may be from the renders of the reference. Its ambisonic decoders are integrals over 5200 random
 * points, ours over a grid that is exact: they agree within 1e-4.
 */
export const toleranceOf = { objects_moving: 2e-6, bed_objects: 2e-6, hoa3: 1e-4, mixed_v2: 1e-4 };

const layouts = ['4+7+0', '0+5+0', '0+2+0'];

/** All samples of a file [channel]. */
export async function readAll(file: string): Promise<Float32Array[]> {
  const reader = await openAudioFile(file, { kernels: await loadKernels(), onWarning: () => {} });
  const block = createAudioBlock(reader.channelCount, reader.frameCount);
  expect(await reader.read(block)).toBe(reader.frameCount);
  await reader.close();
  return block.channels;
}

/** Largest difference of a programme's renders from those of the reference (EAR 2.1.0) [layout]. */
export async function differencesFromReference(
  context: TestContext,
  name: string,
  scene: string,
  folder: string,
): Promise<number[]> {
  const { files } = await renderScene({
    scene,
    targets: layouts,
    outDir: join(folder, 'out'),
    channelOrder: 'itu',
    overwrite: true,
    rendering: { loudspeakers: { hoaDecoder: 'bs2127' } },
  });
  return Promise.all(
    layouts.map(async (layout, index) => {
      const rendered = await readAll(files[index]!.file);
      const golden = await readAll(requireTestData(context, 'golden', 'bwf', `${name}.${layout}.ref.wav`));
      expect(rendered.map(({ length }) => length)).toEqual(golden.map(({ length }) => length));
      let largest = 0;
      rendered.forEach((channel, row) =>
        channel.forEach((sample, n) => {
          largest = Math.max(largest, Math.abs(sample - golden[row]![n]!));
        }),
      );
      return largest;
    }),
  );
}
