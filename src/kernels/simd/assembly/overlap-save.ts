import { addTo, flushTiny, interleaveHigh, interleaveLow, joinHigh, joinLow, sumLanes } from './vector';

/** Eight rows to four complex lanes: row j is the real part of lane j, row j + 4 its imaginary part. */
export function interleaveRows(rows: usize, rowBytes: usize, lanes: usize, length: i32): void {
  interleaveFour(rows, rowBytes, lanes, length);
  interleaveFour(rows + 4 * rowBytes, rowBytes, lanes + 16, length);
}

/** Four rows to the real parts of four complex lanes, or from `lanes` + 16 on to their imaginary parts. */
export function interleaveFour(rows: usize, rowBytes: usize, lanes: usize, length: i32): void {
  let to = lanes;
  for (let i = rows, end = rows + (<usize>length << 2); i < end; i += 16, to += 128) {
    const a = flushTiny(v128.load(i)), b = flushTiny(v128.load(i + rowBytes));
    const c = flushTiny(v128.load(i + 2 * rowBytes)), d = flushTiny(v128.load(i + 3 * rowBytes));
    const ab = interleaveLow(a, b), cd = interleaveLow(c, d);
    const ab2 = interleaveHigh(a, b), cd2 = interleaveHigh(c, d);
    v128.store(to, joinLow(ab, cd));
    v128.store(to, joinHigh(ab, cd), 32);
    v128.store(to, joinLow(ab2, cd2), 64);
    v128.store(to, joinHigh(ab2, cd2), 96);
  }
}

/**
 * Sums over the four lanes of `standing` and, unless it is 0, `fading`, into one lane of other spectra.
 * @param size bytes of a spectrum
 */
export function gatherLane(standing: usize, fading: usize, size: usize, scale: f32, lanes: usize, lane: i32): void {
  let to = lanes + (<usize>lane << 2);
  for (let at: usize = 0; at < size; at += 16, to += 16) {
    let sum = v128.load(standing + at);
    if (fading !== 0) sum = f32x4.add(sum, v128.load(fading + at));
    store<f32>(to, scale * sumLanes(sum));
  }
}

/**
 * Writes the frames from `start` on of both outputs, left [hopFrames] and right [hopFrames], from one lane.
 * @param valid the first valid element
 */
export function writeLane(
  valid: usize, lane: i32, outputs: usize, hopFrames: i32, start: i32, frameCount: i32,
): void {
  let left = outputs + (<usize>start << 2);
  const rightOffset = <usize>hopFrames << 2;
  let from = valid + (<usize>lane << 2);
  for (const end = left + (<usize>frameCount << 2); left < end; left += 4, from += 32) {
    store<f32>(left, load<f32>(from));
    store<f32>(left + rightOffset, load<f32>(from, 16));
  }
}

/** Fades from the lane of the old filters to the next lane, that of the new ones, linearly over the hop. */
export function writeFaded(
  valid: usize, lane: i32, outputs: usize, hopFrames: i32, start: i32, frameCount: i32,
): void {
  const left = outputs + (<usize>start << 2);
  const rightOffset = <usize>hopFrames << 2;
  const fadeStep: f32 = 1 / <f32>hopFrames;
  let from = valid + (<usize>lane << 2);
  for (let i = 0; i < frameCount; i++, from += 32) {
    const fade = <f32>(start + i) * fadeStep;
    const oldLeft = load<f32>(from), oldRight = load<f32>(from, 16);
    const to = left + (<usize>i << 2);
    store<f32>(to, oldLeft + (load<f32>(from, 4) - oldLeft) * fade);
    store<f32>(to + rightOffset, oldRight + (load<f32>(from, 20) - oldRight) * fade);
  }
}

/** Adds lane j of the elements from `from` on (their real parts, or from 16 bytes on their imaginary ones) to row j. */
export function addFour(from: usize, rows: usize, rowBytes: usize): void {
  for (let to = rows, end = rows + rowBytes; to < end; to += 16, from += 128) {
    const a = v128.load(from), b = v128.load(from, 32), c = v128.load(from, 64), d = v128.load(from, 96);
    const ac = interleaveLow(a, c), bd = interleaveLow(b, d);
    const ac2 = interleaveHigh(a, c), bd2 = interleaveHigh(b, d);
    addTo(to, interleaveLow(ac, bd));
    addTo(to + rowBytes, interleaveHigh(ac, bd));
    addTo(to + 2 * rowBytes, interleaveLow(ac2, bd2));
    addTo(to + 3 * rowBytes, interleaveHigh(ac2, bd2));
  }
}
