import { allocate } from './memory';
import { addTo, differenceOf, sumOf } from './vector';

/**
 * Spectra of both ears as the ear convolver keeps them, from bin 0 up, four bins to 64 bytes: left real, left
 * imaginary, right real, right imaginary parts.
 */

/**
 * How a source is heard in a step: three addresses of spectra (u32), what the last two count against the first (f32),
 * two delays, two drifts and the weight of the first (f64).
 */
const ratiosOffset: usize = 12;
const delaysOffset: usize = 24;
const driftsOffset: usize = 40;
const weightOffset: usize = 56;

/** Bytes of such a setting. */
export const settingBytes: usize = 64;

/** Squares of all bins of a spectrum [bin], float32. */
export function createSquares(binCount: i32): usize {
  const squares = allocate(<usize>binCount << 2);
  for (let k = 0; k < binCount; k++) store<f32>(squares + (<usize>k << 2), <f32>(k * k));
  return squares;
}

/** Writes a setting; the response of most weight becomes the first. */
export function storeSetting(
  setting: usize, r0: usize, r1: usize, r2: usize, w0: f64, w1: f64, w2: f64, left: f64, right: f64,
  leftDrift: f64, rightDrift: f64,
): void {
  if (abs(w1) > abs(w0)) {
    const r = r0, w = w0;
    r0 = r1;
    w0 = w1;
    r1 = r;
    w1 = w;
  }
  if (abs(w2) > abs(w0)) {
    const r = r0, w = w0;
    r0 = r2;
    w0 = w2;
    r2 = r;
    w2 = w;
  }
  // What counts less than rounding is not fetched: on the horizontal plane and other rings that is one in three.
  const least = 1e-9 * abs(w0);
  store<u32>(setting, r0);
  store<u32>(setting, abs(w1) <= least ? r0 : r1, 4);
  store<u32>(setting, abs(w2) <= least ? r0 : r2, 8);
  store<f32>(setting, w0 === 0 ? 0 : <f32>(w1 / w0), ratiosOffset);
  store<f32>(setting, w0 === 0 ? 0 : <f32>(w2 / w0), ratiosOffset + 4);
  store<f64>(setting, left, delaysOffset);
  store<f64>(setting, right, delaysOffset + 8);
  store<f64>(setting, leftDrift, driftsOffset);
  store<f64>(setting, rightDrift, driftsOffset + 8);
  store<f64>(setting, w0, weightOffset);
}

/** to = the mixed responses of a setting, each ear with its delay. @param length of the transform */
export function mixSpectra(setting: usize, length: i32, squares: usize, to: usize, bytes: usize): void {
  mixEar(setting, 0, length, squares, to, bytes);
  mixEar(setting, 1, length, squares, to + 32, bytes);
}

/** Turns of the bins of a run, four bins to 32 bytes (real parts, imaginary parts): exp(i angle bin). */
const runBytes: usize = 512;
const runTurns = allocate(runBytes);

/** Cosine and sine of `turn`. */
let turnRe: f64 = 1, turnIm: f64 = 0;

/** Sets them to those of an angle in -2 pi .. 0, within 1e-11: the series of a 32nd of it, doubled five times. */
function turn(angle: f64): void {
  const x = angle / 32, y = x * x;
  turnRe = 1 - y / 2 * (1 - y / 12 * (1 - y / 30 * (1 - y / 56)));
  turnIm = x * (1 - y / 6 * (1 - y / 20 * (1 - y / 42 * (1 - y / 72))));
  for (let doubling = 0; doubling < 5; doubling++) doubleTurn();
}

/** Doubles the angle. */
// @ts-ignore: decorator
@inline
function doubleTurn(): void {
  const squared = turnRe * turnRe - turnIm * turnIm;
  turnIm = 2 * turnRe * turnIm;
  turnRe = squared;
}

/** Fills the turns of a run, each half from the one before; `turn` then leads from run to run. */
function fillRun(angle: f64): void {
  turn(angle);
  const c1 = turnRe, s1 = turnIm;
  doubleTurn();
  v128.store(runTurns, f32x4(1, <f32>c1, <f32>turnRe, <f32>(c1 * turnRe - s1 * turnIm)));
  v128.store(runTurns, f32x4(0, <f32>s1, <f32>turnIm, <f32>(s1 * turnRe + c1 * turnIm)), 16);
  doubleTurn();
  for (let bytes: usize = 32; bytes < runBytes; bytes <<= 1) {
    const c = f32x4.splat(<f32>turnRe), s = f32x4.splat(<f32>turnIm);
    for (let at = runTurns, end = at + bytes; at < end; at += 32) {
      const re = v128.load(at), im = v128.load(at, 16);
      v128.store(at + bytes, f32x4.sub(f32x4.mul(re, c), f32x4.mul(im, s)));
      v128.store(at + bytes, f32x4.add(f32x4.mul(re, s), f32x4.mul(im, c)), 16);
    }
    doubleTurn();
  }
}

/**
 * Mixes for one ear: a run of bins has the turns of the first one, times weight and turn of its first bin. A drift
 * makes more of each bin by a sixth of the square of its turn in a step.
 */
