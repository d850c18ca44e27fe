import { extentFadeRad, findExtentRanges, maximumRanges } from '../extent-ranges.ts';
import { requireExtent } from '../kernel-options.ts';
import type { ExtentGrid, ExtentKernel, ExtentShape } from '../interfaces/extent.ts';

const cosFade = Math.cos(extentFadeRad);

/** Creates the scalar `ExtentKernel`. */
export function createExtent(grid: ExtentGrid, outputCount: number): ExtentKernel {
  requireExtent(grid, outputCount);
  const { points, gainStarts, gains, outputs } = grid;
  const ranges = new Uint32Array(2 * maximumRanges(grid));
  return {
    outputCount,
    sum(shape, sums) {
      sums.fill(0);
      const weightOf = createWeight(shape);
      const rangeCount = findExtentRanges(grid, shape, ranges);
      for (let range = 0; range < rangeCount; range++) {
        for (let n = ranges[2 * range]!; n < ranges[2 * range + 1]!; n++) {
          const weight = weightOf(points[3 * n]!, points[3 * n + 1]!, points[3 * n + 2]!);
          if (weight === 0) continue;
          const stop = gainStarts[n + 1]!;
          for (let i = gainStarts[n]!; i < stop; i++) sums[outputs[i]!]! += weight * gains[i]!;
        }
      }
    },
  };
}

/**
 * Weight of a direction by its angle from the middle line of the shape, which is an arc from one end to the other:
 * beside the arc the angle from its plane counts, beyond an end that from the end. The angle is known by its sine and
 * cosine, and an inverse function is needed only where the weight fades.
 */
function createWeight({ right, front, up, radiusRad, endRad }: ExtentShape) {
  const [sinEnd, cosEnd] = [Math.sin(endRad), Math.cos(endRad)];
  const [sinRadius, cosRadius] = [Math.sin(radiusRad), Math.cos(radiusRad)];
  const [rightX, rightY, rightZ] = right;
  const [frontX, frontY, frontZ] = front;
  const [upX, upY, upZ] = up;
  return (x: number, y: number, z: number): number => {
    const alongRight = Math.abs(x * rightX + y * rightY + z * rightZ);
    const alongFront = x * frontX + y * frontY + z * frontZ;
    const alongUp = Math.abs(x * upX + y * upY + z * upZ);
    // What is left of the direction in the plane of the arc has the length sqrt(1 - alongUp^2).
    const isBeside = alongFront * Math.abs(alongFront) >= cosEnd * Math.abs(cosEnd) * (1 - alongUp * alongUp);
    const known = isBeside ? alongUp : alongFront * cosEnd + alongRight * sinEnd;
    const other = Math.sqrt(Math.max(0, 1 - known * known));
    const sin = isBeside ? known : other;
    const cos = isBeside ? other : known;
    const sinBeyond = sin * cosRadius - cos * sinRadius;
    if (sinBeyond <= 0) return 1;
    const cosBeyond = cos * cosRadius + sin * sinRadius;
    return cosBeyond <= cosFade ? 0 : Math.max(0, 1 - Math.asin(sinBeyond) / extentFadeRad);
  };
}
