import { addPairProducts, addProducts, createSquares, joinEars, mixSpectra, settingBytes, storeSetting } from './ear-spectra';
import { allocate } from './memory';
import { createPairFft, elementAt, forwardPair, PairFft, splitPair } from './pair-fft';
import { flushTiny } from './vector';

/** State of one ear convolver. Two sources share a transform. Spectra lie as in ear-spectra.ts. */
@unmanaged
class EarConvolver {
  sourceCount: i32;
  stepFrames: i32;
  stepCount: i32;
  tapCount: i32;
  fft: PairFft;
  /** Steps and frames that a transform yields, and blocks in a hop. */
  blockSteps: i32;
  blockFrames: i32;
  blockCount: i32;
  /** What lies before the hop, then the hop of each source, of an even number of sources, float32. */
  lines: usize;
  lineBytes: usize;
  historyFrames: i32;
  /** [4 stepFrames], float32. */
  window: usize;
  /** How much of each bin is let through [bin], float32. */
  band: usize;
  /** Squares of the bins [bin], float32. */
  squares: usize;
  /** Where responses come in: left [tapCount, padded], right, float32. */
  taps: usize;
  responses: usize;
  /** Bytes of a spectrum, and from one to the next. */
  spectrumBytes: usize;
  apartBytes: usize;
  /** Steps -overlap .. stepCount - 1 of each source [source][step + overlap]: settings, and addresses of their spectra (u32). */
  settings: usize;
  addresses: usize;
  /** Room for what reaches into the next hop [source][overlap], and for all that reaches into a block [signal][blockSteps + overlap]. */
  ownRooms: usize;
  sharedRooms: usize;
  /** Work areas: a transform, and the spectra of its two signals. */
  z: usize;
  a: usize;
  b: usize;
  /** Sums of all products of a hop [block][setting of the block, then those of sources that rest]. */
  sums: usize;
  /** Whether each of them holds anything (u8 each). */
  used: usize;
  /** Left and right hop, float32. */
  outputs: usize;
}

/** Steps before a block whose windows reach into it. */
const overlap: i32 = 3;

/** What stands for an address while a spectrum is not worked out, and where a step is as the one before. */
const unknown: u32 = 0;
const kept: u32 = 1;

/**
 * Keeps arrays that are read and written side by side off the same place in a page: a processor takes a load for one
 * that waits for a store whose address ends in the same twelve bits.
 */
const apart: usize = 1088;

/** Allocates an ear convolver; the window of 4 stepFrames and the band of binCount are the caller's to fill. */
export function createEarConvolver(
  sourceCount: i32, responseCount: i32, tapCount: i32, stepFrames: i32, blockSteps: i32, stepCount: i32, fftLength: i32,
  binCount: i32,
): usize {
  const self = changetype<EarConvolver>(allocate(offsetof<EarConvolver>()));
  const length = <usize>fftLength;
  const evenCount = (sourceCount + 1) & ~1;
  self.sourceCount = sourceCount;
  self.stepFrames = stepFrames;
  self.stepCount = stepCount;
  self.tapCount = tapCount;
  self.fft = createPairFft(fftLength);
  self.blockSteps = blockSteps;
  self.blockFrames = blockSteps * stepFrames;
  self.blockCount = stepCount / blockSteps;
  self.historyFrames = fftLength - self.blockFrames;
  self.lineBytes = <usize>(self.historyFrames + stepCount * stepFrames) << 2;
  self.lines = allocate(self.lineBytes * evenCount);
  self.window = allocate(<usize>(4 * stepFrames) << 2);
  self.band = allocate(<usize>binCount << 2);
  self.squares = createSquares(binCount);
  self.taps = allocate(<usize>((tapCount + 3) & ~3) << 3);
  self.spectrumBytes = <usize>binCount << 4;
  self.apartBytes = self.spectrumBytes + apart;
  self.responses = allocate(self.apartBytes * responseCount);
  self.settings = allocate(settingBytes * sourceCount * (stepCount + overlap));
  self.addresses = allocate(<usize>(sourceCount * (stepCount + overlap)) << 2);
  self.ownRooms = allocate(self.apartBytes * overlap * sourceCount);
  self.sharedRooms = allocate(self.apartBytes * 2 * (blockSteps + overlap));
  self.z = allocate(length << 3);
  self.a = allocate((length << 2) + apart);
  self.b = allocate((length << 2) + apart);
  const sumCount = self.blockCount * (blockSteps + overlap + 1);
  self.sums = allocate(self.apartBytes * sumCount);
  self.used = allocate(sumCount);
  self.outputs = allocate(<usize>(stepCount * stepFrames) << 3);
  earReset(changetype<usize>(self));
  return changetype<usize>(self);
}