function mixEar(setting: usize, ear: usize, length: i32, squares: usize, to: usize, bytes: usize): void {
  const binAngle = (-2 * Math.PI) / <f64>length;
  fillRun(binAngle * load<f64>(setting + (ear << 3), delaysOffset));
  const drift = binAngle * load<f64>(setting + (ear << 3), driftsOffset);
  const rise = f32x4.splat(<f32>(drift * drift / 6)), one = f32x4.splat(1);
  const w1 = v128.load32_splat(setting, ratiosOffset), w2 = v128.load32_splat(setting, ratiosOffset + 4);
  const offset = ear << 5;
  let r0 = load<usize>(setting) + offset, r1 = load<usize>(setting, 4) + offset, r2 = load<usize>(setting, 8) + offset;
  let runRe = load<f64>(setting, weightOffset), runIm: f64 = 0;
  for (const end = to + bytes; to < end;) {
    const c = f32x4.splat(<f32>runRe), s = f32x4.splat(<f32>runIm);
    const turnsEnd = runTurns + min(runBytes, (end - to) >> 1);
    for (let turns = runTurns; turns < turnsEnd; turns += 32, to += 64, r0 += 64, r1 += 64, r2 += 64, squares += 16) {
      const more = f32x4.add(one, f32x4.mul(rise, v128.load(squares)));
      const cr = f32x4.mul(more, v128.load(turns)), ci = f32x4.mul(more, v128.load(turns, 16));
      const re = f32x4.sub(f32x4.mul(cr, c), f32x4.mul(ci, s)), im = f32x4.add(f32x4.mul(cr, s), f32x4.mul(ci, c));
      const hr = f32x4.add(
        f32x4.add(v128.load(r0), f32x4.mul(v128.load(r1), w1)), f32x4.mul(v128.load(r2), w2),
      );
      const hi = f32x4.add(
        f32x4.add(v128.load(r0, 16), f32x4.mul(v128.load(r1, 16), w1)), f32x4.mul(v128.load(r2, 16), w2),
      );
      v128.store(to, f32x4.sub(f32x4.mul(hr, re), f32x4.mul(hi, im)));
      v128.store(to, f32x4.add(f32x4.mul(hr, im), f32x4.mul(hi, re)), 16);
    }
    const next = runRe * turnRe - runIm * turnIm;
    runIm = runRe * turnIm + runIm * turnRe;
    runRe = next;
  }
}

/** sums += x h + y g for both ears: see `addProducts`. */
export function addPairProducts(sums: usize, x: usize, h: usize, y: usize, g: usize, bytes: usize): void {
  for (const end = sums + bytes; sums < end; sums += 64, h += 64, g += 64, x += 32, y += 32) {
    const xr = v128.load(x), xi = v128.load(x, 16), yr = v128.load(y), yi = v128.load(y, 16);
    addPairProduct(sums, xr, xi, h, yr, yi, g);
    addPairProduct(sums + 32, xr, xi, h + 32, yr, yi, g + 32);
  }
}

/** Four bins of one ear. */
// @ts-ignore: decorator
@inline
function addPairProduct(sum: usize, xr: v128, xi: v128, h: usize, yr: v128, yi: v128, g: usize): void {
  const hr = v128.load(h), hi = v128.load(h, 16), gr = v128.load(g), gi = v128.load(g, 16);
  addTo(sum, f32x4.add(differenceOf(xr, hr, xi, hi), differenceOf(yr, gr, yi, gi)));
  addTo(sum + 16, f32x4.add(sumOf(xr, hi, xi, hr), sumOf(yr, gi, yi, gr)));
}

/** sums += x h for both ears. @param x spectrum of a signal, four bins to 32 bytes */
export function addProducts(sums: usize, x: usize, h: usize, bytes: usize): void {
  for (const end = sums + bytes; sums < end; sums += 64, h += 64, x += 32) {
    const xr = v128.load(x), xi = v128.load(x, 16);
    const lr = v128.load(h), li = v128.load(h, 16), rr = v128.load(h, 32), ri = v128.load(h, 48);
    v128.store(sums, f32x4.add(v128.load(sums), f32x4.sub(f32x4.mul(xr, lr), f32x4.mul(xi, li))));
    v128.store(sums, f32x4.add(v128.load(sums, 16), f32x4.add(f32x4.mul(xr, li), f32x4.mul(xi, lr))), 16);
    v128.store(sums, f32x4.add(v128.load(sums, 32), f32x4.sub(f32x4.mul(xr, rr), f32x4.mul(xi, ri))), 32);
    v128.store(sums, f32x4.add(v128.load(sums, 48), f32x4.add(f32x4.mul(xr, ri), f32x4.mul(xi, rr))), 48);
  }
}

/**
 * Brings spectra to the cleared work area of a transform as left + i right with real and imaginary parts changed over.
 * The mirror image of bin 4 g is the first of an element of four, those of the three behind are the end of the one before.
 */
export function joinEars(spectra: usize, bytes: usize, z: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const zEnd = z + (<usize>length << 3);
  let lr = v128.load(spectra), li = v128.load(spectra, 16), rr = v128.load(spectra, 32), ri = v128.load(spectra, 48);
  for (let at: usize = 0; at < bytes; at += 64) {
    const to = z + (at >> 1);
    v128.store(to, f32x4.add(li, rr));
    v128.store(to, f32x4.sub(lr, ri), 16);
    const mirrorRe = f32x4.sub(rr, li), mirrorIm = f32x4.add(lr, ri);
    // There is nothing above.
    const next = spectra + at + 64, isLast = at + 64 === bytes;
    lr = isLast ? zero : v128.load(next);
    li = isLast ? zero : v128.load(next, 16);
    rr = isLast ? zero : v128.load(next, 32);
    ri = isLast ? zero : v128.load(next, 48);
    const mirror = zEnd - 32 - (at >> 1);
    v128.store(mirror, v128.shuffle<i32>(f32x4.sub(rr, li), mirrorRe, 0, 7, 6, 5));
    v128.store(mirror, v128.shuffle<i32>(f32x4.add(lr, ri), mirrorIm, 0, 7, 6, 5), 16);
  }
}
