import { allocate } from './memory';
import { createPairFft, elementAt, forwardPair, PairFft, splitPair } from './pair-fft';
import { flushTiny } from './vector';

/**
 * State of one ear convolver. Two sources share a transform. Spectra of responses lie as products want them, four bins
 * to 64 bytes: left real, left imaginary, right real, right imaginary parts.
 */
@unmanaged
class EarConvolver {
  sourceCount: i32;
  stepFrames: i32;
  stepCount: i32;
  tapCount: i32;
  fft: PairFft;
  /** Two steps of history and the hop of each source, of an even number of sources, float32. */
  lines: usize;
  lineBytes: usize;
  /** Whether each of those steps holds sound (u8 each). */
  sounds: usize;
  /** [3 stepFrames], float32. */
  window: usize;
  windowBytes: usize;
  /** Where responses come in: left [tapCount, padded], right, float32. */
  taps: usize;
  spectra: usize;
  /** Bytes of a spectrum, and from one response to the next. */
  spectrumBytes: usize;
  responseBytes: usize;
  /** Settings of each source [source][step], see the offsets below. */
  settings: usize;
  /** Work areas: a transform, and the spectra of its two signals. */
  z: usize;
  a: usize;
  b: usize;
  /** Sums of all products, like the spectrum of a response [step]. */
  sums: usize;
  sumBytes: usize;
  /** Output still to be added to, left, then right, float32. */
  outputs: usize;
  outputBytes: usize;
}

/** Bytes in the settings of a source: three addresses of spectra, three weights (float32), two delays (float64). */
const weightsOffset: usize = 12;
const leftDelayOffset: usize = 24;
const rightDelayOffset: usize = 32;
const settingsBytes: usize = 40;

/**
 * Keeps arrays that are read and written side by side off the same place in a page: a processor takes a load for one
 * that waits for a store whose address ends in the same twelve bits.
 */
const apartBytes: usize = 1088;

/** Allocates an ear convolver; the window of 3 stepFrames is the caller's to fill. */
export function createEarConvolver(
  sourceCount: i32, responseCount: i32, tapCount: i32, stepFrames: i32, stepCount: i32, fftLength: i32,
): usize {
  const self = changetype<EarConvolver>(allocate(offsetof<EarConvolver>()));
  const length = <usize>fftLength;
  self.sourceCount = sourceCount;
  self.stepFrames = stepFrames;
  self.stepCount = stepCount;
  self.tapCount = tapCount;
  self.fft = createPairFft(fftLength);
  self.lineBytes = <usize>((stepCount + 2) * stepFrames) << 2;
  self.lines = allocate(self.lineBytes * ((sourceCount + 1) & ~1));
  self.sounds = allocate(<usize>((stepCount + 2) * ((sourceCount + 1) & ~1)));
  self.windowBytes = <usize>(3 * stepFrames) << 2;
  self.window = allocate(self.windowBytes);
  self.taps = allocate(<usize>((tapCount + 3) & ~3) << 3);
  self.spectrumBytes = length << 3;
  self.responseBytes = self.spectrumBytes + apartBytes;
  self.spectra = allocate(self.responseBytes * responseCount);
  self.settings = allocate(settingsBytes * sourceCount * stepCount);
  self.z = allocate(length << 3);
  self.a = allocate((length << 2) + apartBytes);
  self.b = allocate((length << 2) + apartBytes);
  self.sumBytes = self.spectrumBytes + apartBytes;
  self.sums = allocate(self.sumBytes * stepCount);
  self.outputBytes = (length + <usize>((stepCount - 1) * stepFrames)) << 2;
  self.outputs = allocate(self.outputBytes << 1);
  for (let i = 0; i < sourceCount * stepCount; i++) {
    const settings = self.settings + settingsBytes * i;
    for (let at = settings; at < settings + weightsOffset; at += 4) store<u32>(at, self.spectra);
  }
  return changetype<usize>(self);
}

/** Where the window goes. */
export function earWindow(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).window;
}

/** Where the left response goes, and behind it (padded to four) the right one. */
export function earTaps(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).taps;
}

/** Where the hop of a source goes. */
export function earInput(convolver: usize, source: i32): usize {
  const self = changetype<EarConvolver>(convolver);
  return self.lines + self.lineBytes * source + (<usize>(2 * self.stepFrames) << 2);
}

/** Where outputs of an ear come from, 0 = left. */
export function earOutput(convolver: usize, ear: i32): usize {
  const self = changetype<EarConvolver>(convolver);
  return self.outputs + self.outputBytes * ear;
}