/** Where the window goes. */
export function earWindow(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).window;
}

/** Where the weights of the bins go. */
export function earBand(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).band;
}

/** Where the left response goes, and behind it (padded to four) the right one. */
export function earTaps(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).taps;
}

/** Where the hop of a source goes. */
export function earInput(convolver: usize, source: i32): usize {
  const self = changetype<EarConvolver>(convolver);
  return self.lines + self.lineBytes * source + (<usize>self.historyFrames << 2);
}

/** Where outputs come from: left, then right. */
export function earOutputs(convolver: usize): usize {
  return changetype<EarConvolver>(convolver).outputs;
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
  let to = self.responses + self.apartBytes * response;
  for (let at: usize = 0, end = self.spectrumBytes >> 1; at < end; at += 32, to += 64) {
    const weights = v128.load(self.band + (at >> 1));
    v128.store(to, f32x4.mul(weights, v128.load(self.a + at)));
    v128.store(to, f32x4.mul(weights, v128.load(self.a + at, 16)), 16);
    v128.store(to, f32x4.mul(weights, v128.load(self.b + at)), 32);
    v128.store(to, f32x4.mul(weights, v128.load(self.b + at, 16)), 48);
  }
}

/** Number of a step among those of all sources. */
// @ts-ignore: decorator
@inline
function placeOf(self: EarConvolver, source: i32, step: i32): usize {
  return <usize>(source * (self.stepCount + overlap) + step + overlap);
}

/** Where the address of the spectrum of a place lies. */
// @ts-ignore: decorator
@inline
function addressAt(self: EarConvolver, place: usize): usize {
  return self.addresses + (place << 2);
}

/** Says which responses a source is heard through in a step, with which weights and delays. */
export function earSetSource(
  convolver: usize, source: i32, step: i32, r0: i32, r1: i32, r2: i32, w0: f64, w1: f64, w2: f64, left: f64, right: f64,
  leftDrift: f64, rightDrift: f64,
): void {
  const self = changetype<EarConvolver>(convolver);
  const place = placeOf(self, source, step);
  const first = self.responses, bytes = self.apartBytes;
  // Spectra of samples and of responses are twice what they should be, and the transforms multiply by the length.
  const scale = 0.25 / <f64>self.fft.length;
  storeSetting(
    self.settings + settingBytes * place, first + bytes * r0, first + bytes * r1, first + bytes * r2,
    w0 * scale, w1 * scale, w2 * scale, left, right, leftDrift, rightDrift,
  );
  store<u32>(addressAt(self, place), unknown);
}

/** Forgets the audio and the steps: until they are set anew, all is silent. */
export function earReset(convolver: usize): void {
  const self = changetype<EarConvolver>(convolver);
  const evenCount = (self.sourceCount + 1) & ~1;
  memory.fill(self.lines, 0, self.lineBytes * evenCount);
  const silent = self.responses;
  for (let source = 0; source < self.sourceCount; source++)
    for (let step = -overlap; step < self.stepCount; step++) {
      const place = placeOf(self, source, step);
      storeSetting(self.settings + settingBytes * place, silent, silent, silent, 0, 0, 0, 0, 0, 0, 0);
      store<u32>(addressAt(self, place), step < 0 ? unknown : kept);
    }
}

/** Renders the hop that lies in the inputs. */
export function earProcessHop(convolver: usize): void {
  const self = changetype<EarConvolver>(convolver);
  const sumCount = self.blockCount * (self.blockSteps + overlap + 1);
  memory.fill(self.sums, 0, self.apartBytes * sumCount);
  memory.fill(self.used, 0, sumCount);
  // All blocks of a source in a row, so that its responses stay in the cache.
  for (let source = 0; source < self.sourceCount; source += 2) {
    const isPair = source + 1 < self.sourceCount;
    for (let block = 0; block < self.blockCount; block++) {
      const heard = transformPair(self, source, block);
      const first = settle(self, source, block, (heard & 1) !== 0);
      const second = isPair ? settle(self, source + 1, block, (heard & 2) !== 0) : silent;
      if (first === moves && second === moves) addPair(self, source, block);
      else {
        addSource(self, source, block, first, self.a);
        addSource(self, source + 1, block, second, self.b);
      }
    }
    finishSource(self, source);
    if (isPair) finishSource(self, source + 1);
  }
  memory.fill(self.outputs, 0, <usize>(self.stepCount * self.stepFrames) << 3);
  for (let block = 0; block < self.blockCount; block++)
    for (let setting = 0; setting < self.blockSteps + overlap + 1; setting++)
      if (load<u8>(self.used + numberOfSum(self, block, setting))) addOutputs(self, block, setting);
}

