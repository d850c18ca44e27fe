import { readFile } from 'node:fs/promises';
import { HrtfError } from '../../base/errors.ts';
import type { HrtfSet } from '../../hrtf/hrtf-set.ts';
import { resampleHrtf } from '../../hrtf/resample-hrtf.ts';

/**
 * Packed HRTF sets (`*.phrtf`), little endian: the eight bytes "PHRTF 1\n", uint32 length of a JSON header,
 * the header (padded with spaces to a multiple of four), then
 * float32 directions [direction][azimuthDeg, elevationDeg], float32 arrivals [direction][ear] in samples,
 * float32 scales [direction][ear], int16 responses [direction][ear][tap]: sample = integer * scale.
 */
const magic = 'PHRTF 1\n';

/** Largest integer of a coded response. */
const fullScale = 32767;

/** The set that comes with periphon. */
const defaultFile = new URL('../../../hrtf/kemar.phrtf', import.meta.url);

/** Rates at which the set that comes with periphon is offered. */
export const defaultHrtfRatesHz: readonly number[] = Object.freeze([44100, 48000, 88200, 96000]);

interface Header {
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  readonly sampleRateHz: number;
  readonly directionCount: number;
  readonly tapCount: number;
}

/** Codes a set into the bytes of a packed file; the same set gives the same bytes. */
export function formatPackedHrtf(hrtf: HrtfSet): Uint8Array {
  const { name, source, licence, sampleRateHz, directionCount, tapCount } = hrtf;
  const header: Header = { name, source, licence, sampleRateHz, directionCount, tapCount };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 4) * 4;
  const pairs = 2 * directionCount;
  const bytes = new Uint8Array(magic.length + 4 + headerBytes + pairs * (3 * 4 + 2 * tapCount)).fill(0x20);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(magic));
  view.setUint32(magic.length, headerBytes, true);
  bytes.set(json, magic.length + 4);
  let at = magic.length + 4 + headerBytes;
  const writeFloats = (values: ArrayLike<number>): void => {
    for (let i = 0; i < values.length; i++, at += 4) view.setFloat32(at, values[i]!, true);
  };
  const scales = Float32Array.from({ length: pairs }, (_, r) => {
    const response = hrtf.responses.subarray(r * tapCount, (r + 1) * tapCount);
    return (response.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0) || 1) / fullScale;
  });
  writeFloats(hrtf.directionsDeg);
  writeFloats(hrtf.arrivalSamples);
  writeFloats(scales);
  for (let i = 0; i < hrtf.responses.length; i++, at += 2) {
    const integer = Math.round(hrtf.responses[i]! / scales[Math.floor(i / tapCount)]!);
    view.setInt16(at, Math.max(-fullScale, Math.min(fullScale, integer)), true);
  }
  return bytes;
}

/** Whether bytes begin as a packed file does, of any version. */
export const isPackedHrtf = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(0, 6)) === magic.slice(0, 6);

/**
 * Reads the bytes of a packed file. Throws HrtfError when they are no packed set, are cut short, or hold
 * values that cannot be.
 * @param file name for messages
 */
export function parsePackedHrtf(bytes: Uint8Array, file: string): HrtfSet {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < magic.length + 4 || new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic)
    throw new HrtfError('hrtf-packed', `${file} is not a packed HRTF set of version 1`, { file });
  const headerBytes = view.getUint32(magic.length, true);
  const header = parseHeader(bytes.subarray(magic.length + 4, magic.length + 4 + headerBytes), file);
  const { directionCount, tapCount } = header;
  const pairs = 2 * directionCount;
  let at = magic.length + 4 + headerBytes;
  const expected = at + pairs * (3 * 4 + 2 * tapCount);
  if (bytes.length !== expected)
    throw new HrtfError('hrtf-length', `${file} has ${bytes.length} bytes, its header asks for ${expected}`, {
      file,
    });
  const readFloats = (): Float64Array =>
    Float64Array.from({ length: pairs }, () => {
      const value = view.getFloat32(at, true);
      at += 4;
      if (!Number.isFinite(value))
        throw new HrtfError('hrtf-number', `${file} holds a number that is not finite at byte ${at - 4}`, {
          file,
        });
      return value;
    });
  const directionsDeg = readFloats();
  const arrivalSamples = readFloats();
  const scales = readFloats();
  const responses = new Float32Array(pairs * tapCount);
  for (let r = 0; r < pairs; r++)
    for (let n = 0; n < tapCount; n++, at += 2)
      responses[r * tapCount + n] = view.getInt16(at, true) * scales[r]!;
  return { ...header, directionsDeg, arrivalSamples, responses };
}

/** Checks the JSON header field by field. */
function parseHeader(bytes: Uint8Array, file: string): Header {
  const fault = (what: string): HrtfError =>
    new HrtfError('hrtf-header', `the header of ${file} ${what}`, { file });
  let header: Partial<Record<keyof Header, unknown>>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Record<keyof Header, unknown>>;
  } catch (cause) {
    throw new HrtfError('hrtf-header', `the header of ${file} is not JSON`, { file, cause });
  }
  const text = (key: 'name' | 'source' | 'licence'): string => {
    const value = header[key];
    if (typeof value !== 'string') throw fault(`lacks the text "${key}"`);
    return value;
  };
  const count = (key: 'sampleRateHz' | 'directionCount' | 'tapCount', from: number, to: number): number => {
    const value = header[key];
    if (!Number.isInteger(value) || (value as number) < from || (value as number) > to)
      throw fault(`has ${key} ${String(value)}, allowed are integers from ${from} to ${to}`);
    return value as number;
  };
  return {
    name: text('name'),
    source: text('source'),
    licence: text('licence'),
    sampleRateHz: count('sampleRateHz', 8000, 384_000),
    directionCount: count('directionCount', 4, 100_000),
    tapCount: count('tapCount', 16, 65_536),
  };
}

/**
 * Reads the set that comes with periphon, at 44.1, 48, 88.2 or 96 kHz. It is kept at the rate of its
 * measurement and resampled here. Throws HrtfError for other rates.
 */
export async function loadDefaultHrtf(sampleRateHz: number): Promise<HrtfSet> {
  if (!defaultHrtfRatesHz.includes(sampleRateHz))
    throw new HrtfError(
      'hrtf-rate',
      `the default HRTF set has no rate of ${sampleRateHz} Hz; it has ${defaultHrtfRatesHz.join(', ')} Hz`,
      { hint: 'render at one of these rates' },
    );
  return resampleHrtf(parsePackedHrtf(await readFile(defaultFile), 'kemar.phrtf'), sampleRateHz);
}