/** Turns the taps into the spectra of a response. */
export function earSetResponse(convolver: usize, response: i32): void {
  const self = changetype<EarConvolver>(convolver);
  const fft = self.fft;
  const tapBytes = <usize>((self.tapCount + 3) & ~3) << 2;
  memory.fill(self.z, 0, <usize>fft.length << 3);
  for (let at: usize = 0, to = self.z; at < tapBytes; at += 16, to += 32) {
    v128.store(to, v128.load(self.taps + at));
    v128.store(to, v128.load(self.taps + tapBytes + at), 16);
  }
  forwardPair(fft, self.z);
  splitPair(fft, self.z, self.a, self.b);
  let to = self.spectra + self.responseBytes * response;
  for (let at: usize = 0, end = <usize>fft.length << 2; at < end; at += 32, to += 64) {
    v128.store(to, v128.load(self.a + at));
    v128.store(to, v128.load(self.a + at, 16), 16);
    v128.store(to, v128.load(self.b + at), 32);
    v128.store(to, v128.load(self.b + at, 16), 48);
  }
}

/** Says which responses a source is heard through in a step, with which weights and delays. */
export function earSetSource(
  convolver: usize, source: i32, step: i32, r0: i32, r1: i32, r2: i32, w0: f32, w1: f32, w2: f32, left: f64, right: f64,
): void {
  const self = changetype<EarConvolver>(convolver);
  const settings = self.settings + settingsBytes * (source * self.stepCount + step);
  store<u32>(settings, self.spectra + self.responseBytes * r0);
  store<u32>(settings, self.spectra + self.responseBytes * r1, 4);
  store<u32>(settings, self.spectra + self.responseBytes * r2, 8);
  store<f32>(settings, w0, weightsOffset);
  store<f32>(settings, w1, weightsOffset + 4);
  store<f32>(settings, w2, weightsOffset + 8);
  store<f64>(settings, left, leftDelayOffset);
  store<f64>(settings, right, rightDelayOffset);
}

/** Forgets the audio; settings and responses stay. */
export function earReset(convolver: usize): void {
  const self = changetype<EarConvolver>(convolver);
  const evenCount = (self.sourceCount + 1) & ~1;
  memory.fill(self.lines, 0, self.lineBytes * evenCount);
  memory.fill(self.sounds, 0, (self.stepCount + 2) * evenCount);
  memory.fill(self.outputs, 0, self.outputBytes << 1);
}

/** Renders the windows that end in the hop in the inputs; the outputs then begin with a finished hop. */
export function earProcessHop(convolver: usize): void {
  const self = changetype<EarConvolver>(convolver);
  memory.fill(self.sums, 0, self.sumBytes * self.stepCount);
  for (let source = 0; source < self.sourceCount; source++) listen(self, source);
  // All steps of a source in a row, so that its responses stay in the cache.
  for (let source = 0; source < self.sourceCount; source += 2)
    for (let step = 0; step < self.stepCount; step++) {
      if (!(isHeard(self, source, step) | isHeard(self, source + 1, step))) continue;
      transformPair(self, source, step);
      addSource(self, source, step, self.a);
      if (source + 1 < self.sourceCount) addSource(self, source + 1, step, self.b);
    }
  for (let step = 0; step < self.stepCount; step++) addOutputs(self, step);
  const hopBytes = <usize>(self.stepCount * self.stepFrames) << 2;
  for (let source = 0; source < self.sourceCount; source++) {
    const line = self.lines + self.lineBytes * source;
    memory.copy(line, line + hopBytes, self.lineBytes - hopBytes);
  }
}

/** Flushes the new hop of a source and notes which of its steps hold sound. */
function listen(self: EarConvolver, source: i32): void {
  const sounds = self.sounds + (self.stepCount + 2) * source;
  store<u16>(sounds, load<u16>(sounds + self.stepCount));
  const stepBytes = <usize>self.stepFrames << 2;
  let x = self.lines + self.lineBytes * source + 2 * stepBytes;
  for (let step = 0; step < self.stepCount; step++) {
    let bits = i32x4.splat(0);
    for (const end = x + stepBytes; x < end; x += 16) {
      const samples = flushTiny(v128.load(x));
      v128.store(x, samples);
      bits = v128.or(bits, samples);
    }
    store<u8>(sounds + step, v128.any_true(bits) ? 1 : 0, 2);
  }
}

/** Whether the window of a step holds sound. */
function isHeard(self: EarConvolver, source: i32, step: i32): bool {
  const sounds = self.sounds + (self.stepCount + 2) * source + step;
  return (load<u16>(sounds) | load<u8>(sounds, 2)) !== 0;
}

