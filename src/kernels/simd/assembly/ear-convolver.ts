import { readDelayed } from './fractional-delay';
import { createLaneFft, forward, inverse, LaneFft, spectrumBytes } from './lane-fft';
import { allocate } from './memory';
import { gatherLane, interleaveRows, writeFaded, writeLane } from './overlap-save';
import { flushTinyArray } from './vector';

/**
 * State of one ear convolver. Sources go in batches of four, a lane each: what the ears get is transformed as
 * left + i right, and so are the filters. A hop is done in steps of `stepFrames`, each with its own window of
 * fft.length samples.
 */
@unmanaged
class EarConvolver {
  sourceCount: i32;
  batchCount: i32;
  tapCount: i32;
  hopFrames: i32;
  fft: LaneFft;
  stepFrames: i32;
  stepCount: i32;
  /** Bytes of one spectrum. */
  size: usize;
  /** Delay lines [source][history, then hop], float32. */
  lines: usize;
  lineBytes: usize;
  lineHistoryFrames: i32;
  /** Delays [source][left, right][at the start of the hop, at its end], float64. */
  delays: usize;
  /** Sixteen taps for each place between two samples, and the row of place 0. */
  table: usize;
  firstRow: usize;
  phasesPerSample: f64;
  /** What the ears get [batch][left of four sources, right of four sources][history, then hop], float32. */
  samples: usize;
  rowBytes: usize;
  historyFrames: i32;
  /** Filters in time [batch][left of four sources, right of four sources][tap, padded with zeros], float32. */
  taps: usize;
  tapRowBytes: usize;
  /** Per batch: address of its filter spectra, of those of the hop before, and whether taps changed (u32 each). */
  batches: usize;
  window: usize;
  /** Sums of products: batches whose filters stand still, fading batches with old filters and with new ones. */
  staticSum: usize;
  oldSum: usize;
  newSum: usize;
  /** Up to four spectra to be transformed back together, one a lane. */
  lanes: usize;
  /** Left and right output, float32. */
  outputs: usize;
  hasStarted: bool;
}

const previousOffset: usize = 4;
const changedOffset: usize = 8;
const batchBytes: usize = 12;

/** Allocates an ear convolver; the table of `tableRows` rows is the caller's to fill. */
export function createEarConvolver(
  sourceCount: i32, tapCount: i32, hopFrames: i32, fftLength: i32, stepFrames: i32, maximumDelaySamples: i32,
  phasesPerSample: i32, marginRows: i32, tableRows: i32,
): usize {
  const self = changetype<EarConvolver>(allocate(offsetof<EarConvolver>()));
  self.sourceCount = sourceCount;
  self.batchCount = (sourceCount + 3) >> 2;
  self.tapCount = tapCount;
  self.hopFrames = hopFrames;
  self.fft = createLaneFft(fftLength);
  self.stepFrames = stepFrames;
  self.stepCount = hopFrames / stepFrames;
  self.size = spectrumBytes(self.fft);
  // Half the taps lie beyond the delay.
  self.lineHistoryFrames = (maximumDelaySamples + 16 + 3) & ~3;
  self.lineBytes = <usize>(self.lineHistoryFrames + hopFrames) << 2;
  self.lines = allocate(self.lineBytes * sourceCount);
  self.delays = allocate(<usize>sourceCount << 5);
  self.phasesPerSample = <f64>phasesPerSample;
  self.table = allocate(<usize>tableRows << 6);
  self.firstRow = self.table + (<usize>marginRows << 6);
  self.historyFrames = fftLength - stepFrames;
  self.rowBytes = <usize>(self.historyFrames + hopFrames) << 2;
  self.samples = allocate(self.rowBytes * (self.batchCount << 3));
  self.tapRowBytes = <usize>((tapCount + 3) & ~3) << 2;
  self.taps = allocate(self.tapRowBytes * (self.batchCount << 3));
  self.window = allocate(self.size);
  self.staticSum = allocate(self.size);
  self.oldSum = allocate(self.size);
  self.newSum = allocate(self.size);
  self.lanes = allocate(self.size);
  self.outputs = allocate(<usize>hopFrames << 3);
  self.batches = allocate(batchBytes * self.batchCount);
  for (let batch = 0; batch < self.batchCount; batch++) {
    store<usize>(batchState(self, batch), allocate(self.size));
    store<usize>(batchState(self, batch) + previousOffset, allocate(self.size));
  }
  return changetype<usize>(self);
}

