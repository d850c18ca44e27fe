import { createLaneFft, forward, inverse, LaneFft, spectrumBytes } from './lane-fft';
import { allocate } from './memory';
import { gatherLane, interleaveRows, writeFaded, writeLane } from './overlap-save';

/**
 * State of one convolver. Inputs go in batches of eight: lane j of a batch transforms inputs j and j + 4 as one
 * complex signal a + i b. A quad is four inputs whose filter pairs left + i right are transformed together. The
 * sum of all products then has the left output as its real part and the right one as its imaginary part.
 *
 * A hop is done in steps of `stepFrames`, each with its own window of fft.length samples, and where the filters
 * have several partitions, fft.length is twice the step.
 */
@unmanaged
class Convolver {
  hopFrames: i32;
  tapCount: i32;
  fft: LaneFft;
  stepFrames: i32;
  stepCount: i32;
  partitionCount: i32;
  partitionTaps: i32;
  batchCount: i32;
  /** Bytes of one spectrum. */
  size: usize;
  /** Samples before the hop that its first window holds. */
  historyFrames: i32;
  /** [input][history, then hop], float32. */
  samples: usize;
  rowBytes: usize;
  /** Left and right output, float32. */
  outputs: usize;
  /** Filters in time [quad][left of four inputs, right of four inputs][tap, padded with zeros], float32. */
  taps: usize;
  tapRowBytes: usize;
  /** Per quad: address of its spectra [partition], of those of the hop before, and whether taps changed (u32 each). */
  quads: usize;
  /** Spectra of the windows: ring of partitions [slot][batch]. */
  windows: usize;
  newestSlot: i32;
  /** Sums of products: batches whose filters stand still, fading batches with old filters and with new ones. */
  staticSum: usize;
  oldSum: usize;
  newSum: usize;
  /** Up to four spectra to be transformed back together, one a lane. */
  lanes: usize;
  hasStarted: bool;
  isFading: bool;
}

const currentOffset: usize = 0;
const previousOffset: usize = 4;
const changedOffset: usize = 8;
const quadBytes: usize = 12;

/** Allocates a convolver; see `planConvolver` for the last three. */
export function createConvolver(
  inputCount: i32, tapCount: i32, hopFrames: i32, fftLength: i32, stepFrames: i32, partitionCount: i32,
): usize {
  const self = changetype<Convolver>(allocate(offsetof<Convolver>()));
  self.hopFrames = hopFrames;
  self.tapCount = tapCount;
  self.fft = createLaneFft(fftLength);
  self.stepFrames = stepFrames;
  self.stepCount = (hopFrames + stepFrames - 1) / stepFrames;
  self.partitionCount = partitionCount;
  self.partitionTaps = partitionCount === 1 ? (tapCount + 3) & ~3 : stepFrames;
  self.batchCount = (inputCount + 7) >> 3;
  self.size = spectrumBytes(self.fft);
  self.historyFrames = fftLength - stepFrames;
  self.rowBytes = <usize>(self.historyFrames + hopFrames) << 2;
  self.samples = allocate(self.rowBytes * (self.batchCount << 3));
  self.outputs = allocate(<usize>hopFrames << 3);
  self.windows = allocate(self.size * self.batchCount * partitionCount);
  self.staticSum = allocate(self.size);
  self.oldSum = allocate(self.size);
  self.newSum = allocate(self.size);
  self.lanes = allocate(self.size);
  createQuads(self);
  return changetype<usize>(self);
}

function createQuads(self: Convolver): void {
  const quadCount = self.batchCount << 1;
  self.tapRowBytes = <usize>(self.partitionCount * self.partitionTaps) << 2;
  self.taps = allocate(self.tapRowBytes * 8 * quadCount);
  self.quads = allocate(quadBytes * quadCount);
  for (let quad = 0; quad < quadCount; quad++) {
    const state = quadState(self, quad);
    store<usize>(state + currentOffset, allocate(self.size * self.partitionCount));
    store<usize>(state + previousOffset, allocate(self.size * self.partitionCount));
  }
}

// @ts-ignore: decorator
@inline
function quadState(self: Convolver, quad: i32): usize {
  return self.quads + quadBytes * quad;
}

