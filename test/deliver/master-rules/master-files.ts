import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAudioBlock } from '../../../src/base/audio-block.ts';
import type { MasterFacts } from '../../../src/deliver/master-facts.ts';
import { masterRules } from '../../../src/deliver/master-rules/master-rules.ts';
import type { Fault } from '../../../src/deliver/master-rules/rule.ts';
import { planAdm } from '../../../src/io/adm/adm-writer.ts';
import { dbmdChecksum } from '../../../src/io/adm/dbmd.ts';
import { openWavFile } from '../../../src/io/wav/wav-reader.ts';
import { readMasterFile } from '../../../src/job/master-facts.ts';
import { loadKernels } from '../../../src/kernels/load-kernels.ts';
import { sceneTracks, type DeliveryMetadata, type Scene } from '../../../src/scene/scene.ts';
import { bedOf, blockOf, objectOf, sceneOf } from '../../io/adm/write-scenes.ts';

/** Masters of our own writer, taken apart into chunks, broken, and put together again. */

/** A chunk of a file. */
export interface Chunk {
  readonly id: string;
  readonly bytes: Buffer;
  /** Size that its head states, where that is not its own; then nothing is padded. */
  readonly statedBytes?: number;
}

/** What is done to the chunks of a whole master. */
export type Edit = (chunks: readonly Chunk[]) => readonly Chunk[];

const kernels = await loadKernels();
/** Six frames of 24 a second. */
export const frameCount = 12_000;

const flat = {
  automatic: false,
  centreDb: 0,
  surroundDb: 0,
  heightDb: 0,
  overheadFloorBalance: 0,
  listenerBalance: 0,
};

/** Delivery metadata as labels want them. */
export const labelDelivery: DeliveryMetadata = {
  trims: { '2.0': flat, '5.1': flat, '5.1.2': flat, '5.1.4': flat, '7.1': flat },
  warpMode: 'normal',
  downmixType: 'loRo',
  frameRate: '24',
  firstFrameOfActionSec: undefined,
  phaseShift90: undefined,
};

/** A 7.1.2 bed, an object that jumps, one with a size, and one of importance 3. */
export const wholeScene = (): Scene => ({
  ...sceneOf(
    bedOf('7.1.2', { binauralMode: 'near' }),
    objectOf(
      'voice',
      [
        blockOf(0, 0.1, { position: { kind: 'cartesian', xyz: [-1, 1, 0] } }),
        blockOf(0.1, undefined, { position: { kind: 'cartesian', xyz: [1, 1, 0.5] }, jumpPosition: true }),
      ],
      { binauralMode: 'far' },
    ),
    objectOf(
      'drum',
      [
        blockOf(0, undefined, {
          position: { kind: 'cartesian', xyz: [0.5, -1, 1] },
          ...{ width: 0.5, height: 0.5, depth: 0.5, diffuse: 1, channelLock: { maxDistance: undefined } },
          zoneExclusion: [{ kind: 'cartesian', min: [-1, -1, -0.499], max: [1, -0.41934, 0.499] }],
        }),
      ],
      { binauralMode: 'mid' },
    ),
    objectOf('bell', [blockOf(0, undefined, { gainDb: -6, importance: 3 })], { binauralMode: 'off' }),
  ),
  delivery: labelDelivery,
});

/** Signal of a track, and of the LFE among them. */
export type TrackSignal = (track: number, frame: number) => number;

/** A tone in each track, of 40 Hz and so low enough for an LFE, to the last sample. */
export const lowTones: TrackSignal = (track, frame) =>
  0.05 * Math.sin((2 * Math.PI * 40 * frame) / 48_000 + Math.PI * track);

/** Writes a master of a scene. */
export async function writeMaster(
  file: string,
  scene: Scene = wholeScene(),
  signal: TrackSignal = lowTones,
  frames = frameCount,
): Promise<string> {
  const tool = { name: 'periphon', version: [0, 1, 0] as const };
  const options = { scene, kernels, sampleRateHz: 48_000, frameCount: frames, tool };
  const writer = await planAdm(file, 'dolby', options).start();
  const block = createAudioBlock(sceneTracks(scene).length, frames);
  for (const [track, samples] of block.channels.entries())
    for (let frame = 0; frame < frames; frame++) samples[frame] = signal(track, frame);
  await writer.write(block);
  await writer.finish();
  return file;
}

