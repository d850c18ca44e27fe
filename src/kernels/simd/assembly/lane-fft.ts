import { allocate } from './memory';

/**
 * Complex FFT of four independent signals at once, one in each float32 lane: element n is 32 bytes, four real
 * parts and four imaginary parts. Radix-4 decimation in frequency in place, results in digit-reversed order, so
 * that no step permutes or shuffles; the inverse is the matching decimation in time and takes that order.
 */
@unmanaged
export class LaneFft {
  length: i32;
  /** w, w^2, w^3 as three complex float32 for each butterfly of each stage, first stage first. */
  twiddles: usize;
  twiddlesEnd: usize;
  /** Byte offsets of the elements X[k], X[-k]: first the two that are their own mirror image, once each. */
  mirrors: usize;
  mirrorsEnd: usize;
}

/** Allocates the tables for one length, a power of two from 8 up. */
export function createLaneFft(length: i32): LaneFft {
  const fft = changetype<LaneFft>(allocate(offsetof<LaneFft>()));
  fft.length = length;
  fft.twiddles = allocate(<usize>length * 24);
  let at = fft.twiddles;
  for (let size = length; size > 8; size >>= 2) {
    for (let j = 0; j < size >> 2; j++) {
      for (let power = 1; power < 4; power++, at += 8) {
        const angle = (2 * Math.PI * <f64>(j * power)) / <f64>size;
        store<f32>(at, <f32>Math.cos(angle));
        store<f32>(at, <f32>-Math.sin(angle), 4);
      }
    }
  }
  fft.twiddlesEnd = at;
  createMirrors(fft);
  return fft;
}

/** Bytes of one array of `length` elements. */
export function spectrumBytes(fft: LaneFft): usize {
  return <usize>fft.length << 5;
}

function createMirrors(fft: LaneFft): void {
  const length = fft.length;
  const positions = allocate(<usize>length << 2);
  for (let p = 0; p < length; p++) store<i32>(positions + (<usize>frequencyAt(p, length) << 2), p);
  fft.mirrors = allocate(<usize>(length + 2) << 2);
  let at = fft.mirrors;
  for (let k = 0; k <= length >> 1; k += length >> 1) at = storeMirror(at, positions, k, k);
  for (let p = 0; p < length; p++) {
    const k = frequencyAt(p, length);
    if (k > 0 && k < length >> 1) at = storeMirror(at, positions, k, length - k);
  }
  fft.mirrorsEnd = at;
}

function storeMirror(at: usize, positions: usize, k: i32, mirror: i32): usize {
  store<i32>(at, load<i32>(positions + (<usize>k << 2)) << 5);
  store<i32>(at, load<i32>(positions + (<usize>mirror << 2)) << 5, 4);
  return at + 8;
}

/** Frequency index of the result at one position. */
export function frequencyAt(position: i32, length: i32): i32 {
  let frequency = 0;
  let weight = 1;
  let size = length;
  for (; size >= 4; size >>= 2, weight <<= 2) {
    const quarter = size >> 2;
    frequency += (position / quarter) * weight;
    position %= quarter;
  }
  return size === 2 ? frequency + position * weight : frequency;
}

/** In place: elements in order to the spectrum in digit-reversed order. */
export function forward(fft: LaneFft, x: usize): void {
  let twiddles = fft.twiddles;
  let size = fft.length;
  for (; size > 8; size >>= 2) {
    forwardStage(x, fft.length, size, twiddles);
    twiddles += <usize>(size >> 2) * 24;
  }
  if (size === 4) lastRadix4(x, fft.length, 1);
  else lastRadix8(x, fft.length);
}

/** In place: the spectrum in digit-reversed order to elements in order, times the length. */
export function inverse(fft: LaneFft, x: usize): void {
  let size = fft.length;
  while (size > 8) size >>= 2;
  if (size === 4) lastRadix4(x, fft.length, -1);
  else firstRadix8(x, fft.length);
  let twiddles = fft.twiddlesEnd;
  for (size <<= 2; size <= fft.length; size <<= 2) {
    twiddles -= <usize>(size >> 2) * 24;
    inverseStage(x, fft.length, size, twiddles);
  }
}

