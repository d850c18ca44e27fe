import { createLaneFft, forward, inverse, LaneFft, spectrumBytes } from './lane-fft';
import { allocate } from './memory';
import { addFour, interleaveFour } from './overlap-save';
import { differenceOf, maxMagnitude, sumOf } from './vector';

/**
 * State of one bank of filters. A hop is four steps. The four lanes transform the windows of the four steps of one
 * pair of channels, as complex signals a + i b, and the inverse of the products has both results as its parts.
 */
@unmanaged
class ChannelConvolver {
  stepFrames: i32;
  pairCount: i32;
  fft: LaneFft;
  /** Samples before a step that its window holds. */
  historyFrames: i32;
  /** [channel][history, then hop], float32. */
  samples: usize;
  rowBytes: usize;
  /** [channel][frame], float32: on the way in what is added, on the way out the results. */
  outputs: usize;
  /** Filters in time [channel][tap, padded with zeros to a window], float32. */
  taps: usize;
  /** Coefficients P and Q of `multiply` [pair][mirrored frequencies]. */
  products: usize;
  productBytes: usize;
  /** One window or spectrum. */
  window: usize;
}

/** Bytes of the coefficients at two mirrored frequencies: real and imaginary parts of P and Q. */
const coefficientBytes: usize = 16;

/** Allocates a bank. @param fftLength a power of two, at least stepFrames plus the longest filter - 1 */
export function createChannelConvolver(channelCount: i32, stepFrames: i32, fftLength: i32): usize {
  const self = changetype<ChannelConvolver>(allocate(offsetof<ChannelConvolver>()));
  self.stepFrames = stepFrames;
  self.pairCount = (channelCount + 1) >> 1;
  self.fft = createLaneFft(fftLength);
  self.historyFrames = fftLength - stepFrames;
  self.rowBytes = <usize>(self.historyFrames + 4 * stepFrames) << 2;
  self.samples = allocate(self.rowBytes * (self.pairCount << 1));
  self.outputs = allocate((<usize>stepFrames << 4) * (self.pairCount << 1));
  self.taps = allocate((<usize>fftLength << 2) * (self.pairCount << 1));
  self.productBytes = coefficientBytes * ((self.fft.mirrorsEnd - self.fft.mirrors) >> 3);
  self.products = allocate(self.productBytes * self.pairCount);
  self.window = allocate(spectrumBytes(self.fft));
  return changetype<usize>(self);
}

/** Where the hop of a channel goes. */
export function channelInput(convolver: usize, channel: i32): usize {
  const self = changetype<ChannelConvolver>(convolver);
  return self.samples + self.rowBytes * channel + (<usize>self.historyFrames << 2);
}

/** Where additions of a channel go and its results come from. */
export function channelOutput(convolver: usize, channel: i32): usize {
  const self = changetype<ChannelConvolver>(convolver);
  return self.outputs + (<usize>self.stepFrames << 4) * channel;
}

/** Where the filter of a channel goes; `channelTransformFilters` takes it from there. */
export function channelFilter(convolver: usize, channel: i32): usize {
  const self = changetype<ChannelConvolver>(convolver);
  return self.taps + (<usize>self.fft.length << 2) * channel;
}

/** Forgets the audio. */
export function channelReset(convolver: usize): void {
  const self = changetype<ChannelConvolver>(convolver);
  memory.fill(self.samples, 0, self.rowBytes * (self.pairCount << 1));
}

/**
 * Turns the filters into coefficients. With the spectra A and B of the two filters of a pair, P = (A + B) / 2 and
 * Q = (A - B) / 2; the inverse transform multiplies by the length, which is taken out here.
 */
export function channelTransformFilters(convolver: usize): void {
  const self = changetype<ChannelConvolver>(convolver);
  const scale: f32 = 0.25 / <f32>self.fft.length;
  const tapBytes = <usize>self.fft.length << 2;
  for (let pair = 0; pair < self.pairCount; pair++) {
    const taps = self.taps + tapBytes * (pair << 1);
    // All lanes hold the same.
    interleaveFour(taps, 0, self.window, self.fft.length);
    interleaveFour(taps + tapBytes, 0, self.window + 16, self.fft.length);
    forward(self.fft, self.window);
    let to = self.products + self.productBytes * pair;
    for (let mirror = self.fft.mirrors; mirror < self.fft.mirrorsEnd; mirror += 8, to += coefficientBytes) {
      const k = self.window + load<u32>(mirror), m = self.window + load<u32>(mirror, 4);
      const kr = load<f32>(k), ki = load<f32>(k, 16), mr = load<f32>(m), mi = load<f32>(m, 16);
      const ar = kr + mr, ai = ki - mi, br = ki + mi, bi = mr - kr;
      store<f32>(to, scale * (ar + br));
      store<f32>(to, scale * (ai + bi), 4);
      store<f32>(to, scale * (ar - br), 8);
      store<f32>(to, scale * (ai - bi), 12);
    }
  }
}

/** Convolves the hop that lies in the inputs and adds it to what lies in the outputs. */
export function channelProcessHop(convolver: usize): void {
  const self = changetype<ChannelConvolver>(convolver);
  const stepBytes = <usize>self.stepFrames << 2;
  const rowFloats = <i32>(self.rowBytes >> 2);
  for (let pair = 0; pair < self.pairCount; pair++) {
    const row = self.samples + self.rowBytes * (pair << 1);
    // Silence stays silence: most scenes are not diffuse everywhere all the time.
    if (maxMagnitude(row, 2 * rowFloats, 0) > 0) {
      interleaveFour(row, stepBytes, self.window, self.fft.length);
      interleaveFour(row + self.rowBytes, stepBytes, self.window + 16, self.fft.length);
      forward(self.fft, self.window);
      multiply(self.fft, self.window, self.products + self.productBytes * pair);
      inverse(self.fft, self.window);
      const valid = self.window + (<usize>self.historyFrames << 5);
      const output = self.outputs + 4 * stepBytes * (pair << 1);
      addFour(valid, output, stepBytes);
      addFour(valid + 16, output + 4 * stepBytes, stepBytes);
    }
    for (let i = 0; i < 2; i++) {
      const samples = row + self.rowBytes * i;
      memory.copy(samples, samples + 4 * stepBytes, self.rowBytes - 4 * stepBytes);
    }
  }
}

/** X[k] = X[k] P + X*[-k] Q, which is the spectrum of a * A + i b * B for X that of a + i b. */
function multiply(fft: LaneFft, x: usize, products: usize): void {
  for (let mirror = fft.mirrors; mirror < fft.mirrorsEnd; mirror += 8, products += coefficientBytes) {
    const k = x + load<u32>(mirror), m = x + load<u32>(mirror, 4);
    const kr = v128.load(k), ki = v128.load(k, 16), mr = v128.load(m), mi = v128.load(m, 16);
    const pr = v128.load32_splat(products), pi = v128.load32_splat(products, 4);
    const qr = v128.load32_splat(products, 8), qi = v128.load32_splat(products, 12);
    // Where k is its own mirror image, P and Q are real and both pairs of lines say the same.
    v128.store(m, f32x4.add(sumOf(mr, pr, mi, pi), differenceOf(kr, qr, ki, qi)));
    v128.store(m, f32x4.sub(differenceOf(mi, pr, mr, pi), sumOf(kr, qi, ki, qr)), 16);
    v128.store(k, f32x4.add(differenceOf(kr, pr, ki, pi), sumOf(mr, qr, mi, qi)));
    v128.store(k, f32x4.add(sumOf(kr, pi, ki, pr), differenceOf(mr, qi, mi, qr)), 16);
  }
}
