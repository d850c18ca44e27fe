import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { bursts, sine, writeScene, writeWav } from '../cli/cli-support.ts';

/** A folder of its own for a test file; removed at the end. */
export function jobFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'periphon job '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a scene of a 5.1 bed and a moving object; returns its path. */
export function writeTinyScene(folder: string, frameCount: number): string {
  const bed = [sine(200, 0.2), sine(300, 0.2), sine(400, 0.2), sine(50, 0.2), sine(500, 0.1), sine(600, 0.1)];
  writeWav(join(folder, 'bed.wav'), bed, frameCount);
  writeWav(join(folder, 'drum.wav'), [bursts(3, 0.8)], frameCount);
  const halfSec = frameCount / 96_000;
  return writeScene(folder, 'tiny', {
    beds: [{ name: 'bed', layout: '5.1', file: 'bed.wav', gainDb: -3 }],
    objects: [
      {
        name: 'drum',
        file: 'drum.wav',
        blocks: [
          { startSec: 0, durationSec: halfSec, position: { azimuthDeg: 30, elevationDeg: 0 } },
          {
            startSec: halfSec,
            durationSec: halfSec,
            position: { azimuthDeg: -60, elevationDeg: 45 },
            width: 20,
          },
        ],
      },
    ],
  });
}

/** Writes text and returns its path. */
export function writeText(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