/** Spectra of the windows of two sources. */
function transformPair(self: EarConvolver, source: i32, step: i32): void {
  const first = self.lines + self.lineBytes * source + (<usize>(step * self.stepFrames) << 2);
  const second = first + self.lineBytes;
  let to = self.z;
  for (let at: usize = 0; at < self.windowBytes; at += 16, to += 32) {
    const window = v128.load(self.window + at);
    v128.store(to, f32x4.mul(window, v128.load(first + at)));
    v128.store(to, f32x4.mul(window, v128.load(second + at)), 16);
  }
  memory.fill(to, 0, self.z + (<usize>self.fft.length << 3) - to);
  forwardPair(self.fft, self.z);
  splitPair(self.fft, self.z, self.a, self.b);
}

/** Vectors of four bins over which turns go on from bin to bin in float32; then they are set right in float64. */
const runVectors: i32 = 16;

/** sums += spectrum * delay * mixed responses, for both ears. */
function addSource(self: EarConvolver, source: i32, step: i32, spectrum: usize): void {
  const settings = self.settings + settingsBytes * (source * self.stepCount + step);
  const length = self.fft.length;
  // Spectra of samples and of responses are twice what they should be, and the transforms multiply by the length.
  const scale = 0.25 / <f64>length;
  const angle = (-2 * Math.PI) / <f64>length;
  const leftAngle = angle * load<f64>(settings, leftDelayOffset);
  const rightAngle = angle * load<f64>(settings, rightDelayOffset);
  const lc1 = Math.cos(leftAngle), ls1 = Math.sin(leftAngle);
  const rc1 = Math.cos(rightAngle), rs1 = Math.sin(rightAngle);
  const lc2 = lc1 * lc1 - ls1 * ls1, ls2 = 2 * lc1 * ls1, rc2 = rc1 * rc1 - rs1 * rs1, rs2 = 2 * rc1 * rs1;
  let lc = lc2 * lc2 - ls2 * ls2, ls = 2 * lc2 * ls2, rc = rc2 * rc2 - rs2 * rs2, rs = 2 * rc2 * rs2;
  const leftStepRe = f32x4.splat(<f32>lc), leftStepIm = f32x4.splat(<f32>ls);
  const rightStepRe = f32x4.splat(<f32>rc), rightStepIm = f32x4.splat(<f32>rs);
  // Turns of bins 0 .. 3, then of the first of each run.
  const leftRe = f32x4(1, <f32>lc1, <f32>lc2, <f32>(lc1 * lc2 - ls1 * ls2));
  const leftIm = f32x4(0, <f32>ls1, <f32>ls2, <f32>(lc1 * ls2 + ls1 * lc2));
  const rightRe = f32x4(1, <f32>rc1, <f32>rc2, <f32>(rc1 * rc2 - rs1 * rs2));
  const rightIm = f32x4(0, <f32>rs1, <f32>rs2, <f32>(rc1 * rs2 + rs1 * rc2));
  for (let vectors = 1; vectors < runVectors; vectors <<= 1) {
    const left = lc * lc - ls * ls, right = rc * rc - rs * rs;
    ls = 2 * lc * ls;
    lc = left;
    rs = 2 * rc * rs;
    rc = right;
  }
  let lRunRe = scale, lRunIm: f64 = 0, rRunRe = scale, rRunIm: f64 = 0;
  const w0 = v128.load32_splat(settings, weightsOffset);
  const w1 = v128.load32_splat(settings, weightsOffset + 4);
  const w2 = v128.load32_splat(settings, weightsOffset + 8);
  let r0 = load<usize>(settings), r1 = load<usize>(settings, 4), r2 = load<usize>(settings, 8);
  let sum = self.sums + self.sumBytes * step;
  for (const end = sum + self.spectrumBytes; sum < end;) {
    const a = f32x4.splat(<f32>lRunRe), b = f32x4.splat(<f32>lRunIm);
    const c = f32x4.splat(<f32>rRunRe), d = f32x4.splat(<f32>rRunIm);
    let lr = f32x4.sub(f32x4.mul(leftRe, a), f32x4.mul(leftIm, b));
    let li = f32x4.add(f32x4.mul(leftRe, b), f32x4.mul(leftIm, a));
    let rr = f32x4.sub(f32x4.mul(rightRe, c), f32x4.mul(rightIm, d));
    let ri = f32x4.add(f32x4.mul(rightRe, d), f32x4.mul(rightIm, c));
    for (const runEnd = min(end, sum + (<usize>runVectors << 6)); sum < runEnd;) {
      const xr = v128.load(spectrum), xi = v128.load(spectrum, 16);
      addProduct(
        sum, f32x4.sub(f32x4.mul(xr, lr), f32x4.mul(xi, li)), f32x4.add(f32x4.mul(xr, li), f32x4.mul(xi, lr)),
        r0, r1, r2, w0, w1, w2,
      );
      addProduct(
        sum + 32, f32x4.sub(f32x4.mul(xr, rr), f32x4.mul(xi, ri)), f32x4.add(f32x4.mul(xr, ri), f32x4.mul(xi, rr)),
        r0 + 32, r1 + 32, r2 + 32, w0, w1, w2,
      );
      const nextLeft = f32x4.sub(f32x4.mul(lr, leftStepRe), f32x4.mul(li, leftStepIm));
      li = f32x4.add(f32x4.mul(lr, leftStepIm), f32x4.mul(li, leftStepRe));
      lr = nextLeft;
      const nextRight = f32x4.sub(f32x4.mul(rr, rightStepRe), f32x4.mul(ri, rightStepIm));
      ri = f32x4.add(f32x4.mul(rr, rightStepIm), f32x4.mul(ri, rightStepRe));
      rr = nextRight;
      spectrum += 32;
      sum += 64;
      r0 += 64;
      r1 += 64;
      r2 += 64;
    }
    const nextLeft = lRunRe * lc - lRunIm * ls, nextRight = rRunRe * rc - rRunIm * rs;
    lRunIm = lRunRe * ls + lRunIm * lc;
    lRunRe = nextLeft;
    rRunIm = rRunRe * rs + rRunIm * rc;
    rRunRe = nextRight;
  }
}

