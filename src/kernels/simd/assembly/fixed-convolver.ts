import { createLaneFft, forward, inverse, LaneFft, spectrumBytes } from './lane-fft';
import { allocate } from './memory';
import { addFour, interleaveFour } from './overlap-save';
import { addTo, differenceOf, sumOf } from './vector';

/**
 * State of one bank of filters. A hop is four steps, and the four lanes transform their windows: for each pair of
 * inputs as one complex signal a + i b. The products of all pairs add up to the spectrum of left + i right.
 */
@unmanaged
class FixedConvolver {
  stepFrames: i32;
  pairCount: i32;
  fft: LaneFft;
  /** Samples before a step that its window holds. */
  historyFrames: i32;
  /** [input][history, then hop], float32. */
  samples: usize;
  rowBytes: usize;
  /** Left, then right [frame], float32. */
  outputs: usize;
  /** Inputs that are summed on the side: address of the hop (u32) and gain (f32) each. */
  sends: usize;
  sendsEnd: usize;
  /** That sum [frame], float32. */
  sendSum: usize;
  /** Coefficients P and Q of `multiplyAdd` [pair][mirrored frequencies]. */
  products: usize;
  productBytes: usize;
  /** One window or spectrum. */
  window: usize;
  /** Sum of the products; before the first hop, filters in time, eight rows. */
  sum: usize;
}

/** Bytes of the coefficients at two mirrored frequencies: P and Q of the one, then of the other. */
const coefficientBytes: usize = 32;

/** Allocates a bank. @param fftLength a power of two, at least stepFrames plus the longest filter - 1 */
export function createFixedConvolver(inputCount: i32, stepFrames: i32, fftLength: i32): usize {
  const self = changetype<FixedConvolver>(allocate(offsetof<FixedConvolver>()));
  self.stepFrames = stepFrames;
  self.pairCount = (inputCount + 1) >> 1;
  self.fft = createLaneFft(fftLength);
  self.historyFrames = fftLength - stepFrames;
  self.rowBytes = <usize>(self.historyFrames + 4 * stepFrames) << 2;
  self.samples = allocate(self.rowBytes * (self.pairCount << 1));
  self.outputs = allocate(<usize>stepFrames << 5);
  self.sends = self.sendsEnd = allocate(<usize>inputCount << 3);
  self.sendSum = allocate(<usize>stepFrames << 4);
  self.productBytes = coefficientBytes * ((self.fft.mirrorsEnd - self.fft.mirrors) >> 3);
  self.products = allocate(self.productBytes * self.pairCount);
  self.window = allocate(spectrumBytes(self.fft));
  self.sum = allocate(spectrumBytes(self.fft));
  return changetype<usize>(self);
}

/** Where the hop of an input goes. */
export function fixedInput(convolver: usize, input: i32): usize {
  const self = changetype<FixedConvolver>(convolver);
  return self.samples + self.rowBytes * input + (<usize>self.historyFrames << 2);
}

/** Where a hop comes from: left [frame], then right [frame]. */
export function fixedOutputs(convolver: usize): usize {
  return changetype<FixedConvolver>(convolver).outputs;
}

/** Where the filters of a pair go, padded to fftLength: left ones of both inputs are rows 0 and 1, right ones 4 and 5. */
export function fixedFilter(convolver: usize, row: i32): usize {
  const self = changetype<FixedConvolver>(convolver);
  return self.sum + (<usize>self.fft.length << 2) * row;
}

/** Lets an input take part in the sum on the side. */
export function fixedAddSend(convolver: usize, input: i32, gain: f32): void {
  const self = changetype<FixedConvolver>(convolver);
  store<u32>(self.sendsEnd, <u32>fixedInput(convolver, input));
  store<f32>(self.sendsEnd, gain, 4);
  self.sendsEnd += 8;
}

/** Where that sum is made. */
export function fixedSendSum(convolver: usize): usize {
  return changetype<FixedConvolver>(convolver).sendSum;
}

/** Adds frames [from, to) of the inputs to it, times their gains; both are multiples of 8. */
export function fixedSend(convolver: usize, from: i32, to: i32): void {
  const self = changetype<FixedConvolver>(convolver);
  for (let at = <usize>from << 2, end = <usize>to << 2; at < end; at += 32) {
    let a = v128.load(self.sendSum + at), b = v128.load(self.sendSum + at, 16);
    for (let send = self.sends; send < self.sendsEnd; send += 8) {
      const x = <usize>load<u32>(send) + at, gain = v128.load32_splat(send, 4);
      a = f32x4.add(a, f32x4.mul(gain, v128.load(x)));
      b = f32x4.add(b, f32x4.mul(gain, v128.load(x, 16)));
    }
    v128.store(self.sendSum + at, a);
    v128.store(self.sendSum + at, b, 16);
  }
}

/** Forgets the audio. */
export function fixedReset(convolver: usize): void {
  const self = changetype<FixedConvolver>(convolver);
  memory.fill(self.samples, 0, self.rowBytes * (self.pairCount << 1));
  memory.fill(self.outputs, 0, <usize>self.stepFrames << 5);
}

