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
  private readonly inputs: Float32Array[];
  private readonly outputs: Float32Array[];
  /** [source][output] */
  private readonly starts: Float32Array[];
  private readonly steps: Float32Array[];
  private frameCount = 0;

  constructor(sourceCount: number, outputCount: number, capacityFrames: number) {
    this.sourceCount = sourceCount;
    this.outputCount = outputCount;
    this.capacityFrames = capacityFrames;
    const rows = (count: number, length: number): Float32Array[] =>
      Array.from({ length: count }, () => new Float32Array(length));
    this.inputs = rows(sourceCount, capacityFrames);
    this.outputs = rows(outputCount, capacityFrames);
    this.starts = rows(sourceCount, outputCount);
    this.steps = rows(sourceCount, outputCount);
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
    this.starts[source]!.set(starts);
    this.steps[source]!.set(steps);
  }

  mix(source: number, elapsedSamples: number, fromFrame: number, toFrame: number): void {
    requireInteger('source', source, 0, this.sourceCount - 1);
    requireInteger('toFrame', toFrame, 0, this.frameCount);
    requireInteger('fromFrame', fromFrame, 0, toFrame);
    const input = this.inputs[source]!;
    for (let output = 0; output < this.outputCount; output++) {
      const start = this.starts[source]![output]!;
      const step = this.steps[source]![output]!;
      if (start === 0 && step === 0) continue;
      const out = this.outputs[output]!;
      for (let n = fromFrame; n < toFrame; n++) {
        const time = f(elapsedSamples + n - fromFrame);
        out[n] = f(out[n]! + f(input[n]! * f(start + f(step * time))));
      }
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
