import { expect, test } from 'vitest';
import { JumpFade } from '../../../../../src/audition/page/engine/playback/jump-fade.ts';

/** Gains of a stretch of the stream, asked for in pieces of 128 frames. */
function gainsOf(fade: JumpFade, from: number, pieceCount: number): number[] {
  return Array.from({ length: pieceCount }, (_, piece) => [
    ...(fade.gainsAt(from + 128 * piece) ?? new Float32Array(128).fill(1)),
  ]).flat();
}

test('without jumps nothing is to be done', () => {
  expect(new JumpFade(128, 48000).gainsAt(0)).toBeUndefined();
});

test('the sound goes 2 ms before each jump and comes 2 ms behind it, wherever stretches begin', () => {
  for (const from of [0, 1, 77, 127]) {
    const fade = new JumpFade(128, 48000);
    fade.jumps = { firstPosition: 1000, everyFrames: 2500 };
    const gains = gainsOf(fade, from, 60);
    for (const [i, gain] of gains.entries()) {
      const fromJump = Math.min(...[1000, 3500, 6000].map((jump) => Math.abs(from + i + 0.5 - jump)));
      if (fromJump > 96) expect(gain).toBe(1);
      else expect(gain).toBeCloseTo(Math.sin(((Math.PI / 2) * fromJump) / 96) ** 2, 6);
    }
  }
});

test('far from a jump no gain is computed', () => {
  const fade = new JumpFade(128, 48000);
  fade.jumps = { firstPosition: 1000, everyFrames: 2500 };
  for (const position of [0, 776, 1096, 3276]) expect(fade.gainsAt(position)).toBeUndefined();
  for (const position of [777, 1095, 3277]) expect(fade.gainsAt(position)).toBeDefined();
});
