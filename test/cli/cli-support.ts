import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

/** The built command line; tests of it run what a user runs. */
export const cliPath = resolve(import.meta.dirname, '../../dist/cli/main.js');

/** What a command printed, and how it ended. */
export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `periphon` to its end. */
export function periphon(args: readonly string[], cwd: string = process.cwd()): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cliPath, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** Starts `periphon` and lets it run. */
export const startPeriphon = (args: readonly string[], cwd: string): ChildProcess =>
  spawn(process.execPath, [cliPath, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });

/** A folder of its own for a test file, with a space in its name; removed at the end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'periphon test '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** One channel of a stem: its sample at a frame, in -1..1. */
export type Signal = (frame: number) => number;

/** How a test file is written; 24-bit integers at 48 kHz where nothing is said. */
export interface WavSettings {
  readonly sampleRateHz?: number;
  readonly float?: boolean;
  /** Makes the file extensible, with this loudspeaker mask. */
  readonly channelMask?: number;
}

/** Writes a PCM WAVE file with Node alone, so that our own writer is not what tests it. */
export function writeWav(
  file: string,
  signals: readonly Signal[],
  frameCount: number,
  { sampleRateHz = 48000, float = false, channelMask }: WavSettings = {},
): void {
  const bytes = float ? 4 : 3;
  const tag = float ? 3 : 1;
  const format = Buffer.alloc(channelMask === undefined ? 16 : 40);
  format.writeUInt16LE(channelMask === undefined ? tag : 0xfffe, 0);
  format.writeUInt16LE(signals.length, 2);
  format.writeUInt32LE(sampleRateHz, 4);
  format.writeUInt32LE(sampleRateHz * signals.length * bytes, 8);
  format.writeUInt16LE(signals.length * bytes, 12);
  format.writeUInt16LE(8 * bytes, 14);
  if (channelMask !== undefined) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(8 * bytes, 18);
    format.writeUInt32LE(channelMask, 20);
    format.write(`${String.fromCharCode(tag)}\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71`, 24, 'latin1');
  }
  const data = Buffer.alloc(frameCount * signals.length * bytes);
  let offset = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    for (const signal of signals) {
      const sample = signal(frame);
      if (float) offset = data.writeFloatLE(sample, offset);
      else offset = data.writeIntLE(Math.round(Math.max(-1, Math.min(1, sample)) * 8388607), offset, 3);
    }
  }
  const body = [chunk('fmt ', format), chunk('data', data)];
  writeFileSync(file, chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...body])));
}

/** A RIFF chunk with its header and, after an odd length, its pad byte. */
function chunk(id: string, content: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.write(id, 0, 'latin1');
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, content, Buffer.alloc(content.length & 1)]);
}

/** A sine of a frequency and peak amplitude. */
export const sine =
  (frequencyHz: number, amplitude: number, sampleRateHz = 48000): Signal =>
  (frame) =>
    amplitude * Math.sin((2 * Math.PI * frequencyHz * frame) / sampleRateHz);

/** Deterministic white noise of a peak amplitude. */
export const whiteNoise =
  (seed: number, amplitude: number): Signal =>
  (frame) => {
    let t = Math.imul((frame + 1) ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b);
    t = Math.imul(t ^ (t >>> 13), 0xc2b2ae35);
    t = Math.imul(t ^ (t >>> 16), 0x27d4eb2f);
    return amplitude * (((t ^ (t >>> 15)) >>> 0) / 2147483648 - 1);
  };

/** Noise bursts that decay within 60 ms: peaks far above their loudness, so that limiters have work. */
export const bursts = (seed: number, amplitude: number, periodFrames = 12000): Signal => {
  const noise = whiteNoise(seed, 1);
  return (frame) => amplitude * noise(frame) * Math.exp(-((frame + seed * 1733) % periodFrames) / 700);
};

/** Writes a scene document beside its stems; returns its path. */
export function writeScene(folder: string, name: string, document: object): string {
  const file = join(folder, `${name}.scene.json`);
  writeFileSync(file, JSON.stringify({ version: 1, name, ...document }, null, 2));
  return file;
}

/** Writes a scene of a 7.1.2 bed and two objects, one of them flying over; returns its path. */
export function writeSmallScene(folder: string, durationSec = 4): string {
  mkdirSync(join(folder, 'stems'), { recursive: true });
  const frameCount = Math.round(durationSec * 48000);
  const bed = Array.from({ length: 10 }, (_, channel) =>
    channel === 3 ? sine(50, 0.2) : whiteNoise(channel + 1, 0.15),
  );
  writeWav(join(folder, 'stems', 'bed.wav'), bed, frameCount);
  writeWav(join(folder, 'stems', 'voice.wav'), [sine(440, 0.4)], frameCount);
  writeWav(join(folder, 'stems', 'fly.wav'), [whiteNoise(99, 0.4)], frameCount);
  return writeScene(folder, 'small', {
    beds: [{ name: 'bed', layout: '7.1.2', file: 'stems/bed.wav', channelOrder: 'itu' }],
    objects: [
      { name: 'voice', file: 'stems/voice.wav', position: { azimuthDeg: 20, elevationDeg: 0 } },
      {
        name: 'fly',
        file: 'stems/fly.wav',
        blocks: [
          { startSec: 0, durationSec: durationSec / 2, position: { azimuthDeg: 0, elevationDeg: 0 } },
          {
            startSec: durationSec / 2,
            durationSec: durationSec / 2,
            position: { azimuthDeg: 0, elevationDeg: 90 },
          },
        ],
      },
    ],
  });
}
