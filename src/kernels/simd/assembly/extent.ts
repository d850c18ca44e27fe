import { allocate } from './memory';

/** State of one grid; all numbers are float64 unless it is said otherwise. */
@unmanaged
class Extent {
  pointCount: i32;
  /** Groups of twelve outputs. */
  groupCount: i32;
  /** Points: x [point], y [point], z [point]. */
  points: usize;
  axisBytes: usize;
  /** [point][output, padded to whole groups] */
  gains: usize;
  rowBytes: usize;
  /** Axes right, front and up [xyz], then the values that `extentSum` names. */
  shape: usize;
  /** [first point, point after the last] of each range, i32. */
  ranges: usize;
  /** Points with a weight: the weight, and the address of their gains (i32, padded to 8 bytes). */
  hits: usize;
  /** [output, padded to whole groups] */
  sums: usize;
}

const hitBytes: usize = 16;
const groupBytes: usize = 96;

/** Allocates a grid. */
export function createExtent(pointCount: i32, outputCount: i32, maximumRanges: i32): usize {
  const self = changetype<Extent>(allocate(offsetof<Extent>()));
  self.pointCount = pointCount;
  self.groupCount = (outputCount + 11) / 12;
  self.axisBytes = (<usize>pointCount + 1) << 3;
  self.points = allocate(3 * self.axisBytes);
  self.rowBytes = groupBytes * self.groupCount;
  self.gains = allocate(self.rowBytes * pointCount);
  self.shape = allocate(16 * 8);
  self.ranges = allocate(<usize>maximumRanges << 3);
  self.hits = allocate(hitBytes * (pointCount + 1));
  self.sums = allocate(self.rowBytes);
  return changetype<usize>(self);
}

/** Where x (axis 0), y or z of the points go [point]. */
export function extentAxis(extent: usize, axis: i32): usize {
  const self = changetype<Extent>(extent);
  return self.points + self.axisBytes * axis;
}

/** Where the gains of a point go [output]. */
export function extentGains(extent: usize, point: i32): usize {
  const self = changetype<Extent>(extent);
  return self.gains + self.rowBytes * point;
}

/** Where the shape goes. */
export function extentShape(extent: usize): usize {
  return changetype<Extent>(extent).shape;
}

/** Where the ranges go. */
export function extentRanges(extent: usize): usize {
  return changetype<Extent>(extent).ranges;
}

/** Where the sums come from [output]. */
export function extentSums(extent: usize): usize {
  return changetype<Extent>(extent).sums;
}

/** Sums the gains of the points in the ranges, times their weights. */
export function extentSum(extent: usize, rangeCount: i32): void {
  const self = changetype<Extent>(extent);
  const hitsEnd = weigh(self, rangeCount);
  for (let group = 0; group < self.groupCount; group++) sumGroup(self, groupBytes * group, hitsEnd);
}

/**
 * Writes the hits among the points of the ranges, two at a time. A point is known by its angle from the middle line of
 * the shape (see the scalar twin), and that by sine and cosine.
 * @returns the end of the hits
 */