/** Number of a setting's sum in a block. */
// @ts-ignore: decorator
@inline
function numberOfSum(self: EarConvolver, block: i32, setting: i32): usize {
  return <usize>(block * (self.blockSteps + overlap + 1) + setting);
}

/** Spectra of what two sources bring to a block. @returns 1 if the first is heard, plus 2 if the second is */
function transformPair(self: EarConvolver, source: i32, block: i32): i32 {
  let first = self.lines + self.lineBytes * source + (<usize>(block * self.blockFrames) << 2);
  let firstBits = i32x4.splat(0), secondBits = i32x4.splat(0);
  for (let to = self.z, end = to + (<usize>self.fft.length << 3); to < end; to += 32, first += 16) {
    const a = flushTiny(v128.load(first)), b = flushTiny(v128.load(first + self.lineBytes));
    firstBits = v128.or(firstBits, a);
    secondBits = v128.or(secondBits, b);
    v128.store(to, a);
    v128.store(to, b, 16);
  }
  const heard = i32(v128.any_true(firstBits)) | (i32(v128.any_true(secondBits)) << 1);
  if (heard === 0) return 0;
  forwardPair(self.fft, self.z);
  splitPair(self.fft, self.z, self.a, self.b);
  return heard;
}

/** How a source sounds in a block: not at all, through one setting, or through several. */
const silent: i32 = 0;
const rests: i32 = 1;
const moves: i32 = 2;

/** Address of the first setting of a block. */
// @ts-ignore: decorator
@inline
function firstOf(self: EarConvolver, source: i32, block: i32): usize {
  return addressAt(self, placeOf(self, source, block * self.blockSteps - overlap));
}

/** Works out the settings of a block. What is silent only hands on what it keeps. */
function settle(self: EarConvolver, source: i32, block: i32, isHeard: bool): i32 {
  const count = self.blockSteps + overlap;
  const place = placeOf(self, source, block * self.blockSteps - overlap);
  for (let setting = overlap; setting < count; setting++) keep(self, place + setting);
  if (!isHeard) return silent;
  const first = addressAt(self, place);
  let state = rests;
  for (let setting = 0; setting < count; setting++) {
    mix(self, source, place, setting);
    if (load<u32>(first) !== load<u32>(first + (<usize>setting << 2))) state = moves;
  }
  return state;
}

/** The sum of a setting of a block, from now on in use. Sources that rest have one of their own behind all settings. */
function useSum(self: EarConvolver, block: i32, setting: i32): usize {
  const sum = numberOfSum(self, block, setting);
  store<u8>(self.used + sum, 1);
  return self.sums + self.apartBytes * sum;
}

/** Adds what a source sounds like in a block to the sums. @param state from `settle` */
function addSource(self: EarConvolver, source: i32, block: i32, state: i32, spectrum: usize): void {
  if (state === silent) return;
  const count = self.blockSteps + overlap;
  const first = firstOf(self, source, block);
  if (state === rests) {
    addProducts(useSum(self, block, count), spectrum, load<u32>(first), self.spectrumBytes);
    return;
  }
  for (let setting = 0; setting < count; setting++) {
    const heard = load<u32>(first + (<usize>setting << 2));
    addProducts(useSum(self, block, setting), spectrum, heard, self.spectrumBytes);
  }
}

/** The same for two sources that move: the sums are read and written once. */
function addPair(self: EarConvolver, source: i32, block: i32): void {
  const first = firstOf(self, source, block), second = firstOf(self, source + 1, block);
  for (let setting = 0; setting < self.blockSteps + overlap; setting++) {
    const a = load<u32>(first + (<usize>setting << 2)), b = load<u32>(second + (<usize>setting << 2));
    addPairProducts(useSum(self, block, setting), self.a, a, self.b, b, self.spectrumBytes);
  }
}

/** Where a place is to be as the one before, makes it so. */
function keep(self: EarConvolver, place: usize): void {
  const address = addressAt(self, place);
  if (load<u32>(address) !== kept) return;
  store<u32>(address, load<u32>(address - 4));
  const setting = self.settings + settingBytes * place;
  memory.copy(setting, setting - settingBytes, settingBytes);
}

