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
  private readonly wasm: WasmInstance;
  private readonly mixer: number;
  private readonly inputs: number;
  private readonly outputs: number;
  private readonly rowBytes: number;
  private readonly ramps: readonly number[];
  private frameCount = 0;

  constructor(wasm: WasmInstance, sourceCount: number, outputCount: number, capacityFrames: number) {
    this.sourceCount = sourceCount;
    this.outputCount = outputCount;
    this.capacityFrames = capacityFrames;
    this.wasm = wasm;
    const { exports } = wasm;
    const mixer = exports.createMix(sourceCount, outputCount, capacityFrames);
    this.mixer = mixer;
    this.inputs = exports.mixInputs(mixer);
    this.outputs = exports.mixOutputs(mixer);
    this.rowBytes = exports.mixRowBytes(mixer);
    this.ramps = Array.from({ length: sourceCount }, (_, source) => exports.mixRamps(mixer, source));
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
    const { floats, ints } = this.wasm;
    const head = this.ramps[source]! >> 2;
    let at = head + 2;
    let isMoving = 0;
    for (let output = 0; output < this.outputCount; output++) {
      const start = starts[output]!;
      const step = steps[output]!;
      if (start === 0 && step === 0) continue;
      if (step !== 0) isMoving = 1;
      ints[at] = output;
      floats[at + 1] = start;
      floats[at + 2] = step;
      at += 3;
    }
    ints[head] = (at - head - 2) / 3;
    ints[head + 1] = isMoving;
  }

  mix(source: number, elapsedSamples: number, fromFrame: number, toFrame: number): void {
    requireInteger('source', source, 0, this.sourceCount - 1);
    requireInteger('toFrame', toFrame, 0, this.frameCount);
    requireInteger('fromFrame', fromFrame, 0, toFrame);
    const elapsed = Math.min(elapsedSamples, longestElapsedSamples);
    this.wasm.exports.mixSource(this.mixer, source, elapsed, fromFrame, toFrame);
  }

  store(outputs: readonly Float32Array[]): void {
    requireFrames('outputs', outputs, this.frameCount);
    for (let output = 0; output < this.outputCount; output++) {
      this.wasm.copyOut(this.outputs + this.rowBytes * output, outputs[output]!, 0, this.frameCount);
    }
  }
}
