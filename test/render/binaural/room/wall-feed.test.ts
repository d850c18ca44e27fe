import { expect, test } from 'vitest';
import { loadKernels } from '../../../../src/kernels/load-kernels.ts';
import { imageSources } from '../../../../src/render/binaural/room/image-sources.ts';
import { createWallFeed } from '../../../../src/render/binaural/room/wall-feed.ts';
import { impulse } from '../scenes.ts';

test('each wall sends back what it has of every feeder, at its time', async () => {
  const kernels = await loadKernels();
  const sound = impulse(1600, 5);
  const feeders = [[0, 1, 0] as const, [-1, 0, 0] as const].map((direction, index) => ({
    audio: { hop: new Float32Array(400) },
    gain: index + 1,
    images: imageSources(direction, 'far'),
  }));
  const feed = createWallFeed(kernels, feeders, 48_000, 400);
  const walls = feed.hops.map(() => new Float32Array(1600));
  for (let from = 0; from < 1600; from += 400) {
    for (const { audio } of feeders) audio.hop.set(sound.subarray(from, from + 400));
    feed.fill();
    feed.hops.forEach((hop, wall) => walls[wall]!.set(hop, from));
  }
  walls.forEach((heard, wall) => {
    const expected = new Float32Array(1600);
    for (const { gain, images } of feeders)
      expected[5 + Math.round(images[wall]!.delaySec * 48_000)]! += gain * images[wall]!.gain;
    heard.forEach((sample, n) => expect(sample).toBeCloseTo(expected[n]!, 6));
  });
  // The second has twice the gain; both images in the wall ahead lie ahead.
  expect(feed.directions[2]![1]).toBeGreaterThan(0.9);
  feed.directions.forEach((direction) => expect(Math.hypot(...direction)).toBeCloseTo(1, 9));
  const alone = createWallFeed(kernels, [feeders[1]!], 48_000, 400);
  alone.directions.forEach((direction, wall) =>
    direction.forEach((value, axis) =>
      expect(value).toBeCloseTo(feeders[1]!.images[wall]!.direction[axis]!, 6),
    ),
  );
  feed.reset();
  for (const { audio } of feeders) audio.hop.fill(0);
  feed.fill();
  expect(feed.hops.every((hop) => hop.every((sample) => sample === 0))).toBe(true);
});
