import { requireFrames, requireInteger } from '../kernel-options.ts';
import type { MixKernel } from '../kernels.ts';
import type { WasmInstance } from './wasm-instance.ts';

/** Longest ramp time that the kernel counts (about six hours at 48 kHz); what lasts longer stands still. */
const longestElapsedSamples = 2 ** 30;

/** Creates the SIMD `MixKernel`. */
export function createMix(
  wasm: WasmInstance,
  sourceCount: number,
  outputCount: number,
  capacityFrames: number,
): MixKernel {
  requireInteger('sourceCount', sourceCount, 1, 65536);
  requireInteger('outputCount', outputCount, 1, 65536);
  requireInteger('capacityFrames', capacityFrames, 1, 1 << 20);
  return new SimdMix(wasm, sourceCount, outputCount, capacityFrames);
}

class SimdMix implements MixKernel {
  readonly sourceCount: number;
  readonly outputCount: number;
  readonly capacityFrames: number;
  readonly groupCount: number;
  private readonly wasm: WasmInstance;
  private readonly mixer: number;
  private readonly inputs: number;
  private readonly outputs: number;
  private readonly rowBytes: number;
  private readonly starts: number;
  private readonly steps: number;
  private frameCount = 0;

  constructor(wasm: WasmInstance, sourceCount: number, outputCount: number, capacityFrames: number) {
    this.sourceCount = sourceCount;
    this.outputCount = outputCount;
    this.capacityFrames = capacityFrames;
    this.groupCount = Math.ceil(sourceCount / 4);
    this.wasm = wasm;
    this.mixer = wasm.exports.createMix(sourceCount, outputCount, capacityFrames);
    this.inputs = wasm.exports.mixInputs(this.mixer);
    this.outputs = wasm.exports.mixOutputs(this.mixer);
    this.rowBytes = wasm.exports.mixRowBytes(this.mixer);
    this.starts = wasm.exports.mixStarts(this.mixer);
    this.steps = wasm.exports.mixSteps(this.mixer);
  }

  load(inputs: readonly Float32Array[], frameCount: number): void {
    requireInteger('frameCount', frameCount, 0, this.capacityFrames);
    requireFrames('inputs', inputs, frameCount);
    this.frameCount = frameCount;
    for (let source = 0; source < this.sourceCount; source++) {
      this.wasm.copyIn(inputs[source]!, 0, frameCount, this.inputs + this.rowBytes * source);
    }
    this.wasm.exports.mixClear(this.mixer, frameCount);
  }

  setRamp(source: number, starts: ArrayLike<number>, steps: ArrayLike<number>): void {
    requireInteger('source', source, 0, this.sourceCount - 1);
    const floats = this.wasm.floats;
    const stride = this.groupCount * 4;
    let start = this.starts / 4 + source;
    let step = this.steps / 4 + source;
    for (let output = 0; output < this.outputCount; output++, start += stride, step += stride) {
      floats[start] = starts[output]!;
      floats[step] = steps[output]!;
    }
  }

  setElapsed(source: number, elapsedSamples: number): void {
    requireInteger('source', source, 0, this.sourceCount - 1);
    this.wasm.exports.mixSetElapsed(this.mixer, source, Math.min(elapsedSamples, longestElapsedSamples));
  }

  mix(group: number, fromFrame: number, toFrame: number): void {
    requireInteger('group', group, 0, this.groupCount - 1);
    requireInteger('toFrame', toFrame, 0, this.frameCount);
    requireInteger('fromFrame', fromFrame, 0, toFrame);
    this.wasm.exports.mixGroup(this.mixer, group, fromFrame, toFrame);
  }

  store(outputs: readonly Float32Array[]): void {
    requireFrames('outputs', outputs, this.frameCount);
    for (let output = 0; output < this.outputCount; output++) {
      this.wasm.copyOut(this.outputs + this.rowBytes * output, outputs[output]!, 0, this.frameCount);
    }
  }
}
