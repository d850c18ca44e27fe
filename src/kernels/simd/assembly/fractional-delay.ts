import { interleaveHigh, interleaveLow, joinHigh, joinLow, sumLanes } from './vector';

/** Bytes of one row of the table: 16 taps. */
const rowBytes: usize = 64;

/** Frames over which the taps go linearly from one row to another, and the largest change of delay over them. */
const longBlock: i32 = 16;
const shortBlock: i32 = 4;
const largestChange: f64 = 1 / 64;

/**
 * Reads a line with a delay of `delay` samples at the first frame and `step` more at each following one.
 * @param line address of the first of `frameCount` samples, history before it; @param table row of place 0
 */
export function readDelayed(
  line: usize, delay: f64, step: f64, frameCount: i32, table: usize, phasesPerSample: f64, output: usize,
): void {
  const speed = abs(step);
  if (step === 0) {
    readStill(line, delay, frameCount, table, phasesPerSample, output);
  } else if (speed * longBlock <= largestChange) {
    readBlocks(line, delay, step, frameCount, longBlock, table, phasesPerSample, output);
  } else if (speed * shortBlock <= largestChange) {
    readBlocks(line, delay, step, frameCount, shortBlock, table, phasesPerSample, output);
  } else {
    readSamples(line, delay, step, frameCount, table, phasesPerSample, output);
  }
}

// @ts-ignore: decorator
@inline
function dot(x: usize, t0: v128, t1: v128, t2: v128, t3: v128): v128 {
  return f32x4.add(
    f32x4.add(f32x4.mul(v128.load(x), t0), f32x4.mul(v128.load(x, 16), t1)),
    f32x4.add(f32x4.mul(v128.load(x, 32), t2), f32x4.mul(v128.load(x, 48), t3)),
  );
}

/** Four taps of the row at `row` and a share of the way to the next. */
// @ts-ignore: decorator
@inline
function tapsAt(row: usize, share: v128, offset: usize): v128 {
  const from = v128.load(row + offset);
  return f32x4.add(from, f32x4.mul(f32x4.sub(v128.load(row + offset, 64), from), share));
}

/** Stores the sums over the lanes of four vectors. */
// @ts-ignore: decorator
@inline
function storeSums(output: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = f32x4.add(interleaveLow(a, b), interleaveHigh(a, b));
  const cd = f32x4.add(interleaveLow(c, d), interleaveHigh(c, d));
  v128.store(output, f32x4.add(joinLow(ab, cd), joinHigh(ab, cd)));
}

/** For sources that rest: one filter. */
function readStill(
  line: usize, delay: f64, frameCount: i32, table: usize, phasesPerSample: f64, output: usize,
): void {
  const whole = floor(-delay);
  const phase = (-delay - whole) * phasesPerSample;
  const floored = floor(phase);
  const row = table + <usize>(<i32>floored * <i32>rowBytes);
  const share = f32x4.splat(<f32>(phase - floored));
  const t0 = tapsAt(row, share, 0), t1 = tapsAt(row, share, 16);
  const t2 = tapsAt(row, share, 32), t3 = tapsAt(row, share, 48);
  let x = line + (<usize>(<i32>whole - 7) << 2);
  for (const end = x + (<usize>frameCount << 2); x < end; x += 16, output += 16) {
    storeSums(
      output, dot(x, t0, t1, t2, t3), dot(x + 4, t0, t1, t2, t3),
      dot(x + 8, t0, t1, t2, t3), dot(x + 12, t0, t1, t2, t3),
    );
  }
}

function readBlocks(
  line: usize, delay: f64, step: f64, frameCount: i32, blockFrames: i32,
  table: usize, phasesPerSample: f64, output: usize,
): void {
  const inverse = f32x4.splat(1 / <f32>blockFrames);
  for (let frame = 0; frame < frameCount; frame += blockFrames) {
    const back = -(delay + step * <f64>frame);
    const whole = floor(back);
    const phase = (back - whole) * phasesPerSample;
    const endPhase = phase - step * <f64>blockFrames * phasesPerSample;
    const floored = floor(phase), endFloored = floor(endPhase);
    const row = table + <usize>(<i32>floored * <i32>rowBytes);
    const endRow = table + <usize>(<i32>endFloored * <i32>rowBytes);
    const share = f32x4.splat(<f32>(phase - floored)), endShare = f32x4.splat(<f32>(endPhase - endFloored));
    let t0 = tapsAt(row, share, 0), t1 = tapsAt(row, share, 16);
    let t2 = tapsAt(row, share, 32), t3 = tapsAt(row, share, 48);
    const d0 = f32x4.mul(f32x4.sub(tapsAt(endRow, endShare, 0), t0), inverse);
    const d1 = f32x4.mul(f32x4.sub(tapsAt(endRow, endShare, 16), t1), inverse);
    const d2 = f32x4.mul(f32x4.sub(tapsAt(endRow, endShare, 32), t2), inverse);
    const d3 = f32x4.mul(f32x4.sub(tapsAt(endRow, endShare, 48), t3), inverse);
    let x = line + (<usize>(frame + <i32>whole - 7) << 2);
    for (const end = x + (<usize>blockFrames << 2); x < end; x += 16, output += 16) {
      const a = dot(x, t0, t1, t2, t3);
      t0 = f32x4.add(t0, d0), t1 = f32x4.add(t1, d1), t2 = f32x4.add(t2, d2), t3 = f32x4.add(t3, d3);
      const b = dot(x + 4, t0, t1, t2, t3);
      t0 = f32x4.add(t0, d0), t1 = f32x4.add(t1, d1), t2 = f32x4.add(t2, d2), t3 = f32x4.add(t3, d3);
      const c = dot(x + 8, t0, t1, t2, t3);
      t0 = f32x4.add(t0, d0), t1 = f32x4.add(t1, d1), t2 = f32x4.add(t2, d2), t3 = f32x4.add(t3, d3);
      const d = dot(x + 12, t0, t1, t2, t3);
      t0 = f32x4.add(t0, d0), t1 = f32x4.add(t1, d1), t2 = f32x4.add(t2, d2), t3 = f32x4.add(t3, d3);
      storeSums(output, a, b, c, d);
    }
  }
}

/** For sources that jump: the taps are worked out for every sample. */
function readSamples(
  line: usize, delay: f64, step: f64, frameCount: i32, table: usize, phasesPerSample: f64, output: usize,
): void {
  for (let frame = 0; frame < frameCount; frame++, output += 4) {
    const back = -(delay + step * <f64>frame);
    const whole = floor(back);
    const phase = (back - whole) * phasesPerSample;
    const floored = floor(phase);
    const row = table + <usize>(<i32>floored * <i32>rowBytes);
    const share = f32x4.splat(<f32>(phase - floored));
    const x = line + (<usize>(frame + <i32>whole - 7) << 2);
    store<f32>(output, sumLanes(
      dot(x, tapsAt(row, share, 0), tapsAt(row, share, 16), tapsAt(row, share, 32), tapsAt(row, share, 48)),
    ));
  }
}
