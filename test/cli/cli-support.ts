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

/** Writes a plain PCM WAVE file with Node alone, so that our own writer is not what tests it. */
export function writeWav(
  file: string,
  signals: readonly Signal[],
  frameCount: number,
  { sampleRateHz = 48000, float = false } = {},
): void {
  const bytes = float ? 4 : 3;
  const dataBytes = frameCount * signals.length * bytes;
  const buffer = Buffer.alloc(44 + dataBytes + (dataBytes & 1));
  buffer.write('RIFF', 0);
  buffer.writeUInt32LE(buffer.length - 8, 4);
  buffer.write('WAVEfmt ', 8);
  buffer.writeUInt32LE(16, 16);
  buffer.writeUInt16LE(float ? 3 : 1, 20);
  buffer.writeUInt16LE(signals.length, 22);
  buffer.writeUInt32LE(sampleRateHz, 24);
  buffer.writeUInt32LE(sampleRateHz * signals.length * bytes, 28);
  buffer.writeUInt16LE(signals.length * bytes, 32);
  buffer.writeUInt16LE(8 * bytes, 34);
  buffer.write('data', 36);
  buffer.writeUInt32LE(dataBytes, 40);
  let offset = 44;
  for (let frame = 0; frame < frameCount; frame++) {
    for (const signal of signals) {
      const sample = signal(frame);
      if (float) offset = buffer.writeFloatLE(sample, offset);
      else offset = buffer.writeIntLE(Math.round(Math.max(-1, Math.min(1, sample)) * 8388607), offset, 3);
    }
  }
  writeFileSync(file, buffer);
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
  const scene = {
    version: 1,
    name: 'small',
    beds: [{ name: 'bed', layout: '7.1.2', file: 'stems/bed.wav', channelOrder: 'itu' }],
    objects: [
      { name: 'voice', file: 'stems/voice.wav', position: { azimuthDeg: 20, elevationDeg: 0 } },
      {
        name: 'fly',
        file: 'stems/fly.wav',
        blocks: [
          { startSec: 0, durationSec: durationSec / 2, position: { azimuthDeg: 0, elevationDeg: 0 } },
          { startSec: durationSec / 2, position: { azimuthDeg: 0, elevationDeg: 90 } },
        ],
      },
    ],
  };
  const file = join(folder, 'small.scene.json');
  writeFileSync(file, JSON.stringify(scene, null, 2));
  return file;
}
