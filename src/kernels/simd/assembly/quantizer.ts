import { allocate } from './memory';
import { counterStep, hashCounter } from './noise-counter';
import { flushTiny } from './vector';

/** Frames of one call at most. */
const capacityFrames: i32 = 4096;

/** Allocates the buffer of a quantiser. */
export function createQuantizer(): usize {
  return allocate(<usize>capacityFrames << 2);
}

/** Frames that one call takes at most. */
export function quantizerCapacityFrames(): i32 {
  return capacityFrames;
}

/** Multiplies the samples, adds noise and rounds them, in place, as the scalar twin does step by step. */
export function quantize(
  samples: usize, frameCount: i32, inputGain: f32, scale: f32, noiseScale: f32, isHighPass: bool, state: i32,
): void {
  const gains = f32x4.splat(inputGain);
  const step = f32x4.splat(1 / scale), scales = f32x4.splat(scale), noiseScales = f32x4.splat(noiseScale);
  const most = f32x4.splat(scale - 1), least = f32x4.splat(-scale), half = f32x4.splat(0.5);
  // Infinity has no rest; twice full scale is clipped as well.
  const far = f32x4.splat(2 * scale);
  const low = i32x4.splat(0xffff), fourSteps = i32x4.splat(4 * counterStep);
  let counter = i32x4.add(i32x4.splat(state), i32x4(counterStep, 2 * counterStep, 3 * counterStep, 4 * counterStep));
  let previous = i32x4.shr_u(hashCounter(i32x4.splat(state)), 16);
  for (const end = samples + (<usize>frameCount << 2); samples < end; samples += 16) {
    const bits = hashCounter(counter);
    const upper = i32x4.shr_u(bits, 16);
    const other = isHighPass ? v128.shuffle<i32>(previous, upper, 3, 4, 5, 6) : v128.and(bits, low);
    const difference = i32x4.sub(upper, other);
    previous = upper;
    const noise = f32x4.mul(f32x4.convert_i32x4_s(difference), noiseScales);
    const sample = f32x4.mul(flushTiny(v128.load(samples)), gains);
    const exact = f32x4.pmax(f32x4.pmin(f32x4.mul(sample, scales), far), f32x4.neg(far));
    const whole = f32x4.floor(exact);
    const rest = f32x4.add(f32x4.add(f32x4.sub(exact, whole), noise), half);
    const level = f32x4.add(whole, f32x4.floor(rest));
    // The order of the operands hands NaN on.
    v128.store(samples, f32x4.mul(f32x4.pmax(f32x4.pmin(level, most), least), step));
    counter = i32x4.add(counter, fourSteps);
  }
}
