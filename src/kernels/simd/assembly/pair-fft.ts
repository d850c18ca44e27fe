import { createLaneFft, forward, frequencyAt, LaneFft } from './lane-fft';
import { allocate } from './memory';
import { interleaveHigh, interleaveLow, joinHigh, joinLow } from './vector';

/**
 * Complex FFT of one signal that holds two real ones, a + i b. Lane l of the work area transforms samples 4 n + l;
 * a last stage joins the lanes. Samples go in as they lie in memory, element n of 32 bytes holding four real and
 * four imaginary parts. In the result, an element holds four bins in a row, and `places` says where it lies.
 */
@unmanaged
export class PairFft {
  length: i32;
  /** A sixteenth of the length: bins 4 g .. 4 g + 3, and those a quarter, a half and three quarters higher. */
  groupCount: i32;
  /** Lengths of four to an odd power begin with one radix-2 stage. */
  isHalved: bool;
  lanes: LaneFft;
  /** w^n for the radix-2 stage, complex float32. */
  halving: usize;
  /** Per group: w^k, w^2k, w^3k for its four k (real parts, imaginary parts). */
  twiddles: usize;
  /** Per group: byte offsets of its four elements (u32 each), quarter by quarter. */
  places: usize;
}

/** Allocates the tables for one length, a power of two from 256 up. */
export function createPairFft(length: i32): PairFft {
  const fft = changetype<PairFft>(allocate(offsetof<PairFft>()));
  const quarter = length >> 2;
  fft.length = length;
  fft.groupCount = length >> 4;
  fft.isHalved = (ctz(quarter) & 1) !== 0;
  const laneLength = fft.isHalved ? quarter >> 1 : quarter;
  fft.lanes = createLaneFft(laneLength);
  fft.halving = allocate(<usize>quarter << 2);
  for (let n = 0; fft.isHalved && n < laneLength; n++) storeTurn(fft.halving + (<usize>n << 3), 4, n, quarter);
  fft.places = allocate(<usize>quarter << 2);
  for (let p = 0; p < quarter; p++) {
    const half = p / laneLength;
    const frequency = frequencyAt(p % laneLength, laneLength);
    const k = fft.isHalved ? 2 * frequency + half : frequency;
    store<u32>(fft.places + (<usize>k << 2), p << 5);
  }
  fft.twiddles = allocate(<usize>fft.groupCount * 96);
  for (let k = 0; k < quarter; k++)
    for (let power = 1; power < 4; power++) {
      const at = fft.twiddles + <usize>(k >> 2) * 96 + <usize>(power - 1) * 32 + (<usize>(k & 3) << 2);
      storeTurn(at, 16, power * k, length);
    }
  return fft;
}

/** Address of the element with the bins 4 group + quarter length / 4 and the three behind. */
// @ts-ignore: decorator
@inline
export function elementAt(fft: PairFft, z: usize, group: i32, quarter: i32): usize {
  return z + <usize>load<u32>(fft.places + (<usize>group << 4) + (<usize>quarter << 2));
}

/** exp(-2 pi i n / length), imaginary part `offset` bytes after the real part. */
function storeTurn(at: usize, offset: usize, n: i32, length: i32): void {
  const angle = (2 * Math.PI * <f64>n) / <f64>length;
  store<f32>(at, <f32>Math.cos(angle));
  store<f32>(at + offset, <f32>-Math.sin(angle));
}

/** In place: samples in order to bins. */
export function forwardPair(fft: PairFft, z: usize): void {
  if (fft.isHalved) {
    halve(fft, z);
    forward(fft.lanes, z);
    forward(fft.lanes, z + (<usize>fft.lanes.length << 5));
  } else {
    forward(fft.lanes, z);
  }
  joinLanes(fft, z);
}

/** Radix-2 decimation in frequency: even bins into the first half, odd ones into the second. */
function halve(fft: PairFft, z: usize): void {
  const half = <usize>fft.lanes.length << 5;
  for (let x = z, w = fft.halving, end = z + half; x < end; x += 32, w += 8) {
    const ar = v128.load(x), ai = v128.load(x, 16);
    const y = x + half;
    const br = v128.load(y), bi = v128.load(y, 16);
    v128.store(x, f32x4.add(ar, br));
    v128.store(x, f32x4.add(ai, bi), 16);
    const dr = f32x4.sub(ar, br), di = f32x4.sub(ai, bi);
    const wr = v128.load32_splat(w), wi = v128.load32_splat(w, 4);
    v128.store(y, f32x4.sub(f32x4.mul(dr, wr), f32x4.mul(di, wi)));
    v128.store(y, f32x4.add(f32x4.mul(dr, wi), f32x4.mul(di, wr)), 16);
  }
}