// @ts-ignore: decorator
@inline
function batchState(self: EarConvolver, batch: i32): usize {
  return self.batches + batchBytes * batch;
}

/** Where the table goes [row][16]. */
export function earTable(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).table;
}

/** Where the hop of a source goes. */
export function earInput(convolver: usize, source: i32): usize {
  const self = changetype<EarConvolver>(convolver);
  return self.lines + self.lineBytes * source + (<usize>self.lineHistoryFrames << 2);
}

/** Where the left filter of a source goes, followed by zeros up to the length of the row. */
export function earLeftFilter(convolver: usize, source: i32): usize {
  const self = changetype<EarConvolver>(convolver);
  return self.taps + self.tapRowBytes * (((source >> 2) << 3) + (source & 3));
}

/** Bytes from the left filter of a source to its right one. */
export function earFilterBytes(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).tapRowBytes << 2;
}

/** Where outputs come from: left [frame], then right [frame]. */
export function earOutputs(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).outputs;
}

/** Sets the delays to which the next hop glides; before the first hop those at its start, too. */
export function earSetDelays(convolver: usize, source: i32, left: f64, right: f64): void {
  const self = changetype<EarConvolver>(convolver);
  const delays = self.delays + (<usize>source << 5);
  store<f64>(delays, left, 8);
  store<f64>(delays, right, 24);
  if (self.hasStarted) return;
  store<f64>(delays, left);
  store<f64>(delays, right, 16);
}

/** Says that the filters of a source changed; the next hop transforms them together with those of its batch. */
export function earMarkChanged(convolver: usize, source: i32): void {
  store<u32>(batchState(changetype<EarConvolver>(convolver), source >> 2) + changedOffset, 1);
}

/** Forgets the audio; filters and delays given last stand from the first sample. */
export function earReset(convolver: usize): void {
  const self = changetype<EarConvolver>(convolver);
  memory.fill(self.lines, 0, self.lineBytes * self.sourceCount);
  memory.fill(self.samples, 0, self.rowBytes * (self.batchCount << 3));
  settleDelays(self);
  self.hasStarted = false;
}

/** Renders the hop that lies in the inputs and leaves it in the outputs. */
export function earProcessHop(convolver: usize): void {
  const self = changetype<EarConvolver>(convolver);
  for (let source = 0; source < self.sourceCount; source++) delaySource(self, source);
  const isFading = updateFilters(self);
  // A fading step needs two lanes: with the old filters and with the new ones.
  const stepsAtOnce = isFading ? 2 : 4;
  // The inverse transform multiplies by the length; the quarter belongs to the products.
  const scale: f32 = 0.25 / <f32>self.fft.length;
  const valid = self.lanes + (<usize>self.historyFrames << 5);
  for (let first = 0; first < self.stepCount; first += stepsAtOnce) {
    const count = min(stepsAtOnce, self.stepCount - first);
    for (let i = 0; i < count; i++) {
      accumulateStep(self, first + i, isFading);
      if (isFading) {
        gatherLane(self.staticSum, self.oldSum, self.size, scale, self.lanes, i * 2);
        gatherLane(self.staticSum, self.newSum, self.size, scale, self.lanes, i * 2 + 1);
      } else {
        gatherLane(self.staticSum, 0, self.size, scale, self.lanes, i);
      }
    }
    inverse(self.fft, self.lanes);
    for (let i = 0; i < count; i++) {
      const start = (first + i) * self.stepFrames;
      if (isFading) writeFaded(valid, i * 2, self.outputs, self.hopFrames, start, self.stepFrames);
      else writeLane(valid, i, self.outputs, self.hopFrames, start, self.stepFrames);
    }
  }
  finishHop(self);
}

