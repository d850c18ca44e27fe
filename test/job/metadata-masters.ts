import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertScene } from '../../src/job/convert-scene.ts';
import { sine, writeScene, writeWav } from '../cli/cli-support.ts';
import { chunk, chunksIn, riff } from '../io/wav/wav-bytes.ts';

/** Masters whose metadata tests set. */

const beds = ['L', 'R', 'C', 'LFE', 'Ls', 'Rs'].map((_, index) => sine(100 * (index + 1), 0.1));

/** Writes a master of a 5.1 bed "Bed" and the objects "Vox 1", "Vox 2" and "Keys: left"; returns its path. */
export async function writeMaster(
  folder: string,
  name: string,
  { to = 'adm-dolby', sampleRateHz = 48_000 }: { to?: 'adm-dolby' | 'adm-itu'; sampleRateHz?: number } = {},
): Promise<string> {
  const frameCount = 4800;
  writeWav(join(folder, 'bed.wav'), beds, frameCount, { sampleRateHz });
  writeWav(join(folder, 'object.wav'), [sine(900, 0.2, sampleRateHz)], frameCount, { sampleRateHz });
  const scene = writeScene(folder, name, {
    beds: [{ name: 'Bed', layout: '5.1', file: 'bed.wav', channelOrder: 'itu' }],
    objects: ['Vox 1', 'Vox 2', 'Keys: left'].map((object) => ({
      name: object,
      file: 'object.wav',
      position: { azimuthDeg: 30, elevationDeg: 0 },
    })),
  });
  const out = join(folder, `${name}.wav`);
  await convertScene({ scene, out, to, overwrite: true });
  return out;
}

/** Copies a master with chunks around its own: odd ones, before and behind the audio. */
export function surroundChunks(file: string, out: string): string {
  const odd = (id: string): Buffer => chunk(id, Buffer.from(`${id} odd `.padEnd(13)));
  const own = chunksIn(readFileSync(file)).map(({ id, payload }) => chunk(id, payload));
  writeFileSync(out, riff([odd('bext'), odd('iXML'), ...own, odd('iXML'), odd('what')]));
  return out;
}

/** Copies a master as BW64 with `ds64` and unknown sizes, as those of more than 4 GiB are. */
export function asBw64(file: string, out: string, form = 'BW64'): string {
  const unknown = 0xffffffff;
  const own = chunksIn(readFileSync(file)).filter(({ id }) => id !== 'JUNK');
  const data = own.find(({ id }) => id === 'data')!.payload;
  const ds64 = Buffer.alloc(28);
  ds64.writeBigUInt64LE(BigInt(data.length), 8);
  const chunks = own.map(({ id, payload }) =>
    chunk(id, payload, id === 'data' ? { size: unknown } : undefined),
  );
  ds64.writeBigUInt64LE(BigInt(riff([chunk('ds64', ds64), ...chunks]).length - 8), 0);
  writeFileSync(out, riff([chunk('ds64', ds64), ...chunks], form, unknown));
  return out;
}
