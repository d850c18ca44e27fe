import type { Vec3 } from '../../../base/coordinates.ts';
import type { Kernels } from '../../../kernels/kernels.ts';
import { add, normalize, scale } from '../../../math/vec3.ts';
import type { HopSource } from '../fixed-input.ts';
import type { ImageSource } from './image-sources.ts';
import { walls } from './room-modes.ts';

/** Something whose images in the walls are heard. */
export interface WallFeeder {
  /** Has its current hop. */
  readonly audio: Pick<HopSource, 'hop'>;
  /** Linear, on top of the images' own. */
  readonly gain: number;
  /** Its image in each wall. */
  readonly images: readonly ImageSource[];
}

/** What comes from the walls. */
export interface WallFeed {
  /** Current hop of each wall. */
  readonly hops: readonly Float32Array[];
  /** Where each is heard from: the mean of its images by their power (unit vectors). */
  readonly directions: readonly Vec3[];
  /** Brings the next hop there. */
  fill(): void;
  reset(): void;
}

/** Sums the images of all feeders wall by wall, each with its own delay (to the nearest sample) and gain. */
export function createWallFeed(
  kernels: Kernels,
  feeders: readonly WallFeeder[],
  sampleRateHz: number,
  hopFrames: number,
): WallFeed {
  const delays = feeders.map(({ images }) =>
    images.map(({ delaySec }) => Math.round(delaySec * sampleRateHz)),
  );
  const historyFrames = Math.max(...delays.flat());
  const lines = feeders.map(() => new Float32Array(historyFrames + hopFrames));
  const mixer = kernels.createMix(feeders.length * walls.length, walls.length, hopFrames);
  feeders.forEach(({ gain, images }, f) =>
    images.forEach((image, wall) => {
      const gains = new Float64Array(walls.length);
      gains[wall] = gain * image.gain;
      mixer.setRamp(f * walls.length + wall, gains, gains, Infinity, 0);
    }),
  );
  const hops = walls.map(() => new Float32Array(hopFrames));
  const directions = walls.map(({ normal }, wall) => {
    const mean = feeders.reduce<Vec3>(
      (sum, { gain, images }) => {
        const image = images[wall]!;
        return add(sum, scale(image.direction, (gain * image.gain) ** 2));
      },
      scale(normal, 1e-9),
    );
    return normalize(mean);
  });
  return {
    hops,
    directions,
    fill() {
      mixer.clear(hopFrames);
      for (let f = 0; f < feeders.length; f++) {
        const line = lines[f]!;
        line.copyWithin(0, hopFrames);
        line.set(feeders[f]!.audio.hop, historyFrames);
        for (let wall = 0; wall < walls.length; wall++) {
          const from = historyFrames - delays[f]![wall]!;
          mixer.load(line, from, from + hopFrames, 0);
          mixer.mix(f * walls.length + wall, 0, 0, hopFrames);
        }
      }
      mixer.store(hops, 0, hopFrames);
    },
    reset() {
      for (const line of lines) line.fill(0);
    },
  };
}