/** Writes what the ears get of a source. */
function delaySource(self: EarConvolver, source: i32): void {
  const line = self.lines + self.lineBytes * source;
  const hop = line + (<usize>self.lineHistoryFrames << 2);
  flushTinyArray(hop, self.hopFrames);
  for (let ear = 0; ear < 2; ear++) {
    const delays = self.delays + (<usize>source << 5) + (<usize>ear << 4);
    const start = load<f64>(delays);
    const step = (load<f64>(delays, 8) - start) / <f64>self.hopFrames;
    const row = ((source >> 2) << 3) + (source & 3) + (ear << 2);
    const output = self.samples + self.rowBytes * row + (<usize>self.historyFrames << 2);
    readDelayed(hop, start, step, self.hopFrames, self.firstRow, self.phasesPerSample, output);
  }
}

/** Transforms changed filters; once audio has run, the old spectra stay for the fade. Returns whether any fade. */
function updateFilters(self: EarConvolver): bool {
  let isFading = false;
  for (let batch = 0; batch < self.batchCount; batch++) {
    const state = batchState(self, batch);
    if (load<u32>(state + changedOffset) === 0) continue;
    if (self.hasStarted) {
      const current = load<usize>(state);
      store<usize>(state, load<usize>(state + previousOffset));
      store<usize>(state + previousOffset, current);
      isFading = true;
    } else {
      store<u32>(state + changedOffset, 0);
    }
    transformFilters(self, self.taps + (self.tapRowBytes << 3) * batch, load<usize>(state));
  }
  return isFading;
}

/**
 * Spectra of four filter pairs left + i right, split into ears: of each pair of mirrored elements k and -k, the
 * first holds 2 L[k] and the second 2 R[k].
 */
function transformFilters(self: EarConvolver, taps: usize, spectrum: usize): void {
  const tapRows = (self.tapCount + 3) & ~3;
  interleaveRows(taps, self.tapRowBytes, spectrum, tapRows);
  const filled = <usize>tapRows << 5;
  memory.fill(spectrum + filled, 0, self.size - filled);
  forward(self.fft, spectrum);
  for (let mirror = self.fft.mirrors + 16, end = self.fft.mirrorsEnd; mirror < end; mirror += 8) {
    const k = spectrum + <usize>load<u32>(mirror), m = spectrum + <usize>load<u32>(mirror, 4);
    const kr = v128.load(k), ki = v128.load(k, 16), mr = v128.load(m), mi = v128.load(m, 16);
    v128.store(k, f32x4.add(kr, mr));
    v128.store(k, f32x4.sub(ki, mi), 16);
    v128.store(m, f32x4.add(ki, mi));
    v128.store(m, f32x4.sub(mr, kr), 16);
  }
}

/** Fills the sums for one step. */
function accumulateStep(self: EarConvolver, step: i32, isFading: bool): void {
  memory.fill(self.staticSum, 0, self.size);
  if (isFading) {
    memory.fill(self.oldSum, 0, self.size);
    memory.fill(self.newSum, 0, self.size);
  }
  const offset = <usize>(step * self.stepFrames) << 2;
  for (let batch = 0; batch < self.batchCount; batch++) {
    const state = batchState(self, batch);
    interleaveRows(self.samples + self.rowBytes * (batch << 3) + offset, self.rowBytes, self.window, self.fft.length);
    forward(self.fft, self.window);
    if (load<u32>(state + changedOffset) === 0) {
      multiplyEars(self.fft, self.staticSum, self.window, load<usize>(state));
    } else {
      multiplyEars(self.fft, self.oldSum, self.window, load<usize>(state + previousOffset));
      multiplyEars(self.fft, self.newSum, self.window, load<usize>(state));
    }
  }
}