/** Where the hop of an input goes. */
export function convolverInput(convolver: usize, input: i32): usize {
  const self = changetype<Convolver>(convolver);
  return self.samples + self.rowBytes * input + (<usize>self.historyFrames << 2);
}

/** Where the left filter of an input goes, followed by zeros up to the length of the row. */
export function convolverLeftFilter(convolver: usize, input: i32): usize {
  const self = changetype<Convolver>(convolver);
  return self.taps + self.tapRowBytes * (((input >> 2) << 3) + (input & 3));
}

/** Bytes from the left filter of an input to its right one. */
export function convolverEarBytes(convolver: usize): usize {
  return changetype<Convolver>(convolver).tapRowBytes << 2;
}

/** Where outputs come from: left [frame], then right [frame]. */
export function convolverOutputs(convolver: usize): usize {
  return changetype<Convolver>(convolver).outputs;
}

/** Says that the filters of an input changed; the next hop transforms them together with those of its quad. */
export function convolverMarkChanged(convolver: usize, input: i32): void {
  store<u32>(quadState(changetype<Convolver>(convolver), input >> 2) + changedOffset, 1);
}

/** Forgets the audio; filters given last stand from the first sample. */
export function convolverReset(convolver: usize): void {
  const self = changetype<Convolver>(convolver);
  memory.fill(self.samples, 0, self.rowBytes * (self.batchCount << 3));
  memory.fill(self.windows, 0, self.size * self.batchCount * self.partitionCount);
  self.newestSlot = 0;
  self.hasStarted = false;
}

/** Convolves the hop that lies in the inputs and leaves it in the outputs. */
export function convolverProcessHop(convolver: usize): void {
  const self = changetype<Convolver>(convolver);
  self.isFading = startsFade(self);
  // A fading step needs two lanes: with the old filters and with the new ones.
  const stepsAtOnce = self.isFading ? 2 : 4;
  // The inverse transform multiplies by the length; the half belongs to the products.
  const scale: f32 = 0.5 / <f32>self.fft.length;
  const valid = self.lanes + (<usize>self.historyFrames << 5);
  for (let first = 0; first < self.stepCount; first += stepsAtOnce) {
    const count = min(stepsAtOnce, self.stepCount - first);
    for (let i = 0; i < count; i++) {
      accumulateStep(self, first + i);
      if (self.isFading) {
        gatherLane(self.staticSum, self.oldSum, self.size, scale, self.lanes, i * 2);
        gatherLane(self.staticSum, self.newSum, self.size, scale, self.lanes, i * 2 + 1);
      } else {
        gatherLane(self.staticSum, 0, self.size, scale, self.lanes, i);
      }
    }
    inverse(self.fft, self.lanes);
    for (let i = 0; i < count; i++) {
      const start = stepStart(self, first + i);
      if (self.isFading) writeFaded(valid, i * 2, self.outputs, self.hopFrames, start, self.stepFrames);
      else writeLane(valid, i, self.outputs, self.hopFrames, start, self.stepFrames);
    }
  }
  if (self.isFading) settle(self);
  self.hasStarted = true;
  const hopBytes = <usize>self.hopFrames << 2;
  for (let input = 0; input < self.batchCount << 3; input++) {
    const row = self.samples + self.rowBytes * input;
    memory.copy(row, row + hopBytes, self.rowBytes - hopBytes);
  }
}

/** First frame of a step; the last step ends with the hop and may repeat frames of the one before. */
function stepStart(self: Convolver, step: i32): i32 {
  return min(step * self.stepFrames, self.hopFrames - self.stepFrames);
}

/** Whether any filter changed since the hop before. Before the first hop there is nothing to fade from. */
function startsFade(self: Convolver): bool {
  if (!self.hasStarted) return false;
  for (let quad = 0; quad < self.batchCount << 1; quad++) {
    if (load<u32>(quadState(self, quad) + changedOffset) !== 0) return true;
  }
  return false;
}

/** Transforms the filters of a quad if they changed; once audio has run, the old spectra stay for the fade. */
function updateQuad(self: Convolver, quad: i32): void {
  const state = quadState(self, quad);
  if (load<u32>(state + changedOffset) === 0) return;
  if (self.hasStarted) {
    const current = load<usize>(state + currentOffset);
    store<usize>(state + currentOffset, load<usize>(state + previousOffset));
    store<usize>(state + previousOffset, current);
  } else {
    store<u32>(state + changedOffset, 0);
  }
  transformQuad(self, self.taps + (self.tapRowBytes << 3) * quad, load<usize>(state + currentOffset));
}

