/** In-place complex transforms of one length. */
export interface ComplexFft {
  readonly length: number;
  /** X[k] = sum over n of x[n] exp(-2 pi i k n / length). @param re, im [length] */
  forward(re: Float64Array, im: Float64Array): void;
  /** The inverse of `forward` without the factor 1 / length. */
  inverse(re: Float64Array, im: Float64Array): void;
}

/** Creates a radix-2 decimation-in-time FFT (Cooley and Tukey 1965). @param length a power of two */
export function createComplexFft(length: number): ComplexFft {
  const cosines = Float64Array.from({ length: length / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / length));
  const sines = Float64Array.from({ length: length / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / length));
  const reversed = new Uint32Array(length);
  for (let i = 1; i < length; i++) reversed[i] = (reversed[i >> 1]! >> 1) | (i & 1 ? length >> 1 : 0);

  function permute(values: Float64Array): void {
    for (let i = 0; i < length; i++) {
      const j = reversed[i]!;
      if (j <= i) continue;
      const value = values[i]!;
      values[i] = values[j]!;
      values[j] = value;
    }
  }

  function forward(re: Float64Array, im: Float64Array): void {
    permute(re);
    permute(im);
    for (let half = 1; half < length; half *= 2) {
      const stride = length / (2 * half);
      for (let start = 0; start < length; start += 2 * half) {
        for (let j = 0; j < half; j++) {
          const c = cosines[j * stride]!;
          const s = sines[j * stride]!;
          const a = start + j;
          const b = a + half;
          const tr = re[b]! * c - im[b]! * s;
          const ti = re[b]! * s + im[b]! * c;
          re[b] = re[a]! - tr;
          im[b] = im[a]! - ti;
          re[a]! += tr;
          im[a]! += ti;
        }
      }
    }
  }

  // Swapping the parts before and after turns the forward transform into the inverse.
  return { length, forward, inverse: (re, im) => forward(im, re) };
}
