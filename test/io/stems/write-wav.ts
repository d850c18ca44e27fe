import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a test file holds beside its samples. */
export interface TestWavOptions {
  readonly sampleRateHz?: number;
  /** Loudspeaker mask; makes the file WAVE_FORMAT_EXTENSIBLE. */
  readonly mask?: number;
  /** Samples since midnight; adds a bext chunk (EBU Tech 3285). */
  readonly timeReferenceSamples?: number;
}

/** Writes a 32-bit float WAV file, independently of the project's own writer. */
export function writeTestWav(
  path: string,
  channels: readonly Float32Array[],
  options: TestWavOptions = {},
): string {
  const { sampleRateHz = 48000, mask, timeReferenceSamples } = options;
  const count = channels.length;
  const format = new DataView(new ArrayBuffer(mask === undefined ? 16 : 40));
  format.setUint16(0, mask === undefined ? 3 : 0xfffe, true);
  format.setUint16(2, count, true);
  format.setUint32(4, sampleRateHz, true);
  format.setUint32(8, sampleRateHz * count * 4, true);
  format.setUint16(12, count * 4, true);
  format.setUint16(14, 32, true);
  if (mask !== undefined) {
    format.setUint16(16, 22, true);
    format.setUint16(18, 32, true);
    format.setUint32(20, mask, true);
    const floatGuid = [3, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
    floatGuid.forEach((byte, index) => format.setUint8(24 + index, byte));
  }
  const frames = channels[0]?.length ?? 0;
  const data = new Float32Array(frames * count);
  channels.forEach((channel, index) =>
    channel.forEach((sample, frame) => (data[frame * count + index] = sample)),
  );
  const chunks = [chunk('fmt ', Buffer.from(format.buffer)), chunk('data', Buffer.from(data.buffer))];
  if (timeReferenceSamples !== undefined) {
    const bext = Buffer.alloc(602);
    bext.writeBigUInt64LE(BigInt(timeReferenceSamples), 338);
    bext.writeUInt16LE(1, 346);
    chunks.unshift(chunk('bext', bext));
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks])));
  return path;
}

function chunk(id: string, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, 'latin1');
  head.writeUInt32LE(payload.length, 4);
  return Buffer.concat([head, payload]);
}

/** A signal that says where it comes from: `value` + n / 2^20 in sample n. */
export const ramp = (length: number, value: number): Float32Array =>
  Float32Array.from({ length }, (_, n) => value + n / 2 ** 20);