function transformQuad(self: Convolver, taps: usize, spectra: usize): void {
  const partitionBytes = <usize>self.partitionTaps << 2;
  for (let partition = 0; partition < self.partitionCount; partition++) {
    const spectrum = spectra + self.size * partition;
    interleaveRows(taps + partitionBytes * partition, self.tapRowBytes, spectrum, self.partitionTaps);
    const filled = <usize>self.partitionTaps << 5;
    memory.fill(spectrum + filled, 0, self.size - filled);
    forward(self.fft, spectrum);
  }
}

/** Marks the new filters as the standing ones. */
function settle(self: Convolver): void {
  for (let quad = 0; quad < self.batchCount << 1; quad++) store<u32>(quadState(self, quad) + changedOffset, 0);
}

/** Fills the sums for one step. */
function accumulateStep(self: Convolver, step: i32): void {
  memory.fill(self.staticSum, 0, self.size);
  if (self.isFading) {
    memory.fill(self.oldSum, 0, self.size);
    memory.fill(self.newSum, 0, self.size);
  }
  self.newestSlot = self.newestSlot === 0 ? self.partitionCount - 1 : self.newestSlot - 1;
  const offset = <usize>stepStart(self, step) << 2;
  for (let batch = 0; batch < self.batchCount; batch++) {
    if (step === 0) {
      updateQuad(self, batch << 1);
      updateQuad(self, (batch << 1) + 1);
    }
    const window = windowAt(self, 0, batch);
    interleaveRows(self.samples + self.rowBytes * (batch << 3) + offset, self.rowBytes, window, self.fft.length);
    forward(self.fft, window);
    accumulateBatch(self, batch);
  }
}

/** Spectrum of the batch's window `age` steps ago. Without partitions none is kept: one place stays in the cache. */
function windowAt(self: Convolver, age: i32, batch: i32): usize {
  if (self.partitionCount === 1) return self.windows;
  let slot = self.newestSlot + age;
  if (slot >= self.partitionCount) slot -= self.partitionCount;
  return self.windows + self.size * (slot * self.batchCount + batch);
}

function accumulateBatch(self: Convolver, batch: i32): void {
  const a = quadState(self, batch << 1), b = quadState(self, (batch << 1) + 1);
  const fades = (load<u32>(a + changedOffset) | load<u32>(b + changedOffset)) !== 0;
  for (let partition = 0; partition < self.partitionCount; partition++) {
    const window = windowAt(self, partition, batch);
    const offset = self.size * partition;
    const currentA = load<usize>(a + currentOffset) + offset, currentB = load<usize>(b + currentOffset) + offset;
    if (!fades) {
      multiplyAdd(self.fft, self.staticSum, window, currentA, currentB);
      continue;
    }
    const oldA = load<u32>(a + changedOffset) !== 0 ? load<usize>(a + previousOffset) + offset : currentA;
    const oldB = load<u32>(b + changedOffset) !== 0 ? load<usize>(b + previousOffset) + offset : currentB;
    multiplyAddBoth(self, window, oldA, oldB, currentA, currentB);
  }
}

/**
 * sum += A P + B Q, where the window's spectrum is X = A + i B of two real signals: 2 A[k] = X[k] + X*[-k] and
 * 2 B[k] = (X[k] - X*[-k]) / i, and both are the conjugates of their mirror images. The half is left to `gatherLane`.
 */
