import { extentFadeRad, findExtentRanges, maximumRanges } from '../extent-ranges.ts';
import { requireExtent } from '../kernel-options.ts';
import type { ExtentGrid, ExtentKernel, ExtentShape } from '../interfaces/extent.ts';
import type { WasmInstance } from './wasm-instance.ts';

const cosFade = Math.cos(extentFadeRad);

/** Creates the SIMD `ExtentKernel`: weights of two points at a time, then the sums of twelve outputs at a time. */
export function createExtent(wasm: WasmInstance, grid: ExtentGrid, outputCount: number): ExtentKernel {
  requireExtent(grid, outputCount);
  const { exports } = wasm;
  const pointCount = grid.points.length / 3;
  const extent = exports.createExtent(pointCount, outputCount, maximumRanges(grid));
  copyGrid(wasm, grid, extent);
  const shapeAt = exports.extentShape(extent) / 8;
  const rangesAt = exports.extentRanges(extent) / 4;
  const sumsAt = exports.extentSums(extent) / 8;
  const ranges = new Uint32Array(2 * maximumRanges(grid));
  return {
    outputCount,
    sum(shape, sums) {
      const { doubles, ints } = wasm;
      const rangeCount = findExtentRanges(grid, shape, ranges);
      for (let i = 0; i < 2 * rangeCount; i++) ints[rangesAt + i] = ranges[i]!;
      writeShape(shape, doubles, shapeAt);
      exports.extentSum(extent, rangeCount);
      for (let output = 0; output < outputCount; output++) sums[output] = doubles[sumsAt + output]!;
    },
  };
}

function copyGrid(wasm: WasmInstance, grid: ExtentGrid, extent: number): void {
  const { doubles, exports } = wasm;
  for (let n = 0; n < grid.points.length / 3; n++) {
    for (let axis = 0; axis < 3; axis++) {
      doubles[exports.extentAxis(extent, axis) / 8 + n] = grid.points[3 * n + axis]!;
    }
    const row = exports.extentGains(extent, n) / 8;
    for (let i = grid.gainStarts[n]!; i < grid.gainStarts[n + 1]!; i++) {
      doubles[row + grid.outputs[i]!] = grid.gains[i]!;
    }
  }
}

function writeShape(shape: ExtentShape, doubles: Float64Array, at: number): void {
  const { right, front, up, radiusRad, endRad } = shape;
  for (let axis = 0; axis < 3; axis++) {
    doubles[at + axis] = right[axis]!;
    doubles[at + 3 + axis] = front[axis]!;
    doubles[at + 6 + axis] = up[axis]!;
  }
  const cosEnd = Math.cos(endRad);
  doubles[at + 9] = Math.sin(endRad);
  doubles[at + 10] = cosEnd;
  doubles[at + 11] = cosEnd * Math.abs(cosEnd);
  doubles[at + 12] = Math.sin(radiusRad);
  doubles[at + 13] = Math.cos(radiusRad);
  doubles[at + 14] = cosFade;
  doubles[at + 15] = 1 / extentFadeRad;
}