/**
 * sum += A L + i B R, where the window's spectrum is X = A + i B of what both ears get: 2 A[k] = X[k] + X*[-k] and
 * 2 B[k] = (X[k] - X*[-k]) / i, and everything at -k is the conjugate of that at k. The quarter is left to the
 * caller.
 */
function multiplyEars(fft: LaneFft, sum: usize, window: usize, filters: usize): void {
  let mirror = fft.mirrors;
  const four = f32x4.splat(4);
  for (const ownEnd = mirror + 16; mirror < ownEnd; mirror += 8) {
    const k = <usize>load<u32>(mirror);
    const re = f32x4.mul(four, f32x4.mul(v128.load(window + k), v128.load(filters + k)));
    const im = f32x4.mul(four, f32x4.mul(v128.load(window + k, 16), v128.load(filters + k, 16)));
    v128.store(sum + k, f32x4.add(v128.load(sum + k), re));
    v128.store(sum + k, f32x4.add(v128.load(sum + k, 16), im), 16);
  }
  for (const end = fft.mirrorsEnd; mirror < end; mirror += 8) {
    const k = <usize>load<u32>(mirror), m = <usize>load<u32>(mirror, 4);
    const kr = v128.load(window + k), ki = v128.load(window + k, 16);
    const mr = v128.load(window + m), mi = v128.load(window + m, 16);
    const ar = f32x4.add(kr, mr), ai = f32x4.sub(ki, mi), br = f32x4.add(ki, mi), bi = f32x4.sub(mr, kr);
    const lr = v128.load(filters + k), li = v128.load(filters + k, 16);
    const rr = v128.load(filters + m), ri = v128.load(filters + m, 16);
    const leftRe = f32x4.sub(f32x4.mul(ar, lr), f32x4.mul(ai, li));
    const leftIm = f32x4.add(f32x4.mul(ar, li), f32x4.mul(ai, lr));
    const rightRe = f32x4.sub(f32x4.mul(br, rr), f32x4.mul(bi, ri));
    const rightIm = f32x4.add(f32x4.mul(br, ri), f32x4.mul(bi, rr));
    v128.store(sum + k, f32x4.add(v128.load(sum + k), f32x4.sub(leftRe, rightIm)));
    v128.store(sum + k, f32x4.add(v128.load(sum + k, 16), f32x4.add(leftIm, rightRe)), 16);
    v128.store(sum + m, f32x4.add(v128.load(sum + m), f32x4.add(leftRe, rightIm)));
    v128.store(sum + m, f32x4.add(v128.load(sum + m, 16), f32x4.sub(rightRe, leftIm)), 16);
  }
}

/** The next hop starts with the delays at which this one ended. */
function settleDelays(self: EarConvolver): void {
  for (let at = self.delays, end = at + (<usize>self.sourceCount << 5); at < end; at += 16) {
    store<f64>(at, load<f64>(at, 8));
  }
}

/** New filters become the standing ones, and histories move on by a hop. */
function finishHop(self: EarConvolver): void {
  for (let batch = 0; batch < self.batchCount; batch++) store<u32>(batchState(self, batch) + changedOffset, 0);
  settleDelays(self);
  self.hasStarted = true;
  const hopBytes = <usize>self.hopFrames << 2;
  for (let source = 0; source < self.sourceCount; source++) {
    const line = self.lines + self.lineBytes * source;
    memory.copy(line, line + hopBytes, self.lineBytes - hopBytes);
  }
  for (let row = 0; row < self.batchCount << 3; row++) {
    const start = self.samples + self.rowBytes * row;
    memory.copy(start, start + hopBytes, self.rowBytes - hopBytes);
  }
}