function weigh(self: Extent, rangeCount: i32): usize {
  const shape = self.shape;
  const sinEnd = v128.load64_splat(shape, 72), cosEnd = v128.load64_splat(shape, 80);
  const squareEnd = v128.load64_splat(shape, 88);
  const sinRadius = v128.load64_splat(shape, 96), cosRadius = v128.load64_splat(shape, 104);
  const cosFade = v128.load64_splat(shape, 112), perFade = v128.load64_splat(shape, 120);
  const one = f64x2.splat(1), zero = f64x2.splat(0);
  let hit = self.hits;
  for (let range = self.ranges, end = range + (<usize>rangeCount << 3); range < end; range += 8) {
    const from = load<i32>(range), to = load<i32>(range, 4);
    let point = self.points + (<usize>from << 3);
    let row = self.gains + self.rowBytes * from;
    for (let n = from; n < to; n += 2, point += 16, row += 2 * self.rowBytes) {
      const x = v128.load(point), y = v128.load(point + self.axisBytes);
      const z = v128.load(point + 2 * self.axisBytes);
      const alongRight = f64x2.abs(along(x, y, z, shape));
      const alongFront = along(x, y, z, shape + 24);
      const alongUp = f64x2.abs(along(x, y, z, shape + 48));
      const isBeside = f64x2.ge(
        f64x2.mul(alongFront, f64x2.abs(alongFront)),
        f64x2.mul(squareEnd, f64x2.sub(one, f64x2.mul(alongUp, alongUp))),
      );
      const toEnd = f64x2.add(f64x2.mul(alongFront, cosEnd), f64x2.mul(alongRight, sinEnd));
      const known = v128.bitselect(alongUp, toEnd, isBeside);
      const other = f64x2.sqrt(f64x2.pmax(zero, f64x2.sub(one, f64x2.mul(known, known))));
      const sin = v128.bitselect(known, other, isBeside), cos = v128.bitselect(other, known, isBeside);
      const sinBeyond = f64x2.sub(f64x2.mul(sin, cosRadius), f64x2.mul(cos, sinRadius));
      const cosBeyond = f64x2.add(f64x2.mul(cos, cosRadius), f64x2.mul(sin, sinRadius));
      const fading = f64x2.pmax(zero, f64x2.sub(one, f64x2.mul(arcOf(sinBeyond), perFade)));
      const outer = v128.and(fading, f64x2.gt(cosBeyond, cosFade));
      const weight = v128.bitselect(one, outer, f64x2.le(sinBeyond, zero));
      // A hit that is none is written over by the next: branches at the borders of shapes would cost more.
      const first = f64x2.extract_lane(weight, 0), second = f64x2.extract_lane(weight, 1);
      store<f64>(hit, first);
      store<usize>(hit, row, 8);
      hit += <usize>i32(first > 0) * hitBytes;
      store<f64>(hit, second);
      store<usize>(hit, row + self.rowBytes, 8);
      hit += <usize>(i32(second > 0) & i32(n + 1 < to)) * hitBytes;
    }
  }
  return hit;
}

/** Scalar products of two points with the vector at an address. */
// @ts-ignore: decorator
@inline
function along(x: v128, y: v128, z: v128, axis: usize): v128 {
  return f64x2.add(
    f64x2.add(f64x2.mul(x, v128.load64_splat(axis)), f64x2.mul(y, v128.load64_splat(axis, 8))),
    f64x2.mul(z, v128.load64_splat(axis, 16)),
  );
}

/** Arc sine of up to sin(10 degrees): its series, within 3e-12. */
// @ts-ignore: decorator
@inline
function arcOf(x: v128): v128 {
  const square = f64x2.mul(x, x);
  let sum = f64x2.add(f64x2.splat(35.0 / 1152.0), f64x2.mul(square, f64x2.splat(63.0 / 2816.0)));
  sum = f64x2.add(f64x2.splat(5.0 / 112.0), f64x2.mul(square, sum));
  sum = f64x2.add(f64x2.splat(3.0 / 40.0), f64x2.mul(square, sum));
  sum = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(square, sum));
  return f64x2.add(x, f64x2.mul(x, f64x2.mul(square, sum)));
}

/** Sums over the hits the gains of the twelve outputs from `offset` on. */
function sumGroup(self: Extent, offset: usize, end: usize): void {
  let a = f64x2.splat(0), b = a, c = a, d = a, e = a, f = a;
  for (let hit = self.hits; hit < end; hit += hitBytes) {
    const weight = v128.load64_splat(hit);
    const gains = load<usize>(hit, 8) + offset;
    a = f64x2.add(a, f64x2.mul(weight, v128.load(gains)));
    b = f64x2.add(b, f64x2.mul(weight, v128.load(gains, 16)));
    c = f64x2.add(c, f64x2.mul(weight, v128.load(gains, 32)));
    d = f64x2.add(d, f64x2.mul(weight, v128.load(gains, 48)));
    e = f64x2.add(e, f64x2.mul(weight, v128.load(gains, 64)));
    f = f64x2.add(f, f64x2.mul(weight, v128.load(gains, 80)));
  }
  const sums = self.sums + offset;
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, c, 32);
  v128.store(sums, d, 48);
  v128.store(sums, e, 64);
  v128.store(sums, f, 80);
}