/** Butterflies over blocks of `size`, then products with w^j, w^2j, w^3j. */
function forwardStage(data: usize, length: i32, size: i32, twiddles: usize): void {
  const quarter = <usize>(size >> 2) << 5;
  const twiddlesEnd = twiddles + <usize>(size >> 2) * 24;
  for (let block = data, end = data + (<usize>length << 5); block < end; block += 4 * quarter) {
    let x0 = block;
    for (let w = twiddles; w < twiddlesEnd; w += 24, x0 += 32) {
      const x1 = x0 + quarter, x2 = x1 + quarter, x3 = x2 + quarter;
      const ar = v128.load(x0), ai = v128.load(x0, 16), br = v128.load(x1), bi = v128.load(x1, 16);
      const cr = v128.load(x2), ci = v128.load(x2, 16), dr = v128.load(x3), di = v128.load(x3, 16);
      const pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci), qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
      v128.store(x0, f32x4.add(pr, qr));
      v128.store(x0, f32x4.add(pi, qi), 16);
      storeProduct(x2, f32x4.sub(pr, qr), f32x4.sub(pi, qi), w + 8);
      const sr = f32x4.sub(ar, cr), si = f32x4.sub(ai, ci), tr = f32x4.sub(bi, di), ti = f32x4.sub(dr, br);
      storeProduct(x1, f32x4.add(sr, tr), f32x4.add(si, ti), w);
      storeProduct(x3, f32x4.sub(sr, tr), f32x4.sub(si, ti), w + 16);
    }
  }
}

/** x = (re + i im) w */
// @ts-ignore: decorator
@inline
function storeProduct(x: usize, re: v128, im: v128, w: usize): void {
  const wr = v128.load32_splat(w), wi = v128.load32_splat(w, 4);
  v128.store(x, f32x4.sub(f32x4.mul(re, wr), f32x4.mul(im, wi)));
  v128.store(x, f32x4.add(f32x4.mul(re, wi), f32x4.mul(im, wr)), 16);
}

/** Products with the conjugates of w^j, w^2j, w^3j, then butterflies over blocks of `size`. */
function inverseStage(data: usize, length: i32, size: i32, twiddles: usize): void {
  const quarter = <usize>(size >> 2) << 5;
  const twiddlesEnd = twiddles + <usize>(size >> 2) * 24;
  for (let block = data, end = data + (<usize>length << 5); block < end; block += 4 * quarter) {
    let x0 = block;
    for (let w = twiddles; w < twiddlesEnd; w += 24, x0 += 32) {
      const x1 = x0 + quarter, x2 = x1 + quarter, x3 = x2 + quarter;
      const ar = v128.load(x0), ai = v128.load(x0, 16);
      const br = conjugateProductRe(x1, w), bi = conjugateProductIm(x1, w);
      const cr = conjugateProductRe(x2, w + 8), ci = conjugateProductIm(x2, w + 8);
      const dr = conjugateProductRe(x3, w + 16), di = conjugateProductIm(x3, w + 16);
      const pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci), qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
      v128.store(x0, f32x4.add(pr, qr));
      v128.store(x0, f32x4.add(pi, qi), 16);
      v128.store(x2, f32x4.sub(pr, qr));
      v128.store(x2, f32x4.sub(pi, qi), 16);
      const sr = f32x4.sub(ar, cr), si = f32x4.sub(ai, ci), tr = f32x4.sub(di, bi), ti = f32x4.sub(br, dr);
      v128.store(x1, f32x4.add(sr, tr));
      v128.store(x1, f32x4.add(si, ti), 16);
      v128.store(x3, f32x4.sub(sr, tr));
      v128.store(x3, f32x4.sub(si, ti), 16);
    }
  }
}

