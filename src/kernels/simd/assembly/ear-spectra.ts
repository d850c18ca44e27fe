/**
 * Spectra of both ears, bins 0 .. length / 2 - 1, as the ear convolver keeps them, four bins to 64 bytes: left real,
 * left imaginary, right real, right imaginary parts.
 */

/** How a source is heard in a step: three addresses of spectra (u32), three weights (f32), two delays (f64). */
const weightsOffset: usize = 12;
const delaysOffset: usize = 24;

/** Bytes of such a setting. */
export const settingBytes: usize = 40;

/** Writes a setting. */
export function storeSetting(
  setting: usize, r0: usize, r1: usize, r2: usize, w0: f32, w1: f32, w2: f32, left: f64, right: f64,
): void {
  store<u32>(setting, r0);
  store<u32>(setting, r1, 4);
  store<u32>(setting, r2, 8);
  store<f32>(setting, w0, weightsOffset);
  store<f32>(setting, w1, weightsOffset + 4);
  store<f32>(setting, w2, weightsOffset + 8);
  store<f64>(setting, left, delaysOffset);
  store<f64>(setting, right, delaysOffset + 8);
}

/** to = the mixed responses of a setting, each ear with its delay. @param length of the transform */
export function mixSpectra(setting: usize, length: i32, to: usize): void {
  mixEar(setting, 0, length, to);
  mixEar(setting, 1, length, to + 32);
}

/** Vectors of four bins over which turns go on from bin to bin in float32; then they are set right in float64. */
const runVectors: i32 = 16;

/** Cosine and sine of `turn`. */
let turnRe: f64 = 1, turnIm: f64 = 0;

/** Sets them to those of an angle in -2 pi .. 0, within 1e-11: the series of a 32nd of it, doubled five times. */
function turn(angle: f64): void {
  const x = angle / 32, y = x * x;
  let re = 1 - y / 2 * (1 - y / 12 * (1 - y / 30 * (1 - y / 56)));
  let im = x * (1 - y / 6 * (1 - y / 20 * (1 - y / 42 * (1 - y / 72))));
  for (let doubling = 0; doubling < 5; doubling++) {
    const squared = re * re - im * im;
    im = 2 * re * im;
    re = squared;
  }
  turnRe = re;
  turnIm = im;
}

function mixEar(setting: usize, ear: usize, length: i32, to: usize): void {
  turn((-2 * Math.PI) / <f64>length * load<f64>(setting + (ear << 3), delaysOffset));
  const c1 = turnRe, s1 = turnIm, c2 = c1 * c1 - s1 * s1, s2 = 2 * c1 * s1;
  let c = c2 * c2 - s2 * s2, s = 2 * c2 * s2;
  const stepRe = f32x4.splat(<f32>c), stepIm = f32x4.splat(<f32>s);
  // Turns of bins 0 .. 3, then of the first of each run.
  const firstRe = f32x4(1, <f32>c1, <f32>c2, <f32>(c1 * c2 - s1 * s2));
  const firstIm = f32x4(0, <f32>s1, <f32>s2, <f32>(s1 * c2 + c1 * s2));
  for (let vectors = 1; vectors < runVectors; vectors <<= 1) {
    const squared = c * c - s * s;
    s = 2 * c * s;
    c = squared;
  }
  let runRe: f64 = 1, runIm: f64 = 0;
  const w0 = v128.load32_splat(setting, weightsOffset);
  const w1 = v128.load32_splat(setting, weightsOffset + 4);
  const w2 = v128.load32_splat(setting, weightsOffset + 8);
  const offset = ear << 5;
  let r0 = load<usize>(setting) + offset, r1 = load<usize>(setting, 4) + offset, r2 = load<usize>(setting, 8) + offset;
  for (const end = to + (<usize>length << 3); to < end;) {
    const a = f32x4.splat(<f32>runRe), b = f32x4.splat(<f32>runIm);
    let re = f32x4.sub(f32x4.mul(firstRe, a), f32x4.mul(firstIm, b));
    let im = f32x4.add(f32x4.mul(firstRe, b), f32x4.mul(firstIm, a));
    for (const runEnd = min(end, to + (<usize>runVectors << 6)); to < runEnd;) {
      const hr = f32x4.add(
        f32x4.add(f32x4.mul(v128.load(r0), w0), f32x4.mul(v128.load(r1), w1)), f32x4.mul(v128.load(r2), w2),
      );
      const hi = f32x4.add(
        f32x4.add(f32x4.mul(v128.load(r0, 16), w0), f32x4.mul(v128.load(r1, 16), w1)),
        f32x4.mul(v128.load(r2, 16), w2),
      );
      v128.store(to, f32x4.sub(f32x4.mul(hr, re), f32x4.mul(hi, im)));
      v128.store(to, f32x4.add(f32x4.mul(hr, im), f32x4.mul(hi, re)), 16);
      const next = f32x4.sub(f32x4.mul(re, stepRe), f32x4.mul(im, stepIm));
      im = f32x4.add(f32x4.mul(re, stepIm), f32x4.mul(im, stepRe));
      re = next;
      to += 64;
      r0 += 64;
      r1 += 64;
      r2 += 64;
    }
    const next = runRe * c - runIm * s;
    runIm = runRe * s + runIm * c;
    runRe = next;
  }
}

/** sums += x h for both ears. @param x spectrum of a signal, four bins to 32 bytes; @param length of the transform */
export function addProducts(sums: usize, x: usize, h: usize, length: i32): void {
  for (const end = sums + (<usize>length << 3); sums < end; sums += 64, h += 64, x += 32) {
    const xr = v128.load(x), xi = v128.load(x, 16);
    const lr = v128.load(h), li = v128.load(h, 16), rr = v128.load(h, 32), ri = v128.load(h, 48);
    v128.store(sums, f32x4.add(v128.load(sums), f32x4.sub(f32x4.mul(xr, lr), f32x4.mul(xi, li))));
    v128.store(sums, f32x4.add(v128.load(sums, 16), f32x4.add(f32x4.mul(xr, li), f32x4.mul(xi, lr))), 16);
    v128.store(sums, f32x4.add(v128.load(sums, 32), f32x4.sub(f32x4.mul(xr, rr), f32x4.mul(xi, ri))), 32);
    v128.store(sums, f32x4.add(v128.load(sums, 48), f32x4.add(f32x4.mul(xr, ri), f32x4.mul(xi, rr))), 48);
  }
}