/** The first of some rooms that no setting of a block uses; 0 if there is none. @param first address of the settings */
function freeRoom(rooms: usize, apartBytes: usize, roomCount: i32, first: usize, count: i32): u32 {
  for (let room = <u32>rooms, i = 0; i < roomCount; i++, room += <u32>apartBytes) {
    let isFree = true;
    for (let address = first, end = first + (<usize>count << 2); address < end; address += 4)
      isFree = isFree && load<u32>(address) !== room;
    if (isFree) return room;
  }
  return 0;
}

/**
 * Works out the spectrum of a setting of a block, unless it is there: in rooms that are used again and again and stay
 * in the cache, or in the source's own where the next hop wants it. @param place that of the block's first setting
 */
function mix(self: EarConvolver, source: i32, place: usize, setting: i32): void {
  const first = addressAt(self, place);
  const address = first + (<usize>setting << 2);
  if (load<u32>(address) !== unknown) return;
  const count = self.blockSteps + overlap;
  const bytes = self.apartBytes;
  let room: u32 = 0;
  if (place + setting >= placeOf(self, source, self.stepCount - overlap))
    room = freeRoom(self.ownRooms + bytes * overlap * source, bytes, overlap, first, count);
  if (room === 0) room = freeRoom(self.sharedRooms + bytes * ((source & 1) * count), bytes, count, first, count);
  mixSpectra(
    self.settings + settingBytes * (place + setting), self.fft.length, self.squares, room, self.spectrumBytes,
  );
  store<u32>(address, room);
}

/** Brings a spectrum to a room of its source, unless it lies there. @param last addresses of the settings that are kept */
function takeHome(self: EarConvolver, source: i32, last: usize, address: usize): void {
  const own = self.ownRooms + self.apartBytes * overlap * source;
  const from = load<u32>(address);
  if (from >= own && from < own + self.apartBytes * overlap) return;
  const room = freeRoom(own, self.apartBytes, overlap, last, overlap);
  memory.copy(room, from, self.spectrumBytes);
  for (let i: usize = 0; i < 4 * <usize>overlap; i += 4) if (load<u32>(last + i) === from) store<u32>(last + i, room);
}

/** Hands the last steps of a source, and the frames that transforms take again, on to the next hop. */
function finishSource(self: EarConvolver, source: i32): void {
  const last = placeOf(self, source, self.stepCount - self.blockSteps - overlap);
  for (let setting = 0; setting < overlap; setting++) mix(self, source, last, self.blockSteps + setting);
  const from = addressAt(self, last + self.blockSteps);
  for (let setting = 0; setting < overlap; setting++) takeHome(self, source, from, from + (<usize>setting << 2));
  memory.copy(addressAt(self, placeOf(self, source, -overlap)), from, 4 * overlap);
  for (let step = 0; step < self.stepCount; step++) store<u32>(addressAt(self, placeOf(self, source, step)), kept);
  const line = self.lines + self.lineBytes * source;
  const hopBytes = <usize>(self.stepCount * self.stepFrames) << 2;
  memory.copy(line, line + hopBytes, self.lineBytes - hopBytes);
}

/**
 * Adds what a sum of a block sounds like to the outputs, under the window of its setting: the inverse transform of
 * left + i right is the forward transform with real and imaginary parts changed over before and after.
 */
function addOutputs(self: EarConvolver, block: i32, setting: i32): void {
  const fft = self.fft;
  memory.fill(self.z, 0, <usize>fft.length << 3);
  joinEars(
    self.sums + self.apartBytes * numberOfSum(self, block, setting), self.spectrumBytes, self.z, fft.length,
  );
  forwardPair(fft, self.z);
  const rests = setting === self.blockSteps + overlap;
  const start = (setting - overlap) * self.stepFrames;
  const from = rests ? 0 : max(0, start);
  const to = rests ? self.blockFrames : min(self.blockFrames, start + 4 * self.stepFrames);
  const rightBytes = <usize>(self.stepCount * self.stepFrames) << 2;
  const output = self.outputs + (<usize>(block * self.blockFrames) << 2);
  const quarterFrames = fft.length >> 2;
  for (let n = from; n < to; n += 4) {
    const sample = n + self.historyFrames;
    const element = elementAt(fft, self.z, (sample % quarterFrames) >> 2, sample / quarterFrames);
    const gain = rests ? f32x4.splat(1) : v128.load(self.window + (<usize>(n - start) << 2));
    const left = output + (<usize>n << 2), right = left + rightBytes;
    v128.store(left, f32x4.add(v128.load(left), f32x4.mul(gain, v128.load(element, 16))));
    v128.store(right, f32x4.add(v128.load(right), f32x4.mul(gain, v128.load(element))));
  }
}