/** sum += y (w0 r0 + w1 r1 + w2 r2) */
// @ts-ignore: decorator
@inline
function addProduct(
  sum: usize, yr: v128, yi: v128, r0: usize, r1: usize, r2: usize, w0: v128, w1: v128, w2: v128,
): void {
  const hr = f32x4.add(
    f32x4.add(f32x4.mul(v128.load(r0), w0), f32x4.mul(v128.load(r1), w1)), f32x4.mul(v128.load(r2), w2),
  );
  const hi = f32x4.add(
    f32x4.add(f32x4.mul(v128.load(r0, 16), w0), f32x4.mul(v128.load(r1, 16), w1)), f32x4.mul(v128.load(r2, 16), w2),
  );
  v128.store(sum, f32x4.add(v128.load(sum), f32x4.sub(f32x4.mul(yr, hr), f32x4.mul(yi, hi))));
  v128.store(sum, f32x4.add(v128.load(sum, 16), f32x4.add(f32x4.mul(yr, hi), f32x4.mul(yi, hr))), 16);
}

/** Where sample n of a signal lies in the work area of a transform. */
// @ts-ignore: decorator
@inline
function sampleAt(z: usize, n: i32): usize {
  return z + (<usize>(n >> 2) << 5) + (<usize>(n & 3) << 2);
}

/**
 * Adds the inverse transform of the sums, left + i right, to the outputs: the forward transform with real and
 * imaginary parts changed over before and after.
 */
function addOutputs(self: EarConvolver, step: i32): void {
  const fft = self.fft;
  const length = fft.length;
  for (let k = 0, half = length >> 1; k < half; k++) {
    const at = self.sums + self.sumBytes * step + (<usize>(k >> 2) << 6) + (<usize>(k & 3) << 2);
    const leftRe = load<f32>(at), leftIm = load<f32>(at, 16), rightRe = load<f32>(at, 32), rightIm = load<f32>(at, 48);
    // The mirror of bin 0 is the highest one, which is left out.
    const mirror = sampleAt(self.z, k === 0 ? half : length - k);
    store<f32>(mirror, k === 0 ? 0 : rightRe - leftIm);
    store<f32>(mirror, k === 0 ? 0 : leftRe + rightIm, 16);
    const to = sampleAt(self.z, k);
    store<f32>(to, leftIm + rightRe);
    store<f32>(to, leftRe - rightIm, 16);
  }
  forwardPair(fft, self.z);
  const right = self.outputBytes;
  let to = self.outputs + (<usize>(step * self.stepFrames) << 2);
  for (let quarter = 0; quarter < 4; quarter++)
    for (let group = 0; group < fft.groupCount; group++, to += 16) {
      const element = elementAt(fft, self.z, group, quarter);
      v128.store(to, f32x4.add(v128.load(to), v128.load(element, 16)));
      v128.store(to + right, f32x4.add(v128.load(to + right), v128.load(element)));
    }
}

/** Moves the outputs on by a hop, once it has been taken out. */
export function earFinishHop(convolver: usize): void {
  const self = changetype<EarConvolver>(convolver);
  const hopBytes = <usize>(self.stepCount * self.stepFrames) << 2;
  for (let ear = 0; ear < 2; ear++) {
    const output = self.outputs + self.outputBytes * ear;
    memory.copy(output, output + hopBytes, self.outputBytes - hopBytes);
    memory.fill(output + self.outputBytes - hopBytes, 0, hopBytes);
  }
}