/** Chunks of a RIFF file. */
export function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    chunks.push({ id: bytes.toString('latin1', at, at + 4), bytes: bytes.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}

/** A RIFF file of chunks. */
export function riffOf(chunks: readonly Chunk[]): Buffer {
  const parts = chunks.flatMap(({ id, bytes, statedBytes }) => {
    const head = Buffer.alloc(8);
    head.write(id, 0, 'latin1');
    head.writeUInt32LE(statedBytes ?? bytes.length, 4);
    return [head, bytes, Buffer.alloc(statedBytes === undefined ? bytes.length % 2 : 0)];
  });
  const body = Buffer.concat([Buffer.from('WAVE'), ...parts]);
  const head = Buffer.alloc(8);
  head.write('RIFF');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

/** The same file in the 64-bit form of BS.2088, whose sizes stand in place of the filler. */
export function bw64Of(bytes: Buffer): Buffer {
  const made = Buffer.from(bytes);
  const filler = 12;
  if (made.toString('latin1', filler, filler + 4) !== 'JUNK') throw new Error('no filler');
  made.write('BW64', 0, 'latin1');
  made.writeUInt32LE(0xffffffff, 4);
  made.write('ds64', filler, 'latin1');
  made.fill(0, filler + 8, filler + 8 + made.readUInt32LE(filler + 4));
  made.writeBigUInt64LE(BigInt(made.length - 8), filler + 8);
  const data = chunksOf(bytes).find(({ id }) => id === 'data')!;
  made.writeBigUInt64LE(BigInt(data.bytes.length), filler + 16);
  return made;
}

/** Changes one chunk. */
export const editChunk =
  (id: string, change: (bytes: Buffer) => Buffer): Edit =>
  (chunks) =>
    chunks.map((chunk) => (chunk.id === id ? { id, bytes: change(Buffer.from(chunk.bytes)) } : chunk));

/** Replaces text of the metadata, which must be there. */
export const editText = (...changes: readonly (readonly [from: string | RegExp, to: string])[]): Edit =>
  editChunk('axml', (bytes) =>
    Buffer.from(
      changes.reduce((text, [from, to]) => {
        const changed = text.replace(from, to);
        if (changed === text) throw new Error(`the metadata has no ${String(from)}`);
        return changed;
      }, bytes.toString()),
    ),
  );

/** Changes a segment of `dbmd`, with a right checksum. @param change works on the payload in place */
export const editSegment = (wanted: number, change: (payload: Buffer) => void): Edit =>
  editChunk('dbmd', (bytes) => {
    for (let at = 4; bytes[at] !== 0 && at < bytes.length; at += bytes.readUInt16LE(at + 1) + 4) {
      const size = bytes.readUInt16LE(at + 1);
      if (bytes[at] !== wanted) continue;
      const payload = bytes.subarray(at + 3, at + 3 + size);
      change(payload);
      bytes[at + 3 + size] = dbmdChecksum(payload);
    }
    return bytes;
  });

/** Facts of a file. */
export async function factsOfFile(file: string, bytes: Buffer): Promise<MasterFacts> {
  writeFileSync(file, bytes);
  const reader = await openWavFile(file, { kernels });
  try {
    return (await readMasterFile(reader, bytes.length)).facts;
  } finally {
    await reader.close();
  }
}

/** What breaks each rule of a master; rules that hold, and such that cannot be judged, are left out. */
export function faultsByRule(facts: MasterFacts): Map<string, Fault[]> {
  const faults = masterRules.map(({ id, check }) => [id, check(facts)] as const);
  return new Map(
    faults.filter(
      (entry): entry is readonly [string, Fault[]] => Array.isArray(entry[1]) && entry[1].length > 0,
    ),
  );
}

/** A file in a folder. */
export const inFolder = (folder: string, name: string): string => join(folder, `${name}.wav`);
