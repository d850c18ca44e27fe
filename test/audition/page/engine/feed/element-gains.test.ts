import { expect, test } from 'vitest';
import { switchGains, TrackGains } from '../../../../../src/audition/page/engine/feed/element-gains.ts';

const [open, muted, solo] = [
  { isMuted: false, isSolo: false },
  { isMuted: true, isSolo: false },
  { isMuted: false, isSolo: true },
];

test('mutes silence, solos silence all others, and a muted solo is silent', () => {
  expect(switchGains([open, muted, open])).toEqual([1, 0, 1]);
  expect(switchGains([open, muted, solo])).toEqual([0, 0, 1]);
  expect(switchGains([open, { isMuted: true, isSolo: true }])).toEqual([0, 0]);
});

test('tracks follow their element on a ramp of 10 ms, however the frames are cut', () => {
  const run = (blockFrames: number): number[] => {
    const gains = new TrackGains([0, 1, 1], [1, 1], 1000);
    gains.setTargets([1, 0]);
    const out: number[] = [];
    for (let at = 0; at < 12; at += blockFrames) {
      const tracks = [1, 2, 3].map(() => new Float32Array(blockFrames).fill(1));
      gains.apply(tracks, blockFrames);
      expect([...tracks[0]!]).toEqual(Array(blockFrames).fill(1));
      expect(tracks[1]).toEqual(tracks[2]);
      out.push(...tracks[1]!);
    }
    return out;
  };
  const ramp = run(12);
  ramp.forEach((value, n) => expect(value).toBeCloseTo(Math.max(0, 1 - (n + 1) / 10), 6));
  expect(run(3)).toEqual(ramp);
});

test('what is muted at first is silent at first, and comes back', () => {
  const gains = new TrackGains([0], [0], 1000);
  const track = new Float32Array(12).fill(1);
  gains.apply([track], 12);
  expect([...track]).toEqual(Array(12).fill(0));
  gains.setTargets([1]);
  track.fill(1);
  gains.apply([track], 12);
  expect(track[4]).toBeCloseTo(0.5, 6);
  expect(track[11]).toBe(1);
});
