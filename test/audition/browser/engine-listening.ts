import type { Page } from 'playwright-core';
import type { CapturingEngine, createAudioEngine } from '../../../src/audition/page/engine/create-engine.ts';

declare global {
  interface Window {
    createAudioEngine: typeof createAudioEngine;
    engine: CapturingEngine;
  }
}

/** What went to the headphones. */
export interface Heard {
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Frames that had gone out in all. */
  readonly endFrame: number;
}

/** The last frames that went out. */
export async function captured(page: Page, frameCount: number): Promise<Heard> {
  const { text, endFrame } = await page.evaluate((count) => {
    const { left, right, endFrame } = window.engine.captured();
    const parts = [left.slice(-count), right.slice(-count)];
    const bytes = new Uint8Array(8 * parts[0]!.length);
    parts.forEach((part, index) => bytes.set(new Uint8Array(part.buffer), index * part.byteLength));
    let text = '';
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return { text: btoa(text), endFrame };
  }, frameCount);
  const all = new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer);
  return { left: all.slice(0, all.length / 2), right: all.slice(all.length / 2), endFrame };
}

/** Plays on until the programme is at a frame. */
export async function playUntil(page: Page, frame: number): Promise<void> {
  await page.evaluate(async (target) => {
    const { engine } = window;
    await engine.play();
    while (engine.positionFrames() < target) await new Promise((done) => setTimeout(done, 10));
  }, frame);
}

/** Plays a source from a frame on and returns what went out of its last part. */
export async function listen(page: Page, sourceId: string, from: number, to: number): Promise<Heard> {
  await page.evaluate(
    ([id, frame]) => {
      window.engine.select(id);
      window.engine.seek(frame);
    },
    [sourceId, from] as const,
  );
  await playUntil(page, to);
  // Outputs and fades lie behind the first 50 ms.
  return captured(page, to - from - 2400);
}

/** Mean power in dB. */
export const powerDb = (samples: Float32Array): number =>
  10 * Math.log10(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);

/** Largest difference of two signals in dBFS. */
export function differenceDb(one: Float32Array, other: Float32Array): number {
  return 20 * Math.log10(one.reduce((max, value, i) => Math.max(max, Math.abs(value - other[i]!)), 1e-12));
}

/** Place of a stretch of a signal in another that holds it sample for sample, at its middle; -1 if it does not. */
export function placeOf(stretch: Float32Array, whole: Float32Array, at = stretch.length >> 1): number {
  for (let i = 0; i < whole.length; i++) {
    let same = 0;
    while (same < 32 && whole[i + same] === stretch[at + same]) same++;
    if (same === 32) return i - at;
  }
  return -1;
}
