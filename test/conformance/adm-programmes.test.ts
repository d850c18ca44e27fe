import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { chunk, riff } from '../io/wav/wav-bytes.ts';
import { requireTestData } from '../support.ts';
import { differencesFromReference, toleranceOf } from './reference-renders.ts';

/**
 * ADM BWF files as they are, against the renders of the ITU-R BS.2127 reference renderer (EAR 2.1.0). Tolerances as in
 * programmes.test.ts, where the same programmes stand as scene files.
 */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'periphon-adm-programmes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The reference reads cartesian height along y and depth along z: the axes change places in its blocks. */
function withAxesOfReference(axml: string): string {
  return axml.replace(/<audioBlockFormat.*?<\/audioBlockFormat>/gs, (block) =>
    block.includes('coordinate="X"')
      ? block.replace(/(<\/?)(height|depth)>/g, (_, start: string, name: string) =>
          name === 'height' ? `${start}depth>` : `${start}height>`,
        )
      : block,
  );
}

/** A copy of an ADM file with another document. */
function withDocument(source: string, change: (axml: string) => string): Buffer {
  const bytes = readFileSync(source);
  const chunks: Buffer[] = [];
  for (let at = 12; at < bytes.length;) {
    const id = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const payload = bytes.subarray(at + 8, at + 8 + size);
    chunks.push(chunk(id, id === 'axml' ? Buffer.from(change(payload.toString('utf8'))) : payload));
    at += 8 + size + (size % 2);
  }
  return riff(chunks);
}

async function differences(context: TestContext, name: string): Promise<number[]> {
  const source = requireTestData(context, 'golden', 'bwf', `${name}.wav`);
  const scene = join(folder, `${name}.wav`);
  await writeFile(scene, withDocument(source, withAxesOfReference));
  return differencesFromReference(context, name, scene, folder);
}

for (const [name, tolerance] of Object.entries(toleranceOf)) {
  test(`${name}: the ADM file within ${tolerance} of the reference on three layouts`, async (context) => {
    for (const difference of await differences(context, name)) expect(difference).toBeLessThan(tolerance);
  });
}