/**
 * Turns the filters that lie ready into the coefficients of a pair. With the spectra F and G of left + i right of its
 * inputs, P = (F - i G) / 2 and Q = (F + i G) / 2; the inverse transform multiplies by the length, which is taken out.
 */
export function fixedSetFilters(convolver: usize, pair: i32): void {
  const self = changetype<FixedConvolver>(convolver);
  const scale: f32 = 0.5 / <f32>self.fft.length;
  const filterBytes = <usize>self.fft.length << 2;
  interleaveFour(self.sum, filterBytes, self.window, self.fft.length);
  interleaveFour(self.sum + 4 * filterBytes, filterBytes, self.window + 16, self.fft.length);
  forward(self.fft, self.window);
  let to = self.products + self.productBytes * pair;
  for (let mirror = self.fft.mirrors; mirror < self.fft.mirrorsEnd; mirror += 8) {
    for (let side: usize = 0; side < 8; side += 4, to += 16) {
      const at = self.window + load<u32>(mirror + side);
      const fr = load<f32>(at), gr = load<f32>(at, 4), fi = load<f32>(at, 16), gi = load<f32>(at, 20);
      store<f32>(to, scale * (fr + gi));
      store<f32>(to, scale * (fi - gr), 4);
      store<f32>(to, scale * (fr - gi), 8);
      store<f32>(to, scale * (fi + gr), 12);
    }
  }
}

/** Convolves the hop that lies in the inputs and leaves it in the outputs. */
export function fixedProcessHop(convolver: usize): void {
  const self = changetype<FixedConvolver>(convolver);
  const stepBytes = <usize>self.stepFrames << 2;
  memory.fill(self.sum, 0, spectrumBytes(self.fft));
  for (let pair = 0; pair < self.pairCount; pair++) {
    const row = self.samples + self.rowBytes * (pair << 1);
    // Silence stays silence: few sources sound all the time.
    if (!isSilent(row, 2 * self.rowBytes)) {
      interleaveFour(row, stepBytes, self.window, self.fft.length);
      interleaveFour(row + self.rowBytes, stepBytes, self.window + 16, self.fft.length);
      forward(self.fft, self.window);
      multiplyAdd(self.fft, self.sum, self.window, self.products + self.productBytes * pair);
    }
    for (let i = 0; i < 2; i++) {
      const samples = row + self.rowBytes * i;
      memory.copy(samples, samples + 4 * stepBytes, self.rowBytes - 4 * stepBytes);
    }
  }
  inverse(self.fft, self.sum);
  const valid = self.sum + (<usize>self.historyFrames << 5);
  memory.fill(self.outputs, 0, stepBytes << 3);
  addFour(valid, self.outputs, stepBytes);
  addFour(valid + 16, self.outputs + 4 * stepBytes, stepBytes);
}

/** Whether all floats are 0. */
function isSilent(samples: usize, bytes: usize): bool {
  const end = samples + bytes;
  let x = samples;
  for (; x + 16 <= end; x += 16) if (v128.any_true(f32x4.ne(v128.load(x), f32x4.splat(0)))) return false;
  for (; x < end; x += 4) if (load<f32>(x) !== 0) return false;
  return true;
}

/** sum[k] += X[k] P + X*[-k] Q, for X that of a + i b: the spectrum of both ears of a and b. */
function multiplyAdd(fft: LaneFft, sum: usize, x: usize, products: usize): void {
  let mirror = fft.mirrors;
  for (const ownEnd = mirror + 16; mirror < ownEnd; mirror += 8, products += coefficientBytes) {
    const at = <usize>load<u32>(mirror);
    const re = v128.load(x + at), im = v128.load(x + at, 16);
    addProducts(sum + at, re, im, re, im, products);
  }
  for (const end = fft.mirrorsEnd; mirror < end; mirror += 8, products += coefficientBytes) {
    const k = <usize>load<u32>(mirror), m = <usize>load<u32>(mirror, 4);
    const kr = v128.load(x + k), ki = v128.load(x + k, 16), mr = v128.load(x + m), mi = v128.load(x + m, 16);
    addProducts(sum + k, kr, ki, mr, mi, products);
    addProducts(sum + m, mr, mi, kr, ki, products + 16);
  }
}

/** sum += x P + y* Q */
// @ts-ignore: decorator
@inline
function addProducts(sum: usize, xr: v128, xi: v128, yr: v128, yi: v128, products: usize): void {
  const pr = v128.load32_splat(products), pi = v128.load32_splat(products, 4);
  const qr = v128.load32_splat(products, 8), qi = v128.load32_splat(products, 12);
  addTo(sum, f32x4.add(differenceOf(xr, pr, xi, pi), sumOf(yr, qr, yi, qi)));
  addTo(sum + 16, f32x4.add(sumOf(xr, pi, xi, pr), differenceOf(yr, qi, yi, qr)));
}
