import { InternalError } from '../base/errors.ts';

/** A complex Fourier transform of one size, in place on split arrays. */
export interface Fft {
  /** Number of points, a power of two. */
  readonly size: number;
  /** X[k] = sum x[n] exp(-2 pi i k n / size), unscaled. Both arrays hold `size` values. */
  forward(real: Float64Array, imaginary: Float64Array): void;
  /** The inverse of `forward`, scaled by 1 / size. */
  inverse(real: Float64Array, imaginary: Float64Array): void;
}

/** Smallest power of two that is at least `length`. */
export const nextPowerOfTwo = (length: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, length)));

/** Where each index goes when its bits are read backwards. */
function bitReversal(size: number): Uint32Array {
  const reversed = new Uint32Array(size);
  for (let i = 1; i < size; i++) reversed[i] = (reversed[i >> 1]! >> 1) | (i & 1 ? size >> 1 : 0);
  return reversed;
}

/** Radix-2 decimation in time. Outside the closures of plans: an engine works it out once for all of them. */
function transform(
  reversed: Uint32Array,
  cosines: Float64Array,
  sines: Float64Array,
  real: Float64Array,
  imaginary: Float64Array,
): void {
  const size = reversed.length;
  for (let i = 0; i < size; i++) {
    const j = reversed[i]!;
    if (j <= i) continue;
    const re = real[i]!;
    const im = imaginary[i]!;
    real[i] = real[j]!;
    imaginary[i] = imaginary[j]!;
    real[j] = re;
    imaginary[j] = im;
  }
  for (let half = 1; half < size; half <<= 1) {
    const stride = size / (2 * half);
    for (let start = 0; start < size; start += 2 * half) {
      for (let a = start, k = 0; a < start + half; a++, k += stride) {
        const b = a + half;
        const c = cosines[k]!;
        const s = sines[k]!;
        const re = real[b]! * c + imaginary[b]! * s;
        const im = imaginary[b]! * c - real[b]! * s;
        real[b] = real[a]! - re;
        imaginary[b] = imaginary[a]! - im;
        real[a]! += re;
        imaginary[a]! += im;
      }
    }
  }
}

/**
 * Plans a radix-2 transform in float64, for design work; audio goes through the kernels.
 * @param size a power of two; throws InternalError otherwise
 */
export function createFft(size: number): Fft {
  if (size < 1 || size !== nextPowerOfTwo(size))
    throw new InternalError('fft-size', `the size of an FFT must be a power of two, got ${size}`);
  const reversed = bitReversal(size);
  const cosines = Float64Array.from({ length: size >> 1 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sines = Float64Array.from({ length: size >> 1 }, (_, k) => Math.sin((2 * Math.PI * k) / size));

  const forward = (real: Float64Array, imaginary: Float64Array): void =>
    transform(reversed, cosines, sines, real, imaginary);

  return {
    size,
    forward,
    inverse(real, imaginary) {
      forward(imaginary, real);
      const scale = 1 / size;
      for (let i = 0; i < size; i++) {
        real[i]! *= scale;
        imaginary[i]! *= scale;
      }
    },
  };
}