/** Four elements of four lanes each, transposed, are the four lanes of four bins: one radix-4 butterfly joins them. */
function joinLanes(fft: PairFft, z: usize): void {
  let w = fft.twiddles;
  for (let place = fft.places, end = place + (<usize>fft.groupCount << 4); place < end; place += 16, w += 96) {
    const x0 = z + <usize>load<u32>(place), x1 = z + <usize>load<u32>(place, 4);
    const x2 = z + <usize>load<u32>(place, 8), x3 = z + <usize>load<u32>(place, 12);
    let t0 = v128.load(x0), t1 = v128.load(x1), t2 = v128.load(x2), t3 = v128.load(x3);
    let u0 = interleaveLow(t0, t1), u1 = interleaveLow(t2, t3);
    let u2 = interleaveHigh(t0, t1), u3 = interleaveHigh(t2, t3);
    const ar = joinLow(u0, u1), br0 = joinHigh(u0, u1), cr0 = joinLow(u2, u3), dr0 = joinHigh(u2, u3);
    t0 = v128.load(x0, 16), t1 = v128.load(x1, 16), t2 = v128.load(x2, 16), t3 = v128.load(x3, 16);
    u0 = interleaveLow(t0, t1), u1 = interleaveLow(t2, t3);
    u2 = interleaveHigh(t0, t1), u3 = interleaveHigh(t2, t3);
    const ai = joinLow(u0, u1), bi0 = joinHigh(u0, u1), ci0 = joinLow(u2, u3), di0 = joinHigh(u2, u3);
    let wr = v128.load(w), wi = v128.load(w, 16);
    const br = f32x4.sub(f32x4.mul(br0, wr), f32x4.mul(bi0, wi));
    const bi = f32x4.add(f32x4.mul(br0, wi), f32x4.mul(bi0, wr));
    wr = v128.load(w, 32), wi = v128.load(w, 48);
    const cr = f32x4.sub(f32x4.mul(cr0, wr), f32x4.mul(ci0, wi));
    const ci = f32x4.add(f32x4.mul(cr0, wi), f32x4.mul(ci0, wr));
    wr = v128.load(w, 64), wi = v128.load(w, 80);
    const dr = f32x4.sub(f32x4.mul(dr0, wr), f32x4.mul(di0, wi));
    const di = f32x4.add(f32x4.mul(dr0, wi), f32x4.mul(di0, wr));
    const pr = f32x4.add(ar, cr), pi = f32x4.add(ai, ci), qr = f32x4.add(br, dr), qi = f32x4.add(bi, di);
    const sr = f32x4.sub(ar, cr), si = f32x4.sub(ai, ci), tr = f32x4.sub(bi, di), ti = f32x4.sub(dr, br);
    v128.store(x0, f32x4.add(pr, qr));
    v128.store(x0, f32x4.add(pi, qi), 16);
    v128.store(x1, f32x4.add(sr, tr));
    v128.store(x1, f32x4.add(si, ti), 16);
    v128.store(x2, f32x4.sub(pr, qr));
    v128.store(x2, f32x4.sub(pi, qi), 16);
    v128.store(x3, f32x4.sub(sr, tr));
    v128.store(x3, f32x4.sub(si, ti), 16);
  }
}

/**
 * Splits the spectrum of a + i b: twice the bins 0 .. length / 2 - 1 of a and of b, four bins to 32 bytes (real parts,
 * imaginary parts). The bin at half the rate is left out.
 */
export function splitPair(fft: PairFft, z: usize, a: usize, b: usize): void {
  splitQuarter(fft, z, 0, a, b);
  const quarterBytes = <usize>fft.groupCount << 5;
  splitQuarter(fft, z, 1, a + quarterBytes, b + quarterBytes);
}

/** 2 A = Z[k] + Z*[-k], 2 B = (Z[k] - Z*[-k]) / i, where -k of four bins lie in two elements. */
function splitQuarter(fft: PairFft, z: usize, quarter: i32, a: usize, b: usize): void {
  const last = fft.groupCount - 1;
  let above = elementAt(fft, z, 0, (4 - quarter) & 3);
  for (let group = 0; group <= last; group++, a += 32, b += 32) {
    const x = elementAt(fft, z, group, quarter);
    const below = elementAt(fft, z, last - group, 3 - quarter);
    const mr = v128.shuffle<i32>(v128.load(above), v128.load(below), 0, 7, 6, 5);
    const mi = v128.shuffle<i32>(v128.load(above, 16), v128.load(below, 16), 0, 7, 6, 5);
    const zr = v128.load(x), zi = v128.load(x, 16);
    v128.store(a, f32x4.add(zr, mr));
    v128.store(a, f32x4.sub(zi, mi), 16);
    v128.store(b, f32x4.add(zi, mi));
    v128.store(b, f32x4.sub(mr, zr), 16);
    above = below;
  }
}