/** Real part of x times the conjugate of w. */
// @ts-ignore: decorator
@inline
function conjugateProductRe(x: usize, w: usize): v128 {
  const wr = v128.load32_splat(w), wi = v128.load32_splat(w, 4);
  return f32x4.add(f32x4.mul(v128.load(x), wr), f32x4.mul(v128.load(x, 16), wi));
}

/** Imaginary part of x times the conjugate of w. */
// @ts-ignore: decorator
@inline
function conjugateProductIm(x: usize, w: usize): v128 {
  const wr = v128.load32_splat(w), wi = v128.load32_splat(w, 4);
  return f32x4.sub(f32x4.mul(v128.load(x, 16), wr), f32x4.mul(v128.load(x), wi));
}

/** Butterflies over four neighbours, without twiddles; direction 1 is forward, -1 inverse. */
// @ts-ignore: decorator
@inline
function lastRadix4(data: usize, length: i32, direction: i32): void {
  for (let x = data, end = data + (<usize>length << 5); x < end; x += 128) {
    const ar = v128.load(x), ai = v128.load(x, 16), br = v128.load(x, 32), bi = v128.load(x, 48);
    const cr = v128.load(x, 64), ci = v128.load(x, 80), dr = v128.load(x, 96), di = v128.load(x, 112);
    const pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci), qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
    const sr = f32x4.sub(ar, cr), si = f32x4.sub(ai, ci);
    const tr = direction > 0 ? f32x4.sub(bi, di) : f32x4.sub(di, bi);
    const ti = direction > 0 ? f32x4.sub(dr, br) : f32x4.sub(br, dr);
    v128.store(x, f32x4.add(pr, qr));
    v128.store(x, f32x4.add(pi, qi), 16);
    v128.store(x, f32x4.add(sr, tr), 32);
    v128.store(x, f32x4.add(si, ti), 48);
    v128.store(x, f32x4.sub(pr, qr), 64);
    v128.store(x, f32x4.sub(pi, qi), 80);
    v128.store(x, f32x4.sub(sr, tr), 96);
    v128.store(x, f32x4.sub(si, ti), 112);
  }
}

/** Real and imaginary part of the eighth root of 1. */
const rootHalf: f32 = 0.70710678118654752;

/** Where the length is twice a power of four: butterflies over four in steps of two, then over two neighbours. */
function lastRadix8(data: usize, length: i32): void {
  const half = f32x4.splat(rootHalf);
  for (let x = data, end = data + (<usize>length << 5); x < end; x += 256) {
    let ar = v128.load(x, 32), ai = v128.load(x, 48), br = v128.load(x, 96), bi = v128.load(x, 112);
    let cr = v128.load(x, 160), ci = v128.load(x, 176), dr = v128.load(x, 224), di = v128.load(x, 240);
    let pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci), qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
    const b0r = f32x4.add(pr, qr), b0i = f32x4.add(pi, qi);
    // Times -i.
    const b2r = f32x4.sub(pi, qi), b2i = f32x4.sub(qr, pr);
    let sr = f32x4.sub(ar, cr), si = f32x4.sub(ai, ci), tr = f32x4.sub(bi, di), ti = f32x4.sub(dr, br);
    let yr = f32x4.add(sr, tr), yi = f32x4.add(si, ti);
    const b1r = f32x4.mul(half, f32x4.add(yr, yi)), b1i = f32x4.mul(half, f32x4.sub(yi, yr));
    yr = f32x4.sub(sr, tr), yi = f32x4.sub(si, ti);
    const b3r = f32x4.mul(half, f32x4.sub(yi, yr)), b3i = f32x4.mul(half, f32x4.add(yr, yi));

    ar = v128.load(x), ai = v128.load(x, 16), br = v128.load(x, 64), bi = v128.load(x, 80);
    cr = v128.load(x, 128), ci = v128.load(x, 144), dr = v128.load(x, 192), di = v128.load(x, 208);
    pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci), qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
    sr = f32x4.sub(ar, cr), si = f32x4.sub(ai, ci), tr = f32x4.sub(bi, di), ti = f32x4.sub(dr, br);
    storeTwo(x, f32x4.add(pr, qr), f32x4.add(pi, qi), b0r, b0i);
    storeTwo(x + 64, f32x4.add(sr, tr), f32x4.add(si, ti), b1r, b1i);
    storeTwo(x + 128, f32x4.sub(pr, qr), f32x4.sub(pi, qi), b2r, b2i);
    storeTwo(x + 192, f32x4.sub(sr, tr), f32x4.sub(si, ti), b3r, f32x4.neg(b3i));
  }
}

