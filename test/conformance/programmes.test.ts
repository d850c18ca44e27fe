import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { createWavWriter } from '../../src/io/wav/wav-writer.ts';
import { loadKernels } from '../../src/kernels/load-kernels.ts';
import { requireTestData } from '../support.ts';
import { differencesFromReference, readAll, toleranceOf } from './reference-renders.ts';

/**
 * Whole programmes, audio and metadata, against the renders of the ITU-R BS.2127 reference renderer (EAR 2.1.0):
 * interpolation, jumps, gaps, extent, diffuse objects, beds, ambisonics, screens, offsets. The programmes stand in
 * test/golden/programmes as scenes over the audio of the outside data.
 */

interface Block {
  readonly position: Readonly<Record<string, unknown>>;
  readonly height?: number;
  readonly depth?: number;
}

interface Programme {
  readonly channels: Readonly<Record<string, readonly number[]>>;
  readonly scene: { readonly objects?: readonly { readonly blocks: readonly Block[] }[] };
}

const readProgramme = (name: string): Programme =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, `../golden/programmes/${name}.json`), 'utf8'));

/** The reference reads cartesian height along y and depth along z. */
const axesOfReference = (block: Block): Block =>
  'x' in block.position ? { ...block, height: block.depth ?? 0, depth: block.height ?? 0 } : block;

async function writeStem(file: string, channels: readonly Float32Array[]): Promise<void> {
  const kernels = await loadKernels();
  const options = { kernels, sampleRateHz: 48000, channelCount: channels.length } as const;
  const writer = await createWavWriter(file, { ...options, sampleFormat: 'float32', overwrite: true });
  await writer.write({ channels: [...channels], frameCount: channels[0]!.length });
  await writer.finish();
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'periphon-programmes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Largest difference from the reference's render of every layout. */
async function differences(
  context: TestContext,
  name: string,
  change: (block: Block) => Block,
): Promise<number[]> {
  const { channels, scene } = readProgramme(name);
  const audio = await readAll(requireTestData(context, 'golden', 'bwf', `${name}.wav`));
  for (const [file, wanted] of Object.entries(channels)) {
    await writeStem(
      join(folder, file),
      wanted.map((channel) => audio[channel - 1]!),
    );
  }
  const objects = scene.objects?.map((object) => ({ ...object, blocks: object.blocks.map(change) }));
  const file = join(folder, `${name}.scene.json`);
  await writeFile(file, JSON.stringify({ ...scene, ...(objects && { objects }) }));
  return differencesFromReference(context, name, file, folder);
}

for (const [name, tolerance] of Object.entries(toleranceOf)) {
  test(`${name}: within ${tolerance} of the reference on three layouts`, async (context) => {
    for (const difference of await differences(context, name, axesOfReference))
      expect(difference).toBeLessThan(tolerance);
  });
}

test('read as BS.2076 has it, only the programme with cartesian extent comes out otherwise', async (context) => {
  const identity = (block: Block): Block => block;
  expect(Math.max(...(await differences(context, 'objects_moving', identity)))).toBeGreaterThan(1e-3);
  expect(Math.max(...(await differences(context, 'bed_objects', identity)))).toBeLessThan(2e-6);
});
