import { requireFrames, requireInteger } from '../kernel-options.ts';
import type { MixKernel } from '../kernels.ts';

const f = Math.fround;

/** Creates the scalar `MixKernel`; every operation rounds to float32, so that it equals its SIMD twin bit by bit. */
export function createMix(sourceCount: number, outputCount: number, capacityFrames: number): MixKernel {
  requireInteger('sourceCount', sourceCount, 1, 65536);
  requireInteger('outputCount', outputCount, 1, 65536);
  requireInteger('capacityFrames', capacityFrames, 1, 1 << 20);
  return new ScalarMix(sourceCount, outputCount, capacityFrames);
}

class ScalarMix implements MixKernel {
  readonly sourceCount: number;
  readonly outputCount: number;
  readonly capacityFrames: number;
  readonly groupCount: number;
  private readonly inputs: Float32Array[];
  private readonly outputs: Float32Array[];
  /** [output][source], so that a group's four gains lie together. */
  private readonly starts: Float32Array;
  private readonly steps: Float32Array;
  private readonly elapsed: Float64Array;
  private readonly paddedCount: number;
  private frameCount = 0;

  constructor(sourceCount: number, outputCount: number, capacityFrames: number) {
    this.sourceCount = sourceCount;
    this.outputCount = outputCount;
    this.capacityFrames = capacityFrames;
    this.groupCount = Math.ceil(sourceCount / 4);
    this.paddedCount = this.groupCount * 4;
    const rows = (count: number): Float32Array[] =>
      Array.from({ length: count }, () => new Float32Array(capacityFrames));
    this.inputs = rows(this.paddedCount);
    this.outputs = rows(outputCount);
    this.starts = new Float32Array(outputCount * this.paddedCount);
    this.steps = new Float32Array(outputCount * this.paddedCount);
    this.elapsed = new Float64Array(this.paddedCount);
  }

  load(inputs: readonly Float32Array[], frameCount: number): void {
    requireInteger('frameCount', frameCount, 0, this.capacityFrames);
    requireFrames('inputs', inputs, frameCount);
    this.frameCount = frameCount;
    for (let source = 0; source < this.sourceCount; source++) {
      const from = inputs[source]!;
      const to = this.inputs[source]!;
      for (let frame = 0; frame < frameCount; frame++) to[frame] = from[frame]!;
    }
    for (const output of this.outputs) output.fill(0, 0, frameCount);
  }

  setRamp(source: number, starts: ArrayLike<number>, steps: ArrayLike<number>): void {
    requireInteger('source', source, 0, this.sourceCount - 1);
    for (let output = 0; output < this.outputCount; output++) {
      this.starts[output * this.paddedCount + source] = starts[output]!;
      this.steps[output * this.paddedCount + source] = steps[output]!;
    }
  }

  setElapsed(source: number, elapsedSamples: number): void {
    this.elapsed[source] = elapsedSamples;
  }

  mix(group: number, fromFrame: number, toFrame: number): void {
    requireInteger('group', group, 0, this.groupCount - 1);
    requireInteger('toFrame', toFrame, 0, this.frameCount);
    requireInteger('fromFrame', fromFrame, 0, toFrame);
    for (let output = 0; output < this.outputCount; output++) {
      const at = output * this.paddedCount + group * 4;
      if (!this.isSilent(at)) this.mixInto(this.outputs[output]!, at, group * 4, fromFrame, toFrame);
    }
  }

  private isSilent(at: number): boolean {
    for (let i = at; i < at + 4; i++) if (this.starts[i] !== 0 || this.steps[i] !== 0) return false;
    return true;
  }

  private mixInto(out: Float32Array, at: number, source: number, fromFrame: number, toFrame: number): void {
    const { inputs, starts, steps, elapsed } = this;
    const [x0, x1, x2, x3] = [inputs[source]!, inputs[source + 1]!, inputs[source + 2]!, inputs[source + 3]!];
    const [a0, a1, a2, a3] = [starts[at]!, starts[at + 1]!, starts[at + 2]!, starts[at + 3]!];
    const [d0, d1, d2, d3] = [steps[at]!, steps[at + 1]!, steps[at + 2]!, steps[at + 3]!];
    // Sample n of the round is sample n - fromFrame + elapsed of the ramp.
    const e0 = elapsed[source]! - fromFrame;
    const e1 = elapsed[source + 1]! - fromFrame;
    const e2 = elapsed[source + 2]! - fromFrame;
    const e3 = elapsed[source + 3]! - fromFrame;
    for (let n = fromFrame; n < toFrame; n++) {
      const y0 = f(x0[n]! * f(a0 + f(d0 * f(e0 + n))));
      const y1 = f(x1[n]! * f(a1 + f(d1 * f(e1 + n))));
      const y2 = f(x2[n]! * f(a2 + f(d2 * f(e2 + n))));
      const y3 = f(x3[n]! * f(a3 + f(d3 * f(e3 + n))));
      out[n] = f(out[n]! + f(f(y0 + y1) + f(y2 + y3)));
    }
  }

  store(outputs: readonly Float32Array[]): void {
    requireFrames('outputs', outputs, this.frameCount);
    for (let output = 0; output < this.outputCount; output++) {
      const from = this.outputs[output]!;
      const to = outputs[output]!;
      for (let frame = 0; frame < this.frameCount; frame++) to[frame] = from[frame]!;
    }
  }
}