function multiplyAdd(fft: LaneFft, sum: usize, window: usize, p: usize, q: usize): void {
  let mirror = fft.mirrors;
  for (const ownEnd = mirror + 16; mirror < ownEnd; mirror += 8) {
    const k = <usize>load<u32>(mirror);
    const re = v128.load(window + k), im = v128.load(window + k, 16);
    const zero = f32x4.splat(0);
    addProducts(sum + k, f32x4.add(re, re), zero, p + k, f32x4.add(im, im), zero, q + k);
  }
  for (const end = fft.mirrorsEnd; mirror < end; mirror += 8) {
    const k = <usize>load<u32>(mirror), m = <usize>load<u32>(mirror, 4);
    const kr = v128.load(window + k), ki = v128.load(window + k, 16);
    const mr = v128.load(window + m), mi = v128.load(window + m, 16);
    const ar = f32x4.add(kr, mr), ai = f32x4.sub(ki, mi);
    const br = f32x4.add(ki, mi), bi = f32x4.sub(mr, kr);
    addProducts(sum + k, ar, ai, p + k, br, bi, q + k);
    addConjugateProducts(sum + m, ar, ai, p + m, br, bi, q + m);
  }
}

/** As `multiplyAdd`, for the sums of a fade: one with the old filters and one with the new. */
function multiplyAddBoth(self: Convolver, window: usize, oldP: usize, oldQ: usize, newP: usize, newQ: usize): void {
  const oldSum = self.oldSum, newSum = self.newSum;
  let mirror = self.fft.mirrors;
  for (const ownEnd = mirror + 16; mirror < ownEnd; mirror += 8) {
    const k = <usize>load<u32>(mirror);
    const re = v128.load(window + k), im = v128.load(window + k, 16);
    const a = f32x4.add(re, re), b = f32x4.add(im, im), zero = f32x4.splat(0);
    addProducts(oldSum + k, a, zero, oldP + k, b, zero, oldQ + k);
    addProducts(newSum + k, a, zero, newP + k, b, zero, newQ + k);
  }
  for (const end = self.fft.mirrorsEnd; mirror < end; mirror += 8) {
    const k = <usize>load<u32>(mirror), m = <usize>load<u32>(mirror, 4);
    const kr = v128.load(window + k), ki = v128.load(window + k, 16);
    const mr = v128.load(window + m), mi = v128.load(window + m, 16);
    const ar = f32x4.add(kr, mr), ai = f32x4.sub(ki, mi);
    const br = f32x4.add(ki, mi), bi = f32x4.sub(mr, kr);
    addProducts(oldSum + k, ar, ai, oldP + k, br, bi, oldQ + k);
    addProducts(newSum + k, ar, ai, newP + k, br, bi, newQ + k);
    addConjugateProducts(oldSum + m, ar, ai, oldP + m, br, bi, oldQ + m);
    addConjugateProducts(newSum + m, ar, ai, newP + m, br, bi, newQ + m);
  }
}

/** sum += a p + b q */
// @ts-ignore: decorator
@inline
function addProducts(sum: usize, ar: v128, ai: v128, p: usize, br: v128, bi: v128, q: usize): void {
  const pr = v128.load(p), pi = v128.load(p, 16), qr = v128.load(q), qi = v128.load(q, 16);
  const re = f32x4.add(
    f32x4.sub(f32x4.mul(ar, pr), f32x4.mul(ai, pi)),
    f32x4.sub(f32x4.mul(br, qr), f32x4.mul(bi, qi)),
  );
  const im = f32x4.add(
    f32x4.add(f32x4.mul(ar, pi), f32x4.mul(ai, pr)),
    f32x4.add(f32x4.mul(br, qi), f32x4.mul(bi, qr)),
  );
  v128.store(sum, f32x4.add(v128.load(sum), re));
  v128.store(sum, f32x4.add(v128.load(sum, 16), im), 16);
}

/** sum += a* p + b* q */
// @ts-ignore: decorator
@inline
function addConjugateProducts(sum: usize, ar: v128, ai: v128, p: usize, br: v128, bi: v128, q: usize): void {
  const pr = v128.load(p), pi = v128.load(p, 16), qr = v128.load(q), qi = v128.load(q, 16);
  const re = f32x4.add(
    f32x4.add(f32x4.mul(ar, pr), f32x4.mul(ai, pi)),
    f32x4.add(f32x4.mul(br, qr), f32x4.mul(bi, qi)),
  );
  const im = f32x4.add(
    f32x4.sub(f32x4.mul(ar, pi), f32x4.mul(ai, pr)),
    f32x4.sub(f32x4.mul(br, qi), f32x4.mul(bi, qr)),
  );
  v128.store(sum, f32x4.add(v128.load(sum), re));
  v128.store(sum, f32x4.add(v128.load(sum, 16), im), 16);
}