/** Sum and difference into two neighbours. */
// @ts-ignore: decorator
@inline
function storeTwo(x: usize, ar: v128, ai: v128, br: v128, bi: v128): void {
  v128.store(x, f32x4.add(ar, br));
  v128.store(x, f32x4.add(ai, bi), 16);
  v128.store(x, f32x4.sub(ar, br), 32);
  v128.store(x, f32x4.sub(ai, bi), 48);
}

/** The inverse of `lastRadix8`. */
function firstRadix8(data: usize, length: i32): void {
  const half = f32x4.splat(rootHalf);
  for (let x = data, end = data + (<usize>length << 5); x < end; x += 256) {
    const v0r = v128.load(x), v0i = v128.load(x, 16), v1r = v128.load(x, 32), v1i = v128.load(x, 48);
    const v2r = v128.load(x, 64), v2i = v128.load(x, 80), v3r = v128.load(x, 96), v3i = v128.load(x, 112);
    const v4r = v128.load(x, 128), v4i = v128.load(x, 144), v5r = v128.load(x, 160), v5i = v128.load(x, 176);
    const v6r = v128.load(x, 192), v6i = v128.load(x, 208), v7r = v128.load(x, 224), v7i = v128.load(x, 240);
    storeFour(
      x, f32x4.add(v0r, v1r), f32x4.add(v0i, v1i), f32x4.add(v2r, v3r), f32x4.add(v2i, v3i),
      f32x4.add(v4r, v5r), f32x4.add(v4i, v5i), f32x4.add(v6r, v7r), f32x4.add(v6i, v7i),
    );
    const yr = f32x4.sub(v2r, v3r), yi = f32x4.sub(v2i, v3i), zr = f32x4.sub(v6r, v7r), zi = f32x4.sub(v6i, v7i);
    storeFour(
      x + 32, f32x4.sub(v0r, v1r), f32x4.sub(v0i, v1i),
      f32x4.mul(half, f32x4.sub(yr, yi)), f32x4.mul(half, f32x4.add(yr, yi)),
      // Times i.
      f32x4.sub(v5i, v4i), f32x4.sub(v4r, v5r),
      f32x4.neg(f32x4.mul(half, f32x4.add(zr, zi))), f32x4.mul(half, f32x4.sub(zr, zi)),
    );
  }
}

/** An inverse butterfly over four, in steps of two. */
// @ts-ignore: decorator
@inline
function storeFour(x: usize, ar: v128, ai: v128, br: v128, bi: v128, cr: v128, ci: v128, dr: v128, di: v128): void {
  const pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci), qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
  const sr = f32x4.sub(ar, cr), si = f32x4.sub(ai, ci), tr = f32x4.sub(di, bi), ti = f32x4.sub(br, dr);
  v128.store(x, f32x4.add(pr, qr));
  v128.store(x, f32x4.add(pi, qi), 16);
  v128.store(x, f32x4.add(sr, tr), 64);
  v128.store(x, f32x4.add(si, ti), 80);
  v128.store(x, f32x4.sub(pr, qr), 128);
  v128.store(x, f32x4.sub(pi, qi), 144);
  v128.store(x, f32x4.sub(sr, tr), 192);
  v128.store(x, f32x4.sub(si, ti), 208);
}
